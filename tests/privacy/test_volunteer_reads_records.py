"""A volunteer, a former one and one of another programme try every way of the framework to a record or a list.

A guest, a member of the house without a role of the app, and the privacy officer try with them: none of them has
any permission on these DocTypes.
"""

from __future__ import annotations

import frappe
import pytest
from privacy_canaries import TEXT_FIELDS
from privacy_policy import NO_PERMISSION
from privacy_routes import MANY, ONE

pytestmark = pytest.mark.req("P8", "S3")

PARENTS = (
	"Mentee Case File",
	"Case File Access",
	"Case File Opening",
	"Match Disclosure",
	"Erasure Request",
	"Mentee",
	"Mentee Consent",
	"Match",
	"CheckIn",
	"Meeting Log",
	"Closure",
	"Concern",
	"Mentor",
	"Mentoring Programme",
	"Partner Organisation",
	"Mentoring Import",
	"Policy Acknowledgement",
	"Volunteer Agreement",
	"Mentoring Group",
	"Match Run",
	"Mentor Shortlist",
	"Matching Session",
	"Matching Preference",
)

# The matrix is whole for the volunteer of our mentee. The others try the records that say most.
FOR_OTHERS = ("Mentee Case File", "Mentee", "Concern")


def doctypes_for(person: str) -> tuple[str, ...]:
	return PARENTS if person == "volunteer" else FOR_OTHERS


def text_field(doctype: str) -> str:
	"""The last text field of a DocType: the further down, the more is said."""
	fields = [field.fieldname for field in frappe.get_meta(doctype).fields if field.fieldtype in TEXT_FIELDS]
	return fields[-1] if fields else "name"


def try_all(ways, probe, cast, person: str) -> tuple[list[str], list[str]]:
	"""Every way to every DocType: what leaked, and which way did not say no."""
	leaks, open_ways = [], []
	for doctype in doctypes_for(person):
		for way in ways:
			answer = way.go(probe(person), doctype, cast.name(doctype), text_field(doctype))
			leaks += answer.leaks
			if not answer.denied and not (way.gives and answer.status == 200):
				open_ways.append(f"{way.name} to {doctype}: {answer.status} {answer.text[:160]}")
	return leaks, open_ways


@pytest.mark.parametrize("person", NO_PERMISSION)
def test_no_way_to_a_record(probe, cast, person):
	leaks, open_ways = try_all(ONE, probe, cast, person)
	assert not leaks
	assert not open_ways


@pytest.mark.parametrize("person", NO_PERMISSION)
def test_no_way_to_a_list(probe, cast, person):
	leaks, open_ways = try_all(MANY, probe, cast, person)
	assert not leaks
	assert not open_ways


@pytest.mark.parametrize("way", (*ONE, *MANY), ids=lambda way: way.name)
def test_the_same_request_does_show_it_to_the_administrator(probe, cast, way):
	"""The control of the two tests above: they ask for something that is there."""
	if way.silent or way.optional:
		pytest.skip("this way answers without values")
	shown = set()
	for doctype in PARENTS:
		shown |= way.go(probe("administrator"), doctype, cast.name(doctype), text_field(doctype)).found
		if shown:
			return
	raise AssertionError(f"{way.name} shows nothing to anybody: the request is wrong")
