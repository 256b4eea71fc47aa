"""Headings met in spreadsheets, in English, Dutch, German, French, Italian and Spanish. Plain data."""

_PERSON = {
	"full_name": "name, full name, names, first and last name, surname and name, naam, volledige naam, naam en voornaam, "
	"voornaam en naam, name vorname, vor und nachname, vollständiger name, nom, nom complet, nom et prénom, prénom et nom, "
	"nome, nome e cognome, cognome e nome, nome completo, nombre, nombre completo, nombre y apellidos, "
	"mentee, mentor, buddy, volunteer, deelnemer, vrijwilliger, teilnehmerin, freiwillige, bénévole, volontario, voluntario",
	"first_name": "first name, given name, voornaam, vorname, prénom, nome di battesimo, nombre de pila",
	"last_name": "last name, surname, family name, achternaam, familienaam, nachname, familienname, nom de famille, "
	"cognome, apellido, apellidos",
	"birth_date": "date of birth, birth date, birthdate, dob, born, born on, birthday, geboortedatum, geb datum, "
	"geboren, geboren op, geb dat, geburtsdatum, geb, geburtstag, date de naissance, né le, née le, naissance, "
	"data di nascita, nato il, nata il, data nascita, fecha de nacimiento, nacimiento, f nacimiento",
	"gender": "gender, sex, geslacht, m v, m f, geschlecht, sexe, genre, sesso, genere, sexo, género",
	"nationality": "nationality, country, country of origin, nationaliteit, land, land van herkomst, herkomst, "
	"nationalität, staatsangehörigkeit, herkunft, herkunftsland, nationalité, pays, pays d origine, origine, "
	"nazionalità, cittadinanza, paese, paese d origine, paese di origine, nacionalidad, país, país de origen",
	"district": "district, neighbourhood, area, city, town, place, place of residence, gemeente, stad, woonplaats, wijk, "
	"stadtteil, bezirk, ort, stadt, wohnort, quartier, commune, ville, quartiere, città, comune, zona, barrio, ciudad, "
	"municipio",
	"phone": "phone, phone number, telephone, mobile, mobile number, mobile phone, gsm, tel, tel nr, telefoon, "
	"telefoonnummer, gsm nummer, telefon, telefonnummer, handy, handynummer, mobil, téléphone, numéro de téléphone, "
	"portable, telefono, cellulare, numero di telefono, teléfono, móvil",
	"email": "e mail, email, mail, e mail address, email address, mail address, e mailadres, e mail adres, emailadres, "
	"e mail adresse, emailadresse, adresse e mail, adresse mail, courriel, indirizzo e mail, indirizzo email, posta elettronica, "
	"correo, correo electrónico",
	"languages": "language, languages, languages spoken, spoken languages, taal, talen, gesproken talen, sprache, sprachen, "
	"sprachkenntnisse, langue, langues, langues parlées, lingua, lingue, lingue parlate, idioma, idiomas, lenguas, "
	"other languages, other language, andere talen, autres langues",
	"interests": "interests, hobbies, hobby, likes, interesses, hobby s, interessen, intérêts, centres d intérêt, loisirs, "
	"interessi, passatempi, intereses, aficiones",
	"hours_per_month": "hours per month, hours a month, hours month, hours, time per month, uren per maand, uren, "
	"stunden pro monat, stunden monat, stunden, heures par mois, heures mois, heures, ore al mese, ore mese, ore, "
	"horas al mes, horas mes, horas",
	"meetings_per_month": "meetings per month, meetings a month, times per month, ontmoetingen per maand, treffen pro monat, "
	"rencontres par mois, incontri al mese, encuentros al mes",
	"contact_channels": "keeps in touch by, keep in touch, ways to keep in touch, houdt contact via, hält kontakt über, "
	"garde contact par, resta in contatto con, mantiene el contacto por",
	"media": "medium, media, how to meet, ways of meeting, contact medium, wijze van contact, contactvorm, kontaktform, "
	"mode de contact, modalità, modalità di contatto, modalidad, modo de contacto",
	"motivation": "motivation, why, motivatie, beweggründe, motivazione, motivación",
	"remarks": "remarks, remark, notes, note, comments, comment, opmerkingen, opmerking, nota s, bemerkungen, bemerkung, "
	"notizen, anmerkungen, remarques, remarque, commentaires, osservazioni, annotazioni, observaciones, comentarios",
}

