"""The empty workbook to start from. Pure: the words of the site's lists come in as arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from libes_mentoring.spreadsheets.problems import Translate, _
from libes_mentoring.spreadsheets.sample import same_bytes

# Headings stay English in every language: they are what the import looks for first.
PERSON = ("Name", "Date of birth", "Gender", "Nationality", "Languages", "Phone", "E-mail", "District")
MENTEE_HEADINGS = (
	*PERSON,
	"Case worker",
	"Needs",
	"Interests",
	"Hours per month",
	"Media",
	"Meetings per month",
	"Keeps in touch by",
	"Male mentor",
	"Female mentor",
	"Co-national mentor",
	"Preferred mentor",
	"Consent",
	"Consent date",
	"Ready",
	"Ready on",
	"Motivation",
	"Goals",
	"Strengths",
	"Safe contact",
	"Remarks",
)
MENTOR_HEADINGS = (
	*PERSON,
	"Kind of mentor",
	"Partner organisation",
	"Capacity",
	"Hours per month",
	"Media",
	"Meetings per month",
	"Commitment months",
	"Keeps in touch by",
	"Can help with",
	"Interests",
	"Motivation",
	"Availability",
	"Recruitment channel",
	"Application date",
	"Record check issued on",
	"Record check seen on",
	"Record check renew by",
	"References",
	"Interview",
	"Training",
	"Agreement",
	"Remarks",
)
REQUIRED = frozenset(("Name",))
DATES = frozenset(
	(
		"Date of birth",
		"Consent date",
		"Ready on",
		"Application date",
		"Record check issued on",
		"Record check seen on",
		"Record check renew by",
		"References",
		"Interview",
		"Training",
		"Agreement",
	)
)
ROWS = 1_000

NOTES = (
	_("One person on each row. Only the name is needed; everything else can be added later."),
	_("Leave out what you would not want a colleague without access to case files to read."),
	_("Columns may be moved, removed or named in Dutch, German, French, Italian or Spanish."),
	_("Dates: 1991-04-03, 3.4.1991 or 3 April 1991. The day always comes before the month."),
	_(
		"Several languages, needs or interests: with a comma between them; a level in brackets, such as French (B1)."
	),
	_("Male mentor, Female mentor, Co-national mentor: yes, no or preferred. A no is kept as a refusal."),
	_(
		"Consent: a yes, with its date, means that the person was told that taking part is voluntary, has no effect on any support and can be ended at any time, and has signed. Write no where one of these is missing."
	),
	_(
		"Ready: the caregiver's judgement that the person is psychologically and emotionally ready and that basic needs are covered."
	),
	_(
		"References, Interview, Training, Agreement: the day on which it was done, or yes. A no means: not yet."
	),
	_("Keeps in touch by: calls, video, messages, voice messages. Empty means: not asked."),
	_("Record check: dates only. Never write down what it says."),
	_("Case worker: the full name or e-mail address of somebody who has an account as a social worker."),
	_("Check first: it says what would become of each row, and writes nothing."),
)


@dataclass(frozen=True)
class Choices:
	"""What the drop-down lists offer besides yes and no."""

	genders: Sequence[str] = ("Female", "Male", "Other")
	mentor_kinds: Sequence[str] = ("Local volunteer", "Survivor", "Migrant background")
	channels: Sequence[str] = ()
	countries: Sequence[str] = ()
	partner_organisations: Sequence[str] = ()
	languages: Sequence[str] = ()
	support_areas: Sequence[str] = ()
	interests: Sequence[str] = ()


def build_template(choices: Choices, translate: Translate = str) -> bytes:
	"""An .xlsx file with an empty sheet for mentees, one for mentors, notes and the words of the lists."""
	book = Workbook()
	mentees, mentors = book.active, book.create_sheet()
	notes, lists = book.create_sheet(), book.create_sheet()
	mentees.title, mentors.title, notes.title, lists.title = "Mentees", "Mentors", "Notes", "Lists"
	ranges = _write_lists(lists, choices)
	_write_people(mentees, MENTEE_HEADINGS, ranges)
	_write_people(mentors, MENTOR_HEADINGS, ranges)
	_write_notes(notes, translate)
	return same_bytes(book)


def _write_people(sheet: Worksheet, headings: Sequence[str], ranges: dict[str, str]) -> None:
	for column, heading in enumerate(headings, start=1):
		letter = get_column_letter(column)
		cell = sheet.cell(1, column, heading)
		cell.font = Font(bold=True)
		cell.fill = PatternFill("solid", fgColor="DCE9F5" if heading in REQUIRED else "EEF2F6")
		cell.alignment = Alignment(wrap_text=True, vertical="top")
		sheet.column_dimensions[letter].width = max(14, len(heading) + 3)
		if heading in REQUIRED:
			cell.comment = Comment("*", "Mentoring")
		if heading in DATES:
			sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
		if heading in ranges:
			_offer(sheet, f"{letter}2:{letter}{ROWS}", ranges[heading], strict=heading in _STRICT)
	sheet.freeze_panes = "B2"


_YES_NO = ("yes", "no")
# Where a word of one's own would be lost, the list is the limit; elsewhere it is a help.
_STRICT = frozenset(("Consent", "Ready", "Male mentor", "Female mentor", "Co-national mentor"))


def _write_lists(sheet: Worksheet, choices: Choices) -> dict[str, str]:
	"""Writes each list into a column and gives the range that each heading draws on."""
	wishes = ("yes", "no", "preferred")
	offered: dict[str, Sequence[str]] = {
		"Consent": _YES_NO,
		"Ready": _YES_NO,
		"Male mentor": wishes,
		"Female mentor": wishes,
		"Co-national mentor": wishes,
		"Gender": choices.genders,
		"Preferred mentor": choices.genders,
		"Kind of mentor": choices.mentor_kinds,
		"Recruitment channel": choices.channels,
		"Nationality": choices.countries,
		"Partner organisation": choices.partner_organisations,
		"Media": ("in person", "call", "message"),
		"Languages": choices.languages,
		"Needs": choices.support_areas,
		"Can help with": choices.support_areas,
		"Interests": choices.interests,
	}
	ranges = {}
	for column, (heading, words) in enumerate(offered.items(), start=1):
		if not words:
			continue
		letter = get_column_letter(column)
		sheet.cell(1, column, heading).font = Font(bold=True)
		for row, word in enumerate(words, start=2):
			sheet.cell(row, column, word)
		sheet.column_dimensions[letter].width = 22
		ranges[heading] = f"Lists!${letter}$2:${letter}${len(words) + 1}"
	# A hidden sheet is not read back by the import.
	sheet.sheet_state = "hidden"
	return ranges


def _offer(sheet: Worksheet, cells: str, source: str, strict: bool) -> None:
	rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
	sheet.add_data_validation(rule)
	rule.add(cells)


def _write_notes(sheet: Worksheet, translate: Translate) -> None:
	for row, text in enumerate(NOTES, start=1):
		sheet.cell(row, 1, translate(text)).alignment = Alignment(wrap_text=True, vertical="top")
	sheet.column_dimensions["A"].width = 100
