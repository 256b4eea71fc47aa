"""A way that only says yes, no or how many reads every field in time, letter by letter.

Each way is asked about the beginning of a value that is there and about one that is not. To somebody who may not see
the record, the two answers are the same.
"""

from __future__ import annotations

import re

import pytest
from privacy_policy import READERS
from privacy_routes import HIT, MISS, ORACLES
from test_volunteer_reads_records import text_field

pytestmark = pytest.mark.req("P8", "S3")

ASKED = {
	"Mentee Case File": (
		"volunteer",
		"guest",
		"desk_user",
		"partner",
		"other_coordinator",
		"coordinator",
		"manager",
	),
	"Mentee": ("volunteer", "partner", "former_coordinator", "former_caregiver", "manager"),
	"Meeting Log": ("volunteer", "other_social_worker"),
	"Mentor": ("volunteer", "former_volunteer", "other_partner", "other_social_worker"),
}
# Addresses in memory and numbers of errors differ from one answer to the next.
CHANGING = re.compile(r"0x[0-9a-f]+|line \d+|__frappe_exc_id\W+[0-9a-f]+")


def the_same(hit, miss) -> bool:
	def plain(answer) -> str:
		return CHANGING.sub("", answer.text.replace(HIT, "?").replace(MISS, "?"))

	return hit.status == miss.status and plain(hit) == plain(miss)


@pytest.mark.parametrize("doctype", ASKED)
def test_no_answer_tells_whether_a_value_is_there(probe, cast, ledger, doctype):
	told = []
	field = text_field(doctype)
	for person in ASKED[doctype]:
		assert person not in READERS[doctype]
		for way in ORACLES:
			hit, miss = (way.go(probe(person), doctype, "", field, word) for word in (HIT, MISS))
			if not the_same(hit, miss):
				told.append(f"{person}: {way.name} tells what is in {doctype}.{field} ({hit.status})")
	ledger.leaks.extend(told)
	assert not told


@pytest.mark.parametrize("way", [way for way in ORACLES if not way.optional], ids=lambda way: way.name)
def test_the_same_question_does_tell_the_administrator(probe, cast, way):
	field = text_field("Mentee")
	hit, miss = (way.go(probe("administrator"), "Mentee", "", field, word) for word in (HIT, MISS))
	assert not the_same(hit, miss), f"{way.name} answers {hit.status}: the request is wrong"


@pytest.mark.parametrize("doctype", ["Mentee Case File", "Mentee"])
def test_the_next_record_is_not_found_by_comparing_with_a_hidden_one(probe, cast, ledger, doctype):
	"""Whoever may change a record of their own could else find out any text by comparing, step by step."""
	person, field = "other_social_worker", text_field(doctype)
	arguments = {"doctype": doctype, "prev": 1, "sort_order": "desc", "sort_field": field}
	route = "frappe.desk.form.utils.get_next"
	hidden = probe(person).call(route, value=cast.name(doctype), **arguments)
	absent = probe(person).call(route, value="no-such-record", **arguments)
	told = []
	if not the_same(hidden, absent):
		told.append(f"{person}: next record compares with {doctype}.{field} ({hidden.status})")
	ledger.leaks.extend(told)
	assert not told
