"""What can be wrong with a workbook or a cell, and the words for it. Pure.

A problem is a code with parameters; the sentence is made where the reader's language is known. No sentence
repeats a cell that may hold a name, an address or a date of birth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Translate = Callable[[str], str]


def _(text: str) -> str:
	"""Marks a text for the translators; it is translated when it is shown."""
	return text


class WorkbookError(Exception):
	"""The workbook as a whole cannot be taken: a code of `WORDS` with its parameters."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params

	def __str__(self) -> str:
		return sentence(self.code, self.params)


@dataclass(frozen=True)
class Problem:
	"""Something about one cell or row. `column` is the header as it stands in the sheet, if one is meant."""

	code: str
	params: Mapping[str, Any] = field(default_factory=dict)
	column: str = ""


MONTHS = (
	_("January"),
	_("February"),
	_("March"),
	_("April"),
	_("May"),
	_("June"),
	_("July"),
	_("August"),
	_("September"),
	_("October"),
	_("November"),
	_("December"),
)

WORDS: dict[str, str] = {
	# The file
	"empty_file": _("This file is empty."),
	"too_big": _("This file is larger than {megabytes} MB. Split it and try again."),
	"expands": _("This file unpacks to far more than a spreadsheet of people holds. It was not opened."),
	"old_excel": _("This is an old Excel file (.xls). Save it as .xlsx and try again."),
	"binary_excel": _("This is a binary Excel file (.xlsb). Save it as .xlsx and try again."),
	"open_document": _("This is an OpenDocument file (.ods). Save it as .xlsx and try again."),
	"encrypted": _("This file is protected by a password. Save it without one and try again."),
	"macros": _("This file contains macros. Save it as .xlsx, without macros, and try again."),
	"not_a_workbook": _("This is not a spreadsheet. Use an .xlsx or a .csv file."),
	"damaged": _("This file is damaged and cannot be read. Open it, save it as .xlsx and try again."),
	"not_text": _("This .csv file is not readable text. Save it as CSV (UTF-8) and try again."),
	"too_many_rows": _("The sheet '{sheet}' has more than {limit} rows. Split it and try again."),
	"too_many_columns": _("The sheet '{sheet}' has more than {limit} columns."),
	"too_many_sheets": _("This file has more than {limit} sheets."),
	# The sheets
	"no_people": _("No sheet with mentees or mentors was found. Start from the template."),
	"unclear_side": _(
		"It is not clear whether the sheet '{sheet}' holds mentees or mentors. Name the sheet 'Mentees' or 'Mentors'."
	),
	"no_header": _("The sheet '{sheet}' has no row of column headings that is understood."),
	"no_name_column": _("The sheet '{sheet}' has no column for the name."),
	"double_column": _("The sheet '{sheet}' has two columns for the same thing: '{first}' and '{second}'."),
	# The row
	"no_name": _("the name is missing"),
	"only_one_cell": _("only one cell is filled in; remove it if it is a heading"),
	"no_caregiver": _("no caregiver with an account is named, and the import names none for such rows"),
	"unknown_caregiver": _("the caregiver is not known here; the one named by the import is taken"),
	"email_shared": _("row {row} has the same e-mail address under another name"),
	"same_as_row": _("the same person as in row {row}; this row is left out"),
	"already_here": _("already in this programme; nothing is changed"),
	"no_birth_date": _("without a date of birth, people are told apart by their name alone"),
	"formula_error": _("the formula in this cell gives an error"),
	"too_long": _("longer than {limit} characters"),
	# Dates
	"impossible_date": _("{day} {month} {year} does not exist"),
	"unreadable_date": _("this is not a date; write it as 1991-04-03"),
	"only_a_year": _("only a year is given; a day and a month are needed"),
	"future_date": _("this date is still to come"),
	"distant_date": _("this date is more than {years} years away"),
	"day_first": _("read as the day before the month"),
	"month_first": _("read as the month before the day"),
	"short_year": _("the year has two digits; read as {year}"),
	"renewal_assumed": _("no date of renewal is given; one year after the date of issue is taken"),
	"renewal_before_issue": _("the check would have to be renewed before it was issued"),
	# Numbers
	"capacity": _("A mentor cannot take {number} mentees"),
	"unreadable_number": _("this is not a number"),
	"negative_number": _("{number} is less than nothing"),
	"number_too_big": _("{number} is more than is possible"),
	"number_range": _("the lower of two numbers is taken: {number}"),
	# Words
	"unreadable_yes_no": _("this is neither a yes nor a no"),
	"unreadable_wish": _("say yes, no or preferred, so that no refusal is lost"),
	"unreadable_step": _("this is neither a date nor a yes or no; the step stays open"),
	"unknown_gender": _("this is not understood and left out"),
	"unknown_country": _("this country is not understood and left out"),
	"several_countries": _("several countries are given; the first is taken"),
	"unknown_kind": _("this kind of mentor is not understood and left out"),
	"unknown_medium": _("one way of meeting is not understood and left out"),
	"unknown_contact": _("one way to keep in touch is not understood and left out"),
	"unknown_area": _("one of these is not an area of support and is left out"),
	"new_language": _("'{language}' is added to the list of languages"),
	"not_a_language": _("one of these cannot be a language and is left out"),
	"new_interest": _("'{interest}' is added to the list of interests"),
	"not_an_interest": _("one of these is too long for an interest and is left out"),
	"bad_email": _("this is not an e-mail address"),
	"bad_phone": _("this is not a telephone number and is left out"),
	"no_consent_date": _("the consent has no date and is not taken over"),
	"unreadable_consent": _("this is neither a yes nor a no; no consent is taken over"),
	"unreadable_ready": _("this is neither a yes nor a no; the person is not taken as ready"),
	"record_check_unclear": _("the answer is not understood; the record check is to be discussed"),
	"unknown_partner": _("no partner organisation of this name is known; it is left out"),
	"unknown_channel": _("this way of recruiting is not understood and left out"),
	# When it is written
	"record_refuses": _("the rules for this kind of record do not allow it"),
	"unexpected": _("Something unexpected happened, and nothing was imported. The error log says where."),
	# Where it is
	"in_column": _("Sheet '{sheet}', row {row}, column '{column}': {problem}."),
	"in_row": _("Sheet '{sheet}', row {row}: {problem}."),
	"note_in_column": _("Column '{column}': {problem}."),
}


def sentence(code: str, params: Mapping[str, Any], translate: Translate = str) -> str:
	"""The words for a code, in the language that `translate` speaks."""
	shown = dict(params)
	if isinstance(shown.get("month"), int):
		shown["month"] = translate(MONTHS[shown["month"] - 1])
	return translate(WORDS[code]).format(**shown)


def row_sentence(sheet: str, row: int, problem: Problem, translate: Translate = str) -> str:
	"""The problem with the place where it is: sheet, row number and column."""
	where = "in_column" if problem.column else "in_row"
	params = {"sheet": sheet, "row": row, "column": problem.column}
	return sentence(
		where, {**params, "problem": sentence(problem.code, problem.params, translate)}, translate
	)


def note_sentence(problem: Problem, translate: Translate = str) -> str:
	"""The note of a row that is taken; the row and sheet stand beside it."""
	words = sentence(problem.code, problem.params, translate)
	if problem.column:
		return sentence("note_in_column", {"column": problem.column, "problem": words}, translate)
	return words[:1].upper() + words[1:] + "."
