"""Which sheet holds whom, and which column holds what. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from libes_mentoring.spreadsheets.headings import HEADINGS, SEVERAL_COLUMNS, SHEET_WORDS
from libes_mentoring.spreadsheets.problems import WorkbookError
from libes_mentoring.spreadsheets.reading import Row, Sheet
from libes_mentoring.spreadsheets.vocabulary import folded

MENTEE, MENTOR = "Mentee", "Mentor"
SIDES = (MENTEE, MENTOR)

# Titles, logos' captions and explanations stand above the headings; further down there are people.
_HEADER_WITHIN = 40
_ENOUGH_HEADINGS = 2


@dataclass(frozen=True)
class Layout:
	"""A sheet of mentees or mentors, with the columns of each field and the rows below the headings."""

	sheet: str
	side: str
	columns: Mapping[str, tuple[int, ...]]
	headers: Mapping[int, str]
	rows: tuple[Row, ...]
	unused: tuple[str, ...] = ()

	def header(self, name: str) -> str:
		"""The heading of a field as it stands in the sheet; empty if the sheet has no such column."""
		columns = self.columns.get(name)
		return self.headers[columns[0]] if columns else ""


@dataclass
class _Found:
	"""A candidate for the row of headings."""

	row: Row | None = None
	columns: dict[str, list[int]] = field(default_factory=dict)


def layouts(sheets: list[Sheet]) -> list[Layout]:
	"""The sheets that hold people. Raises WorkbookError where it is not clear which, or a needed column lacks."""
	found = [layout for sheet in sheets if (layout := _layout(sheet))]
	if not found:
		raise WorkbookError("no_people")
	return found


def side_of_name(name: str) -> str | None:
	"""Whom a sheet of this name holds; None where the name does not say, or names both."""
	words = set(folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).split())
	sides = [side for side in SIDES if words & SHEET_WORDS[side]]
	return sides[0] if len(sides) == 1 else None


def _layout(sheet: Sheet) -> Layout | None:
	named = side_of_name(sheet.name)
	best = {side: _best_header(sheet, side) for side in SIDES}
	side = named or _side_of_columns(best)
	if not side:
		widest = max(best.values(), key=lambda found: len(found.columns))
		if widest.row and ({"full_name", "last_name"} & widest.columns.keys()) and len(widest.columns) > 2:
			raise WorkbookError("unclear_side", sheet=sheet.name)
		# Notes, word lists, explanations.
		return None
	found = best[side]
	if not sheet.rows:
		return None
	if not found.row:
		if not any(len(row.cells) > _ENOUGH_HEADINGS for row in sheet.rows):
			# "Tips for mentors": text, not a table.
			return None
		raise WorkbookError("no_header", sheet=sheet.name)
	if not {"full_name", "first_name", "last_name"} & found.columns.keys():
		raise WorkbookError("no_name_column", sheet=sheet.name)
	return _built(sheet, side, found.row, found.columns)


def _built(sheet: Sheet, side: str, header: Row, columns: dict[str, list[int]]) -> Layout:
	headers = {
		index: " ".join(str(cell).split()) for index, cell in enumerate(header.cells) if cell is not None
	}
	for name, indexes in columns.items():
		if len(indexes) > 1 and name not in SEVERAL_COLUMNS:
			# Taking one of two would lose what the other says.
			raise WorkbookError(
				"double_column", sheet=sheet.name, first=headers[indexes[0]], second=headers[indexes[1]]
			)
	used = {index for indexes in columns.values() for index in indexes}
	rows = tuple(
		row
		for row in sheet.rows
		# Headings are often repeated for each printed page.
		if row.number > header.number and not _is_repeated(row, header)
	)
	return Layout(
		sheet=sheet.name,
		side=side,
		columns={name: tuple(indexes) for name, indexes in columns.items()},
		headers=headers,
		rows=rows,
		unused=tuple(text for index, text in headers.items() if index not in used),
	)


def _is_repeated(row: Row, header: Row) -> bool:
	return [folded(str(cell)) for cell in row.cells] == [folded(str(cell)) for cell in header.cells]


def _best_header(sheet: Sheet, side: str) -> _Found:
	best = _Found()
	for row in sheet.rows[:_HEADER_WITHIN]:
		columns: dict[str, list[int]] = {}
		for index, cell in enumerate(row.cells):
			if isinstance(cell, str) and (name := field_of(cell, side)):
				columns.setdefault(name, []).append(index)
		if len(columns) >= _ENOUGH_HEADINGS and len(columns) > len(best.columns):
			best = _Found(row, columns)
	return best


def _side_of_columns(best: Mapping[str, _Found]) -> str | None:
	"""By the columns that only one side has; a contact list with neither tells nothing."""
	others = {MENTEE: MENTOR, MENTOR: MENTEE}
	own = {side: len(best[side].columns.keys() - HEADINGS[others[side]].keys()) for side in SIDES}
	if own[MENTEE] == own[MENTOR]:
		return None
	return max(SIDES, key=own.__getitem__)


def field_of(header: str, side: str) -> str | None:
	"""The field that a heading names, whole or in one of its parts ("Name / Nom", "Phone (mobile)")."""
	words = _WORDS[side]
	parts = [header, re.sub(r"\([^)]*\)", " ", header), *re.split(r"[/|\n()]|\s[-–]\s", header)]
	for part in parts:
		key = folded(part)
		if found := words.get(key) or words.get(re.sub(r"\s*\d+$", "", key)):
			return found
	return None


_WORDS: dict[str, dict[str, str]] = {
	side: {folded(word): name for name, words in fields.items() for word in words.split(",")}
	for side, fields in HEADINGS.items()
}
