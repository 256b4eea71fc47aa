"""What is kept of a person, as data; and how a person is found in text."""

import json
from pathlib import Path

import pytest

from libes_mentoring.mentoring_privacy import inventory, inventory_table, words
from libes_mentoring.mentoring_privacy.inventory import EMPTY, KEEP, MENTEE, MENTOR, REMOVE_ROWS, fate

PAGE = Path(__file__).parents[2] / "docs" / "retention.md"


@pytest.mark.req("P8")
def test_the_page_says_what_the_inventory_says():
	assert PAGE.read_text() == inventory_table.renewed(PAGE.read_text()), (
		"Run: python -m libes_mentoring.mentoring_privacy.inventory_table docs/retention.md"
	)


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
