"""What is kept of a person, as data; and how a person is found in text."""

import json
from pathlib import Path

import pytest

from libes_mentoring.access import policy_table
from libes_mentoring.access.doctype_files import doctypes, stored_fields
from libes_mentoring.access.policy import CHILD_TABLES
from libes_mentoring.access.roles import COORDINATOR, MANAGER, PARTNER, PRIVACY_OFFICER
from libes_mentoring.mentoring_privacy import inventory, inventory_table, privacy_page, words
from libes_mentoring.mentoring_privacy.inventory import (
	EMPTY,
	INVENTORY,
	KEEP,
	MENTEE,
	MENTOR,
	OTHERS,
	REMOVE_ROWS,
	fate,
)

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


@pytest.mark.req("P8")
def test_the_page_says_what_policy_and_inventory_say():
	assert PAGE.read_text() == privacy_page.renewed(PAGE.read_text()), (
		"Run: python -m libes_mentoring.mentoring_privacy.privacy_page docs/privacy.md"
	)


@pytest.mark.req("P8")
def test_every_doctype_is_in_the_inventory():
	of_others = {child for doctype in OTHERS for child in inventory_table.tables_of(doctype)}
	of_people = {child for child, parents in CHILD_TABLES.items() if {*parents} & {*INVENTORY}}
	assert {*doctypes()} == {*INVENTORY} | {*OTHERS} | of_others | of_people


@pytest.mark.req("P8")
@pytest.mark.parametrize("doctype", INVENTORY)
def test_every_field_is_named_once_and_none_that_is_not_there(doctype):
	named = inventory_table.named_fields(INVENTORY[doctype])
	assert sorted(named) == sorted(stored_fields(doctype))


@pytest.mark.req("P8")
def test_rows_that_stay_say_what_becomes_of_their_fields():
	for kept_doctype, kept in INVENTORY.items():
		fields = {field["fieldname"]: field for field in doctypes()[kept_doctype]["fields"]}
		for table in kept.kept_rows:
			assert fields[table]["options"] in INVENTORY, (kept_doctype, table)


@pytest.mark.req("P7", "P8")
def test_the_table_of_rights_says_what_the_policy_grants():
	assert policy_table.cell("Mentee Case File", COORDINATOR) == (
		"read: opened for a stated reason, while that lasts"
	)
	assert policy_table.cell("Mentee", PARTNER) == policy_table.cell("Mentee", MANAGER) == "–"
	assert policy_table.cell("Case File Access", PRIVACY_OFFICER).endswith(": all")


@pytest.mark.req("P8")
@pytest.mark.parametrize(
	("doctype", "field", "kind", "expected"),
	[
		("Mentee", "goals", "Small Text", EMPTY),
		("Mentee", "gender", "Link", KEEP),
		("Mentee", "nationality", "Link", EMPTY),
		("Mentee", "something_new", "Small Text", EMPTY),
		("Mentee", "something_new", "Table", REMOVE_ROWS),
		("Something New", "words", "Text Editor", EMPTY),
		("Something New", "on", "Date", KEEP),
		("Mentor", "screening_steps", "Table", KEEP),
		("Mentor", "birth_date", "Date", EMPTY),
	],
)
def test_what_nobody_has_named_goes_where_it_may_hold_words(doctype, field, kind, expected):
	assert fate(doctype, field, kind, MENTEE) == expected


@pytest.mark.req("P8")
def test_what_is_about_the_other_one_stays():
	assert fate("Match", "mentor_name", "Data", MENTEE) == KEEP
	assert fate("Match", "mentor_name", "Data", MENTOR) == EMPTY
	assert inventory.is_withheld("Closure", "mentor_feedback", MENTEE)
	assert not inventory.is_withheld("Closure", "mentor_feedback", MENTOR)


@pytest.mark.req("P8")
@pytest.mark.parametrize(
	"text",
	[
		"About Zoé Quill.",
		"about ZOE QUILL",
		json.dumps({"n": "x\nZoé Quill"}),
		"?q=Zo%C3%A9%20Quill&x",
		"<b>Zoé Quill</b>",
		"call +32470998877 now",
	],
)
def test_a_person_is_found_however_written(text):
	terms = [*words.writings("Zoé Quill"), *words.writings("+32 470 99 88 77")]
	assert words.holds(text, terms)
	assert not words.holds(words.without(text, terms), terms)


@pytest.mark.req("P8")
@pytest.mark.parametrize("text", ["Zoé Quillfeather", "Enzoé Quill", "Quill Zoé", "MTR-000012", ""])
def test_parts_of_words_are_somebody_else(text):
	assert not words.holds(text, [*words.writings("Zoé Quill"), "MTR-00001"])
	assert words.without(text, words.writings("Zoé Quill")) == text


@pytest.mark.req("P8")
@pytest.mark.parametrize("content", [b"\x1f\x8bbroken", b"PK\x03\x04broken", b"\xff\xfe", b""])
def test_a_broken_file_is_no_reason_to_stop(content):
	assert isinstance(words.text_of_file(content), str)
