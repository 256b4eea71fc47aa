"""Staff and partners beyond their own: another caseload, another programme, and the case file for all but one.

They have permissions on the DocTypes, so a list answers them: with their own records, and not one of ours.
"""

from __future__ import annotations

import pytest
from privacy_policy import INSIDE, OUT_OF_SCOPE, READERS
from privacy_routes import MANY, ONE
from test_volunteer_reads_records import PARENTS, text_field

pytestmark = pytest.mark.req("S3", "P8", "P7")

SHORT = ("REST get", "form", "client.get_value")
SHORT_LISTS = ("REST list", "report view")
# Everything is tried on these, the short list on the others.
WHOLE = ("Mentee Case File", "Mentee")
# These answer somebody who may read other records of the DocType with nothing, instead of a refusal; the last
# repeats the name that it was given.
EMPTY = (
	"client.get_value",
	"column of a report",
	"linked with",
	"link preview",
	"print many as PDF",
	"validate_link",
)
PERSONS = (*OUT_OF_SCOPE, "coordinator")


def ways_to(doctype: str, ways, short: tuple[str, ...]):
	return [way for way in ways if doctype in WHOLE or way.name in short]


def closed_to(person: str) -> list[str]:
	return [doctype for doctype in PARENTS if person not in READERS[doctype]]


@pytest.mark.parametrize("person", PERSONS)
def test_a_record_outside_ones_scope_is_refused(probe, cast, person):
	leaks, open_ways = [], []
	for doctype in closed_to(person):
		for way in ways_to(doctype, ONE, SHORT):
			answer = way.go(probe(person), doctype, cast.name(doctype), text_field(doctype))
			leaks += answer.leaks
			if not (answer.denied or way.silent or way.name in EMPTY or way.gives):
				open_ways.append(f"{way.name} to {doctype}: {answer.status} {answer.text[:160]}")
	assert not leaks
	assert not open_ways


@pytest.mark.parametrize("person", PERSONS)
def test_a_list_holds_nothing_from_outside_ones_scope(probe, cast, person):
	leaks = []
	for doctype in closed_to(person):
		for way in ways_to(doctype, MANY, SHORT_LISTS):
			leaks += way.go(probe(person), doctype, cast.name(doctype), text_field(doctype)).leaks
	assert not leaks


@pytest.mark.parametrize(
	("person", "doctype"),
	[
		*(
			("caregiver", doctype)
			for doctype in ("Mentee Case File", "Mentee", "Match", "Meeting Log", "Closure")
		),
		*(
			("coordinator", doctype)
			for doctype in ("Mentee", "Match", "CheckIn", "Mentor", "Mentee Consent", "Concern")
		),
		("manager", "Mentoring Programme"),
		("partner", "Partner Organisation"),
	],
)
def test_everybody_sees_what_is_theirs(probe, cast, person, doctype):
	"""The control: without it, a site that answers nothing at all would pass."""
	for way in (*ONE, *MANY):
		if way.name in ("REST get", "REST list", "form"):
			answer = way.go(probe(person), doctype, cast.name(doctype), text_field(doctype))
			assert answer.status == 200
			assert any(canary.doctype == doctype for canary in answer.found), way.name


def test_the_other_social_worker_does_have_a_caseload(probe, cast):
	answer = probe("other_social_worker").get("/api/resource/Mentee", limit_page_length=0)
	assert cast.others["Mentee"] in answer.text


@pytest.mark.parametrize("person", [*INSIDE, "partner", "manager"])
def test_nobody_reads_more_than_the_policy_says(probe, cast, person):
	"""Every DocType of the app, as those who may read some: also within a record, some fields are not for all."""
	leaks = []
	for doctype in PARENTS:
		for way in (*ONE, *MANY):
			if way.name in (*SHORT, *SHORT_LISTS, "client.get_list"):
				leaks += way.go(probe(person), doctype, cast.name(doctype), text_field(doctype)).leaks
	assert not leaks