HEADINGS: dict[str, dict[str, str]] = {
	"Mentee": {
		**_PERSON,
		"known_as": "known as, called, nickname, roepnaam, rufname, surnom, detto, detta, apodo",
		"address": "address, adres, adresse, anschrift, indirizzo, dirección",
		"safe_contact": "safe contact, safe way to reach, how to reach, veilig contact, sicherer kontakt, "
		"contact sûr, contatto sicuro, contacto seguro",
		"caregiver": "caregiver, case worker, caseworker, social worker, case manager, keyworker, key worker, begeleider, "
		"maatschappelijk werker, betreuerin, betreuer, betreuung, sozialarbeiterin, sozialarbeiter, bezugsperson, "
		"assistant social, assistante sociale, travailleur social, référent, référente, accompagnateur, operatore, operatrice, "
		"assistente sociale, operatore di riferimento, trabajadora social, trabajador social, educadora, educador, "
		"staff member, responsable",
		"support_areas": "support areas, support wanted, needs, help with, areas of support, noden, hulp bij, hulpvragen, "
		"ondersteuning, bedarf, unterstützungsbedarf, hilfe bei, besoins, aide pour, soutien, bisogni, aiuto per, supporto, "
		"necesidades, ayuda con, apoyo",
		"accepts_male": "male mentor, male mentor ok, man as mentor, mannelijke mentor, mannelijke buddy, mentor man, "
		"männlicher mentor, mentor homme, mentor masculin, mentore uomo, mentor hombre, male buddy, male buddy ok",
		"accepts_female": "female mentor, female mentor ok, woman as mentor, vrouwelijke mentor, vrouwelijke buddy, "
		"mentorin, weibliche mentorin, mentor femme, mentore femme, mentore donna, mentora, mentor mujer, female buddy, "
		"female buddy ok",
		"prefers_gender": "preferred mentor, mentor preferred, preferred gender, preferred gender of mentor, wished mentor, "
		"voorkeur mentor, voorkeur, wunschmentor, bevorzugter mentor, mentor souhaité, préférence, preferenza, "
		"mentore preferito, preferencia, mentor preferido",
		"accepts_co_national": "co national, co national mentor, co national ok, compatriot, mentor from the same country, "
		"same country, landgenoot, zelfde land, landsmann, landsleute, gleiches land, compatriote, même pays, "
		"connazionale, stesso paese, compatriota, mismo país",
		"consent": "consent, consent given, consent form, informed consent, toestemming, akkoord, einwilligung, "
		"zustimmung, consentement, accord, consenso, consentimiento",
		"consent_on": "consent date, date of consent, consent given on, consent on, consent signed on, datum toestemming, "
		"toestemming op, einwilligung am, datum der einwilligung, date du consentement, consentement le, data consenso, "
		"data del consenso, fecha de consentimiento, fecha del consentimiento",
		"ready": "ready, is ready, ready for a mentor, ready yes no, klaar, klaar voor mentor, bereit, prêt, prête, pronta, pronto, "
		"lista, listo, preparada",
		"ready_on": "ready on, ready since, judged on, klaar sinds, klaar op, bereit seit, prêt depuis, prêt le, "
		"pronta dal, pronto dal, lista desde",
		"goals": "goals, goal, doelen, doel, ziele, ziel, objectifs, objectif, obiettivi, obiettivo, objetivos, objetivo",
		"strengths": "strengths, talents, sterktes, stärken, forces, points forts, punti di forza, fortalezas, puntos fuertes",
	},
	"Mentor": {
		**_PERSON,
		"mentor_kind": "kind of mentor, mentor kind, type of mentor, type, kind, soort mentor, soort, art, type de mentor, "
		"tipo di mentore, tipo, tipo de mentor",
		"partner_organisation": "organisation, partner, partner organisation, association, organisatie, vereniging, verein, "
		"organisme, associazione, organizzazione, organización, asociación",
		"commitment_months": "commitment months, commitment in months, months of commitment, engagement in maanden, "
		"dauer in monaten, durée en mois, durata in mesi, duración en meses",
		"capacity": "capacity, mentees, number of mentees, max mentees, maximum mentees, how many mentees, capaciteit, "
		"aantal mentees, max aantal mentees, kapazität, anzahl mentees, plätze, capacité, nombre de mentees, "
		"nombre de filleuls, capacità, numero di mentee, posti, capacidad, número de personas, plazas",
		"support_areas": "can help with, helps with, support areas, areas of support, skills, kan helpen met, vaardigheden, "
		"kann helfen bei, fähigkeiten, peut aider, compétences, può aiutare, può aiutare con, competenze, "
		"puede ayudar con, competencias",
		"personality": "personality, character, persoonlijkheid, karakter, persönlichkeit, personnalité, caractère, "
		"personalità, personalidad, carácter",
		"availability": "availability, available, when, beschikbaarheid, beschikbaar, verfügbarkeit, disponibilité, "
		"disponibilités, disponibilità, disponibilidad",
		"expectations": "expectations, verwachtingen, erwartungen, attentes, aspettative, expectativas",
		"recruitment_channel": "recruitment channel, channel, how found, kanaal, via, wie gefunden, canal, canale, "
		"how did you find us",
		"applied_on": "applied on, application date, date of application, application, applied, inschrijving, "
		"aangemeld op, kandidatuur, bewerbung, bewerbung am, beworben am, candidature, date de candidature, candidatura, "
		"data di candidatura, solicitud, fecha de solicitud",
		"record_check": "record check, criminal record check, police check, record check seen, strafregister, "
		"uittreksel strafregister, vog, führungszeugnis, casier judiciaire, extrait de casier, casier, "
		"casellario, casellario giudiziale, antecedentes, certificado de antecedentes, dbs",
		"record_check_issued_on": "record check issued on, record check issued, record check date, date of record check, "
		"record check of, datum strafregister, datum uittreksel, führungszeugnis vom, casier judiciaire du, "
		"casier du, casellario del, certificado de fecha",
		"record_check_seen_on": "record check seen on, seen on, record check shown on, gezien op, gesehen am, vu le, "
		"visto il, visto el",
		"record_check_renew_by": "record check renew by, renew by, record check valid until, valid until, renewal, "
		"geldig tot, gültig bis, valable jusqu au, valide jusqu au, valido fino al, válido hasta",
		"references": "references, references on, references checked, referenties, referenzen, références, referenze, "
		"referencias",
		"interview": "interview, interview on, interview date, gesprek, kennismakingsgesprek, gespräch, "
		"vorstellungsgespräch, entretien, colloquio, entrevista",
		"training": "training, training on, training followed, trained on, vorming, opleiding, schulung, ausbildung, "
		"formation, formazione, formación",
		"agreement": "agreement, agreement signed, agreement on, volunteer agreement, overeenkomst, afspraak, vereinbarung, "
		"convention, convention signée, accordo, acuerdo, convenio",
	},
}

# Fields that may be spread over several columns ("Language 1", "Language 2"); all are read.
SEVERAL_COLUMNS = frozenset(
	(
		"languages",
		"interests",
		"support_areas",
		"remarks",
		"phone",
		"email",
		"media",
		"motivation",
		"nationality",
	)
)

SHEET_WORDS: dict[str, frozenset[str]] = {
	"Mentee": frozenset(
		"mentee mentees participant participants deelnemer deelnemers teilnehmer teilnehmerin teilnehmende teilnehmerinnen "
		"beneficiaire beneficiaires filleul filleuls beneficiari partecipante partecipanti participante participantes "
		"beneficiarias beneficiarios mentorizados".split()
	),
	"Mentor": frozenset(
		"mentor mentors mentoren mentorinnen mentori mentore mentores buddy buddies buddys buddyies volunteer volunteers "
		"vrijwilliger vrijwilligers freiwillige freiwilligen benevole benevoles volontario volontari volontarie voluntario "
		"voluntarios voluntarias paten patinnen tutor tutores tutors parrain parrains".split()
	),
}
