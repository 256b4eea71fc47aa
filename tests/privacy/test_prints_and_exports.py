"""Agreement and certificate: who gets them, and that neither says anything about the mentee."""

from __future__ import annotations

import pytest
from privacy_policy import MEANT_FOR
from privacy_routes import RECORD, Way, page

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
