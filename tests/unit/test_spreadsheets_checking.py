"""From sheets to verdicts: the sample as a whole, and each way in which a row goes wrong."""

import inspect
import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import libes_mentoring.spreadsheets.checking as checking
from libes_mentoring.setup.word_lists import INTERESTS, LANGUAGES, SUPPORT_AREAS
from libes_mentoring.spreadsheets.checking import ALREADY_HERE, DUPLICATE, NEW, REFUSED, check_rows
from libes_mentoring.spreadsheets.columns import field_of, layouts, side_of_name
from libes_mentoring.spreadsheets.keys import keys_of
from libes_mentoring.spreadsheets.people import Lookups
from libes_mentoring.spreadsheets.problems import WORDS, WorkbookError, note_sentence, row_sentence
from libes_mentoring.spreadsheets.reading import Row, Sheet, read_workbook
from libes_mentoring.spreadsheets.sample import GOOD_MENTEES, GOOD_MENTORS, SAMPLE_DAY, build_sample_workbook
from libes_mentoring.spreadsheets.template import Choices, build_template
from libes_mentoring.spreadsheets.vocabulary import folded

TODAY = SAMPLE_DAY
SALT = b"salt of this test"
PURE = "reading problems columns headings cells people dates values vocabulary countries keys checking sample template"

pytestmark = pytest.mark.req("S7")


def words_of(rows) -> dict[str, str]:
	return {folded(w): row[0] for row in rows for w in (row[0], *row[1:-1], *row[-1].split(",")) if folded(w)}


LOOKUPS = Lookups(
	languages=words_of(LANGUAGES),
	interests=words_of(INTERESTS),
	support_areas=words_of(SUPPORT_AREAS),
	caregivers={
		folded("Ines Caseworker"): "ines@example.org",
		folded("ines@example.org"): "ines@example.org",
	},
	default_caregiver="default@example.org",
)


def sheet(name: str, *rows) -> Sheet:
	return Sheet(name, tuple(Row(n, tuple(row)) for n, row in enumerate(rows, start=1) if row))


def check(*sheets, known=(), lookups=LOOKUPS, today=TODAY):
	return check_rows(list(sheets), known=set(known), salt=SALT, today=today, lookups=lookups)


def verdicts(report) -> list[str]:
	return [row.verdict for row in report.verdicts]


def said(verdict) -> list[str]:
	return [row_sentence(verdict.sheet, verdict.row_number, problem) for problem in verdict.problems]


@pytest.fixture(scope="module")
def sample():
	return check(*read_workbook("sample.xlsx", build_sample_workbook()))


def test_the_sample_is_the_same_for_the_same_day():
	assert build_sample_workbook() == build_sample_workbook()
	assert build_sample_workbook(date(2027, 3, 1)) != build_sample_workbook()


def test_the_sample_has_one_of_each_trouble_on_each_sheet(sample):
	for side, good in (("Mentee", GOOD_MENTEES), ("Mentor", GOOD_MENTORS)):
		assert [sample.count(v, side) for v in (NEW, ALREADY_HERE, DUPLICATE, REFUSED)] == [good, 0, 1, 1]
	assert (GOOD_MENTEES, GOOD_MENTORS) == (38, 55)
	assert [text for row in sample.verdicts for text in said(row)] == [
		"Sheet 'Mentees', row 38, column 'Geb.datum': 29 February 2025 does not exist.",
		"Sheet 'Buddies (mentors)', row 49, column 'Max. mentees': A mentor cannot take -1 mentees.",
	]


@pytest.mark.parametrize(
	"today", [date(2026, 11, 22), date(2027, 2, 28), date(2028, 2, 29), date(2030, 12, 31)]
)
def test_the_sample_is_as_good_on_any_day(today):
	report = check(*read_workbook("sample.xlsx", build_sample_workbook(today)), today=today)
	assert [report.count(v) for v in (NEW, DUPLICATE, REFUSED)] == [93, 2, 2]


def test_what_the_sample_says_is_understood(sample):
	mentees = [row.values for row in sample.verdicts if row.side == "Mentee" and row.verdict == NEW]
	mentors = [row.values for row in sample.verdicts if row.side == "Mentor" and row.verdict == NEW]
	assert sum(bool(person["consent_on"]) for person in mentees) == 33
	assert sum(bool(person["ready"]) for person in mentees) == 30
	assert sum(("Refused", "Gender", "Male") in person["wishes"] for person in mentees) == 12
	assert sum(("Refused", "Co-national", None) in person["wishes"] for person in mentees) == 6
	for person in (*mentees, *mentors):
		assert person["birth_date"] and person["gender"] and person["nationality"] and person["phone"]
		assert person["languages"] and person["full_name"] == " ".join(person["full_name"].split())
	assert sum(len(person["steps"]) == 6 for person in mentors) == 47
	expired = [p for p in mentors if p["record_check_renew_by"] and p["record_check_renew_by"] < TODAY]
	assert len(expired) == 5


