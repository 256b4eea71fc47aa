"""What makes one feasible pair better than another: the weighted sum of the criteria, 0 to 100.

Criteria are made one at a time on blocks of mentors and added up, so that a large pool needs little memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from .criteria import MAKERS, NEUTRAL
from .encode import Floats, Pool
from .people import Rules
from .weights import CRITERIA, DEFAULT_WEIGHTS, check_weights, shares

__all__ = ["CRITERIA", "DEFAULT_WEIGHTS", "NEUTRAL", "check_weights", "criteria", "scores", "shares"]


def criteria(pool: Pool, rules: Rules | None = None) -> dict[str, Floats]:
	"""Every criterion's name with its M × N matrix of values in [0, 1]."""
	return dict(each(pool, rules))


def scores(pool: Pool, weights: Mapping[str, float] | None = None, rules: Rules | None = None) -> Floats:
	"""The M × N scores, 0 to 100 with two decimals, of all pairs, feasible or not."""
	return hundredths(pool, weights, rules) / 100


def hundredths(
	pool: Pool, weights: Mapping[str, float] | None = None, rules: Rules | None = None
) -> NDArray[np.int16]:
	"""The M × N scores as whole hundredths of a point, 0 to 10,000: exact, and a quarter of the memory."""
	points = {name: np.float32(100 * share) for name, share in shares(weights, rules).items() if share}
	found = np.empty(pool.shape, dtype=np.int16)
	for rows, block in pool.blocks():
		total = np.zeros(block.shape, dtype=np.float32)
		part = np.empty(block.shape, dtype=np.float32)
		for name, matrix in each(block, rules, set(points)):
			np.multiply(matrix, points[name], out=part)
			total += part
		found[rows] = np.rint(total, out=total)
	return found


def each(
	pool: Pool, rules: Rules | None = None, names: set[str] | None = None
) -> Iterator[tuple[str, Floats]]:
	"""Yield each criterion's name and matrix, in a fixed order, computing only those in `names`."""
	for name in CRITERIA:
		if names is None or name in names:
			yield name, MAKERS[name](pool, rules or Rules())
