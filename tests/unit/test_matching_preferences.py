"""Preferences after a session: the settled outcome against the definition of stability."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libes_mentoring.mentor_matching.engine.preferences import settle

PEOPLE, VOLUNTEERS = ["ann", "bea", "cle", "dan"], ["max", "ned", "ola"]
EVERY_PAIR = [(one, other) for one in VOLUNTEERS for other in PEOPLE]


def rankings(who, of_whom):
	ranking = st.lists(st.sampled_from(of_whom), unique=True)
	return st.fixed_dictionaries(dict.fromkeys(who, ranking))


SESSIONS = st.tuples(
	rankings(PEOPLE, VOLUNTEERS),
	rankings(VOLUNTEERS, PEOPLE),
	st.fixed_dictionaries(dict.fromkeys(VOLUNTEERS, st.integers(0, 2))),
	st.sets(st.sampled_from(EVERY_PAIR)).map(lambda missing: set(EVERY_PAIR) - missing),
)


def place_of(mentors, mentor, mentee):
	"""How much a mentor wants somebody, the smallest most: as ranked, then all others by id."""
	ranking = mentors.get(mentor, [])
	return (ranking.index(mentee), "") if mentee in ranking else (len(ranking), mentee)


def blocking_pairs(found, mentees, mentors, places, possible):
	"""Pairs who would both rather have each other than what they got."""
	for mentor, mentee in possible:
		ranking = mentees[mentee]
		if mentor not in ranking or found.get(mentee) == mentor:
			continue
		if mentee in found and ranking.index(found[mentee]) < ranking.index(mentor):
			continue
		held = [person for person, volunteer in found.items() if volunteer == mentor]
		rather = [one for one in held if place_of(mentors, mentor, mentee) < place_of(mentors, mentor, one)]
		if len(held) < places[mentor] or rather:
			yield mentor, mentee


def valid(found, mentees, places, possible):
	return all(
		mentor in mentees[mentee] and (mentor, mentee) in possible for mentee, mentor in found.items()
	) and all(list(found.values()).count(mentor) <= count for mentor, count in places.items())


@pytest.mark.req("M1")
@given(SESSIONS, st.randoms(use_true_random=False))
def test_nobody_would_rather_have_each_other_and_the_order_changes_nothing(session, random):
	mentees, mentors, places, possible = session
	found = settle(mentees, mentors, places, possible)
	assert valid(found, mentees, places, possible)
	assert not list(blocking_pairs(found, mentees, mentors, places, possible))

	def mixed(people):
		names = list(people)
		random.shuffle(names)
		return {name: people[name] for name in names}

	assert list(settle(mixed(mentees), mixed(mentors), mixed(places), list(possible)).items()) == list(
		found.items()
	)


@pytest.mark.req("M1")
@given(SESSIONS)
def test_no_stable_outcome_is_better_for_any_mentee(session):
	mentees, mentors, places, possible = session
	found = settle(mentees, mentors, places, possible)
	for choice in itertools.product([*VOLUNTEERS, None], repeat=len(PEOPLE)):
		other = {mentee: mentor for mentee, mentor in zip(PEOPLE, choice, strict=True) if mentor}
		if not valid(other, mentees, places, possible):
			continue
		if any(True for _pair in blocking_pairs(other, mentees, mentors, places, possible)):
			continue
		for mentee, mentor in other.items():
			assert mentees[mentee].index(found[mentee]) <= mentees[mentee].index(mentor)


@pytest.mark.req("M1")
def test_who_ranked_nobody_takes_anybody_possible_and_who_is_ranked_twice_counts_once():
	assert settle({"bea": ["max"], "ann": ["max"]}, {}, {"max": 1}, EVERY_PAIR) == {"ann": "max"}
	ranked = {"max": ["bea"]}
	assert settle({"bea": ["max"], "ann": ["max"]}, ranked, {"max": 1}, EVERY_PAIR) == {"bea": "max"}
	assert settle({"ann": ["max"], "cle": ["max"]}, ranked, {"max": 1}, EVERY_PAIR) == {"ann": "max"}
	# "Not with" is kept out by the possible pairs, whatever anybody ranked.
	assert settle({"bea": ["max", "ned"]}, ranked, {"max": 1, "ned": 1}, {("ned", "bea")}) == {"bea": "ned"}
	assert settle({"bea": ["max", "max"]}, {"max": ["ann", "ann"]}, {"max": 1}, EVERY_PAIR) == {"bea": "max"}


@pytest.mark.req("M1")
def test_nobody_and_nothing():
	assert settle({}, {}, {}, ()) == {}
	assert settle({"ann": []}, {"max": ["ann"]}, {"max": 1}, EVERY_PAIR) == {}
	assert settle({"ann": ["max"]}, {}, {}, EVERY_PAIR) == {}
	assert settle({"ann": ["max"]}, {}, {"max": -1}, EVERY_PAIR) == {}
