"""The best for a whole pool at once: who accompanies whom, who is left, and what would help them. Pure.

The aims, in this order: as many pairs as possible; the highest total score; the longest total wait of those who are
placed, where being passed over in more last runs in a row counts more than any number of days; and then a fixed
order: those who wait longest get the mentor who has fewest running matches, has been available longest, and has the
first id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from . import constraints, scoring
from .assignment import NOBODY, assign
from .encode import Bools, Pool, encode
from .opening_up import Opening, openings
from .people import MenteeProfile, MentorProfile, Rules, key
from .refusals import LockRefused

__all__ = ["LockRefused", "Opening", "Plan", "PlannedPair", "Unplaced", "plan"]

#: (mentor's id, mentee's id)
Ids = tuple[str, str]


@dataclass(frozen=True)
class PlannedPair:
	"""A pair of the plan. `score`: 0 to 100 with two decimals."""

	mentor: str
	mentee: str
	score: float
	locked: bool = False
	kept: bool = False


@dataclass(frozen=True)
class Unplaced:
	"""A mentee for whom the plan has nobody. `partners`: how many mentors would be possible, taken or not.

	`opening` (for staff) is what could be talked about to make more of them possible, and None where nothing could.
	"""

	mentee: str
	partners: int
	opening: Opening | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Plan:
	"""What is proposed for a pool. `pairs` and `unplaced` stand in the order of waiting, the longest first.

	`free`: mentors who could still take somebody (not blocked, and with a place left). `released`: pairs that were
	locked earlier or to be kept, and are no longer possible. `possible`: how many pairs of the pool break no rule and no veto.
	"""

	pairs: tuple[PlannedPair, ...]
	unplaced: tuple[Unplaced, ...]
	free: tuple[str, ...]
	released: tuple[Ids, ...]
	possible: int


def plan(
	mentors: Iterable[MentorProfile],
	mentees: Iterable[MenteeProfile],
	*,
	weights: Mapping[str, float] | None = None,
	rules: Rules | None = None,
	locked: Collection[Ids] = (),
	held: Collection[Ids] = (),
	vetoed: Collection[Ids] = (),
	kept: Collection[Ids] = (),
	today: date,
) -> Plan:
	"""The best plan for the pool; the same in any order of the people.

	`locked` pairs are part of it, `vetoed` ones are not. `held` ones were locked earlier: they are part of it as long
	as they can be, before anything that is locked now. `kept` ones are as long as they are possible.
	Raises Refused (a ValueError) for two people with one id and for unusable weights, and LockRefused, a kind of
	it, for a lock that breaks a rule or a veto, or that another lock leaves no place for.
	"""
	rules = rules or Rules()
	rules = replace(rules, vetoed=rules.vetoed | frozenset(vetoed))
	mentees = sorted(mentees, key=lambda mentee: _precedence(mentee, today))
	mentors = sorted(mentors, key=lambda one: (one.running, one.available_on or date.max, one.id))
	pool = encode(mentors, mentees)
	possible = constraints.feasible(pool, rules)
	points = scoring.hundredths(pool, weights, rules)
	places = np.maximum(pool.places_left, 0)
	fixed = _Fixed(pool, possible, places)
	released = fixed.hold(held, rules)
	fixed.lock(locked, rules)
	released += fixed.keep(kept, points)
	partner = fixed.partner
	rest = np.flatnonzero(partner == NOBODY)
	everybody = len(rest) == len(partner)
	open_cells = (possible, points) if everybody else (possible[:, rest], points[:, rest])
	partner[rest] = assign(*open_cells, places)
	np.subtract.at(places, partner[rest][partner[rest] != NOBODY], 1)
	pairs = tuple(
		PlannedPair(
			mentors[mentor].id,
			mentees[column].id,
			int(points[mentor, column]) / 100,
			locked=column in fixed.locked,
			kept=column in fixed.kept,
		)
		for column, mentor in enumerate(partner.tolist())
		if mentor != NOBODY
	)
	free = sorted(
		one.id for one, left in zip(mentors, places.tolist(), strict=True) if left and not one.blockers
	)
	return Plan(
		pairs=pairs,
		unplaced=_unplaced(pool, rules, possible, np.flatnonzero(partner == NOBODY)),
		free=tuple(free),
		released=tuple(sorted(set(released))),
		possible=int(possible.sum()),
	)


def waiting_days(mentee: MenteeProfile, today: date) -> int:
	"""How long a mentee has been ready and without a match; 0 where it is not known since when."""
	return max((today - mentee.ready_on).days, 0) if mentee.ready_on else 0


def _precedence(mentee: MenteeProfile, today: date) -> tuple:
	return (-mentee.passed_over, -waiting_days(mentee, today), mentee.id)


class _Fixed:
	"""The pairs that are settled before anything is compared. Takes their places off `places`."""

	def __init__(self, pool: Pool, possible: Bools, places: np.ndarray) -> None:
		self.pool, self.possible, self.places = pool, possible, places
		self.partner = np.full(len(pool.mentees), NOBODY, dtype=np.int64)
		self.locked: set[int] = set()
		self.kept: set[int] = set()
		self.rows = {name: row for row, name in enumerate(pool.mentor_keys)}

	def lock(self, pairs: Collection[Ids], rules: Rules) -> None:
		"""Raises LockRefused for the first pair, in order of ids, that cannot be locked."""
		for mentor, mentee in sorted(set(pairs)):
			self._lock(mentor, mentee, rules)

	def hold(self, pairs: Collection[Ids], rules: Rules) -> tuple[Ids, ...]:
		"""Lock the pairs that can still be locked, in order of ids; return the rest."""
		released = []
		for mentor, mentee in sorted(set(pairs)):
			try:
				self._lock(mentor, mentee, rules)
			except LockRefused:
				released.append((mentor, mentee))
		return tuple(released)

	def keep(self, pairs: Collection[Ids], points: np.ndarray) -> tuple[Ids, ...]:
		"""Keep the pairs that are possible, the better ones first where there is no place for all; return the rest."""
		found = [(pair, *self._find(*pair)) for pair in sorted(set(pairs))]
		released = [pair for pair, row, column in found if row is None or column is None]
		known = [one for one in found if None not in one[1:]]
		for pair, row, column in sorted(known, key=lambda one: -int(points[one[1], one[2]])):
			if self.partner[column] == row:
				self.kept.add(column)
			elif self.partner[column] == NOBODY and self.places[row] and self.possible[row, column]:
				self._take(row, column, self.kept)
			else:
				released.append(pair)
		return tuple(sorted(released))

	def _lock(self, mentor: str, mentee: str, rules: Rules) -> None:
		row, column = self._find(mentor, mentee)
		if row is None or column is None:
			raise LockRefused("lock_not_in_pool", mentor, mentee)
		if not self.possible[row, column]:
			pair = encode([self.pool.mentors[row]], [self.pool.mentees[column]])
			broken = constraints.violations(pair, rules)
			codes = tuple(code for code, matrix in broken.items() if matrix[0, 0])
			raise LockRefused("lock_breaks_rule", mentor, mentee, codes)
		if self.partner[column] not in (NOBODY, row):
			raise LockRefused("lock_mentee_twice", mentor, mentee)
		if self.partner[column] == NOBODY and not self.places[row]:
			raise LockRefused("lock_mentor_full", mentor, mentee)
		self._take(row, column, self.locked)

	def _find(self, mentor: str, mentee: str) -> tuple[int | None, int | None]:
		return self.rows.get(key(mentor)), self.pool.mentee_rows.get(key(mentee))

	def _take(self, row: int, column: int, kind: set[int]) -> None:
		if self.partner[column] == NOBODY:
			self.places[row] -= 1
		self.partner[column] = row
		kind.add(column)


def _unplaced(pool: Pool, rules: Rules, possible: Bools, columns: np.ndarray) -> tuple[Unplaced, ...]:
	if not len(columns):
		return ()
	partners = possible.sum(axis=0)
	left = [pool.mentees[column] for column in columns.tolist()]
	found = openings(encode(pool.mentors, left), rules)
	return tuple(
		Unplaced(mentee.id, int(partners[column]), opening)
		for mentee, column, opening in zip(left, columns.tolist(), found, strict=True)
	)
