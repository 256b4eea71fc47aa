"""Who suits whom: the best mentors for a mentee, the best mentees for a mentor, or all about one pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from . import constraints, scoring
from .encode import Bools, Floats, Pool, encode
from .people import MenteeProfile, MentorProfile, Rules
from .reasons import Pair, Reason, for_staff


@dataclass(frozen=True)
class Suggestion:
	"""A pair with its reasons, for staff only. `score` is 0 to 100, and None where the pair is not possible."""

	mentor: str
	mentee: str
	score: float | None
	reasons_for: tuple[Reason, ...] = field(repr=False)
	reasons_against: tuple[Reason, ...] = field(repr=False)
	checked: tuple[Reason, ...] = field(repr=False)

	@property
	def feasible(self) -> bool:
		"""Whether the pair breaks no hard constraint."""
		return self.score is not None


def suggest(
	mentee: MenteeProfile,
	mentors: Iterable[MentorProfile],
	*,
	weights: Mapping[str, float] | None = None,
	rules: Rules | None = None,
	limit: int | None = 10,
) -> list[Suggestion]:
	"""The best possible mentors for a mentee.

	Ranked by score; then who has fewest running matches, who has been available longest, and by id.
	"""
	pool = encode(mentors, [mentee])

	def tie(mentor: MentorProfile) -> tuple:
		return (mentor.running, mentor.available_on or date.max, mentor.id)

	return _best(pool, pool.mentors, lambda row: (row, 0), tie, weights, rules, limit)


def suggest_mentees(
	mentor: MentorProfile,
	mentees: Iterable[MenteeProfile],
	*,
	weights: Mapping[str, float] | None = None,
	rules: Rules | None = None,
	limit: int | None = 10,
) -> list[Suggestion]:
	"""The mentees whom a mentor would suit best, for staff. Ranked by score, then who waits longest, then id."""
	pool = encode([mentor], mentees)

	def tie(mentee: MenteeProfile) -> tuple:
		return (mentee.ready_on or date.max, mentee.id)

	return _best(pool, pool.mentees, lambda row: (0, row), tie, weights, rules, limit)


def explain_pair(
	mentor: MentorProfile,
	mentee: MenteeProfile,
	*,
	weights: Mapping[str, float] | None = None,
	rules: Rules | None = None,
) -> Suggestion:
	"""Everything that was checked about one pair, possible or not."""
	pool = encode([mentor], [mentee])
	possible = bool(constraints.feasible(pool, rules)[0, 0])
	score = float(scoring.scores(pool, weights, rules)[0, 0]) if possible else None
	return _explain(pool, score, weights, rules)


def _best(
	pool: Pool,
	people: tuple,
	cell: Callable[[int], tuple[int, int]],
	tie: Callable[[Any], tuple],
	weights: Mapping[str, float] | None,
	rules: Rules | None,
	limit: int | None,
) -> list[Suggestion]:
	if limit is not None and limit < 0:
		raise ValueError(f"The number of suggestions must be zero or more, not {limit}.")
	# The pool has a single row or a single column: flat, its cells are the people to rank.
	possible: Bools = constraints.feasible(pool, rules).ravel()
	score: Floats = scoring.scores(pool, weights, rules).ravel()
	rows = np.flatnonzero(possible)
	if limit is not None and 0 < limit < len(rows):
		worst_shown = np.partition(score[rows], len(rows) - limit)[len(rows) - limit]
		rows = rows[score[rows] >= worst_shown]
	ranked = sorted(rows.tolist(), key=lambda row: (-score[row], *tie(people[row])))
	found = []
	for row in ranked[:limit]:
		mentor, mentee = cell(row)
		# A pair's result does not depend on the rest of the pool, so its reasons come from the pair alone.
		pair = encode([pool.mentors[mentor]], [pool.mentees[mentee]])
		found.append(_explain(pair, float(score[row]), weights, rules))
	return found


def _explain(
	pool: Pool, score: float | None, weights: Mapping[str, float] | None, rules: Rules | None
) -> Suggestion:
	"""The reasons for the only pair of a pool of one and one."""
	rules = rules or Rules()
	mentor, mentee = pool.mentors[0], pool.mentees[0]
	broken = {code: bool(matrix[0, 0]) for code, matrix in constraints.violations(pool, rules).items()}
	values = {name: float(matrix[0, 0]) for name, matrix in scoring.criteria(pool, rules).items()}
	points = scoring.shares(weights, rules)
	table = constraints.distances(pool, rules)
	apart = None if table is None or np.isnan(table[0, 0]) else float(table[0, 0])
	reasons = for_staff(Pair(mentor, mentee, broken, values, points, rules, apart))
	return Suggestion(
		mentor=mentor.id,
		mentee=mentee.id,
		score=score,
		reasons_for=tuple(r for r in reasons if r.side == "for"),
		reasons_against=tuple(r for r in reasons if r.side == "against"),
		checked=tuple(r for r in reasons if r.side == "checked"),
	)
