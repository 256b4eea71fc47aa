"""The screening gate, without a site."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from libes_mentoring.blocker import Blocker
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
		({"record_check_outcome": "Not accepted"}, "record_check_not_accepted"),
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


# The gate as a table: each step in each of its states, and whether that state lets somebody through.
YESTERDAY = TODAY - timedelta(days=1)
STATES = {
	"passed": (Step("Passed", YESTERDAY), None, True),
	"valid today": (Step("Passed", YESTERDAY, TODAY), None, True),
	"missing": (None, None, False),
	"open": (Step("Open"), None, False),
	"expired": (Step("Passed", YESTERDAY, YESTERDAY), None, False),
	"not passed": (Step("Not passed", YESTERDAY), None, False),
	"missing, waived": (Step("Open"), TODAY, True),
	"expired, waived": (Step("Passed", YESTERDAY, YESTERDAY), TODAY, True),
	"missing, waiver over": (Step("Open"), YESTERDAY, False),
	"not passed, waived": (Step("Not passed", YESTERDAY), TODAY, False),
}
# outcome, renewal, waiver, through
RECORD_STATES = {
	"clear": ("Nothing found", TODAY, None, True),
	"accepted": ("Accepted after discussion", TODAY, None, True),
	"missing": (None, None, None, False),
	"expired": ("Nothing found", YESTERDAY, None, False),
	"no end": ("Nothing found", None, None, False),
	"finding": ("To be discussed", TODAY, None, False),
	"not accepted": ("Not accepted", TODAY, None, False),
	"missing, waived": (None, None, TODAY, True),
	"expired, waived": ("Nothing found", YESTERDAY, TODAY, True),
	"missing, waiver over": (None, None, YESTERDAY, False),
	"finding, waived": ("To be discussed", TODAY, TODAY, False),
	"not accepted, waived": ("Not accepted", TODAY, TODAY, False),
}


OTHERS = [step for step in STEPS if step != RECORD_CHECK]
# One of each sort, for the product of all.
SORTS = ("passed", "missing", "expired", "not passed", "expired, waived")
RECORD_SORTS = ("clear", "missing", "expired", "finding", "expired, waived")


def is_through(record: str, states: dict[str, str]) -> bool:
	"""Whether a mentor whose record check and steps are in these states has no blocker."""
	outcome, renewal, record_waiver, _through = RECORD_STATES[record]
	steps = {name: STATES[state][0] for name, state in states.items() if STATES[state][0]}
	waivers = {name: STATES[state][1] for name, state in states.items() if STATES[state][1]}
	if record_waiver:
		waivers[RECORD_CHECK] = record_waiver
	return not codes(
		replace(
			CLEARED,
			steps=steps,
			waivers=waivers,
			record_check_outcome=outcome,
			record_check_renew_by=renewal,
		)
	)


@pytest.mark.req("R5", "R7")
def test_the_gate_for_every_combination_of_all_steps():
	"""Through if and only if every single step is: all products of the record check and the five other steps."""
	through = 0
	for record, *states in product(RECORD_SORTS, *[SORTS] * len(OTHERS)):
		expected = RECORD_STATES[record][3] and all(STATES[state][2] for state in states)
		assert is_through(record, dict(zip(OTHERS, states, strict=True))) is expected, (record, states)
		through += expected
	assert through == 2 ** len(STEPS)


@pytest.mark.req("R5", "R7")
@pytest.mark.parametrize("record", RECORD_STATES)
def test_the_gate_for_every_state_of_one_step_beside_the_record_check(record):
	everything = dict.fromkeys(OTHERS, "passed")
	for step, state in product(OTHERS, STATES):
		expected = RECORD_STATES[record][3] and STATES[state][2]
		assert is_through(record, {**everything, step: state}) is expected, (record, step, state)


@pytest.mark.req("R5", "R6")
@pytest.mark.parametrize(
	("change", "code"),
	[
		({"birth_date": date(2008, 3, 5)}, "minor"),
		({"birth_date": None}, "no_birth_date"),
		({"excluded": True}, "excluded"),
		({"hours_per_month": 1.0}, "too_little_time"),
		({"extra": (Blocker("policy_not_read"),)}, "policy_not_read"),
	],
)
def test_no_waiver_covers_age_an_exclusion_time_or_what_other_rooms_found(change, code):
	waived = replace(CLEARED, waivers=dict.fromkeys(STEPS, TODAY))
	assert codes(replace(waived, **change)) == [code]
