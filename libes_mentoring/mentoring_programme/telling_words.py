"""Words that tell why somebody is in a programme. Pure. They must not stand in what leaves the house.

Beginnings of words, lower case, without accents, in the languages of the programmes that this is made for.
"""

import re
import unicodedata
from collections.abc import Iterable

BEGINNINGS = (
	"traffick", "exploit", "victim", "survivor", "slave", "prostitut", "abus", "trauma", "asylum",
	"refuge", "shelter", "tratta", "sfrutta", "vittim", "schiav", "menschenhandel", "ausbeut", "opfer",
	"uberlebend", "frauenhaus", "mensenhandel", "uitbuit", "slachtoffer", "traite", "esclav", "rescape",
	"trata", "explot", "superviviente", "sobrevivient", "rifugiat", "fluchtling", "vluchteling",
)


def telling_words_in(text: str | None, further: Iterable[str] = ()) -> list[str]:
	"""The words of a text that begin with a telling one, in order; empty where there is none."""
	beginnings = (*BEGINNINGS, *(plain(word).strip() for word in further))
	known = tuple(beginning for beginning in beginnings if beginning)
	return [word for word in re.findall(r"[^\W\d_]+", text or "") if plain(word).startswith(known)]


def plain(text: str) -> str:
	"""Lower case, without accents."""
	decomposed = unicodedata.normalize("NFKD", text.casefold())
	return "".join(char for char in decomposed if not unicodedata.combining(char))
