"""Dates as people type them. Pure. Day before month, as everywhere in Europe, unless it can only be the other way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from libes_mentoring.spreadsheets.problems import Problem
from libes_mentoring.spreadsheets.vocabulary import folded, month_numbers

# Day 60 of Excel's calendar is a 29 February 1900 that never was; counting from here is right after it.
_EXCEL_DAY_0 = date(1899, 12, 30)
_SERIALS = range(3_000, 75_000)  # 1908 to 2105
_YEARS = range(1900, 2106)

_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{1,2})(?:[T ]\d{1,2}[:.]\d{2}.*)?")
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?:[T ]\d{1,2}[:.]\d{2}.*)?")
_COMPACT = re.compile(r"(19\d{2}|20\d{2})(\d{2})(\d{2})")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|ere|e|º|°|ter|ten)\b")
_FILLERS = {"of", "de", "del", "di", "le", "il", "el", "den", "der", "the", "d"}

BIRTH, PAST, ANY = "birth", "past", "any"
MAX_AGE = 110
MAX_YEARS_AHEAD = 15


@dataclass(frozen=True)
class Parsed:
	"""A value with what is to be said about it. A problem refuses the row; a note does not."""

	value: Any = None
	problem: Problem | None = None
	notes: tuple[Problem, ...] = ()


def parse_date(value: Any, today: date, meaning: str = PAST) -> Parsed:
	"""The date in a cell. `meaning` says which dates make sense: BIRTH, PAST (today at the latest) or ANY."""
	if isinstance(value, datetime):
		return _sensible(value.date(), today, meaning, ())
	if isinstance(value, date):
		return _sensible(value, today, meaning, ())
	if isinstance(value, bool) or not isinstance(value, int | float | str):
		return Parsed(problem=Problem("unreadable_date"))
	if isinstance(value, str):
		return _from_text(value, today, meaning)
	return _from_number(value, today, meaning)


def _from_number(value: float, today: date, meaning: str) -> Parsed:
	whole = int(value) if value == value and abs(value) < 1e9 else 0
	if whole in _YEARS and whole == value:
		return Parsed(problem=Problem("only_a_year"))
	if compact := _COMPACT.fullmatch(str(whole)):
		return _built(*map(int, compact.groups()), today, meaning, ())
	if whole in _SERIALS:
		return _sensible(_EXCEL_DAY_0 + timedelta(days=whole), today, meaning, ())
	return Parsed(problem=Problem("unreadable_date"))


def _from_text(text: str, today: date, meaning: str) -> Parsed:
	text = " ".join(text.split()).strip(" .,")
	if re.fullmatch(r"\d+(\.0+)?", text):
		return _from_number(float(text), today, meaning)
	if found := _YEAR_FIRST.fullmatch(text):
		return _built(*map(int, found.groups()), today, meaning, ())
	if found := _NUMBERS.fullmatch(text):
		first, separator, second, year = found.groups()
		return _from_numbers(int(first), int(second), year, separator, today, meaning)
	return _from_words(text, today, meaning)


def _from_numbers(first: int, second: int, year: str, separator: str, today: date, meaning: str) -> Parsed:
	day, month = first, second
	notes: tuple[Problem, ...] = ()
	if second > 12 >= first:
		day, month = second, first
		notes = (Problem("month_first"),)
	elif separator == "/" and first <= 12 and first != second:
		notes = (Problem("day_first"),)
	whole_year, year_notes = _full_year(year, today, meaning)
	return _built(whole_year, month, day, today, meaning, notes + year_notes)


def _full_year(year: str, today: date, meaning: str) -> tuple[int, tuple[Problem, ...]]:
	if len(year) > 2:
		return int(year), ()
	# Nobody in a programme was born in a year to come; other dates are of this century.
	century = 1900 if meaning == BIRTH and int(year) > today.year % 100 else 2000
	# The note would give away half of a date of birth; which century it is goes without saying there.
	notes = () if meaning == BIRTH else (Problem("short_year", {"year": century + int(year)}),)
	return century + int(year), notes


def _from_words(text: str, today: date, meaning: str) -> Parsed:
	plain = re.sub(r"\b\d{1,2}[:.]\d{2}.*$", "", text)
	words = [word for word in folded(_ORDINAL.sub(r"\1", plain.casefold())).split() if word not in _FILLERS]
	# A weekday before the date adds nothing.
	if len(words) == 4 and words[0].isalpha() and words[0] not in month_numbers():
		words = words[1:]
	months = [word for word in words if word in month_numbers()]
	numbers = [word for word in words if word.isdecimal()]
	if len(words) != 3 or len(months) != 1 or len(numbers) != 2:
		return Parsed(problem=Problem("unreadable_date"))
	day, year = sorted(numbers, key=lambda number: (len(number) == 4, words.index(number)))
	if len(day) > 2 or len(year) not in (2, 4):
		return Parsed(problem=Problem("unreadable_date"))
	whole_year, notes = _full_year(year, today, meaning)
	return _built(whole_year, month_numbers()[months[0]], int(day), today, meaning, notes)


def _built(year: int, month: int, day: int, today: date, meaning: str, notes: tuple[Problem, ...]) -> Parsed:
	try:
		return _sensible(date(year, month, day), today, meaning, notes)
	except ValueError:
		if 1 <= month <= 12 and 1 <= day <= 31:
			return Parsed(problem=Problem("impossible_date", {"day": day, "month": month, "year": year}))
		return Parsed(problem=Problem("unreadable_date"))


def _sensible(day: date, today: date, meaning: str, notes: tuple[Problem, ...]) -> Parsed:
	if meaning != ANY and day > today:
		return Parsed(problem=Problem("future_date"))
	if day.year < today.year - MAX_AGE:
		return Parsed(problem=Problem("distant_date", {"years": MAX_AGE}))
	if day.year > today.year + MAX_YEARS_AHEAD:
		return Parsed(problem=Problem("distant_date", {"years": MAX_YEARS_AHEAD}))
	return Parsed(day, notes=notes)
