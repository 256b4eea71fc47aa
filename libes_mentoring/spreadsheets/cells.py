"""The cells of one row, by field. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from libes_mentoring.spreadsheets.columns import Layout
from libes_mentoring.spreadsheets.dates import Parsed
from libes_mentoring.spreadsheets.problems import Problem
from libes_mentoring.spreadsheets.reading import Row
from libes_mentoring.spreadsheets.values import FORMULA_ERRORS, as_text, is_blank

SHORT, LONG = 140, 2_000


@dataclass
class Cells:
	"""Reads one row and gathers everything that is to be said about it."""

	layout: Layout
	row: Row
	problems: list[Problem] = field(default_factory=list)
	notes: list[Problem] = field(default_factory=list)

	def all(self, name: str) -> list[tuple[str, Any]]:
		"""(header, value) of each column of a field that says something; a broken formula says nothing."""
		found = []
		for index in self.layout.columns.get(name, ()):
			value = self.row.at(index)
			if isinstance(value, str) and value in FORMULA_ERRORS:
				self.refuse(Problem("formula_error", column=self.layout.headers[index]))
			elif not is_blank(value):
				found.append((self.layout.headers[index], value))
		return found

	def take(self, name: str, parse: Callable[..., Parsed], *args: Any) -> Any:
		"""The value of a field, None where the cell is empty or cannot be read."""
		found = self.all(name)
		return self._kept(found[0][0], parse(found[0][1], *args)) if found else None

	def take_all(self, name: str, parse: Callable[..., Parsed], *args: Any) -> tuple[Any, ...]:
		"""The values of a field that holds a list and may be spread over several columns."""
		values = [
			value for header, cell in self.all(name) for value in self._kept(header, parse(cell, *args)) or ()
		]
		return tuple(dict.fromkeys(values))

	def text(self, name: str, limit: int = SHORT) -> str:
		"""A field as one line of text; several columns of a long text are joined."""
		found = self.all(name)
		kept = found if limit > SHORT else found[:1]
		text = "; ".join(as_text(value) for _, value in kept)
		if len(text) > limit:
			self.refuse(Problem("too_long", {"limit": limit}, found[0][0]))
		return text

	def refuse(self, problem: Problem, name: str = "") -> None:
		problem = replace(problem, column=problem.column or self.layout.header(name))
		if problem not in self.problems:
			self.problems.append(problem)

	def note(self, problem: Problem, name: str = "") -> None:
		problem = replace(problem, column=problem.column or self.layout.header(name))
		if problem not in self.notes:
			self.notes.append(problem)

	def _kept(self, header: str, parsed: Parsed) -> Any:
		for note in parsed.notes:
			self.note(replace(note, column=header))
		if parsed.problem:
			self.refuse(replace(parsed.problem, column=header))
			return None
		return parsed.value