def test_only_known_notes_are_made_of_the_sample(sample):
	codes = {note.code for row in sample.verdicts for note in row.notes}
	assert codes == {
		"renewal_assumed",
		"unknown_caregiver",
		"day_first",
		"number_range",
		"new_interest",
		"same_as_row",
	}
	assert sample.unused == (("Mentees", "Nr"), ("Buddies (mentors)", "Nr"))


@pytest.mark.req("P8")
def test_the_sample_hints_at_nothing_and_invents_everybody():
	text = ""
	with zipfile.ZipFile(io.BytesIO(build_sample_workbook())) as archive:
		for part in archive.namelist():
			text += archive.read(part).decode()
	for word in (
		"traffick",
		"exploit",
		"victim",
		"survivor",
		"asylum",
		"shelter",
		"police",
		"traite",
		"tratta",
		"abuse",
	):
		assert word not in text.casefold()
	assert set(re.findall(r"@([\w.]+)", text)) <= {"example.org", "EXAMPLE.ORG"}


def test_a_second_time_everybody_is_already_here(sample):
	keys = {row.key for row in sample.verdicts} - {""}
	assert len(keys) == 93
	again = check(*read_workbook("sample.xlsx", build_sample_workbook()), known=keys)
	assert [again.count(v) for v in (NEW, ALREADY_HERE, DUPLICATE, REFUSED)] == [0, 95, 0, 2]
	assert not any(row.values for row in again.verdicts)


HEAD = [
	"Name",
	"Date of birth",
	"Languages",
	"Consent",
	"Consent date",
	"Ready",
	"Male mentor",
	"Case worker",
]


def test_all_problems_of_a_row_come_at_once():
	report = check(
		sheet("Mentees", HEAD, ["Ann Test", "29/02/2025", "English", "yes", "31.4.2026", "yes", "hmm", "-"])
	)
	(row,) = report.verdicts
	assert said(row) == [
		"Sheet 'Mentees', row 2, column 'Date of birth': 29 February 2025 does not exist.",
		"Sheet 'Mentees', row 2, column 'Male mentor': say yes, no or preferred, so that no refusal is lost.",
		"Sheet 'Mentees', row 2, column 'Consent date': 31 April 2026 does not exist.",
	]


@pytest.mark.req("P8")
def test_no_message_repeats_who_a_person_is():
	secret = ("Zebedee Quince", "Quince", "zebedee@", "0455998877", "1987", "April", "Hidden Lane")
	head = [
		*HEAD,
		"E-mail",
		"Phone",
		"Address",
		"Gender",
		"Nationality",
		"Interests",
		"Needs",
		"Hours per month",
	]
	cells = ["Zebedee Quince", "Zebedee Quince", "Zebedee Quince of Hidden Lane", "Zebedee Quince", "Quince"]
	rows = [
		["Zebedee Quince", *cells[1:], "Quince", "Quince", "Quince", *["zebedee@"] * 8],
		["Zebedee Quince", "03/04/1987", *["zebedee@ 0455998877"] * 14],
		[
			"Zebedee Quince",
			"03/04/1987",
			"English",
			"yes",
			"",
			"yes",
			"no",
			"Zebedee Quince",
			"z@example.org",
		],
		["Zebedee Quince", "03/04/1987", "English"],
	]
	report = check(sheet("Mentees", head, *rows))
	assert verdicts(report) == [REFUSED, REFUSED, NEW, DUPLICATE]
	for row in report.verdicts:
		for text in (*said(row), *map(note_sentence, row.notes)):
			assert not [word for word in secret if word in text], text
		assert "Zebedee" not in repr(row)


@pytest.mark.parametrize(
	("headers", "message"),
	[
		(["Date of birth", "Languages", "Consent"], "The sheet 'Mentees' has no column for the name."),
		(["One", "Two", "Three"], "The sheet 'Mentees' has no row of column headings that is understood."),
		(
			["Name", "Gender", "Sex", "Consent"],
			"The sheet 'Mentees' has two columns for the same thing: 'Gender' and 'Sex'.",
		),
	],
)
def test_columns_that_lack_or_come_twice(headers, message):
	with pytest.raises(WorkbookError) as caught:
		check(sheet("Mentees", headers, ["x", "y", "z", "x"]))
	assert str(caught.value) == message


