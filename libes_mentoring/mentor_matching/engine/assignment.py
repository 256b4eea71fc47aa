"""The best assignment over numbers: who gets whom, given who may and how well. Exact, and always the same. Pure.

Most pairs come first, then the highest total: one assignment problem in whole numbers, which double precision holds
exactly. What is equally good after that is settled on the tight pairs alone. By the duality of linear programming,
the best assignments are those that use only pairs whose value equals the sum of the two sides' prices, and leave out
only people whose price is zero. Among these, mentees who come earlier are placed (the sets of people who can be
placed together form a matroid, so that one exchange after the other finds the best), and then each mentee in turn
gets the first mentor possible.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .encode import BLOCK_CELLS, Bools, Ints

NOBODY = -1
#: With more tight pairs than this, to sort them into groups first would take more memory than it saves time.
TOO_MANY_TO_GROUP = 4_000_000
#: An impossible pair's value: far below every price. The first is for values that, with a price taken off, stay
#: within 32 bits; the second for pools of more than 50,000.
NEVER, NEVER_IN_LARGE_POOLS = -(1 << 30), -(1 << 60)


def assign(possible: Bools, points: np.ndarray, places: Ints) -> Ints:
	"""Each mentee's mentor (a row), or NOBODY.

	`possible`: M × N; `points`: M × N whole numbers from 0 to 10,000; `places`: free places of each mentor. Rows and
	columns stand in the order that decides what is equally good: earlier mentees are placed, by earlier mentors.
	"""
	partner = np.full(possible.shape[1], NOBODY, dtype=np.int64)
	rows = np.flatnonzero(possible.any(axis=1) & (places > 0))
	columns = np.flatnonzero(possible[rows].any(axis=0))
	if not len(columns):
		return partner
	if len(rows) < possible.shape[0] or len(columns) < possible.shape[1]:
		cells = np.ix_(rows, columns)
		possible, points = possible[cells], points[cells]
	problem = _Problem(possible, points, np.minimum(places[rows], possible.sum(axis=1)))
	problem.solve()
	problem.price()
	problem.place_the_first()
	problem.settle_ties()
	found = problem.partner
	partner[columns] = np.where(found == NOBODY, NOBODY, rows[found])
	return partner


class _Problem:
	"""One assignment problem on its way from the matrix to the answer: `partner` holds each mentee's mentor."""

	def __init__(self, possible: Bools, points: np.ndarray, places: Ints) -> None:
		self.possible, self.points, self.places = possible, points, places
		self.mentors, self.mentees = possible.shape
		# One pair more outweighs all points together.
		self.pair = min(int(places.sum()), self.mentees) * 10_000 + 1
		self.partner = np.full(self.mentees, NOBODY, dtype=np.int64)
		self.block = max(1, BLOCK_CELLS // self.mentees)

	def solve(self) -> None:
		"""Most pairs, then most points. Sums of n values up to n × 10,000 stay far below 2^53."""
		mentor_of = np.repeat(np.arange(self.mentors), self.places)
		by_place = len(mentor_of) <= self.mentees
		# The solver makes no copy of a matrix with at least as many columns as rows.
		cost = np.zeros((len(mentor_of), self.mentees) if by_place else (self.mentees, len(mentor_of)))
		of_places = cost if by_place else cost.T
		for start in range(0, len(mentor_of), self.block):
			part = slice(start, start + self.block)
			mentors = mentor_of[part]
			value = self.points[mentors].astype(np.float64)
			value += self.pair
			value *= self.possible[mentors]
			np.negative(value, out=of_places[part])
		if cost.shape[0] == cost.shape[1]:
			# Everybody is assigned, so a whole row or column may be moved: the solver starts nearer to its end.
			cost -= cost.min(axis=1)[:, None]
			cost -= cost.min(axis=0)
		one, other = linear_sum_assignment(cost)
		place, mentee = (one, other) if by_place else (other, one)
		mentor = mentor_of[place]
		real = self.possible[mentor, mentee]
		self.partner[mentee[real]] = mentor[real]

	def price(self) -> None:
		"""Prices of mentees and mentors that prove the assignment best, the mentees' as low as possible."""
		placed = self._placed()
		mentor = self.partner[placed]
		value = self.points[mentor, placed] + np.int64(self.pair)
		exact, never = (np.int32, NEVER) if self.pair < -NEVER // 2 else (np.int64, NEVER_IN_LARGE_POOLS)
		offers = np.where(self.possible, self.points, exact(never))
		self.taken = np.bincount(mentor, minlength=self.mentors)
		price = np.zeros(self.mentees, dtype=np.int64)

		def of_mentors() -> Ints:
			found = np.full(self.mentors, np.iinfo(np.int64).max)
			np.minimum.at(found, mentor, value - price[placed])
			found[self.taken < self.places] = 0
			return found

		prices = of_mentors()
		changed = np.arange(self.mentors)
		while len(changed):
			for start in range(0, len(changed), self.block):
				rows = changed[start : start + self.block]
				bound = offers[rows]
				bound -= prices[rows, None].astype(exact)
				np.maximum(price, bound.max(axis=0) + np.int64(self.pair), out=price)
			lower = of_mentors()
			changed = np.flatnonzero(lower < prices)
			prices = lower
		self.mentor_price, self.mentee_price = prices, price
		self.tight = np.empty(self.possible.shape, dtype=bool)
		for start in range(0, self.mentors, self.block):
			part = slice(start, start + self.block)
			bound = offers[part] - (prices[part, None] - self.pair).astype(exact)
			np.equal(bound, price.astype(exact), out=self.tight[part])
		self.tight_of_mentee = np.ascontiguousarray(self.tight.T)

	def place_the_first(self) -> None:
		"""Place whoever comes earlier, in exchange for the last one in reach who comes later."""
		for mentee in np.flatnonzero(self.partner == NOBODY).tolist():
			movable = np.flatnonzero((self.partner != NOBODY) & (self.mentee_price == 0))
			movable = movable[movable > mentee]
			if not len(movable):
				return
			via, reached = self._reach(mentee)
			movable = movable[reached[self.partner[movable]]]
			if not len(movable):
				continue
			last = movable[-1]
			mentor, self.partner[last] = self.partner[last], NOBODY
			moving = NOBODY
			while moving != mentee:
				moving = via[mentor]
				mentor, self.partner[moving] = self.partner[moving], mentor

	def _reach(self, mentee: int) -> tuple[Ints, Bools]:
		"""Who could take this mentee, directly or after others have moved on, and by whose move; and who at all."""
		via = np.full(self.mentors, NOBODY, dtype=np.int64)
		reached = np.zeros(self.mentors, dtype=bool)
		placed = self._placed()
		front = np.array([mentee])
		while len(front):
			steps = self.tight_of_mentee[front]
			new = np.flatnonzero(steps.any(axis=0) & ~reached)
			via[new] = front[steps[:, new].argmax(axis=0)]
			reached[new] = True
			if reached.all():
				break
			fresh = np.zeros(self.mentors, dtype=bool)
			fresh[new] = True
			front = placed[fresh[self.partner[placed]]]
		return via, reached

	def settle_ties(self) -> None:
		"""Each mentee in turn gets the first mentor with whom everything stays as good as it is."""
		placed = self._placed()
		group = self._groups()
		# Whoever has a single tight mentor stays there.
		placed = placed[self.tight_of_mentee[placed].sum(axis=1) > 1]
		self.loose = np.zeros(self.mentees, dtype=bool)
		self.loose[placed] = True
		self.loose_at = np.bincount(self.partner[placed], minlength=self.mentors)
		for mentee in placed.tolist():
			now = int(self.partner[mentee])
			self.loose[mentee] = False
			self.loose_at[now] -= 1
			better = np.flatnonzero(self.tight_of_mentee[mentee, :now])
			can_take = (self.loose_at[better] > 0) | (self.taken[better] < self.places[better])
			better = better[can_take & (group[better] == group[now])]
			if len(better):
				self._move_up(mentee, now, better)

	def _move_up(self, mentee: int, now: int, better: Ints) -> None:
		"""Bring the mentee to the first of these mentors that can be had by moving those not yet settled."""
		# The search goes backwards from the place that is left, along moves of one mentee to a tight mentor, and along
		# jumps: a free place may be filled if a mentor whose price is zero has one taken less instead.
		free = self.taken < self.places
		seen = np.zeros(self.mentors, dtype=bool)
		seen[now] = True
		mover = np.full(self.mentors, NOBODY, dtype=np.int64)
		target = np.full(self.mentors, NOBODY, dtype=np.int64)
		front = np.array([now])
		while len(front) and not seen[better[0]]:
			steps = self.tight[front]
			movers = np.flatnonzero(steps.any(axis=0) & self.loose)
			movers = movers[~seen[self.partner[movers]]]
			new, first = np.unique(self.partner[movers], return_index=True)
			mover[new] = movers[first]
			target[new] = front[steps[:, mover[new]].argmax(axis=0)]
			seen[new] = True
			cheap = front[self.mentor_price[front] == 0]
			if len(cheap):
				filled = np.flatnonzero(free & ~seen)
				target[filled] = cheap[0]
				seen[filled] = True
				new = np.concatenate([new, filled])
			front = new
		better = better[seen[better]]
		if len(better):
			self._follow(mentee, int(better[0]), now, mover, target)

	def _follow(self, mentee: int, mentor: int, now: int, mover: Ints, target: Ints) -> None:
		"""Move the mentee to this mentor, and everybody on the way back to the mentor who is left."""
		self.partner[mentee] = mentor
		while mentor != now:
			moving, after = int(mover[mentor]), int(target[mentor])
			if moving == NOBODY:
				self.taken[mentor] += 1
				self.taken[after] -= 1
			else:
				self.partner[moving] = after
				self.loose_at[mentor] -= 1
				self.loose_at[after] += 1
			mentor = after

	def _groups(self) -> Ints:
		"""Each mentor's group: only within one can anybody move without loss (a cycle of moves stays inside)."""
		if int(self.tight.sum()) > TOO_MANY_TO_GROUP:
			return np.zeros(self.mentors, dtype=np.int64)
		to, mentee = np.nonzero(self.tight)
		placed = self.partner[mentee] != NOBODY
		to, source = to[placed], self.partner[mentee[placed]]
		# One node more stands for "anywhere else": a free place leads there, a mentor who may lose one is reached.
		free = np.flatnonzero(self.taken < self.places)
		losing = np.flatnonzero((self.taken > 0) & (self.mentor_price == 0))
		anywhere = self.mentors
		source = np.concatenate([source, free, np.full(len(losing), anywhere)])
		to = np.concatenate([to, np.full(len(free), anywhere), losing])
		moves = coo_array((np.ones(len(to), dtype=np.int8), (source, to)), shape=(anywhere + 1, anywhere + 1))
		return connected_components(moves.tocsr(), connection="strong")[1]

	def _placed(self) -> Ints:
		return np.flatnonzero(self.partner != NOBODY)
