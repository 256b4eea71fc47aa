"""Scorecards: the scale, what is missing, two beside each other; and the guide that comes with the app. Pure."""

import json
from pathlib import Path

import pytest

from libes_mentoring.mentor_recruitment.interview_rules import compared, far_apart, mark_of, missing_in
from libes_mentoring.mentoring_programme.telling_words import telling_words_in

pytestmark = pytest.mark.req("R8")

GUIDE = json.loads(
	(Path(__file__).parents[2] / "libes_mentoring" / "setup" / "interview_guide.json").read_text()
)


@pytest.mark.parametrize(("value", "expected"), [("1", 1), (4, 4), ("", None), (None, None), (" 2 ", 2)])
def test_a_mark_is_on_the_scale(value, expected):
	assert mark_of(value) == expected


@pytest.mark.parametrize("value", ["5", -1, "3.5", "good", "04", True])
def test_what_is_not_on_the_scale_is_refused(value):
	with pytest.raises(ValueError):
		mark_of(value)


@pytest.mark.parametrize(
	("marks", "expected"),
	[((1, 3), True), ((4, 1), True), ((2, 3), False), ((1, None), False), ((), False), ((None, None), False)],
)
def test_two_marks_or_more_are_far_apart(marks, expected):
	assert far_apart(marks) is expected


def test_two_cards_beside_each_other_in_the_order_of_the_guide():
	rows = compared(
		["Listening", "Openness"], [{"Openness": 1, "Listening": 2}, {"Listening": 3, "Openness": 4}]
	)
	assert rows == [
		{"quality": "Listening", "marks": [2, 3], "far_apart": False},
		{"quality": "Openness", "marks": [1, 4], "far_apart": True},
	]


@pytest.mark.parametrize(
	("scores", "recommendation", "reasons", "expected"),
	[
		({"Listening": 2}, "Suitable", "", []),
		({"Listening": None}, "Suitable", "", ["Listening"]),
		({"Listening": 2}, "", "Kind.", ["recommendation"]),
		({"Listening": 2}, "Not now", " ", ["reasons"]),
		({"Listening": 2}, "Made up", "", ["recommendation"]),
	],
)
def test_what_is_missing_is_named(scores, recommendation, reasons, expected):
	assert missing_in(scores, recommendation, reasons) == expected


def test_the_guide_that_comes_with_the_app_is_complete():
	assert {row["topic"] for row in GUIDE["questions"]} >= {
		"Motivation",
		"Expectations",
		"Time",
		"Support given to somebody",
		"Limits",
		"Confidence",
		"Being different",
		"Own strength and support",
		"What would you do if …",
	}
	assert len([row for row in GUIDE["questions"] if row["topic"] == "Support given to somebody"]) >= 3
	assert all(row[f"anchor_{mark}"] for row in GUIDE["qualities"] for mark in (1, 2, 3, 4))
	assert all(row["talk_about"] for row in GUIDE["signs"])
	assert all(len(row["quality"]) <= 140 for row in GUIDE["qualities"])
	assert all(len(row["sign"]) <= 140 for row in GUIDE["signs"])


@pytest.mark.req("P8")
def test_the_guide_does_not_tell_why_people_take_part():
	assert telling_words_in(json.dumps(GUIDE, ensure_ascii=False)) == []