def test_a_workbook_without_people_says_so():
	with pytest.raises(WorkbookError) as caught:
		check(sheet("Budget", ["Month", "Sum", "Left"], ["May", 3, 4]))
	assert caught.value.code == "no_people"
	with pytest.raises(WorkbookError) as caught:
		check(sheet("Contacts", ["Name", "Phone", "E-mail"], ["Ann", 1, 2]))
	assert caught.value.code == "unclear_side"


def test_sheets_of_text_and_empty_sheets_are_passed_over():
	people = sheet("Mentees", ["Name", "Born"], ["Ann Test", "3.4.1991"])
	assert verdicts(
		check(people, sheet("Tips for mentors", ["Be on time."], ["Listen."]), sheet("Mentors"))
	) == [NEW]


@pytest.mark.parametrize(
	("name", "side"),
	[
		("Mentees", "Mentee"),
		("Deelnemers 2026", "Mentee"),
		("Buddies (mentors)", "Mentor"),
		("BénévolesActifs", "Mentor"),
		("Freiwillige", "Mentor"),
		("Mentors & mentees", None),
		("Sheet1", None),
	],
)
def test_a_sheet_is_known_by_its_name(name, side):
	assert side_of_name(name) == side


def test_a_sheet_is_known_by_its_columns():
	report = check(
		sheet("Sheet1", ["Nom et prénom", "Né(e) le", "Consentement"], ["Ann", "3.4.1991", "oui"]),
		sheet(
			"Sheet2", ["Naam", "Geboortedatum", "Vorming", "Strafregister"], ["Bob", "3.4.1991", "ja", "ja"]
		),
	)
	assert [row.side for row in report.verdicts] == ["Mentee", "Mentor"]


@pytest.mark.parametrize(
	("header", "name"),
	[
		("Name / Nom", "full_name"),
		("Geb.datum", "birth_date"),
		("E-mail ", "email"),
		("GESCHLECHT", "gender"),
		("Nationalité*", "nationality"),
		("Lingue parlate", "languages"),
		("Langue 2", "languages"),
		("Teléfono (móvil)", "phone"),
		("Consent (date)", "consent_on"),
		("Ready?", "ready"),
		("Assistante sociale", "caregiver"),
		("Nr", None),
	],
)
def test_headings_in_six_languages(header, name):
	assert field_of(header, "Mentee") == name


def test_titles_above_and_headings_repeated_below():
	report = check(
		sheet(
			"Mentees",
			["Mentees 2026"],
			["of the north", None, None],
			[],
			["Name", "Born", "Consent"],
			["Ann Test", "3.4.1991", "no"],
			["Name ", "Born", "Consent"],
			["Bea Test", "3.4.1991", "no"],
		)
	)
	assert [(row.row_number, row.verdict) for row in report.verdicts] == [(5, NEW), (7, NEW)]


def test_a_lone_cell_is_taken_for_a_heading_and_refused():
	report = check(sheet("Mentees", ["Name", "Born", "Consent"], ["Spring"], ["Ann", "3.4.1991"]))
	assert said(report.verdicts[0])[0].endswith("only one cell is filled in; remove it if it is a heading.")
	assert verdicts(report) == [REFUSED, NEW]


@pytest.mark.parametrize(
	("head", "cells", "name"),
	[
		(["Vorname", "Nachname"], ["Ann", "Test"], "Ann Test"),
		(["Name", "Vorname"], ["Test", "Ann"], "Ann Test"),
		(["Name", "First name"], ["Ann Test", "Ann"], "Ann Test"),
		(["Nome", "Cognome"], ["Ann", "Test"], "Ann Test"),
		(["Name", "Surname"], ["Ann Test", "Test"], "Ann Test"),
	],
)
def test_names_in_one_or_two_columns(head, cells, name):
	report = check(sheet("Mentees", [*head, "Born"], [*cells, "3.4.1991"]))
	assert report.verdicts[0].values["full_name"] == name


def test_the_same_person_spelled_otherwise_is_a_duplicate():
	head = ["Name", "Born", "Consent"]
	report = check(
		sheet(
			"Mentees",
			head,
			["José  Pérez-Díaz", "3.4.1991", "no"],
			[" JOSE PEREZ DIAZ ", "1991-04-03", "no"],
			["José Pérez-Díaz", "4.4.1991", "no"],
		)
	)
	assert verdicts(report) == [NEW, DUPLICATE, NEW]
	assert note_sentence(report.verdicts[1].notes[0]) == "The same person as in row 2; this row is left out."


