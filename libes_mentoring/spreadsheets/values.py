"""Cells of a spreadsheet as values: yes and no, numbers, words, lists, addresses. Pure.

No function repeats a cell in what it says about it, unless the cell is a plain number or a word of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from libes_mentoring.mentor_recruitment.screening_rules import MAX_CAPACITY
from libes_mentoring.spreadsheets.countries import COUNTRIES
from libes_mentoring.spreadsheets.dates import PAST, Parsed, parse_date
from libes_mentoring.spreadsheets.problems import Problem
from libes_mentoring.spreadsheets.vocabulary import (
	BLANKS,
	GENDERS,
	INDIFFERENT,
	LEVELS,
	NO,
	NO_SIGNS,
	PENDING,
	PREFERRED,
	YES,
	YES_SIGNS,
	folded,
)

FORMULA_ERRORS = frozenset(
	("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
MAX_HOURS = 200
MAX_MEETINGS, MAX_MONTHS = 31, 60
MEDIA_FIELDS = ("medium_in_person", "medium_synchronous", "medium_asynchronous")
CHANNEL_FIELDS = ("channel_calls", "channel_video", "channel_messages", "channel_voice")

# The small words only in small letters: "EN" is a language.
_PARTS = re.compile(r"[,;/|+&\n•·]|\s-\s|(?<=\s)(?:and|et|und|e|y|en)(?=\s)")
_LIST_PARTS = re.compile(r"[,;/|\n•·]")
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_EMAIL = re.compile(
	r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
)
# Units of time, of a text that is folded already; a digit may stand right before.
_UNIT = {
	"year": r"years?|yrs?|ans?|annees?|jaar|jaren|jahre?n?|ann[oi]|anos?",
	"month": r"months?|mths?|maand|maanden|monate?n?|mois|mes|mes[ei]|meses",
	"week": r"weeks?|weken|wochen?|semaines?|settiman[ae]|semanas?",
	"day": r"days?|dag|dagen|tage?n?|jours?|giorn[oi]|dias?",
}
_WORD = re.compile(r"[^\W\d_][\w' ’.-]*")


def is_blank(value: Any) -> bool:
	"""Whether a cell says nothing: empty, a dash, a question mark, "n/a"."""
	if value is None:
		return True
	if not isinstance(value, str):
		return False
	return not value.strip() or (folded(value) in BLANKS and not set(value) & (YES_SIGNS | NO_SIGNS))


def as_text(value: Any) -> str:
	"""A cell as one line of text; whole numbers without a decimal point."""
	if isinstance(value, float) and value.is_integer():
		value = int(value)
	if isinstance(value, datetime):
		value = value.date()
	return "" if value is None else " ".join(str(value).split())


def parse_yes_no(value: Any) -> Parsed:
	"""True, False, or a problem. A tick counts as yes, a cross of the mark sort as no, the letter x as yes."""
	if isinstance(value, bool):
		return Parsed(value)
	text = as_text(value)
	word = folded(text)
	if word in YES or set(text) & YES_SIGNS:
		return Parsed(True)
	if word in NO or set(text) & NO_SIGNS:
		return Parsed(False)
	return Parsed(problem=Problem("unreadable_yes_no"))


def parse_step(value: Any, today: date, unreadable: str = "unreadable_step") -> Parsed:
	"""What a column of steps holds: (passed or None while open, the day or None).

	What is not understood leaves the step open, with the note of the code `unreadable`.
	"""
	if isinstance(value, str):
		word = folded(value)
		if word in PENDING:
			return Parsed((None, None))
		# "ja, 12.3.2026"
		first, _, rest = value.partition(" ")
		if rest and folded(first) in YES:
			dated = parse_date(rest.strip(" ,;:()"), today, PAST)
			if not dated.problem:
				return Parsed((True, dated.value), notes=dated.notes)
	answer = parse_yes_no(value)
	if not answer.problem:
		return Parsed((answer.value, None))
	dated = parse_date(value, today, PAST)
	if dated.problem and dated.problem.code == "unreadable_date":
		return Parsed((None, None), notes=(Problem(unreadable),))
	return Parsed((True, dated.value), dated.problem, dated.notes)


def parse_wish(value: Any) -> Parsed:
	"""Whether something is "Refused" or "Wanted"; None where a plain yes says that it is all right.

	What is not understood refuses the row: a refusal that gets lost can do harm.
	"""
	word = folded(as_text(value))
	if word in PREFERRED:
		return Parsed("Wanted")
	if word in INDIFFERENT:
		return Parsed(None)
	answer = parse_yes_no(value)
	if answer.problem:
		return Parsed(problem=Problem("unreadable_wish"))
	return Parsed(None if answer.value else "Refused")


def parse_number(value: Any, maximum: float) -> Parsed:
	"""A number from nought to `maximum`; of a range such as "2-3" the lower one, with a note."""
	notes: tuple[Problem, ...] = ()
	if isinstance(value, str):
		text = value.replace("−", "-").replace(",", ".").strip()
		found = re.fullmatch(
			r"(?:max\w*\.?\s*|±\s*|~\s*)?(-?\d+(?:\.\d+)?)\s*(?:-|–|à|to|bis|tot)\s*(\d+)\D*", text
		)
		if found:
			notes = (Problem("number_range", {"number": _shown(float(found[1]))}),)
		else:
			found = re.fullmatch(r"(?:max\w*\.?\s*|±\s*|~\s*)?(-?\d+(?:\.\d+)?)\s*[^\d]*", text)
		if not found:
			return Parsed(problem=Problem("unreadable_number"))
		value = float(found[1])
	if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
		return Parsed(problem=Problem("unreadable_number"))
	if value < 0:
		return Parsed(problem=Problem("negative_number", {"number": _shown(value)}))
	if value > maximum:
		return Parsed(problem=Problem("number_too_big", {"number": _shown(value)}))
	return Parsed(float(value), notes=notes)


def parse_months(value: Any) -> Parsed:
	"""A number of months: a year is twelve, and weeks or days are not taken for months."""
	unit = _unit(value)
	if unit == "year":
		return _times(parse_number(value, MAX_MONTHS / 12), 12)
	if unit in ("week", "day"):
		return Parsed(problem=Problem("unreadable_number"))
	return parse_number(value, MAX_MONTHS)


def parse_meetings(value: Any) -> Parsed:
	"""How often a month: once a week is four times; times a year are not asked for, and daily is no rhythm of ours."""
	unit = _unit(value)
	if unit == "week":
		return _times(parse_number(value, MAX_MEETINGS // 4), 4)
	if unit in ("year", "day"):
		return Parsed(problem=Problem("unreadable_number"))
	return parse_number(value, MAX_MEETINGS)


def _unit(value: Any) -> str:
	"""Which unit of time is named beside a number: months before all others, as columns ask for them."""
	words = folded(value) if isinstance(value, str) else ""
	named = (unit for unit in ("month", "year", "week", "day") if re.search(rf"(?<![a-z])(?:{_UNIT[unit]})\b", words))
	return next(named, "")


def _times(parsed: Parsed, factor: int) -> Parsed:
	return parsed if parsed.problem else Parsed(parsed.value * factor, notes=parsed.notes)


def parse_capacity(value: Any) -> Parsed:
	"""How many mentees a mentor can take."""
	parsed = parse_number(value, MAX_CAPACITY)
	if parsed.problem and "number" in parsed.problem.params:
		return Parsed(problem=Problem("capacity", parsed.problem.params))
	if parsed.problem:
		return parsed
	if not parsed.value.is_integer():
		return Parsed(problem=Problem("capacity", {"number": _shown(parsed.value)}))
	return Parsed(int(parsed.value), notes=parsed.notes)


def _shown(number: float) -> str:
	return f"{number:.15g}"


def spanish_letters(values: Iterable[Any]) -> bool:
	"""Whether a column tells genders by H and M, as in Spain: there the M is a woman (mujer)."""
	letters = {folded(value) for value in values if isinstance(value, str)}
	return {"h", "m"} <= letters and not letters & {"f", "v", "w"}


def parse_gender(value: Any, spanish: bool = False) -> Parsed:
	word = folded(as_text(value))
	if spanish and word == "m":
		return Parsed("Female")
	return _looked_up(word, GENDERS, "unknown_gender")


def parse_word(value: Any, words: Mapping[str, str], code: str) -> Parsed:
	"""The meaning of a word in a table; otherwise nothing, with a note."""
	return _looked_up(folded(as_text(value)), words, code)


def _looked_up(word: str, words: Mapping[str, str], code: str) -> Parsed:
	return Parsed(words[word]) if word in words else Parsed(notes=(Problem(code),))


def parse_country(value: Any, known: Mapping[str, str]) -> Parsed:
	"""The Country for a country or nationality; `known` holds the site's own names, folded."""
	text = as_text(value)

	def named(part: str) -> str | None:
		word = folded(part)
		return known.get(word) or COUNTRIES.get(word)

	if found := named(text) or named(_BRACKETS.sub(" ", text)):
		return Parsed(found)
	parts = re.split(r"[,;/|+&\n-]|\b(?:and|et|und|e|y|en)\b", text)
	countries = list(dict.fromkeys(country for part in parts if (country := named(part))))
	if not countries:
		return Parsed(notes=(Problem("unknown_country"),))
	return Parsed(countries[0], notes=(Problem("several_countries"),) if len(countries) > 1 else ())


