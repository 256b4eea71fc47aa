"""Countries and nationalities as people write them in six languages, with the names that Frappe gives. Pure.

A word that could mean two countries ("Congolese") is not listed: a nationality is never guessed.
"""

from libes_mentoring.spreadsheets.vocabulary import table

COUNTRIES = table(
	"""
	Afghanistan: afghan, afghaans, afghaanse, afghane, afghanisch, afghana, afgano, afgana, afg
	Albania: albanian, albanees, albanese, albanisch, albanais, albanaise, albanés, albanesa, albanie, albanien, albanië
	Algeria: algerian, algerijns, algerijnse, algerisch, algérien, algérienne, algerino, algerina, argelino, argelina, algérie, algerije, algerien, argelia
	Angola: angolan, angolees, angolanisch, angolais, angolaise, angolano, angolana
	Armenia: armenian, armeens, armeense, armenisch, arménien, arménienne, armeno, armena, armenio, arménie, armenien, armenië
	Austria: austrian, oostenrijks, oostenrijkse, österreichisch, österreicherin, autrichien, autrichienne, austriaco, austriaca, autriche, oostenrijk, österreich
	Bangladesh: bangladeshi, bengalese, bangladais, bangladaise
	Belarus: belarusian, belarussian, belarussisch, wit russisch, biélorusse, bielorusso, bielorussa, bielorruso, bielorrusa, weissrussland, weißrussland, bielorussia
	Belgium: belgian, belg, belgisch, belgische, belge, belga, belgique, belgië, belgien, belgio, bélgica
	Benin: beninese, beninees, béninois, béninoise, beninisch, beninés, bénin
	Bosnia and Herzegovina: bosnia, bosnian, bosnisch, bosniaque, bosniaco, bosniaca, bosnio, bosnien, bosnië, bosnie
	Brazil: brazilian, braziliaans, braziliaanse, brasilianisch, brésilien, brésilienne, brasiliano, brasiliana, brasileño, brasileña, brésil, brazilië, brasilien, brasile, brasil
	Bulgaria: bulgarian, bulgaars, bulgaarse, bulgarisch, bulgare, bulgaro, bulgara, búlgaro, búlgara, bulgarije, bulgarie, bulgarien
	Burkina Faso: burkinabe, burkinabé
	Burundi: burundian, burundees, burundais, burundaise
	Cameroon: cameroonian, kameroens, kameroense, kamerunisch, camerounais, camerounaise, camerunese, camerunés, camerunesa, cameroun, kameroen, kamerun, camerun
	China: chinese, chinees, chinesisch, chinois, chinoise, cinese, chino, chine, cina
	Colombia: colombian, colombiaans, colombiaanse, kolumbianisch, colombien, colombienne, colombiano, colombiana, kolumbien, colombie
	Congo, The Democratic Republic of the: dr congo, drc, rdc, rd congo, congo kinshasa, democratic republic of the congo, république démocratique du congo
	Croatia: croatian, kroatisch, kroatische, croate, croato, croata, kroatië, croatie, kroatien, croazia
	Czech Republic: czech, czechia, tsjechisch, tschechisch, tchèque, ceco, ceca, checo, checa, tsjechië, tschechien, tchéquie
	Dominican Republic: dominican, dominicaans, dominicain, dominicaine, dominicano, dominicana, república dominicana
	Egypt: egyptian, egyptisch, ägyptisch, égyptien, égyptienne, egiziano, egiziana, egipcio, egipcia, égypte, egypte, ägypten, egitto, egipto
	Eritrea: eritrean, eritrees, eritrese, eritreisch, érythréen, érythréenne, eritreo, eritrea, eritreïsch, érythrée
	Ethiopia: ethiopian, ethiopisch, äthiopisch, éthiopien, éthiopienne, etiope, etíope, éthiopie, ethiopië, äthiopien, etiopia
	France: french, frans, franse, französisch, français, française, francese, francés, francesa, frankrijk, frankreich, francia
	Gambia: gambian, gambiaans, gambiaanse, gambisch, gambien, gambienne, gambiano, gambiana, the gambia, gambie
	Georgia: georgian, georgisch, géorgien, géorgienne, georgiano, georgiana, géorgie, georgië, georgien
	Germany: german, duits, duitse, deutsch, deutsche, deutscher, allemand, allemande, tedesco, tedesca, alemán, alemana, duitsland, deutschland, allemagne, germania, alemania
	Ghana: ghanaian, ghanees, ghanese, ghanaisch, ghanéen, ghanéenne, ghanés, ghanesa
	Greece: greek, grieks, griekse, griechisch, grec, grecque, greco, greca, griego, griega, griekenland, griechenland, grèce, grecia
	Guinea: guinean, guinees, guinese, guineisch, guinéen, guinéenne, guineano, guineana, guinée, guinee
	Hungary: hungarian, hongaars, hongaarse, ungarisch, hongrois, hongroise, ungherese, húngaro, húngara, hongarije, ungarn, hongrie, ungheria, hungría
	India: indian, indiaas, indisch, indien, indienne, indiano, indiana, indio, inde
	Indonesia: indonesian, indonesisch, indonésien, indonésienne, indonesiano, indonesiana, indonesio
	Iran: iranian, iraans, iraanse, iranisch, iranien, iranienne, iraniano, iraniana, iraní
	Iraq: iraqi, iraaks, iraakse, irakisch, irakien, irakienne, iracheno, irachena, iraquí, irak
	Ireland: irish, iers, ierse, irisch, irlandais, irlandaise, irlandese, irlandés, irlandesa, ierland, irland, irlande, irlanda
	Italy: italian, italiaans, italiaanse, italienisch, italien, italienne, italiano, italiana, italië, italie, italia
	Ivory Coast: ivorian, ivoriaans, ivorisch, ivoirien, ivoirienne, ivoriano, ivoriana, marfileño, ivoorkust, elfenbeinküste, côte d ivoire, costa d avorio, costa de marfil
	Kenya: kenyan, keniaans, kenianisch, kényan, kényane, keniano, keniana, keniota, kenia
	Lithuania: lithuanian, litouws, litouwse, litauisch, lituanien, lituanienne, lituano, lituana, litouwen, litauen, lituanie
	Macedonia: north macedonia, macedonian, macedonisch, mazedonisch, macédonien, macédonienne, macedone, macedonio
	Mali: malian, malinees, malisch, malien, malienne, maliano, maliana
	Moldova, Republic of: moldova, moldovan, moldavisch, moldauisch, moldave, moldavo, moldava, moldavië, moldavie, moldau, moldavia
	Mongolia: mongolian, mongools, mongoolse, mongolisch, mongol, mongole, mongolo, mongola, mongolië, mongolie, mongolei
	Morocco: moroccan, marokkaans, marokkaanse, marokkanisch, marocain, marocaine, marocchino, marocchina, marroquí, maroc, marokko, marocco, marruecos
	Nepal: nepali, nepalese, nepalees, nepalesisch, népalais, népalaise, nepalés, népal
	Netherlands: dutch, nederlands, nederlandse, niederländisch, néerlandais, néerlandaise, olandese, neerlandés, holandés, holandesa, nederland, niederlande, pays bas, paesi bassi, países bajos, the netherlands
	Nigeria: nigerian, nigeriaans, nigeriaanse, nigerianisch, nigérian, nigériane, nigeriano, nigeriana, nigéria
	Pakistan: pakistani, pakistaans, pakistanisch, pakistanais, pakistanaise, pachistano, pachistana, pakistaní
	Philippines: filipino, filipina, filipijns, filipijnse, philippinisch, philippin, philippine, filippino, filippina, filipijnen, philippinen, filippine, filipinas
	Poland: polish, pools, poolse, polnisch, polonais, polonaise, polacco, polacca, polaco, polaca, polen, pologne, polonia
	Portugal: portuguese, portugees, portugese, portugiesisch, portugais, portugaise, portoghese, portugués, portuguesa
	Romania: romanian, roemeens, roemeense, rumänisch, roumain, roumaine, rumeno, rumena, rumano, rumana, roemenië, rumänien, roumanie
	Russian Federation: russia, russian, russisch, russische, russe, russo, russa, ruso, rusa, rusland, russland, russie, rusia
	Rwanda: rwandan, rwandees, ruandisch, rwandais, rwandaise, ruandese, ruandés
	Senegal: senegalese, senegalees, senegalesisch, sénégalais, sénégalaise, senegalés, senegalesa, sénégal
	Serbia: serbian, servisch, servische, serbisch, serbe, serbo, serba, servië, serbie, serbien
	Sierra Leone: sierra leonean, sierra leonees, sierra leonais, sierraleonese
	Slovakia: slovak, slowaaks, slowaakse, slowakisch, slovaque, slovacco, slovacca, eslovaco, eslovaca, slowakije, slowakei, slovaquie, slovacchia
	Somalia: somali, somalisch, somalische, somalien, somalienne, somalo, somala, somalí, somalië, somalie
	Spain: spanish, spaans, spaanse, spanisch, espagnol, espagnole, spagnolo, spagnola, español, española, spanje, spanien, espagne, spagna, españa
	Sri Lanka: sri lankan, sri lankaans, srilankais, srilankaise
	Sudan: sudanese, soedanees, sudanesisch, soudanais, soudanaise, sudanés, sudanesa, soedan, soudan
	Swaziland: eswatini
	Sweden: swedish, zweeds, zweedse, schwedisch, suédois, suédoise, svedese, sueco, sueca, zweden, schweden, suède, svezia, suecia
	Switzerland: swiss, zwitsers, zwitserse, schweizerisch, schweizer, schweizerin, suisse, svizzero, svizzera, suizo, suiza, zwitserland, schweiz
	Syria: syrian, syrisch, syrische, syrien, syrienne, siriano, siriana, sirio, siria, syrië, syrie
	Thailand: thai, thais, thaise, thailändisch, thaïlandais, thaïlandaise, thailandese, tailandés, tailandesa, thaïlande, tailandia
	Togo: togolese, togolees, togoisch, togolais, togolaise, togolés
	Tunisia: tunisian, tunesisch, tunisien, tunisienne, tunisino, tunisina, tunecino, tunisie, tunesië, tunesien, túnez
	Turkey: turkish, turk, turks, turkse, türkisch, turc, turque, turco, turca, turkije, türkei, turquie, turchia, turquía, türkiye
	Uganda: ugandan, oegandees, ugandisch, ougandais, ougandaise, ugandese, ugandés, oeganda, ouganda
	Ukraine: ukrainian, oekraïens, oekraïense, ukrainisch, ukrainien, ukrainienne, ucraino, ucraina, ucraniano, ucraniana, oekraïne, ucrania
	United Kingdom: british, brits, britse, britisch, britannique, britannico, britannica, británico, británica, uk, gb, great britain, england, english, verenigd koninkrijk, royaume uni, regno unito, reino unido
	United States: american, usa, us, amerikaans, amerikanisch, américain, américaine, americano, americana, états unis, verenigde staten, stati uniti, estados unidos
	Vietnam: vietnamese, vietnamees, vietnamesisch, vietnamien, vietnamienne, vietnamita, viet nam
	"""
)
