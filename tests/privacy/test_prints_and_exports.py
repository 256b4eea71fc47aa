"""Agreement and certificate: who gets them, and that neither says anything about the mentee."""

from __future__ import annotations

import pytest
from privacy_policy import MEANT_FOR
from privacy_routes import RECORD, Way, page

from libes_mentoring.mentoring_programme.role_description import FIELDS as ROLE_FIELDS

pytestmark = pytest.mark.req("P8", "C4", "R10")

PAPERS = {
	"Match": ("Mentor Agreement", "agreement", "match"),
	"Closure": ("Mentor Certificate", "certificate", "closure"),
}
# What a paper for the mentor may carry; everything else that is planted is about the mentee or for staff.
ON_PAPER = {*MEANT_FOR, ("Mentor", "full_name")}
FORMAT = "<field>"
PRINTS = (
	page("print view", "/printview", {**RECORD, "format": FORMAT}),
	Way(
		"as HTML",
		"frappe.www.printview.get_html_and_style",
		{"doc": "<doctype>", "name": "<name>", "print_format": FORMAT},
	),
	Way("as PDF", "frappe.utils.print_format.download_pdf", {**RECORD, "format": FORMAT}, http="GET"),
	Way(
		"many",
		"frappe.utils.print_format.download_multi_pdf",
		{"doctype": "<doctype>", "name": ["<name>"], "format": FORMAT},
		http="GET",
		gives="a PDF without a page",
	),
)


def closed_record(cast, doctype: str) -> str:
	"""A paper is printed of the running match, and of the closure that is complete."""
	return cast.records[doctype][0 if doctype == "Match" else -1]


@pytest.mark.parametrize("doctype", PAPERS)
@pytest.mark.parametrize(
	"person",
	[
		"volunteer",
		"former_volunteer",
		"other_volunteer",
		"guest",
		"desk_user",
		"partner",
		"other_coordinator",
		"former_coordinator",
	],
)
def test_the_desks_prints_are_not_for_them(probe, cast, person, doctype):
	for way in PRINTS:
		answer = way.go(probe(person), doctype, closed_record(cast, doctype), PAPERS[doctype][0])
		assert not answer.found, f"{way.name}: {answer.leaks}"
		assert answer.denied or way.gives, f"{way.name}: {answer.status}"


@pytest.mark.parametrize("doctype", PAPERS)
def test_a_paper_printed_in_the_desk_says_nothing_about_the_mentee(probe, cast, doctype):
	for way in PRINTS[1:3]:
		answer = way.go(probe("coordinator"), doctype, closed_record(cast, doctype), PAPERS[doctype][0])
		assert answer.status == 200, f"{way.name}: {answer.text[:300]}"
		fields = {(canary.doctype, canary.field) for canary in answer.found}
		assert ("Mentoring Programme", "public_name") in fields, way.name
		assert fields <= ON_PAPER, way.name


MENTORS_PAPERS = {
	"Volunteer Agreement": "Volunteer Agreement",
	"Mentor": "Reference Letter",
	"Mentoring Programme": "Role Description",
}


@pytest.mark.req("R10", "R1", "S4", "P8")
@pytest.mark.parametrize("doctype", MENTORS_PAPERS)
@pytest.mark.parametrize(
	"person", ["volunteer", "other_volunteer", "guest", "desk_user", "partner", "other_coordinator"]
)
def test_a_mentors_papers_are_printed_in_the_desk_by_staff_alone(probe, cast, person, doctype):
	for way in PRINTS:
		answer = way.go(probe(person), doctype, cast.name(doctype), MENTORS_PAPERS[doctype])
		assert not answer.found, f"{way.name}: {answer.leaks}"
		assert answer.denied or way.gives, f"{way.name}: {answer.status}"


@pytest.mark.req("R10", "R1", "S4", "P8")
@pytest.mark.parametrize("doctype", MENTORS_PAPERS)
def test_a_mentors_papers_say_nothing_about_a_mentee_or_for_staff(probe, cast, doctype):
	of_the_agreement = {key for key in ON_PAPER if key[0].startswith("Volunteer Agreement")}
	of_the_role = {("Mentoring Programme", field) for field in ROLE_FIELDS}
	allowed = {
		"Volunteer Agreement": of_the_agreement | {("Mentoring Settings", "address")},
		"Mentor": ON_PAPER - of_the_agreement,
		"Mentoring Programme": (ON_PAPER - of_the_agreement - {("Mentor", "full_name")}) | of_the_role,
	}
	for way in PRINTS[1:3]:
		answer = way.go(probe("coordinator"), doctype, cast.name(doctype), MENTORS_PAPERS[doctype])
		assert answer.status == 200, f"{way.name}: {answer.text[:300]}"
		fields = {(canary.doctype, canary.field) for canary in answer.found}
		assert fields and fields <= allowed[doctype], way.name


@pytest.mark.parametrize(("person", "doctype"), [("volunteer", "Match"), ("former_volunteer", "Closure")])
def test_the_volunteers_own_paper_says_nothing_about_the_mentee(probe, cast, person, doctype):
	_, function, argument = PAPERS[doctype]
	record = closed_record(cast, doctype)
	answer = probe(person).call(f"libes_mentoring.portal.papers.{function}", "GET", **{argument: record})
	assert answer.status == 200
	assert not answer.leaks
	fields = {(canary.doctype, canary.field) for canary in answer.found}
	assert ("Mentoring Programme", "public_name") in fields
	assert fields <= ON_PAPER
