"""What is held on one person, as a workbook: complete, readable, and about nobody else."""

import io

import factories
import frappe
import pytest
from openpyxl import load_workbook

from libes_mentoring.mentoring_privacy import subject_access

pytestmark = pytest.mark.req("P8", "S3")


def book_of(kind: str, name: str):
	subject_access.export(kind, name)
	assert frappe.response.pop("type") == "binary"
	assert frappe.response.pop("filename") == f"data-{name}.xlsx"
	return load_workbook(io.BytesIO(frappe.response.pop("filecontent")))


def text_of(book) -> str:
	return "\n".join(
		str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
	)


@pytest.fixture
def match():
	made = factories.match(growing=True)
	frappe.db.set_value("Mentee", made.mentee, {"goals": "Play the violin"})
	frappe.db.set_value(
		"Mentee Case File", {"mentee": made.mentee}, "background", "Came by the northern road"
	)
	frappe.db.set_value("Mentor", made.mentor, "staff_notes", f"Asked about {made.mentee} and Zzz-0000")
	factories.meeting_log(made, note="In the mentor's own words", activity="Chess in the park")
	frappe.db.set_value(
		"Closure",
		{"mentoring_match": made.name},
		{"mentor_feedback": "Said by him", "mentee_feedback": "Said by her"},
	)
	return made


def test_the_caregiver_gets_all_that_is_held_on_a_mentee(match):
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	with factories.as_user(caregiver):
		book = book_of("Mentee", match.mentee)
	text = text_of(book)
	assert {
		"About",
		"Mentee",
		"Mentee Case File",
		"Mentee Consent",
		"Match",
		"CheckIn",
		"Meeting Log",
		"Given to",
	} <= set(book.sheetnames)
	for held in (
		"Play the violin",
		"Came by the northern road",
		"Chess in the park",
		"Said by her",
		match.name,
	):
		assert held in text
	for other in ("Said by him", "In the mentor's own words", match.mentor_name):
		assert other not in text
	headings = [cell.value for cell in book["Mentee Case File"][1]]
	assert "Full name" in headings and "full_name" not in headings
	assert "import_key" not in text


def test_a_mentor_reads_nothing_about_mentees(match):
	with factories.as_user(factories.privacy_officer().name):
		text = text_of(book_of("Mentor", match.mentor))
	assert match.mentor_name in text and "In the mentor's own words" in text and "Said by him" in text
	assert match.mentee not in text and "[another person]" in text and "Zzz-0000" in text
	for other in ("Said by her", "Play the violin", "northern road"):
		assert other not in text


def test_the_download_is_logged(match):
	officer = factories.privacy_officer().name
	with factories.as_user(officer):
		book_of("Mentee", match.mentee)
	logged = frappe.get_all(
		"Access Log", filters={"reference_document": match.mentee}, fields=["user", "method"]
	)
	assert [tuple(row.values()) for row in logged] == [(officer, "Subject access")]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(match, begin):
	frappe.db.set_value("Mentee", match.mentee, "goals", f"{begin}HYPERLINK('x')")
	with factories.as_user(factories.privacy_officer().name):
		book = book_of("Mentee", match.mentee)
	(cell,) = [cell for row in book["Mentee"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
	assert cell.data_type == "s" and cell.quotePrefix


@pytest.mark.parametrize("who", ["manager", "coordinator", "social_worker", "partner_user", "volunteer"])
def test_nobody_else_gets_it(match, who):
	with factories.as_user(getattr(factories, who)().name):
		for kind, name in (("Mentee", match.mentee), ("Mentor", match.mentor)):
			with pytest.raises(frappe.PermissionError, match="not available to you"):
				subject_access.export(kind, name)
	assert "filecontent" not in frappe.response


@pytest.mark.parametrize(
	("kind", "name"), [("Mentee", "Nobody-1"), ("User", "Administrator"), ("Match", "MATCH-00001")]
)
def test_only_people_of_the_programme_and_no_others(kind, name):
	with factories.as_user(factories.privacy_officer().name), pytest.raises(frappe.PermissionError):
		subject_access.export(kind, name)


@pytest.mark.req("R6", "R8")
def test_what_staff_weighed_and_others_said_in_confidence_is_answered_in_person(match):
	candidate = factories.mentor(stage="Applied")
	factories.candidate_refusal(candidate, reason="May do harm", note="Words of staff")
	factories.received_reference(candidate, to_talk_about="Words of a referee")
	made = factories.interview(candidate)
	factories.submitted_scorecard(made, made.interviewer_1, reasons="Words of an interviewer")
	factories.waiver(candidate.name, "References", reason="Words of a coordinator")
	with factories.as_user(factories.privacy_officer().name):
		book = book_of("Mentor", candidate.name)
	text = text_of(book)
	assert candidate.full_name in text and "Words of" not in text and "May do harm" not in text
	about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
	held = {"Candidate Refusal": 1, "Mentor Reference": 1, "Interview Scorecard": 2, "Screening Waiver": 1}
	for kind, number in held.items():
		assert "ask the privacy officer" in about[f"{kind} ({number})"], kind


@pytest.mark.req("M6")
@pytest.mark.parametrize(("kind", "own", "others"), [("Mentee", "Learn to drive", "Learn to cook"), ("Mentor", "Learn to cook", "Learn to drive")])
def test_of_goals_each_is_handed_the_shared_ones_and_their_own(match, kind, own, others):
	match.append("goals", {"goal": "Learn to drive", "whose": "Mentee's"})
	match.append("goals", {"goal": "Learn to cook", "whose": "Mentor's"})
	match.save()
	text = text_of(book_of(kind, match.get(kind.lower())))
	assert own in text and "Get to know the town together." in text
	assert others not in text
	assert len(factories.fresh(match).goals) == 3
