"""The plan for a whole pool against every plan there is, for pools small enough to try them all."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_reference import DEFAULT_WEIGHTS, MENTEES, MENTORS, RULES, possible

from libes_mentoring.mentor_matching.engine import (
	Blocker,
	LockRefused,
	MenteeProfile,
	MentorProfile,
	Refused,
	Rules,
	Wish,
	constraints,
	explain_pair,
	opening_sentence,
	refusal_sentence,
	words,
)
from libes_mentoring.mentor_matching.engine.assignment import NOBODY, assign
from libes_mentoring.mentor_matching.engine.encode import encode
from libes_mentoring.mentor_matching.engine.opening_up import TALKABLE
from libes_mentoring.mentor_matching.engine.plan import plan, waiting_days

TODAY = date(2024, 6, 1)


def mentor(name="m", **fields):
	plain = {"kind": "Survivor", "languages": {"English": 3}, "district": "Hill", **fields}
	return MentorProfile(id=name, programme="North", **plain)


def mentee(name="p", **fields):
	plain = {"languages": {"English": 3}, "ready_on": date(2024, 5, 1), **fields}
	return MenteeProfile(id=name, programme="North", **plain)


def pairs(found):
	return {(pair.mentor, pair.mentee) for pair in found.pairs}


# --- the numbers alone


@st.composite
def problems(draw):
	mentors, mentees = draw(st.integers(0, 7)), draw(st.integers(0, 5))
	values = draw(st.sampled_from([st.just(5), st.integers(0, 2), st.integers(0, 10_000)]))
	cells = st.lists(st.none() | values, min_size=mentors * mentees, max_size=mentors * mentees)
	table = draw(cells)
	shape = (mentors, mentees)
	allowed = np.array([value is not None for value in table], dtype=bool).reshape(shape)
	points = np.array([value or 0 for value in table], dtype=np.int16).reshape(shape)
	places = draw(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors))
	return allowed, points, np.array(places, dtype=np.int64)


def every_plan(allowed, places):
	"""Each tuple of partners that the places allow."""

	def go_on(column, left, chosen):
		if column == allowed.shape[1]:
			yield tuple(chosen)
			return
		yield from go_on(column + 1, left, [*chosen, NOBODY])
		for row in range(allowed.shape[0]):
			if allowed[row, column] and left[row]:
				fewer = [*left[:row], left[row] - 1, *left[row + 1 :]]
				yield from go_on(column + 1, fewer, [*chosen, row])

	return go_on(0, places.tolist(), [])


def worth(chosen, points):
	"""What is compared, the smallest first: pairs, points, who is placed, and by whom."""
	placed = [(row, column) for column, row in enumerate(chosen) if row != NOBODY]
	total = sum(int(points[cell]) for cell in placed)
	return -len(placed), -total, tuple(row == NOBODY for row in chosen), chosen


@pytest.mark.req("M5", "M7")
@given(problems())
def test_no_other_assignment_is_better(problem):
	allowed, points, places = problem
	found = tuple(assign(allowed, points, places).tolist())
	assert found == min(every_plan(allowed, places), key=lambda chosen: worth(chosen, points))


# --- people


def best_by_trying(mentors, mentees, rules, weights, locked=()):
	"""(pairs, hundredths, passed over, days) of the best plan, by trying all of them."""
	best = (0, 0, 0, 0)
	score = {}
	for one in mentors:
		for other in mentees:
			if possible(one, other, rules):
				score[one.id, other.id] = round(
					100 * explain_pair(one, other, rules=rules, weights=weights).score
				)
	forced = {person: volunteer for volunteer, person in locked}

	def go_on(column, left, total):
		nonlocal best
		if column == len(mentees):
			best = max(best, total)
			return
		other = mentees[column]
		choices = [forced[other.id]] if other.id in forced else [*left, None]
		for one in choices:
			if one is None:
				go_on(column + 1, left, total)
			elif left[one] and (one, other.id) in score:
				days = max((TODAY - other.ready_on).days, 0) if other.ready_on else 0
				gain = (1, score[one, other.id], other.passed_over, days)
				more = tuple(sum(both) for both in zip(total, gain, strict=True))
				go_on(column + 1, {**left, one: left[one] - 1}, more)

	go_on(0, {one.id: one.places_left for one in mentors}, best)
	return best


def measure(found, mentees):
	who = {one.id: one for one in mentees}
	placed = [who[pair.mentee] for pair in found.pairs]
	return (
		len(placed),
		sum(round(100 * pair.score) for pair in found.pairs),
		sum(one.passed_over for one in placed),
		sum(waiting_days(one, TODAY) for one in placed),
	)


FEW_MENTEES = MENTEES.map(lambda people: people[:4])
FEW_MENTORS = MENTORS.map(lambda people: people[:5])
#: A single criterion with few values makes many ties, which is where the wait decides.
FEW_WEIGHTS = st.sampled_from([None, {"same_district": 1}, {"fair_load": 1}])


@pytest.mark.req("M5", "M3", "M7")
@given(FEW_MENTORS, FEW_MENTEES, RULES, FEW_WEIGHTS, st.randoms(use_true_random=False))
def test_no_other_plan_is_better_and_the_order_of_the_people_changes_nothing(
	mentors, mentees, rules, weights, random
):
	# Those who cannot be matched at all would leave little to choose from.
	mentors = [replace(one, programme="North", blockers=()) for one in mentors]
	mentees = [replace(one, programme="North", blockers=()) for one in mentees]
	found = plan(mentors, mentees, rules=rules, weights=weights, today=TODAY)
	by_id = {one.id: one for one in (*mentors, *mentees)}
	for pair in found.pairs:
		assert possible(by_id[pair.mentor], by_id[pair.mentee], rules)
	assert {pair.mentee for pair in found.pairs} | {one.mentee for one in found.unplaced} == {
		one.id for one in mentees
	}
	for one in mentors:
		assert sum(pair.mentor == one.id for pair in found.pairs) <= one.places_left
	assert measure(found, mentees) == best_by_trying(mentors, mentees, rules, weights)
	assert found.possible == sum(possible(one, other, rules) for one in mentors for other in mentees)
	for one in found.unplaced:
		assert one.partners == sum(possible(other, by_id[one.mentee], rules) for other in mentors)
	random.shuffle(mentors)
	random.shuffle(mentees)
	assert plan(mentors, mentees, rules=rules, weights=weights, today=TODAY) == found


@pytest.mark.req("M5", "M3")
@given(FEW_MENTORS, FEW_MENTEES, RULES, st.data())
def test_locks_hold_vetoes_hold_and_the_rest_is_still_the_best(mentors, mentees, rules, data):
	mentors = [replace(one, programme="North", blockers=()) for one in mentors]
	mentees = [replace(one, programme="North", blockers=()) for one in mentees]
	everybody = [(one.id, other.id) for one in mentors for other in mentees]
	some = st.lists(st.sampled_from(everybody), max_size=3) if everybody else st.just([])
	locked, vetoed, kept = data.draw(some), data.draw(some), data.draw(some)
	strict = replace(rules, vetoed=rules.vetoed | set(vetoed))
	by_id = {one.id: one for one in (*mentors, *mentees)}
	possible_locks = (
		all(possible(by_id[one], by_id[other], strict) for one, other in locked)
		and len({other for _one, other in locked}) == len(set(locked))
		and all(sum(lock[0] == one.id for lock in set(locked)) <= one.places_left for one in mentors)
	)
	options = {"rules": rules, "locked": locked, "vetoed": vetoed, "today": TODAY}
	if not possible_locks:
		with pytest.raises(LockRefused) as refused:
			plan(mentors, mentees, **options)
		assert (refused.value.mentor, refused.value.mentee) in locked
		assert refused.value.codes
		return
	found = plan(mentors, mentees, **options)
	assert set(locked) <= pairs(found)
	assert not set(vetoed) & pairs(found)
	assert {(pair.mentor, pair.mentee) for pair in found.pairs if pair.locked} == set(locked)
	assert measure(found, mentees) == best_by_trying(mentors, mentees, strict, None, locked)
	again = plan(mentors, mentees, **options, kept=kept)
	held = {(pair.mentor, pair.mentee) for pair in again.pairs if pair.kept}
	assert held | set(again.released) == set(kept) and not held & set(again.released)
	assert set(locked) <= pairs(again)
	# A pair is released for a reason only: it is not possible, or its mentee or the mentor's last place is fixed.
	fixed = held | set(locked)
	for one, other in again.released:
		assert (
			not possible(by_id[one], by_id[other], strict)
			or other in {person for _volunteer, person in fixed}
			or sum(volunteer == one for volunteer, _person in fixed) >= by_id[one].places_left
		)


@pytest.mark.req("M5", "M7")
def test_who_was_passed_over_comes_first_then_who_waits_longest_then_the_first_id():
	people = [
		mentee("a", ready_on=date(2020, 1, 1)),
		mentee("b", ready_on=date(2024, 5, 30), passed_over=1),
		mentee("c", ready_on=date(2023, 1, 1), passed_over=1),
		mentee("d", ready_on=None),
		mentee("e", ready_on=TODAY + timedelta(days=9)),
	]
	order = []
	while people:
		(pair,) = plan([mentor()], people, today=TODAY).pairs
		order.append(pair.mentee)
		people = [one for one in people if one.id != pair.mentee]
	assert order == ["c", "b", "a", "d", "e"]


@pytest.mark.req("M5")
def test_a_longer_wait_never_costs_a_pair_or_a_point():
	near = mentor("near", district="Hill")
	waits = mentee("waits", district="Harbour", ready_on=date(2000, 1, 1), passed_over=9)
	lives_near = mentee("lives-near", district="Hill")
	assert pairs(plan([near], [waits, lives_near], today=TODAY)) == {("near", "lives-near")}
	# Only one of the two can go to a second mentor: both are placed, though the points are fewer.
	second = mentor(
		"second", district="Hill", languages={"English": 2}, wishes=(Wish("Person", "Refused", "waits"),)
	)
	both = plan([near, second], [waits, lives_near], today=TODAY)
	assert pairs(both) == {("near", "waits"), ("second", "lives-near")}


@pytest.mark.req("M5")
def test_of_equal_mentors_the_one_with_fewest_matches_then_the_longest_available_then_the_first_id():
	mentors = [
		mentor("b"),
		mentor("a"),
		mentor("c", available_on=date(2024, 1, 1)),
		mentor("d", running=1, available_on=date(2020, 1, 1)),
	]
	weights = {"experience": 1}
	order = []
	while mentors:
		(pair,) = plan(mentors, [mentee()], weights=weights, today=TODAY).pairs
		order.append(pair.mentor)
		mentors = [one for one in mentors if one.id != pair.mentor]
	assert order == ["c", "a", "b", "d"]


@pytest.mark.req("M5", "M3", "E5")
@pytest.mark.parametrize(
	("code", "codes", "locked", "vetoed"),
	[
		("lock_breaks_rule", ("mentee_refuses_mentor_kind",), [("m", "refuses")], []),
		("lock_breaks_rule", ("vetoed",), [("m", "p")], [("m", "p")]),
		("lock_breaks_rule", ("mentor_full",), [("full", "p")], []),
		("lock_not_in_pool", ("lock_not_in_pool",), [("m", "gone")], []),
		("lock_mentee_twice", ("lock_mentee_twice",), [("m", "p"), ("n", "p")], []),
		("lock_mentor_full", ("lock_mentor_full",), [("m", "p"), ("m", "q")], []),
	],
)
def test_a_lock_that_cannot_be_kept_is_refused_in_words(code, codes, locked, vetoed):
	people = [
		mentee("p"),
		mentee("q"),
		mentee("refuses", wishes=(Wish("Mentor kind", "Refused", "Survivor"),)),
	]
	volunteers = [mentor("m"), mentor("n"), mentor("full", places_left=0)]
	with pytest.raises(LockRefused) as refused:
		plan(volunteers, people, locked=locked, vetoed=vetoed, today=TODAY)
	assert (refused.value.code, refused.value.codes) == (code, codes)
	assert (refused.value.mentor, refused.value.mentee) in locked
	assert refusal_sentence(refused.value) == str(refused.value)
	# What one refuses never stands in the text, which may end up in a log.
	assert "refuses_" not in str(refused.value) and "Survivor" not in str(refused.value)


@pytest.mark.req("M5", "M3", "E5")
def test_locks_of_earlier_are_held_as_long_as_they_can_be_and_before_new_ones():
	people = [mentee("p"), mentee("q"), mentee("refuses", wishes=(Wish("Mentor kind", "Refused", "Survivor"),))]
	volunteers = [mentor("m"), mentor("n"), mentor("full", places_left=0)]
	broken = [("m", "refuses"), ("full", "p"), ("m", "gone")]
	found = plan(volunteers, people, held=[*broken, ("n", "p")], today=TODAY)
	assert found.released == tuple(sorted(broken))
	assert {(pair.mentor, pair.mentee) for pair in found.pairs if pair.locked} == {("n", "p")}
	assert pairs(found) == {("n", "p"), ("m", "q")}
	# Of two that want one place, the first in order of ids stays.
	assert plan(volunteers, people, held=[("m", "q"), ("m", "p")], today=TODAY).released == (("m", "q"),)
	with pytest.raises(LockRefused) as refused:
		plan(volunteers, people, held=[("m", "q")], locked=[("m", "p")], today=TODAY)
	assert (refused.value.code, refused.value.mentee) == ("lock_mentor_full", "p"), "the new one gives way"


@pytest.mark.req("M5")
def test_bad_pools_are_told_and_small_ones_are_no_trouble():
	assert plan([], [], today=TODAY).pairs == ()
	alone = plan([mentor()], [], today=TODAY)
	assert (alone.pairs, alone.unplaced, alone.free, alone.possible) == ((), (), ("m",), 0)
	(left,) = plan([], [mentee()], today=TODAY).unplaced
	assert (left.mentee, left.partners, left.opening) == ("p", 0, None)
	(left,) = plan([mentor(languages={})], [mentee()], today=TODAY).unplaced
	assert (left.opening.code, left.opening.partners) == ("language_not_known", 1)
	assert plan([mentor(blockers=(Blocker("paused"),))], [mentee()], today=TODAY).free == ()
	for mentors, mentees, code in (
		([mentor(), mentor()], [], "mentor_twice"),
		([], [mentee("Ann"), mentee(" ann ")], "mentee_twice"),
		([mentor("")], [], "mentor_without_id"),
	):
		with pytest.raises(Refused) as refused:
			plan(mentors, mentees, today=TODAY)
		assert refused.value.code == code
	with pytest.raises(Refused, match="Please give at least one other"):
		plan([mentor()], [mentee()], weights={"distance": 10}, today=TODAY)
	many = plan([mentor(places_left=10**9)], [mentee("p"), mentee("q")], today=TODAY)
	assert len(many.pairs) == 2 and many.free == ("m",)


# --- what could be talked about


@pytest.mark.req("M5", "M2", "E5")
def test_the_opening_is_the_one_thing_that_would_bring_most_mentors():
	far = {"district": "Harbour"}
	volunteers = [
		mentor("far-1", **far),
		mentor("far-2", **far),
		mentor("full", places_left=0),
		# Two things stand in the way: to talk about one of them would not help.
		mentor("both", places_left=0, **far),
	]
	rules = Rules(distances={("Hill", "Harbour"): 60}, max_distance=30)
	(left,) = plan(volunteers, [mentee(district="Hill")], rules=rules, today=TODAY).unplaced
	assert (left.partners, left.opening.code, left.opening.partners) == (0, "too_far", 2)
	assert opening_sentence(left.opening).endswith(": 2")


#: Never up for discussion: what a mentee refuses, safety, decisions, and what other rooms say.
CLOSED = {
	code
	for code in constraints.CODES
	if (code.startswith("mentee_refus") and not code.endswith("_not_known"))
	or code in ("safety_exclusion", "organisation_conflict", "vetoed", "mentor_blocked", "mentee_blocked")
	or code in ("programme_differs", "mentor_refuses_person")
}


@pytest.mark.req("M5", "E5", "P8")
def test_no_opening_is_a_refusal_of_the_mentees_or_a_matter_of_safety():
	assert set(TALKABLE) == set(constraints.CODES) - CLOSED
	assert set(words.OPENINGS) == set(TALKABLE)
	for code, sentence in words.OPENINGS.items():
		assert "refus" not in sentence.lower() and "{partners}" in sentence, code
		assert code not in words.MENTOR


@pytest.mark.req("M5", "E5")
@given(MENTORS, MENTEES, RULES)
def test_an_opening_opens_as_many_as_it_says(mentors, mentees, rules):
	for left in plan(mentors, mentees, rules=rules, today=TODAY).unplaced:
		(person,) = (one for one in mentees if one.id == left.mentee)
		opened = dict.fromkeys(TALKABLE, 0)
		for one in mentors:
			broken = constraints.violations(encode([one], [person]), rules)
			codes = [code for code, matrix in broken.items() if matrix[0, 0]]
			if len(codes) == 1 and codes[0] in opened:
				opened[codes[0]] += 1
		if left.opening is None:
			assert not any(opened.values())
		else:
			assert left.opening.partners == max(opened.values()) == opened[left.opening.code] > 0


@pytest.mark.req("M5")
def test_the_default_weights_are_those_of_the_twenty_criteria():
	assert len(DEFAULT_WEIGHTS) == 20 and all(DEFAULT_WEIGHTS.values())
