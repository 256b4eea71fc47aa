"""The verdict on each row, before anything is written. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from libes_mentoring.spreadsheets import people
from libes_mentoring.spreadsheets.cells import Cells
from libes_mentoring.spreadsheets.columns import MENTOR, Layout, layouts
from libes_mentoring.spreadsheets.keys import keys_of
from libes_mentoring.spreadsheets.people import Lookups
from libes_mentoring.spreadsheets.problems import Problem
from libes_mentoring.spreadsheets.reading import Sheet
from libes_mentoring.spreadsheets.values import spanish_letters
from libes_mentoring.spreadsheets.vocabulary import folded

NEW, ALREADY_HERE, DUPLICATE, REFUSED = "New", "Already here", "Duplicate", "Refused"
VERDICTS = (NEW, ALREADY_HERE, DUPLICATE, REFUSED)


@dataclass(frozen=True)
class Verdict:
	"""What becomes of one row. `values` is filled for New rows alone: nothing else is ever written."""

	side: str
	sheet: str
	row_number: int
	verdict: str
	problems: tuple[Problem, ...] = ()
	notes: tuple[Problem, ...] = ()
	key: str = ""
	values: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Report:
	"""The verdicts in the order of the workbook, and the columns that nothing was read from."""

	verdicts: tuple[Verdict, ...]
	unused: tuple[tuple[str, str], ...] = ()

	def count(self, verdict: str, side: str | None = None) -> int:
		return Counter(row.verdict for row in self.verdicts if side in (None, row.side))[verdict]


def check_rows(
	sheets: list[Sheet], *, known: Collection[str], salt: bytes, today: date, lookups: Lookups
) -> Report:
	"""Judges every row. `known` holds the keys of the people who are already here.

	Raises WorkbookError where a sheet as a whole cannot be read.
	"""
	verdicts: list[Verdict] = []
	found = layouts(sheets)
	seen: dict[str, _Seen] = {}
	for layout in found:
		genders = (row.at(index) for row in layout.rows for index in layout.columns.get("gender", ()))
		checker = _Checker(layout, known, salt, today, lookups, spanish_letters(genders), seen)
		verdicts.extend(verdict for row in layout.rows if (verdict := checker.judge(Cells(layout, row))))
	unused = tuple((layout.sheet, header) for layout in found for header in layout.unused)
	return Report(tuple(verdicts), unused)


def people_in(sheets: list[Sheet], salt: bytes, today: date) -> set[str]:
	"""The keys of everybody with a name in the sheets, whatever else ails their rows.

	Raises WorkbookError where a sheet as a whole cannot be read.
	"""
	found: set[str] = set()
	for layout in layouts(sheets):
		for row in layout.rows:
			who = people.identity(Cells(layout, row), today)
			if who["full_name"]:
				found.update(keys_of(layout.side, salt, who["full_name"], who["birth_date"], who["email"]))
	return found


@dataclass(frozen=True)
class _Seen:
	name: str
	row_number: int


@dataclass
class _Checker:
	layout: Layout
	known: Collection[str]
	salt: bytes
	today: date
	lookups: Lookups
	spanish_letters: bool
	seen: dict[str, _Seen]

	def judge(self, cells: Cells) -> Verdict | None:
		"""The verdict on a row; None where no column that is read says anything."""
		if not any(cells.all(name) for name in self.layout.columns) and not cells.problems:
			return None
		who = people.identity(cells, self.today)
		if cells.problems:
			self._values(cells, who)
			return self._verdict(cells, REFUSED)
		keys = keys_of(self.layout.side, self.salt, who["full_name"], who["birth_date"], who["email"])
		if any(key in self.known for key in keys):
			return self._verdict(cells, ALREADY_HERE, notes=(Problem("already_here"),))
		name = folded(who["full_name"])
		same = next((self.seen[key] for key in keys if key in self.seen), None)
		if same and same.name == name:
			return self._verdict(cells, DUPLICATE, notes=(Problem("same_as_row", {"row": same.row_number}),))
		if same:
			cells.refuse(Problem("email_shared", {"row": same.row_number}), "email")
		values = self._values(cells, who)
		if cells.problems:
			return self._verdict(cells, REFUSED)
		if not who["birth_date"] and not (self.layout.side == MENTOR and who["email"]):
			cells.note(Problem("no_birth_date"))
		self.seen.update(dict.fromkeys(keys, _Seen(name, cells.row.number)))
		return self._verdict(cells, NEW, notes=tuple(cells.notes), key=keys[0], values=values)

	def _values(self, cells: Cells, who: dict[str, Any]) -> dict[str, Any]:
		own = people.mentor if self.layout.side == MENTOR else people.mentee
		return {
			**who,
			**people.common(cells, self.lookups, self.spanish_letters),
			**own(cells, self.lookups, self.today),
		}

	def _verdict(self, cells: Cells, verdict: str, **more: Any) -> Verdict:
		problems = tuple(cells.problems) if verdict == REFUSED else ()
		return Verdict(
			self.layout.side, self.layout.sheet, cells.row.number, verdict, problems=problems, **more
		)