def test_people_of_one_birthday_with_names_in_another_order_are_two():
	report = check(sheet("Mentees", HEAD[:2], ["Ali Hassan", "1.1.1990"], ["Hassan Ali", "1.1.1990"]))
	assert verdicts(report) == [NEW, NEW]


def test_mentors_are_known_by_address_and_by_name_and_birthday():
	head = ["Name", "Born", "E-mail", "Capacity"]
	report = check(
		sheet(
			"Mentors",
			head,
			["Ann Test", "3.4.1991", "Ann@example.org", 1],
			["ann test", None, "ann@EXAMPLE.org ", 1],
			["Ann Test", "3.4.1991", "other@example.org", 1],
			["Bob Test", "3.4.1990", "ann@example.org", 1],
		)
	)
	assert verdicts(report) == [NEW, DUPLICATE, DUPLICATE, REFUSED]
	assert said(report.verdicts[3]) == [
		"Sheet 'Mentors', row 5, column 'E-mail': row 2 has the same e-mail address under another name."
	]


def test_keys_need_the_salt_and_the_side():
	born = date(1991, 4, 3)
	keys = [
		keys_of("Mentee", b"a", "Ann", born, None),
		keys_of("Mentee", b"b", "Ann", born, None),
		keys_of("Mentor", b"a", "Ann", born, None),
		keys_of("Mentor", b"a", "Ann", born, "ann@example.org"),
	]
	assert len({key[0] for key in keys}) == 4
	assert keys[3][1] == keys[2][0]
	assert all(re.fullmatch("[0-9a-f]{64}", key) for found in keys for key in found)


def one_mentee(**cells):
	(row,) = check(
		sheet("Mentees", ["Name", "Born", *cells], ["Ann Test", "3.4.1991", *cells.values()])
	).verdicts
	return row


@pytest.mark.req("E3")
def test_consent_needs_a_yes_and_a_date():
	given = {"Consent": "yes", "Consent date": "1.2.2026"}
	assert one_mentee(**given).values["consent_on"] == date(2026, 2, 1)
	assert one_mentee(Consent="ja 1.2.2026").values["consent_on"] == date(2026, 2, 1)
	assert one_mentee(**{**given, "Consent": "no"}).values["consent_on"] is None
	assert one_mentee(**{**given, "Consent": "perhaps"}).values["consent_on"] is None
	undated = one_mentee(Consent="yes")
	assert undated.values["consent_on"] is None
	assert [note.code for note in undated.notes] == ["no_consent_date"]


@pytest.mark.req("E1")
@pytest.mark.parametrize(("cell", "ready"), [("yes", True), ("no", False), ("", None), ("soon, maybe", None)])
def test_nobody_is_ready_by_assumption(cell, ready):
	assert one_mentee(Ready=cell).values["ready"] is ready


@pytest.mark.req("E5")
def test_wishes_are_only_what_was_said():
	row = one_mentee(
		**{"Male mentor": "no", "Female mentor": "yes", "Co-national": "non", "Preferred mentor": "woman"}
	)
	assert set(row.values["wishes"]) == {
		("Wanted", "Gender", "Female"),
		("Refused", "Gender", "Male"),
		("Refused", "Co-national", None),
	}
	assert one_mentee(Gender="F", Nationality="Nigerian").values["wishes"] == ()
	assert one_mentee(**{"Preferred mentor": "no men"}).verdict == REFUSED


def test_a_caregiver_is_found_by_name_or_address_or_the_row_is_refused():
	assert one_mentee(**{"Case worker": " INES caseworker"}).values["caregiver"] == "ines@example.org"
	assert one_mentee(**{"Case worker": "ines@example.org"}).values["caregiver"] == "ines@example.org"
	other = one_mentee(**{"Case worker": "Somebody Else"})
	assert (other.values["caregiver"], other.notes[0].code) == ("default@example.org", "unknown_caregiver")
	people = sheet("Mentees", ["Name", "Born", "Case worker"], ["Ann Test", "3.4.1991", "Somebody Else"])
	assert verdicts(check(people, lookups=Lookups())) == [REFUSED]


def one_mentor(**cells):
	(row,) = check(
		sheet("Mentors", ["Name", "Born", *cells], ["Ann Test", "3.4.1991", *cells.values()])
	).verdicts
	return row


@pytest.mark.req("R5")
def test_no_step_is_passed_by_assumption():
	values = one_mentor(Capacity=1).values
	assert values["steps"] == ()
	assert values["record_check_outcome"] is None
	values = one_mentor(References="yes", Interview="no", Training="planned", Agreement="1.2.2026").values
	assert values["steps"] == (("References", None, None), ("Agreement", date(2026, 2, 1), None))


