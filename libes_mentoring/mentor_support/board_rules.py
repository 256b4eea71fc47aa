"""Whether a text may name somebody or say how to reach them. Pure.

Better one post too many that a person looks at than one too few. What is compared is written alike first: no
capitals, accents, look-alike letters, blanks, punctuation or signs that nobody sees.
"""

import re
import unicodedata
from collections.abc import Iterable

from libes_mentoring.mentee_preparation.alias import WORDS
from libes_mentoring.mentor_support.presets import preset

# Letters of other alphabets that look like Latin ones, and letters that no decomposition takes apart.
ALIKE = str.maketrans(
	"абвеікмнорстухѕјӏԁԛԝαβεικνορτυχγηωøłđðþıɪʟɴʀ",
	"abbeikmhopctyxsjldqwabeikvoptuxynwolddpiilnr",
)
SHORTEST_NAME = 2
LEAST_DIGITS_OF_A_PHONE = 7
DATE = re.compile(
	r"(?<![\d./-])(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:\d{4}|\d{2})"
	r"|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![./-]?\d)"
)
PHONE = re.compile(r"(?:\+|\b00|\b)?\d(?:[\s().\-/·_]{0,3}\d)+")
MAIL = re.compile(
	r"@\s*\w|\w\s*[(\[{<]\s*(?:at|a|arobase|chiocciola|arroba)\s*[)\]}>]\s*\w"
	r"|\w\s+(?:at|arobase|chiocciola|arroba)\s+[\w-]+(?:\.|\s*[(\[{]?\s*\b(?:dot|punto?|punkt|point)\b\s*[)\]}]?\s*)(?:[a-z]{2,3}|info)\b"
)
UK_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b")
CONTINENTAL_POSTCODE = re.compile(r"\b[a-z]{1,2}-\d{4,5}\b")


def plain(text: str) -> str:
	"""Small Latin letters and plain digits, without accents and without signs that nobody sees."""
	decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text or "").casefold())
	kept = []
	for char in decomposed:
		category = unicodedata.category(char)
		if category in ("Mn", "Me", "Cf", "Cc") and char not in "\n\t\r":
			continue
		digit = unicodedata.decimal(char, None)
		kept.append(char if digit is None else str(digit))
	return "".join(kept).translate(ALIKE)


def squeezed(text: str) -> str:
	"""Letters and digits of the text in one row, written alike."""
	return "".join(char for char in plain(text) if char.isalnum())


def names_an_alias(text: str, aliases: Iterable[str] = ()) -> bool:
	"""Whether one of these aliases stands in the text, or anything that looks like an alias.

	Whatever looks like one counts, whether anybody bears it or not: so nobody learns by trying which ones there are.
	"""
	row = squeezed(text)
	if _alias_shape().search(row):
		return True
	known = {short for alias in aliases if len(short := _squeezed_alias(alias)) > SHORTEST_NAME}
	return any(
		row[start : start + length] in known
		for length in {len(short) for short in known}
		for start in range(len(row) - length + 1)
	)


def _squeezed_alias(alias: str) -> str:
	"""As `squeezed`; plain letters, as nearly all aliases have, the short way: there may be many thousands."""
	return "".join(filter(str.isalnum, alias.lower())) if alias.isascii() else squeezed(alias)


def names_a_person(text: str, names: Iterable[str]) -> bool:
	"""Whether one of these names stands in the text: whole, or one word of it as a word of its own."""
	text_words, spelt, row = words_of(text), _spelt(text), squeezed(text)
	for name in names:
		parts = [part for part in re.findall(r"[^\W_]+", plain(name)) if _stands_for_somebody(part)]
		# With blanks or dots between the letters, a name is no word any more.
		if any(part in text_words or part in spelt for part in parts):
			return True
		if len(parts) > 1 and "".join(parts) in row:
			return True
	return False


def says_how_to_reach(text: str) -> bool:
	"""Whether it holds what looks like a telephone number, an address of a person or of a house, or a profile."""
	written = plain(text)
	if MAIL.search(written) or any(place in written for place in preset("board_words")["chat_places"]):
		return True
	without_dates = DATE.sub(" ", written)
	if any(
		sum(char.isdigit() for char in found) >= LEAST_DIGITS_OF_A_PHONE
		for found in PHONE.findall(without_dates)
	):
		return True
	if UK_POSTCODE.search(written) or CONTINENTAL_POSTCODE.search(written):
		return True
	return any(pattern.search(written) for pattern in _streets())


def words_of(text: str) -> set[str]:
	"""The words of a text, written alike; a word with a hyphen or an apostrophe counts whole and in its parts."""
	written = plain(text)
	return {*re.findall(r"[^\W_]+", written), *(squeezed(word) for word in written.split())} - {""}


def _stands_for_somebody(part: str) -> bool:
	return len(part) >= SHORTEST_NAME and part not in preset("board_words")["name_particles"]


def _spelt(text: str) -> set[str]:
	"""Words that were written letter by letter: `A d a`, `A.d.a`."""
	runs = re.findall(r"(?<![^\W_])[^\W_](?:[\W_]{1,3}[^\W_](?![^\W_]))+", plain(text))
	return {squeezed(run) for run in runs}


def _alias_shape() -> re.Pattern:
	numbering = "|".join(preset("board_words")["alias_numbering"])
	return re.compile(rf"(?:{'|'.join(WORDS).lower()})(?:{numbering})?\d{{4}}")


def _streets() -> tuple[re.Pattern, ...]:
	words = preset("board_words")
	before, after, endings = (
		"|".join(words[key]) for key in ("street_before_number", "street_after_number", "street_endings")
	)
	number = r"\d{1,4}[a-z]?"
	return (
		re.compile(rf"\b{number},?\s+(?:[\w'’-]+\s+){{0,3}}(?:{after})\b"),
		re.compile(rf"\b(?:{before})\s+(?:[\w'’-]+\s+){{0,4}}{number}\b"),
		re.compile(rf"\b[\w-]*(?:{endings}|str\.)\s*{number}\b"),
	)
