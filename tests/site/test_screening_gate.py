"""The gate as a table, through the suggestions of a real site: whoever is not through is never suggested."""

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate

from libes_mentoring.mentor_matching import suggestions
from libes_mentoring.mentor_recruitment import waivers
from libes_mentoring.mentor_recruitment.screening_rules import RECORD_CHECK, STEPS

pytestmark = pytest.mark.req("R5", "R6", "M3")

# Days from today; they are filled in when the test runs.
TODAY, YESTERDAY = 0, -1
# state of a step → what stands in its row, how the waiver stands, whether the mentor is suggested
STEP_STATES = {
	"passed": ({}, None, True),
	"valid today": ({"valid_until": TODAY}, None, True),
	"missing": ({"outcome": "Open", "done_on": None}, None, False),
	"expired": ({"valid_until": YESTERDAY}, None, False),
	"not passed": ({"outcome": "Not passed"}, None, False),
	"waived": ({"outcome": "Open", "done_on": None}, "in force", True),
	"expired and waived": ({"valid_until": YESTERDAY}, "in force", True),
	"waiver over": ({"outcome": "Open", "done_on": None}, "over", False),
	"waiver revoked": ({"outcome": "Open", "done_on": None}, "revoked", False),
	"not passed after the waiver": ({"outcome": "Not passed"}, "in force", False),
}
RECORD_STATES = {
	"valid today": ({"record_check_renew_by": TODAY}, None, True),
	"accepted": ({"record_check_outcome": "Accepted after discussion"}, None, True),
	"missing": ({"record_check_outcome": None}, None, False),
	"expired": ({"record_check_renew_by": YESTERDAY}, None, False),
	"finding": ({"record_check_outcome": "To be discussed"}, None, False),
	"not accepted": ({"record_check_outcome": "Not accepted"}, None, False),
	"waived": ({"record_check_outcome": None}, "in force", True),
	"expired and waived": ({"record_check_renew_by": YESTERDAY}, "in force", True),
	"waiver over": ({"record_check_outcome": None}, "over", False),
	"finding after the waiver": ({"record_check_outcome": "To be discussed"}, "in force", False),
}
# Not a step, and covered by no waiver.
OF_THE_PERSON = {
	"underage": {"birth_date": -17 * 365},
	"age not known": {"birth_date": None},
	"turned down": {"turned_down_on": "2026-01-15"},
	"too little time": {"hours_per_month": 1},
	"screening": {"stage": "Screening"},
	"paused": {"stage": "Paused"},
	"left": {"stage": "Left"},
}


@pytest.fixture
def programme():
	return factories.programme()


def mentor_with(programme, step: str, change: dict, waived: str | None) -> str:
	"""A mentor whose step stands as time or a decision have left it since the day they became available."""
	mentor = factories.mentor(programme=programme)
	if waived:
		waiver = factories.waiver(mentor, step)
		if waived == "over":
			waiver.db_set("valid_until", add_days(nowdate(), YESTERDAY))
		if waived == "revoked":
			waivers.revoke(waiver.name)
	if step == RECORD_CHECK:
		frappe.db.set_value("Mentor", mentor.name, dated(change))
	elif change:
		frappe.db.set_value("Mentor Screening Step", {"parent": mentor.name, "step": step}, dated(change))
	return mentor.name


def dated(change: dict) -> dict:
	days = ("valid_until", "record_check_renew_by", "birth_date")
	return {
		field: add_days(nowdate(), value) if field in days and value is not None else value
		for field, value in change.items()
	}


def suggested(programme, monkeypatch) -> set[str]:
	monkeypatch.setattr(suggestions, "SHOWN", 100)
	mentee = factories.mentee(programme=programme)
	return {row["mentor"] for row in suggestions.suggest_mentors(mentee.name)["suggestions"]}


@pytest.mark.parametrize("step", [step for step in STEPS if step != RECORD_CHECK])
def test_one_step_in_every_state(programme, monkeypatch, step):
	made = {state: mentor_with(programme, step, *row[:2]) for state, row in STEP_STATES.items()}
	found = suggested(programme, monkeypatch)
	assert {state: name in found for state, name in made.items()} == {
		state: row[2] for state, row in STEP_STATES.items()
	}


@pytest.mark.req("R7")
def test_the_record_check_in_every_state(programme, monkeypatch):
	made = {state: mentor_with(programme, RECORD_CHECK, *row[:2]) for state, row in RECORD_STATES.items()}
	found = suggested(programme, monkeypatch)
	assert {state: name in found for state, name in made.items()} == {
		state: row[2] for state, row in RECORD_STATES.items()
	}


def test_pairs_of_steps_each_open_in_another_way(programme, monkeypatch):
	"""Two steps at once: the mentor is suggested if and only if both let through."""
	expected = {}
	states = ("passed", "missing", "expired", "waived", "not passed")
	for first in states:
		for second in states:
			name = mentor_with(programme, "Interview", *STEP_STATES[first][:2])
			change, waived, _through = STEP_STATES[second]
			if waived:
				factories.waiver(name, "Training")
			if change:
				frappe.db.set_value(
					"Mentor Screening Step", {"parent": name, "step": "Training"}, dated(change)
				)
			expected[name] = STEP_STATES[first][2] and STEP_STATES[second][2]
	found = suggested(programme, monkeypatch)
	assert {name: name in found for name in expected} == expected


def test_no_waiver_lets_a_person_through_who_must_not_be(programme, monkeypatch):
	made = {}
	for reason, change in OF_THE_PERSON.items():
		mentor = factories.mentor(programme=programme)
		for step in STEPS:
			factories.waiver(mentor, step)
		frappe.db.set_value("Mentor", mentor.name, dated(change))
		made[reason] = mentor.name
	assert suggested(programme, monkeypatch) & set(made.values()) == set()


def test_a_step_that_the_programme_does_without_is_not_asked_for(programme, monkeypatch):
	programme.screening_steps = [row for row in programme.screening_steps if row.step != "References"]
	programme.save()
	name = mentor_with(programme, "References", *STEP_STATES["not passed"][:2])
	assert suggested(programme, monkeypatch) == {name}
