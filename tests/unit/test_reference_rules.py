"""What a referee's answers must hold, and when somebody is reminded. Pure."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from libes_mentoring.mentor_recruitment.reference_rules import CHASE, FORM, HAND_OVER, due, errors_in, tidy
from libes_mentoring.mentoring_programme.telling_words import telling_words_in

pytestmark = pytest.mark.req("R5")

DOCTYPES = Path(__file__).parents[2] / "libes_mentoring" / "mentor_recruitment" / "doctype"
GOOD = {
	"known_for": "3 to 10 years",
	"known_as": "At work or in studies",
	"known_as_words": "We shared an office.",
	"levels": ["Often"] * len(FORM["qualities"]),
	"example": "",
	"trust": "Yes",
	"to_talk_about": "",
	"declared_true": True,
	"name_typed": "Rosa Rell",
}


def test_good_answers_have_no_errors():
	assert errors_in(tidy(GOOD)) == {}


@pytest.mark.parametrize(
	("changes", "expected"),
	[
		({"name_typed": "  "}, {"name_typed": "missing"}),
		({"known_for": ""}, {"known_for": "missing"}),
		({"known_as": "Made up"}, {"known_as": "choose"}),
		({"trust": "Perhaps"}, {"trust": "choose"}),
		({"levels": GOOD["levels"][1:]}, {"levels": "levels"}),
		({"levels": ["5"] * len(FORM["qualities"])}, {"levels": "levels"}),
		({"levels": "Often"}, {"levels": "levels"}),
		({"levels": None}, {"levels": "levels"}),
		({"levels": [{"a": 1}] * len(FORM["qualities"])}, {"levels": "levels"}),
		({"trust": "With reservations"}, {"to_talk_about": "say"}),
		({"declared_true": False}, {"declared_true": "declare"}),
		({"example": "x" * 2001}, {"example": "long"}),
		({"name_typed": "x" * 141}, {"name_typed": "long"}),
	],
)
def test_what_does_not_fit_is_named_by_field(changes, expected):
	assert errors_in(tidy({**GOOD, **changes})) == expected


def test_nothing_at_all_is_no_answer():
	assert set(errors_in(tidy({}))) == {
		"known_for",
		"known_as",
		"trust",
		"levels",
		"name_typed",
		"declared_true",
	}


@pytest.mark.parametrize(
	("waited", "chased", "by_mail", "expected"),
	[
		(6, 0, True, None),
		(7, 0, True, CHASE),
		(40, 0, True, CHASE),
		(4, 1, True, None),
		(5, 1, True, CHASE),
		(2, 2, True, None),
		(3, 2, True, HAND_OVER),
		# No mail can go: staff hear of it in place of the first reminder.
		(2, 0, False, None),
		(3, 0, False, HAND_OVER),
	],
)
def test_two_reminders_then_staff(waited, chased, by_mail, expected):
	today = date(2026, 3, 29)
	last = today - timedelta(days=waited)
	assert due(last, chased, (7, 5, 3), today, by_mail=by_mail) == expected


def test_a_reminder_after_no_days_is_left_out():
	today = date(2026, 1, 1)
	assert due(today, 0, (0, 0, 0), today, by_mail=True) is None
	assert due(today - timedelta(days=1), 0, (0, 0, 0), today, by_mail=True) == HAND_OVER
	assert due(today - timedelta(days=4), 0, (0, 4, 9), today, by_mail=True) == CHASE
	assert due(today - timedelta(days=9), 1, (0, 4, 9), today, by_mail=True) == HAND_OVER


@pytest.mark.parametrize("field", ["known_for", "known_as", "trust", "level"])
def test_the_record_offers_what_the_form_offers(field):
	name = "mentor_reference_quality" if field == "level" else "mentor_reference"
	data = json.loads((DOCTYPES / name / f"{name}.json").read_text())
	options = next(row["options"] for row in data["fields"] if row["fieldname"] == field)
	assert options.split("\n")[1:] == FORM["levels" if field == "level" else field]


@pytest.mark.req("P8")
def test_no_question_tells_why_people_take_part():
	assert telling_words_in(json.dumps(FORM)) == []
