"""Finding a person in text, however it was written down: as typed, as JSON, as HTML, in an address. Pure.

Letters are compared without their accents and case, and only whole words count: an Ana is not found in
banana.
"""

import binascii
import email
import gzip
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from email.errors import MessageError
from html import escape
from urllib.parse import quote, quote_plus

# Shorter words are met everywhere.
SHORTEST = 5
# A sentence from a person's record, met again in a log of errors.
SHORTEST_SENTENCE = 20
SENTENCE_LENGTH = 60
PUT_INSTEAD = "…"
LARGEST_FILE = 64 * 1024 * 1024


def writings(term: str) -> list[str]:
	"""The ways in which a term stands in a database; none where it is too short to be told apart."""
	term = " ".join(term.split())
	if len(term) < SHORTEST:
		return []
	digits = re.sub(r"[\s./()-]", "", term)
	ways = [term, json.dumps(term)[1:-1], escape(term), quote(term), quote_plus(term)]
	if re.fullmatch(r"\+?\d{6,}", digits):
		ways.append(digits)
	return list(dict.fromkeys(ways))


def stands_for_a_person(words: str) -> bool:
	"""A full name, an address or a number does; one word alone is met too often."""
	return len(words.split()) > 1 or "@" in words or bool(re.search(r"\d", words))


def sentences(texts: Iterable[str]) -> list[str]:
	"""The beginnings of longer lines, by which free text is known again."""
	lines = (line.strip() for text in texts for line in text.splitlines())
	return list(dict.fromkeys(line[:SENTENCE_LENGTH] for line in lines if len(line) >= SHORTEST_SENTENCE))


def holds(text: str, terms: Iterable[str]) -> bool:
	folded = _fold(text)
	return any(_places(folded, term) for term in terms)


def without(text: str, terms: Iterable[str]) -> str:
	"""The text with every term taken out."""
	for term in terms:
		for begin, end in reversed(_places(_fold(text), term)):
			text = text[:begin] + PUT_INSTEAD + text[end:]
	return text


def _places(folded: str, term: str) -> list[tuple[int, int]]:
	wanted = _fold(term)
	found, begin = [], folded.find(wanted) if wanted else -1
	while begin >= 0:
		end = begin + len(wanted)
		if not (_inside_word(folded, begin - 1, begin) or _inside_word(folded, end, end - 1)):
			found.append((begin, end))
		begin = folded.find(wanted, end)
	return found


def _inside_word(text: str, outer: int, inner: int) -> bool:
	if not 0 <= outer < len(text):
		return False
	if outer < inner and text[outer] == "n" and outer and text[outer - 1] == "\\":
		# A line break in JSON, not a letter.
		return False
	return text[outer].isalnum() and text[inner].isalnum()


def _fold(text: str) -> str:
	"""Lower case without accents, letter by letter, so that places stay where they are."""
	if text.isascii():
		return text.lower()
	return "".join((unicodedata.normalize("NFKD", letter)[0].lower() or letter)[0] for letter in text)


def text_of_message(message: str) -> str:
	"""A stored mail as text: its headings, and every part of it decoded."""
	pieces = [message]
	try:
		for part in email.message_from_string(message).walk():
			if content := part.get_payload(decode=True):
				pieces.append(text_of_file(content))
	except (MessageError, ValueError, LookupError, binascii.Error):
		pass
	return "\n".join(pieces)


def text_of_file(content: bytes) -> str:
	"""What can be read in a file: text as it is, what is compressed or in a workbook unpacked."""
	if content[:2] == b"\x1f\x8b":
		try:
			with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
				content = packed.read(LARGEST_FILE)
		except (OSError, EOFError, zlib.error):
			return ""
	if content[:4] == b"PK\x03\x04":
		try:
			with zipfile.ZipFile(io.BytesIO(content)) as packed:
				parts = [packed.open(name).read(LARGEST_FILE) for name in packed.namelist()]
		except (zipfile.BadZipFile, OSError, RuntimeError):
			return ""
		return "\n".join(part.decode("utf-8", errors="replace") for part in parts)
	return content.decode("utf-8", errors="replace")