@pytest.mark.req("R5")
def test_a_record_check_is_renewed_after_a_year_unless_the_sheet_says_otherwise():
	row = one_mentor(**{"Record check issued on": "29.2.2024"})
	assert row.values["record_check_renew_by"] == date(2025, 2, 28)
	assert row.values["record_check_outcome"] == "Nothing found"
	assert [note.code for note in row.notes] == ["renewal_assumed"]
	row = one_mentor(**{"Record check issued on": "1.3.2026", "Valid until": "1.3.2029"})
	assert row.values["record_check_renew_by"] == date(2029, 3, 1)
	row = one_mentor(**{"Record check issued on": "1.3.2026", "Valid until": "1.3.2025"})
	assert row.verdict == REFUSED


@pytest.mark.req("R7")
def test_what_a_record_check_shows_is_never_copied():
	row = one_mentor(**{"Record check": "one entry of 2009", "Record check issued on": "1.3.2026"})
	assert row.values["record_check_outcome"] == "To be discussed"
	assert "2009" not in str(row.values) + str(row.notes)
	assert "Record check" not in [step for step, _, _ in row.values["steps"]]


def test_a_broken_formula_refuses_the_row():
	assert said(one_mentor(Capacity="#REF!")) == [
		"Sheet 'Mentors', row 2, column 'Capacity': the formula in this cell gives an error."
	]


def test_text_too_long_for_its_field_is_refused():
	assert [problem.code for problem in one_mentor(City="x" * 141).problems] == ["too_long"]


def test_the_template_is_understood_as_it_is():
	content = build_template(Choices(languages=("English",), channels=("Website",)))
	assert content == build_template(Choices(languages=("English",), channels=("Website",)))
	found = layouts(read_workbook("template.xlsx", content))
	assert [(layout.side, layout.unused, layout.rows) for layout in found] == [
		("Mentee", (), ()),
		("Mentor", (), ()),
	]
	book = load_workbook(io.BytesIO(content))
	assert book.sheetnames == ["Mentees", "Mentors", "Notes", "Lists"]
	assert {
		rule.type for name in ("Mentees", "Mentors") for rule in book[name].data_validations.dataValidation
	} == {"list"}


def test_a_filled_in_template_is_taken():
	book = load_workbook(io.BytesIO(build_template(Choices())))
	mentees = book["Mentees"]
	heads = [cell.value for cell in mentees[1]]
	filled = {
		"Name": "Ann Test",
		"Date of birth": date(1991, 4, 3),
		"Consent": "yes",
		"Consent date": "1.2.2026",
	}
	mentees.append([filled.get(head) for head in heads])
	out = io.BytesIO()
	book.save(out)
	report = check(*read_workbook("t.xlsx", out.getvalue()))
	assert verdicts(report) == [NEW]
	assert report.verdicts[0].values["consent_on"] == date(2026, 2, 1)


def test_every_problem_that_the_code_names_has_words():
	folder = Path(inspect.getfile(checking)).parent
	source = "".join(path.read_text() for path in folder.glob("*.py"))
	named = set(re.findall(r'(?:Problem|WorkbookError)\(\s*"(\w+)"', source))
	assert named <= WORDS.keys()
	assert [code for code in WORDS if f'"{code}"' not in source.replace(f'"{code}": _', "")] == []


def test_the_pure_part_knows_nothing_of_the_framework():
	code = f"import sys; [__import__('libes_mentoring.spreadsheets.' + n) for n in '{PURE}'.split()]; "
	code += "sys.exit('frappe' in sys.modules)"
	root = Path(inspect.getfile(checking)).parents[2]
	assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0


@pytest.mark.req("S7", "E6")
def test_rhythm_length_and_ways_to_keep_in_touch_are_taken_over_where_the_sheet_says_them():
	report = check(
		sheet(
			"Mentors",
			("Name", "Gender", "Meetings per month", "Commitment months", "Keeps in touch by"),
			("Ada Acker", "F", "2-3", 9, "WhatsApp, Sprachnachrichten; smoke signals"),
			("Bela Brandt", "F", None, None, None),
			("Carlo Costa", "M", 99, "a year", None),
		)
	)
	said, silent, wrong = report.verdicts
	assert (said.values["meetings_per_month"], said.values["commitment_months"]) == (2, 9)
	assert set(said.values["contact_channels"]) == {"channel_messages", "channel_voice"}
	assert "unknown_contact" in {note.code for note in said.notes}
	assert (silent.values["meetings_per_month"], silent.values["commitment_months"]) == (None, None)
	assert not silent.values["contact_channels"]
	assert wrong.verdict == REFUSED
	assert {problem.code for problem in wrong.problems} == {"number_too_big", "unreadable_number"}
