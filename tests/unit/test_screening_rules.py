"""The screening gate, without a site."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from libes_mentoring.mentor_recruitment.screening_rules import (
	RECORD_CHECK,
	STEPS,
	MentorFacts,
	Step,
	age_on,
	matching_blockers,
	screening_blockers,
)

TODAY = date(2026, 3, 4)
CLEARED = MentorFacts(
	stage="Available",
	birth_date=date(1980, 5, 5),
	hours_per_month=5.0,
	record_check_outcome="Nothing found",
	record_check_renew_by=TODAY,
	steps={step: Step("Passed", TODAY - timedelta(days=30)) for step in STEPS if step != RECORD_CHECK},
)


def codes(mentor: MentorFacts, required=STEPS, hours=4.0) -> list[str]:
	return [blocker.code for blocker in matching_blockers(mentor, required, hours, TODAY)]


@pytest.mark.req("R5")
def test_a_cleared_mentor_has_no_blocker_on_the_last_valid_day():
	assert codes(CLEARED) == []


@pytest.mark.req("R5", "R6", "M3")
@pytest.mark.parametrize(
	("change", "code"),
	[
		({"stage": "Screening"}, "not_available"),
		({"stage": "Paused"}, "not_available"),
		({"excluded": True}, "excluded"),
		({"birth_date": None}, "no_birth_date"),
		({"birth_date": date(2008, 3, 5)}, "minor"),
		({"hours_per_month": 3.5}, "too_little_time"),
		({"record_check_outcome": None}, "record_check_missing"),
		({"record_check_outcome": "To be discussed"}, "record_check_open"),
		({"record_check_outcome": "Not accepted"}, "record_check_open"),
		({"record_check_renew_by": None}, "record_check_no_expiry"),
		({"record_check_renew_by": TODAY - timedelta(days=1)}, "record_check_expired"),
	],
)
def test_each_missing_piece_alone_blocks(change, code):
	assert codes(replace(CLEARED, **change)) == [code]


@pytest.mark.req("R5")
@pytest.mark.parametrize("step", [step for step in STEPS if step != RECORD_CHECK])
@pytest.mark.parametrize(
	("state", "code"),
	[
		(None, "step_missing"),
		(Step("Open"), "step_missing"),
		(Step("Not passed", TODAY), "step_not_passed"),
		(Step("Passed", TODAY, TODAY - timedelta(days=1)), "step_expired"),
	],
)
def test_each_step_alone_blocks(step, state, code):
	steps = {**CLEARED.steps, step: state} if state else {k: v for k, v in CLEARED.steps.items() if k != step}
	assert codes(replace(CLEARED, steps=steps)) == [code]
	assert codes(replace(CLEARED, steps=steps), tuple(s for s in STEPS if s != step)) == []


@pytest.mark.req("R7")
def test_a_finding_is_decided_by_a_person():
	found = replace(CLEARED, record_check_outcome="To be discussed")
	assert codes(found) == ["record_check_open"]
	assert codes(replace(found, record_check_outcome="Accepted after discussion")) == []


@pytest.mark.req("R6")
def test_age_is_counted_in_whole_years():
	assert age_on(date(2008, 3, 4), TODAY) == 18
	assert age_on(date(2008, 3, 5), TODAY) == 17
	assert age_on(date(2004, 2, 29), date(2022, 2, 28)) == 17
	assert age_on(date(2004, 2, 29), date(2022, 3, 1)) == 18


def test_all_blockers_are_named_at_once():
	nobody = MentorFacts(stage="Applied")
	assert len(screening_blockers(nobody, STEPS, 4, TODAY)) == 1 + len(STEPS)
