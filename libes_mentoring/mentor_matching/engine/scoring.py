"""What makes one feasible pair better than another: weighted criteria, each between 0 and 1.

What is not recorded counts as half (`NEUTRAL`): a gap in the file neither earns points nor costs them all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from .constraints import overlap
from .encode import PROPERTIES, UNKNOWN, Floats, Pool, Side
from .people import Rules, key

#: The weights of a programme that has set none. Only their proportions matter.
DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
	{
		"needs_covered": 25,
		"shared_interests": 20,
		"mentee_wishes": 20,
		"language_quality": 15,
		"hours_fit": 10,
		"same_district": 5,
		"mentor_wishes": 5,
		"mentor_kind": 5,
	}
)
CRITERIA = tuple(DEFAULT_WEIGHTS)

NEUTRAL = 0.5
#: So many shared interests are enough for full marks.
ENOUGH_INTERESTS = 3


def check_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
	"""All criteria with their weights; a criterion left out weighs nothing. Raises ValueError if unusable."""
	if weights is None:
		return dict(DEFAULT_WEIGHTS)
	unknown = sorted(set(weights) - set(CRITERIA))
	if unknown:
		raise ValueError(f"There is no criterion called {', '.join(unknown)}.")
	for name, weight in weights.items():
		if not (math.isfinite(weight) and weight >= 0):
			raise ValueError(f"The weight of {name} must be zero or more, not {weight}.")
	if not any(weights.values()):
		raise ValueError("At least one criterion must weigh more than zero.")
	return {name: float(weights.get(name, 0)) for name in CRITERIA}


def shares(weights: Mapping[str, float] | None, rules: Rules | None = None) -> dict[str, float]:
	"""The points, of 100, that each criterion can bring. Mentor kind drops out if the programme prefers none."""
	chosen = check_weights(weights)
	if not (rules and rules.kind_preference):
		chosen["mentor_kind"] = 0.0
	total = sum(chosen.values())
	return {name: 100 * weight / total if total else 0.0 for name, weight in chosen.items()}


def criteria(pool: Pool, rules: Rules | None = None) -> dict[str, Floats]:
	"""Every criterion's name with its M × N matrix of values in [0, 1]."""
	found = dict(each(pool, rules))
	return {name: found[name] for name in CRITERIA}


def scores(pool: Pool, weights: Mapping[str, float] | None = None, rules: Rules | None = None) -> Floats:
	"""The M × N scores, 0 to 100 with two decimals, of all pairs, feasible or not."""
	points = shares(weights, rules)
	if not any(points.values()):
		return np.full(pool.shape, 100 * NEUTRAL)
	total = np.zeros(pool.shape)
	for name, matrix in each(pool, rules, {name for name, share in points.items() if share}):
		total += points[name] * matrix
	return np.round(total, 2, out=total)


def each(
	pool: Pool, rules: Rules | None = None, names: set[str] | None = None
) -> Iterator[tuple[str, Floats]]:
	"""Yield each criterion's name and matrix, in a fixed order, computing only those in `names`."""
	makers = {
		"needs_covered": _needs_covered,
		"shared_interests": _shared_interests,
		"mentee_wishes": lambda pool: _wishes(pool, of_mentee=True),
		"language_quality": _language_quality,
		"hours_fit": _hours_fit,
		"same_district": _same_district,
		"mentor_wishes": lambda pool: _wishes(pool, of_mentee=False),
		"mentor_kind": lambda pool: _mentor_kind(pool, rules or Rules()),
	}
	for name in CRITERIA:
		if names is None or name in names:
			yield name, makers[name](pool)


def _needs_covered(pool: Pool) -> Floats:
	"""The share of the mentee's needs that the mentor can help with."""
	needs = pool.mentee.areas.sum(axis=1)
	value = (pool.mentor.areas @ pool.mentee.areas.T) / np.maximum(needs, 1)
	return _neutral_where(value, ~pool.mentor.areas.any(axis=1), needs == 0)


def _shared_interests(pool: Pool) -> Floats:
	"""Shared interests, up to as many as are enough or as the mentee named."""
	named = pool.mentee.interests.sum(axis=1)
	enough = np.clip(named, 1, ENOUGH_INTERESTS)
	value = np.minimum((pool.mentor.interests @ pool.mentee.interests.T) / enough, np.float32(1))
	return _neutral_where(value, ~pool.mentor.interests.any(axis=1), named == 0)


def _language_quality(pool: Pool) -> Floats:
	"""The best shared language, by the weaker speaker: basic 0, native for both 1."""
	levels = np.zeros(pool.shape, dtype=np.float32)
	for level in (2, 3, 4):
		levels += overlap(pool.mentor.levels >= level, pool.mentee.levels >= level)
	return levels / np.float32(3)


def _wishes(pool: Pool, *, of_mentee: bool) -> Floats:
	"""The share of one side's wishes (one per subject) that the other side meets."""
	wisher: Side = pool.mentee if of_mentee else pool.mentor
	other: Side = pool.mentor if of_mentee else pool.mentee
	met = pool.pairs(wisher.wants_person, of_mentee=of_mentee).astype(np.float32)
	asked = wisher.wants_a_person.astype(np.float32)
	for about, table in wisher.wants.items():
		hits = table.hits(other.codes[PROPERTIES[about]])
		met += hits if of_mentee else hits.T
		asked += table.named
	per_pair = np.maximum(asked, 1)
	value = met / (per_pair[None, :] if of_mentee else per_pair[:, None])
	nobody = np.zeros(len(pool.mentors if of_mentee else pool.mentees), dtype=bool)
	return _neutral_where(value, *((nobody, asked == 0) if of_mentee else (asked == 0, nobody)))


def _same_district(pool: Pool) -> Floats:
	value = (pool.mentor.district[:, None] == pool.mentee.district[None, :]).astype(np.float32)
	return _neutral_where(value, pool.mentor.district == UNKNOWN, pool.mentee.district == UNKNOWN)


def _hours_fit(pool: Pool) -> Floats:
	"""How much of the time the mentee wishes for the mentor can give."""
	wanted = np.where(pool.mentee.hours > 0, pool.mentee.hours, np.nan)
	share = np.minimum(pool.mentor.hours[:, None] / wanted[None, :], 1)
	share = np.where((pool.mentee.hours == 0)[None, :], 1, share).astype(np.float32)
	return _neutral_where(share, np.isnan(pool.mentor.hours), np.isnan(pool.mentee.hours))


def _mentor_kind(pool: Pool, rules: Rules) -> Floats:
	"""The programme's preference for the mentor's kind; a kind it does not mention is neutral."""
	preference = {key(kind): fit for kind, fit in rules.kind_preference.items()}
	fit = np.array([preference.get(kind, NEUTRAL) for kind in pool.kinds] + [NEUTRAL], dtype=np.float32)
	return np.broadcast_to(fit[pool.mentor.codes["kind"]][:, None], pool.shape)


def _neutral_where(value: Floats, mentor_flags: Floats, mentee_flags: Floats) -> Floats:
	value[mentor_flags, :] = NEUTRAL
	value[:, mentee_flags] = NEUTRAL
	return value
