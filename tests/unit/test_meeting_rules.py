"""Places, rhythm and waiting: the pure rules, at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libes_mentoring.mentoring_relationship import group_rules, meeting_places, meeting_rhythm
from libes_mentoring.mentoring_relationship.meeting_places import Boundary, Place, is_ruled_out, suggested
from libes_mentoring.mentoring_relationship.waiting_rules import Waiting, carry_on, summary, waiting_days

DAY = date(2026, 3, 1)


@pytest.mark.req("M6", "E4")
@pytest.mark.parametrize(
	("written", "ruled_out"),
	[
		("Library", True),
		("library, main square", True),
		("Bibliothèque", False),
		("lib", False),
		("North", True),
		("Northern", False),
		("", False),
		("the Library, Main Square, and all around", True),
	],
)
def test_a_place_is_known_by_whole_words_of_its_name_or_by_its_district(written, ruled_out):
	place = Place("Library, Main Square", "north")
	assert is_ruled_out(place, [Boundary("Places", "Not here", written)]) is ruled_out


@pytest.mark.req("M6", "E4")
def test_several_places_of_one_person_are_a_choice_and_of_two_people_a_common_one():
	park, library, room = Place("Park"), Place("Library"), Place("Room", at_premises=True)
	one = [Boundary("Places", "Only here", "Park"), Boundary("Places", "Only here", "Library")]
	other = [Boundary("Places", "Only here", "Library"), Boundary("Places", "Only here", "Room")]
	assert suggested([park, library, room], [one]) == [park, library]
	assert suggested([park, library, room], [one, other]) == [library]


@pytest.mark.req("M6", "E4")
def test_who_wishes_for_the_premises_is_not_sent_to_a_place_of_which_nothing_is_known():
	wish = [Boundary("Meeting at our premises")]
	typed = meeting_places.find("Somewhere", [])
	assert is_ruled_out(typed, wish) and is_ruled_out(Place("Park", at_premises=False), wish)
	assert not is_ruled_out(Place("Room", at_premises=True), wish)


@pytest.mark.req("M6", "E4")
@given(
	st.lists(st.sampled_from(["Park", "Library", "Room", "Old harbour"]), unique=True),
	st.lists(
		st.tuples(
			st.sampled_from(["Not here", "Only here", None]), st.sampled_from(["Park", "harbour", "North"])
		)
	),
)
def test_nothing_that_is_ruled_out_is_ever_suggested(names, rows):
	places = [Place(name, "North" if name == "Park" else "South") for name in names]
	rules = [Boundary("Places", *row) for row in rows]
	found = suggested(places, [rules], "South")
	assert not [place for place in found if is_ruled_out(place, rules)]
	assert {place for place in places if not is_ruled_out(place, rules)} == set(found)


@pytest.mark.req("L2", "M6")
@pytest.mark.parametrize(
	("a_month", "days"), [(4, 8 + 7), (2, 16 + 8), (1, 31 + 15), (0.5, 61 + 30), (31, 1 + 7)]
)
def test_a_meeting_is_expected_within_the_rhythm_and_time_to_spare(a_month, days):
	assert meeting_rhythm.expected_by(DAY, a_month) == DAY + timedelta(days=days)


@pytest.mark.req("L2", "M6")
def test_a_break_that_was_arranged_is_no_silence_and_an_old_plan_counts_for_nothing():
	arranged = DAY + timedelta(days=50)
	assert meeting_rhythm.expected_by(DAY, 4, arranged) == arranged + timedelta(days=7)
	assert meeting_rhythm.expected_by(DAY, 4, DAY - timedelta(days=50)) == DAY + timedelta(days=15)
	assert meeting_rhythm.first_expected_by(DAY, 0, None) is None
	for wrong in (0, -1, 32):
		with pytest.raises(ValueError, match="no rhythm"):
			meeting_rhythm.gap_days(wrong)


@pytest.mark.req("M7")
def test_a_pause_stops_the_clock_and_days_from_before_count_again():
	ready = carry_on(Waiting(), True, DAY)
	paused = carry_on(ready, False, DAY + timedelta(days=10))
	assert paused == Waiting(None, 10) and carry_on(paused, False, DAY + timedelta(days=80)) == paused
	again = carry_on(paused, True, DAY + timedelta(days=100))
	assert waiting_days(again.since, DAY + timedelta(days=105)) == 15
	assert carry_on(again, True, DAY + timedelta(days=105)) == again


@pytest.mark.req("M7")
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=12))
def test_days_waited_are_the_days_on_which_waiting_was_possible(steps):
	now, today, waits, waited = Waiting(), DAY, False, 0
	for days, then in steps:
		waited += days if waits else 0
		today += timedelta(days=days)
		now, waits = carry_on(now, then, today), then
	assert (waiting_days(now.since, today) if now.since else now.before) == waited


@pytest.mark.req("M7")
def test_a_summary_of_nobody_says_nothing():
	assert summary([]) == (0, None, None)
	assert summary([1, 2, 30, 4]) == (4, 3, 30)
	assert waiting_days(None, DAY) == 0 and waiting_days(DAY + timedelta(days=3), DAY) == 0


@pytest.mark.req("P4")
@given(st.sampled_from(["Group", "Team"]), st.tuples(*[st.integers(-2, 25)] * 4))
def test_limits_without_a_problem_hold_a_group(kind, figures):
	limits = group_rules.Limits(*figures)
	if group_rules.problem_of(kind, limits) is None:
		assert 1 <= limits.min_mentors <= limits.max_mentors and 1 <= limits.min_mentees <= limits.max_mentees
		assert limits.max_mentors + limits.max_mentees > 2
