"""Where a candidate stands on the board, without a site."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentor_recruitment.screening_board_rules import COLUMNS, first_day, open_in_order, place
from libes_mentoring.mentor_recruitment.screening_rules import RECORD_CHECK, STEPS, MentorFacts, Step

TODAY = date(2026, 3, 4)
YESTERDAY = TODAY - timedelta(days=1)
PASSED = {step: Step("Passed", TODAY - timedelta(days=30)) for step in STEPS if step != RECORD_CHECK}
CLEARED = MentorFacts(
	stage="Screening",
	birth_date=date(1980, 5, 5),
	record_check_outcome="Nothing found",
	record_check_renew_by=TODAY,
	steps=PASSED,
)

pytestmark = pytest.mark.req("R5")


def column(mentor: MentorFacts, order=STEPS) -> str:
	return place(mentor, order, 4, TODAY).column


@pytest.mark.parametrize("order", [STEPS, STEPS[::-1], ("Interview", "Record check", "Application")])
def test_the_first_open_step_in_the_programmes_order_is_the_column(order):
	nobody = MentorFacts(stage="Applied", birth_date=date(1980, 5, 5))
	for done in range(len(order)):
		steps = {step: PASSED[step] for step in order[:done] if step != RECORD_CHECK}
		seen = "Nothing found" if RECORD_CHECK in order[:done] else None
		mentor = replace(nobody, steps=steps, record_check_outcome=seen, record_check_renew_by=TODAY)
		assert column(mentor, order) == order[done]


@pytest.mark.parametrize(
	("change", "expected"),
	[
		({}, "Agreement"),
		({"stage": "Available"}, "Available"),
		({"stage": "Paused"}, "Paused"),
		({"stage": "Left"}, ""),
		({"excluded": True}, ""),
		({"birth_date": None}, "Application"),
		({"birth_date": date(2010, 1, 1)}, "Application"),
		({"hours_per_month": 1.0}, "Application"),
		({"stage": "Available", "record_check_renew_by": YESTERDAY}, "Record check"),
		({"record_check_outcome": "To be discussed"}, "Record check"),
		({"extra": (Blocker("policy_not_read"),)}, "Agreement"),
		({"extra": (Blocker("no_session", {"step": "Training"}),)}, "Training"),
	],
)
def test_what_blocks_names_the_column(change, expected):
	mentor = replace(CLEARED, **change)
	assert column(mentor) == expected
	assert expected in (*COLUMNS, "")


def test_somebody_complete_waits_for_the_coordinator_in_the_last_column():
	found = place(CLEARED, STEPS, 4, TODAY)
	assert (found.column, found.blocker.code) == ("Agreement", "to_be_made_available")


def test_what_ran_out_blocks_since_the_day_after():
	expired = replace(CLEARED, record_check_renew_by=date(2026, 2, 1))
	assert place(expired, STEPS, 4, TODAY).since == date(2026, 2, 2)
	steps = {**PASSED, "Training": Step("Passed", date(2024, 1, 1), date(2026, 1, 31))}
	assert place(replace(CLEARED, steps=steps), STEPS, 4, TODAY).since == date(2026, 2, 1)
	waived = replace(CLEARED, steps={}, waivers={"Application": YESTERDAY})
	assert place(waived, ("Application",), 4, TODAY).since == TODAY
	assert place(replace(CLEARED, steps={}), STEPS, 4, TODAY).since is None


def test_everything_open_is_given_in_order():
	found = open_in_order(MentorFacts(stage="Applied"), ("Interview", "Application"), 4, TODAY)
	assert [step for step, _blocker in found] == ["Interview", "Application", "Application"]


def test_the_first_day_is_never_in_the_future():
	assert first_day(CLEARED, date(2026, 1, 1), TODAY) == TODAY - timedelta(days=30)
	assert first_day(MentorFacts(stage="Applied"), date(2026, 3, 1), TODAY) == date(2026, 3, 1)
	assert first_day(MentorFacts(stage="Applied"), date(2027, 3, 1), TODAY) == TODAY
	assert first_day(MentorFacts(stage="Applied"), None, TODAY) == TODAY