def parse_languages(value: Any, known: Mapping[str, str]) -> Parsed:
	"""A list of (language, level or None). A language that is not `known` is added to the list of languages."""
	found: dict[str, str | None] = {}
	last = ""
	notes = []
	for part in _language_parts(as_text_lines(value), known):
		if found and folded(part) not in known and (level := LEVELS.get(folded(part))):
			# "English - fluent": the part before was the language.
			found[last] = found[last] or level
			continue
		name, level = _language_and_level(part, known)
		if not name:
			continue
		language = known.get(folded(name))
		if not language:
			if not is_short_word(name, 3):
				notes.append(Problem("not_a_language"))
				continue
			language = name[:1].upper() + name[1:]
			# Two cells may spell the same new language alike but for capitals.
			language = next((seen for seen in found if folded(seen) == folded(language)), language)
			if language not in found:
				notes.append(Problem("new_language", {"language": language}))
		found[language], last = found.get(language) or level, language
	return Parsed(tuple(found.items()), notes=_unique(notes))


def _language_parts(text: str, known: Mapping[str, str]) -> list[str]:
	# Commas inside brackets belong to the level.
	kept = _BRACKETS.sub(lambda found: "(" + re.sub(r"[,;/|+&]", " ", found[1]) + ")", text)
	parts = []
	for part in _PARTS.split(kept):
		words = part.split()
		# "FR EN NL": nothing but spaces between them.
		one_each = folded(part) not in known and all(folded(word) in known for word in words)
		parts.extend(words if one_each else [part.strip()])
	return [part for part in parts if part.strip(" .-")]


