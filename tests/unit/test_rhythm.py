"""The contact rhythm, without a site."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, MOVES, STAGES, may_move
from libes_mentoring.mentoring_relationship.rhythm import Rhythm, add_months, contacts, next_contact


@pytest.mark.req("L2")
def test_the_usual_rhythm_of_half_a_year():
	planned = contacts(date(2026, 1, 10), date(2026, 7, 10), Rhythm())
	assert [(c.kind, c.due_on) for c in planned] == [
		("First contact", date(2026, 1, 24)),
		("Second contact", date(2026, 2, 9)),
		("Building", date(2026, 2, 23)),
		("Building", date(2026, 3, 9)),
		("Building", date(2026, 3, 23)),
		("Building", date(2026, 4, 6)),
		("Steady", date(2026, 5, 6)),
		("Steady", date(2026, 6, 6)),
		("Steady", date(2026, 7, 6)),
	]


@pytest.mark.req("L2")
@given(
	start=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
	length=st.integers(15, 800),
	first=st.integers(0, 14),
	more=st.integers(0, 30),
	weeks=st.integers(1, 6),
	months=st.integers(0, 6),
	steady=st.integers(1, 3),
)
def test_every_rhythm_starts_in_time_and_leaves_no_gap(start, length, first, more, weeks, months, steady):
	rhythm = Rhythm(first, first + more, weeks, months, steady)
	end = start + timedelta(days=length)
	days = [contact.due_on for contact in contacts(start, end, rhythm)]
	assert days == sorted(days) and len(days) == len(set(days))
	assert days[0] == start + timedelta(days=first)
	longest = max(more, weeks * 7, steady * 31) + 31
	assert all((b - a).days <= longest for a, b in itertools.pairwise(days))
	assert (end - days[-1]).days <= longest
	assert next_contact(days[-1], rhythm).due_on > days[-1]


@pytest.mark.parametrize(
	("day", "months", "expected"),
	[
		(date(2024, 1, 31), 1, date(2024, 2, 29)),
		(date(2025, 1, 31), 1, date(2025, 2, 28)),
		(date(2025, 8, 31), 6, date(2026, 2, 28)),
		(date(2025, 12, 15), 1, date(2026, 1, 15)),
	],
)
def test_months_end_where_the_month_ends(day, months, expected):
	assert add_months(day, months) == expected


@pytest.mark.req("L2")
@pytest.mark.parametrize(
	"figures",
	[
		{"first_contact_days": 20, "second_contact_days": 10},
		{"building_interval_weeks": 0},
		{"steady_interval_months": 0},
		{"first_contact_days": -1},
	],
)
def test_a_rhythm_that_cannot_be_is_refused(figures):
	with pytest.raises(ValueError):
		Rhythm(**figures)


@pytest.mark.req("L1", "C1")
def test_a_closed_match_stays_closed_and_every_other_can_be_closed():
	assert all(not may_move(CLOSED, stage) for stage in STAGES if stage != CLOSED)
	for stage in STAGES:
		reachable, new = {stage}, {stage}
		while new := {after for before in new for after in MOVES[before]} - reachable:
			reachable |= new
		assert CLOSED in reachable
	assert not may_move("Initiation", CLOSED)
