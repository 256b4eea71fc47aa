"""The engine's set-based results against the same rules written out pair by pair."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libes_mentoring.mentor_matching.engine import (
	DEFAULT_WEIGHTS,
	IN_HOUSE,
	Blocker,
	MenteeProfile,
	MentorProfile,
	Rules,
	Wish,
	constraints,
	explain_pair,
	for_mentor,
	mentor_sentence,
	scoring,
	staff_sentence,
	suggest,
	suggest_mentees,
)
from libes_mentoring.mentor_matching.engine.encode import encode

GENDERS = ["Woman", "Man", "Non-binary"]
NATIONS = ["Ruritania", "Freedonia"]
KINDS = ["Local volunteer", "Survivor", "Migrant background"]
PLACES = ["Harbour", "Hill", "Station"]
ORGANISATIONS = ["Friends of the Harbour", "Friends of the Hill"]
ABOUT = {
	"Gender": GENDERS,
	"Co-national": NATIONS,
	"Mentor kind": KINDS,
	"Organisation": ORGANISATIONS,
	"Person": [f"{kind}-{n}" for kind in ("mentor", "mentee") for n in range(3)],
}


def maybe(values, *unknown):
	return st.sampled_from([*values, None, "", *unknown])


def some(values):
	return st.frozensets(st.sampled_from(values), max_size=len(values))


WISHES = st.lists(
	st.sampled_from(sorted(ABOUT)).flatmap(
		lambda about: st.builds(
			Wish,
			about=st.just(about),
			strength=st.sampled_from(["Wanted", "Wanted", "Refused"]),
			value=st.sampled_from([*ABOUT[about], *ABOUT[about], None]),
		)
	),
	max_size=3,
).map(tuple)
SHARED = {
	"programme": st.sampled_from(["North", "North", "North", "South", ""]),
	"gender": maybe(GENDERS, "Prefer not to say"),
	"nationality": maybe(NATIONS),
	"languages": st.dictionaries(st.sampled_from(["English", "French", "Dutch"]), st.integers(0, 4)),
	"support_areas": some(["Housing", "Work", "Finance"]),
	"interests": some(["Chess", "Walking", "Opera", "Football"]),
	"media": some(["In person", "Synchronous", "Asynchronous"]),
	"district": maybe(PLACES),
	"hours_per_month": st.sampled_from([None, 0, 2, 4, 6.5]),
	"blockers": st.sampled_from([(), (), (), (Blocker("paused"),)]),
	"wishes": WISHES,
}
DAYS = st.none() | st.integers(0, 2).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


def numbered(people, name):
	return [replace(person, id=f"{name}-{n}") for n, person in enumerate(people)]


MENTOR = st.builds(
	MentorProfile,
	id=st.just("x"),
	kind=st.sampled_from([*KINDS, ""]),
	organisation=st.sampled_from([*ORGANISATIONS, IN_HOUSE, None]),
	places_left=st.sampled_from([0, 1, 1, 3]),
	running=st.integers(0, 1),
	available_on=DAYS,
	**SHARED,
)
MENTEE = st.builds(
	MenteeProfile,
	id=st.just("x"),
	ready_on=DAYS,
	excluded_mentors=some(ABOUT["Person"][:3]),
	max_distance=st.sampled_from([None, None, 0, 5, 20]),
	**SHARED,
)
MENTORS = st.lists(MENTOR, max_size=7).map(lambda people: numbered(people, "mentor"))
MENTEES = st.lists(MENTEE, max_size=7).map(lambda people: numbered(people, "mentee"))
RULES = st.builds(
	Rules,
	kinds=st.sampled_from([frozenset(), frozenset(), frozenset(KINDS[:2])]),
	kind_preference=st.dictionaries(st.sampled_from(KINDS), st.sampled_from([0, 0.5, 1])),
	distances=st.sampled_from([{}, {("Hill", "Harbour"): 10.0, ("Harbour", "Station"): 3.0}]),
	max_distance=st.sampled_from([None, 5, 15]),
)
WEIGHTS = st.none() | st.dictionaries(
	st.sampled_from(sorted(DEFAULT_WEIGHTS)), st.integers(0, 9), min_size=1
).filter(lambda weights: any(weights.values()))


def told(value):
	return value if value and value != "Prefer not to say" else None


def possible(mentor, mentee, rules):
	"""The hard rules once more, in the plainest way."""
	if not mentor.programme or mentor.programme != mentee.programme:
		return False
	if rules.kinds and mentor.kind not in rules.kinds:
		return False
	if mentor.blockers or mentee.blockers or mentor.places_left < 1 or mentor.id in mentee.excluded_mentors:
		return False
	for wisher, other in ((mentee, mentor), (mentor, mentee)):
		for wish in wisher.wishes:
			if wish.strength == "Refused" and refusal_hits(wish, wisher, other):
				return False
	if not any(can_talk(mentor.languages[name], mentee.languages.get(name)) for name in mentor.languages):
		return False
	if mentor.media and mentee.media and not mentor.media & mentee.media:
		return False
	apart = distance(mentor.district, mentee.district, rules)
	limits = [limit for limit in (rules.max_distance, mentee.max_distance) if limit is not None]
	return apart is None or not limits or apart <= min(limits)


def refusal_hits(wish, wisher, other):
	"""True too where it cannot be told: doubt is on the side of the person who refused."""
	if wish.about == "Person":
		return wish.value in (None, other.id)
	if wish.about == "Co-national":
		own, theirs = told(wisher.nationality), told(other.nationality)
		return own is None or theirs is None or theirs in (own, wish.value)
	name = {"Gender": "gender", "Mentor kind": "kind", "Organisation": "organisation"}[wish.about]
	if wish.value is None or not hasattr(other, name):
		return True
	return told(getattr(other, name)) in (None, wish.value)


def can_talk(one, other):
	if other is None:
		return False
	return one == 0 or other == 0 or min(one, other) >= 2


def distance(one, other, rules):
	if not rules.distances or not one or not other:
		return None
	if one == other:
		return 0
	return rules.distances.get((one, other), rules.distances.get((other, one)))


def score(mentor, mentee, weights, rules):
	"""The criteria once more, in the plainest way."""
	needs, likes = mentee.support_areas, mentee.interests
	offered, hoped = mentor.hours_per_month, mentee.hours_per_month
	levels = [
		min(mentor.languages[name] or 2, mentee.languages[name] or 2)
		for name in mentor.languages.keys() & mentee.languages.keys()
	]
	values = {
		"needs_covered": len(needs & mentor.support_areas) / len(needs)
		if needs and mentor.support_areas
		else 0.5,
		"shared_interests": (
			min(1, len(likes & mentor.interests) / min(3, len(likes))) if likes and mentor.interests else 0.5
		),
		"language_quality": (max(levels, default=1) - 1) / 3,
		"mentee_wishes": wishes_met(
			mentee, mentor, {"Gender", "Co-national", "Mentor kind", "Organisation", "Person"}
		),
		"mentor_wishes": wishes_met(mentor, mentee, {"Gender", "Co-national", "Person"}),
		"hours_fit": 0.5 if None in (offered, hoped) else min(1, offered / hoped) if hoped else 1,
		"same_district": (mentor.district == mentee.district) if mentor.district and mentee.district else 0.5,
		"mentor_kind": rules.kind_preference.get(mentor.kind, 0.5),
	}
	weights = dict(DEFAULT_WEIGHTS if weights is None else weights)
	if not rules.kind_preference:
		weights["mentor_kind"] = 0
	total = sum(weights.values())
	return 100 * sum(weights[name] * values[name] for name in weights) / total if total else 50


def wishes_met(wisher, other, subjects):
	asked = {}
	for wish in wisher.wishes:
		if wish.strength == "Refused" or wish.about not in subjects:
			continue
		if wish.about == "Co-national":
			meant, actual = {told(wisher.nationality), wish.value} - {None}, told(other.nationality)
		elif wish.value is None:
			continue
		else:
			name = {"Gender": "gender", "Mentor kind": "kind", "Organisation": "organisation", "Person": "id"}
			meant, actual = {wish.value}, told(getattr(other, name[wish.about]))
		asked[wish.about] = asked.get(wish.about, False) or actual in meant
	return sum(asked.values()) / len(asked) if asked else 0.5


@pytest.mark.req("M3", "E5", "P5")
@settings(max_examples=300, deadline=None)
@given(MENTORS, MENTEES, RULES, WEIGHTS)
def test_same_possible_pairs_and_scores_as_pair_by_pair(mentors, mentees, rules, weights):
	pool = encode(mentors, mentees)
	mask, points = constraints.feasible(pool, rules), scoring.scores(pool, weights, rules)
	assert mask.shape == points.shape == (len(mentors), len(mentees))
	broken = constraints.violations(pool, rules)
	assert (mask == ~np.any(list(broken.values()), axis=0)).all()
	for m, mentor in enumerate(mentors):
		for n, mentee in enumerate(mentees):
			assert mask[m, n] == possible(mentor, mentee, rules)
			assert points[m, n] == pytest.approx(score(mentor, mentee, weights, rules), abs=0.011)


@pytest.mark.req("M2", "M3")
@settings(max_examples=150, deadline=None)
@given(MENTORS, MENTEES, RULES, WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(mentors, mentees, rules, weights, random):
	pool = encode(mentors, mentees)
	mixed_mentors, mixed_mentees = list(mentors), list(mentees)
	random.shuffle(mixed_mentors)
	random.shuffle(mixed_mentees)
	mixed = encode(mixed_mentors, mixed_mentees)
	rows = [mixed_mentors.index(mentor) for mentor in mentors]
	columns = [mixed_mentees.index(mentee) for mentee in mentees]
	for make in (lambda p: constraints.feasible(p, rules), lambda p: scoring.scores(p, weights, rules)):
		if mentors and mentees:
			assert (make(pool) == make(mixed)[np.ix_(rows, columns)]).all()
	options = {"weights": weights, "rules": rules, "limit": 3}
	for mentee in mentees:
		assert suggest(mentee, mentors, **options) == suggest(mentee, mixed_mentors, **options)
	for mentor in mentors:
		assert suggest_mentees(mentor, mentees, **options) == suggest_mentees(
			mentor, mixed_mentees, **options
		)


@pytest.mark.req("M2", "M3")
@settings(max_examples=100, deadline=None)
@given(MENTORS, MENTEE, RULES, WEIGHTS)
def test_suggestions_are_the_best_possible_ones_in_order(mentors, mentee, rules, weights):
	found = suggest(mentee, mentors, weights=weights, rules=rules, limit=None)
	assert {s.mentor for s in found} == {m.id for m in mentors if possible(m, mentee, rules)}
	who = {m.id: m for m in mentors}
	order = [
		(-s.score, who[s.mentor].running, who[s.mentor].available_on or date.max, s.mentor) for s in found
	]
	assert order == sorted(order)
	assert suggest(mentee, mentors, weights=weights, rules=rules, limit=2) == found[:2]
	for suggestion in found:
		assert suggestion == explain_pair(who[suggestion.mentor], mentee, weights=weights, rules=rules)


@pytest.mark.req("E5", "M3")
@settings(max_examples=150, deadline=None)
@given(MENTORS, MENTEES, RULES)
def test_something_wanted_never_stands_in_the_way(mentors, mentees, rules):
	def only_refusals(people):
		return [replace(p, wishes=tuple(w for w in p.wishes if w.refused)) for p in people]

	fewer = constraints.feasible(encode(only_refusals(mentors), only_refusals(mentees)), rules)
	assert (constraints.feasible(encode(mentors, mentees), rules) == fewer).all()


@pytest.mark.req("M2", "P8")
@settings(max_examples=200, deadline=None)
@given(MENTOR, MENTEE, RULES)
def test_every_reason_has_words_and_a_mentor_reads_only_what_is_shared(mentor, mentee, rules):
	found = explain_pair(mentor, mentee, rules=rules)
	staff = [*found.reasons_for, *found.reasons_against, *found.checked]
	assert all("{" not in staff_sentence(reason) and "None" not in staff_sentence(reason) for reason in staff)
	own = for_mentor(mentor, mentee)
	silent = replace(mentee, wishes=(), blockers=(), excluded_mentors=frozenset())
	assert own == for_mentor(replace(mentor, wishes=()), silent)
	assert not {reason.code for reason in own} & {reason.code for reason in staff}
	assert all(mentor_sentence(reason) for reason in own)