def _language_and_level(part: str, known: Mapping[str, str]) -> tuple[str, str | None]:
	brackets = " ".join(_BRACKETS.findall(part))
	rest = " ".join(_BRACKETS.sub(" ", part).replace(":", " ").split()).strip(" .-–")
	level = _level(brackets)
	if folded(rest) in known:
		return rest, level
	# "Dutch B1", "a little English", "un peu de français": the level stands beside the language.
	words = rest.split()
	for split in range(len(words) - 1, 0, -1):
		for name, about in ((words[:split], words[split:]), (words[split:], words[:split])):
			if found := _level(" ".join(about)):
				while name and folded(name[0]) in ("de", "di", "d", "of"):
					name = name[1:]
				if name:
					return " ".join(name), level or found
	return rest, level


def _level(text: str) -> str | None:
	word = folded(text)
	for ending in (" de", " di", " d", " of"):
		word = word.removesuffix(ending)
	if word in LEVELS:
		return LEVELS[word]
	# "B1/B2", "level A2": the first word that says something.
	return next((LEVELS[part] for part in word.split() if re.fullmatch("[abc][12]", part)), None)


def parse_list(value: Any, known: Mapping[str, str], new_code: str = "", bad_code: str = "") -> Parsed:
	"""The entries of a word list that a cell names. What is not known is new if `new_code` is given."""
	found: list[str] = []
	notes = []
	for part in _LIST_PARTS.split(as_text_lines(value)):
		text = " ".join(part.split()).strip(" .-–")
		if not text:
			continue
		entry = known.get(folded(text))
		if not entry and new_code and is_short_word(text, 4):
			entry = text[:1].upper() + text[1:]
			if entry not in found:
				notes.append(Problem(new_code, {new_code.removeprefix("new_"): entry}))
		if not entry:
			notes.append(Problem(bad_code))
		elif entry not in found:
			found.append(entry)
	return Parsed(tuple(found), notes=_unique(notes))


def _unique(notes: list[Problem]) -> tuple[Problem, ...]:
	return tuple(note for index, note in enumerate(notes) if note not in notes[:index])


def as_text_lines(value: Any) -> str:
	"""A cell as text that keeps its line ends, which often separate the entries of a list."""
	return value if isinstance(value, str) else as_text(value)


def is_short_word(text: str, words: int) -> bool:
	"""Whether a new word may go into a list that others read: a few words, no digits, no sentence."""
	return (
		len(text) <= 40
		and len(text.split()) <= words
		and bool(_WORD.fullmatch(text))
		and not re.search(r"\d", text)
	)


def parse_email(value: Any) -> Parsed:
	text = as_text(value).casefold().removeprefix("mailto:").strip(" <>.,;")
	if len(text) <= 140 and _EMAIL.fullmatch(text):
		return Parsed(text)
	return Parsed(problem=Problem("bad_email"))


def parse_phone(value: Any) -> Parsed:
	"""A telephone number as digits with a leading + where the country is given.

	A number cell has lost its leading 0 or +; its length tells which.
	"""
	if isinstance(value, int | float) and not isinstance(value, bool):
		digits = str(int(value)) if value == value and 0 <= value < 1e15 else ""
		text = f"+{digits}" if len(digits) > 10 else f"0{digits}"
	else:
		text = re.split(r"[;\n]|\s/\s|\bor\b|\bou\b|\bof\b|\boder\b", str(value))[0]
		text = re.sub(r"\(0\)", "", text)
		plus = text.strip().startswith("+")
		text = ("+" if plus else "") + re.sub(r"\D", "", text)
		if text.startswith("00"):
			text = f"+{text[2:]}"
	if 6 <= len(text.lstrip("+")) <= 15:
		return Parsed(text)
	return Parsed(notes=(Problem("bad_phone"),))
