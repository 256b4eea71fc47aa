"""The engine's set-based results against the same rules written out pair by pair."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_reference import MENTEE, MENTEES, MENTOR, MENTORS, RULES, WEIGHTS, criteria, possible, score

from libes_mentoring.mentor_matching.engine import (
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


@pytest.mark.req("M3", "E5", "P5")
@given(MENTORS, MENTEES, RULES, WEIGHTS)
def test_same_possible_pairs_and_scores_as_pair_by_pair(mentors, mentees, rules, weights):
	pool = encode(mentors, mentees)
	mask, points = constraints.feasible(pool, rules), scoring.scores(pool, weights, rules)
	assert mask.shape == points.shape == (len(mentors), len(mentees))
	values = scoring.criteria(pool, rules)
	broken = constraints.violations(pool, rules)
	assert (mask == ~np.any(list(broken.values()), axis=0)).all()
	for m, mentor in enumerate(mentors):
		for n, mentee in enumerate(mentees):
			assert mask[m, n] == possible(mentor, mentee, rules)
			for name, value in criteria(mentor, mentee, rules).items():
				assert abs(values[name][m, n] - value) < 1e-5, name
			assert abs(points[m, n] - score(mentor, mentee, weights, rules)) < 0.011


@pytest.mark.req("M2", "M3")
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
@given(MENTORS, MENTEES, RULES)
def test_something_wanted_never_stands_in_the_way(mentors, mentees, rules):
	def only_refusals(people):
		return [replace(p, wishes=tuple(w for w in p.wishes if w.refused)) for p in people]

	fewer = constraints.feasible(encode(only_refusals(mentors), only_refusals(mentees)), rules)
	assert (constraints.feasible(encode(mentors, mentees), rules) == fewer).all()


@pytest.mark.req("M2", "P8")
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
