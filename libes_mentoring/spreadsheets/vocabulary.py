"""Words met in the spreadsheets of European organisations, as plain tables. Pure.

Six languages: English, Dutch, German, French, Italian, Spanish. All words are compared by `folded`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def folded(text: str) -> str:
	"""The form in which two words are compared: no accents, no capitals, no punctuation, single spaces."""
	decomposed = unicodedata.normalize("NFKD", text)
	plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
	return " ".join(re.sub(r"[^\w]+|_", " ", plain).split())


def table(lines: str) -> dict[str, str]:
	"""`Meaning: word, word` lines as a look-up from word to meaning; the meaning counts as a word too."""
	found: dict[str, str] = {}
	for line in lines.strip().splitlines():
		meaning, _, words = line.strip().partition(":")
		for word in (meaning, *words.split(",")):
			if key := folded(word):
				found.setdefault(key, meaning)
	return found


@lru_cache(maxsize=1)
def month_numbers() -> dict[str, int]:
	"""Month names and their short forms in six languages."""
	names = """
	1 january januari januar janner janvier gennaio enero jan janv gen ene
	2 february februari februar feber fevrier febbraio febrero feb fev febr
	3 march maart marz maerz mars marzo mar mrt
	4 april avril aprile abril apr avr abr
	5 may mei mai maggio mayo mag
	6 june juni juin giugno junio jun giu
	7 july juli juillet luglio julio jul juil lug
	8 august augustus aout agosto aug ago
	9 september septembre settembre septiembre setiembre sep sept set
	10 october oktober octobre ottobre octubre oct okt ott
	11 november novembre noviembre nov
	12 december dezember decembre dicembre diciembre dec dez dic
	"""
	found: dict[str, int] = {}
	for line in names.strip().splitlines():
		number, *words = line.split()
		found.update((word, int(number)) for word in words)
	return found


YES = frozenset(
	map(
		folded,
		"yes y ja j oui o si s sì sí true vrai wahr vero verdadero waar ok okay 1 x done given signed complete "
		"completed gegeven getekend fait signé erledigt unterschrieben fatto firmato hecho passed geslaagd bestanden "
		"réussi superato".split(),
	)
) | {"in orde", "in ordnung", "d accord", "va bene", "de acuerdo"}
YES_SIGNS = frozenset("✓✔☑✅")

NO = frozenset(
	map(
		folded,
		"no n nee nein non false faux falsch falso vals onwaar 0 none geen kein keine aucun nessuno ninguno".split(),
	)
) | set(
	map(
		folded,
		(
			"not yet",
			"nog niet",
			"noch nicht",
			"pas encore",
			"non ancora",
			"todavía no",
			"aún no",
			"rather not",
			"preferably not",
			"liever niet",
			"lieber nicht",
			"eher nicht",
			"plutôt non",
			"plutôt pas",
			"meglio di no",
			"preferibilmente no",
			"mejor no",
			"no thanks",
		),
	)
)
NO_SIGNS = frozenset("✗✘❌☒☐")

# In a column of steps these say that a step has begun, and nothing more.
PENDING = frozenset(
	map(
		folded,
		(
			"pending",
			"planned",
			"asked",
			"requested",
			"in progress",
			"to do",
			"todo",
			"open",
			"bezig",
			"gepland",
			"aangevraagd",
			"offen",
			"geplant",
			"beantragt",
			"en cours",
			"prévu",
			"demandé",
			"à faire",
			"in corso",
			"da fare",
			"richiesto",
			"pendiente",
			"en curso",
			"solicitado",
		),
	)
)
PREFERRED = frozenset(
	map(
		folded,
		(
			"preferred",
			"preferably",
			"wanted",
			"please",
			"liefst",
			"graag",
			"voorkeur",
			"bevorzugt",
			"gerne",
			"am liebsten",
			"gewünscht",
			"de préférence",
			"souhaité",
			"préféré",
			"preferibilmente",
			"preferito",
			"preferibile",
			"preferido",
			"preferentemente",
			"deseado",
		),
	)
)
INDIFFERENT = frozenset(
	map(
		folded,
		(
			"either",
			"any",
			"no preference",
			"does not matter",
			"geen voorkeur",
			"maakt niet uit",
			"egal",
			"keine präferenz",
			"indifférent",
			"peu importe",
			"indifferente",
			"nessuna preferenza",
			"indiferente",
			"sin preferencia",
		),
	)
)
# Cells that people fill so that they are not empty.
BLANKS = frozenset(
	("", "na", "n a", "nvt", "n v t", "k a", "ka", "s o", "nd", "n d", "unknown", "onbekend", "unbekannt")
) | frozenset(map(folded, ("inconnu", "sconosciuto", "desconocido", "niet gekend")))

GENDERS = table(
	"""
	Female: f, v, w, woman, girl, vrouw, vrouwelijk, weiblich, frau, femme, féminin, femminile, femmina, donna, mujer, femenino, ms, mrs
	Male: m, h, man, boy, mannelijk, männlich, mann, herr, homme, masculin, maschile, maschio, uomo, hombre, masculino, mr
	Other: x, d, divers, diverse, anders, autre, altro, otro, non binary, non binaire, niet binair, nicht binär
	Transgender: trans, transgenre
	Prefer not to say: zegt liever niet, keine angabe, ne souhaite pas répondre, preferisce non dirlo, prefiere no decirlo
	"""
)

MENTOR_KINDS = table(
	"""
	Local volunteer: local, lokaal, lokale vrijwilliger, einheimisch, bénévole local, locale, volontario locale, voluntario local, volunteer
	Survivor: survivor mentor, peer, former participant, ervaringsdeskundige, pair aidant, pair, ex partecipante, antigua participante
	Migrant background: migrant, migratieachtergrond, migrationshintergrund, issu de la migration, background migratorio, origen migrante, co national, migrant community
	"""
)

MEDIA = table(
	"""
	medium_in_person: in person, meeting, face to face, persoonlijk, in persona, di persona, persönlich, en personne, présentiel, en persona, presencial
	medium_synchronous: synchronous, call, calls, phone, video, online, telefoon, bellen, telefon, téléphone, appel, telefono, chiamata, llamada, teléfono, zoom
	medium_asynchronous: asynchronous, message, messages, chat, e mail, mail, whatsapp, berichten, nachrichten, messaggi, mensajes
	"""
)

# How people keep in touch between two meetings.
CONTACT_CHANNELS = table(
	"""
	channel_calls: call, calls, phone, phone call, phone calls, telephone, telefoon, bellen, telefon, anruf, anrufe, téléphone, appel, appels, telefono, chiamata, chiamate, teléfono, llamada, llamadas
	channel_video: video, video call, video calls, videobellen, videoanruf, videoanrufe, vidéo, appel vidéo, videochiamata, videochiamate, videollamada, videollamadas, zoom
	channel_messages: message, messages, written messages, text, texts, chat, sms, whatsapp, e mail, mail, bericht, berichten, nachricht, nachrichten, écrits, messaggio, messaggi, mensaje, mensajes
	channel_voice: voice message, voice messages, spraakbericht, spraakberichten, sprachnachricht, sprachnachrichten, message vocal, messages vocaux, messaggio vocale, messaggi vocali, mensaje de voz, mensajes de voz, audio
	"""
)

LEVELS = table(
	"""
	Basic: a1, a2, a little, little, beginner, un peu, un poco, un po, poco, beetje, een beetje, etwas, ein wenig, wenig, débutant, notions, anfänger, elementare, básico, base, basis, basiskennis, grundkenntnisse
	Good: b1, b2, intermediate, medium, goed, gut, bon, bien, moyen, buono, bene, medio, bueno, gevorderd
	Fluent: c1, c2, very good, vloeiend, fliessend, fließend, courant, fluente, corrente, fluido, zeer goed, sehr gut, très bien, ottimo, muy bien
	Mother tongue: native, mother language, first language, moedertaal, muttersprache, langue maternelle, maternelle, madrelingua, lengua materna, nativo, nativa, l1
	"""
)

CHANNELS = table(
	"""
	Word of mouth: friend, friends, mond tot mond, via vrienden, mundpropaganda, freunde, bouche à oreille, amis, passaparola, amici, boca a boca, amigos
	Volunteer centre: volunteer center, vrijwilligerscentrum, freiwilligenagentur, centre de volontariat, centro volontariato, centro de voluntariado
	Former volunteer: oud vrijwilliger, ancien bénévole, ex volontario
	Former participant: oud deelnemer, ancienne participante, ex partecipante
	Other programme: other program, ander programma, autre programme, altro programma, otro programa
	Website: web, site, internet, sito, webseite
	Social media: facebook, instagram, linkedin, sociale media, soziale medien, réseaux sociaux, redes sociales
	Event: fair, infoavond, evenement, veranstaltung, événement, salon, evento, feria
	Other: ander, andere, autre, altro, otro
	"""
)
