"""The single criteria: each a matrix of values between 0 and 1, by one definition for all pairs of a pool. Pure.

What is not recorded counts as half (`NEUTRAL`): a gap in the file neither earns points nor costs them all.
Everything is in single precision and cell by cell, so a pair's values are the same in any pool.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .constraints import distances, overlap
from .encode import PROPERTIES, UNKNOWN, Bools, Floats, Pool, Side
from .people import Rules, key

NEUTRAL = 0.5
#: So many shared interests, or times of the week, are enough for full marks.
ENOUGH_INTERESTS = 3
ENOUGH_SLOTS = 3
#: From this level on, somebody is at home in a language.
FLUENT = 3

#: How well a way of meeting suits somebody, by the ease with technology: In person, Synchronous, Asynchronous.
TECHNOLOGY_FIT: Mapping[str, Mapping[str, float]] = {
	"at ease": {"in person": 1, "synchronous": 1, "asynchronous": 1},
	"with some help": {"in person": 1, "synchronous": 0.75, "asynchronous": 0.5},
	"not at ease": {"in person": 1, "synchronous": 0.5, "asynchronous": 0},
}
#: The words in a time of the week that make it a good time.
TIMES: Mapping[str, tuple[str, ...]] = {
	"mornings": ("morning",),
	"afternoons": ("afternoon",),
	"evenings": ("evening",),
	"weekends": ("saturday", "sunday"),
}
ONE = np.float32(1)


def needs_covered(pool: Pool, rules: Rules) -> Floats:
	"""The share of the mentee's needs that the mentor can help with."""
	return _covered(pool.mentor.areas, pool.mentee.areas)


def shared_interests(pool: Pool, rules: Rules) -> Floats:
	"""Shared interests, up to as many as are enough or as the mentee named."""
	return _covered(pool.mentor.interests, pool.mentee.interests, ENOUGH_INTERESTS)


def mentee_wishes(pool: Pool, rules: Rules) -> Floats:
	"""The share of the mentee's wishes that the mentor meets."""
	return _wishes(pool, of_mentee=True)


def mentor_wishes(pool: Pool, rules: Rules) -> Floats:
	"""The share of the mentor's wishes that the mentee meets."""
	return _wishes(pool, of_mentee=False)


def language_quality(pool: Pool, rules: Rules) -> Floats:
	"""The best shared language, by the weaker speaker: basic 0, native for both 1."""
	levels = np.zeros(pool.shape, dtype=np.float32)
	for level in (2, 3, 4):
		levels += overlap(pool.mentor.levels >= level, pool.mentee.levels >= level)
	levels /= np.float32(3)
	return levels


def mother_tongue(pool: Pool, rules: Rules) -> Floats:
	"""1 where both are at home in one language; half where a level that decides it is not recorded."""
	mentor, mentee = pool.mentor, pool.mentee
	at_home, too = mentor.levels >= FLUENT, mentee.levels >= FLUENT
	value = overlap(at_home, too).astype(np.float32)
	if mentor.level_unknown.any() or mentee.level_unknown.any():
		perhaps = overlap(at_home | mentor.level_unknown, too | mentee.level_unknown)
		value[perhaps & (value == 0)] = NEUTRAL
	return _neutral_where(value, ~(mentor.levels > 0).any(axis=1), ~(mentee.levels > 0).any(axis=1))


def availability(pool: Pool, rules: Rules) -> Floats:
	"""The times of the week when both are free, up to as many as are enough or as the mentee named."""
	return _covered(pool.mentor.slots, pool.mentee.slots, ENOUGH_SLOTS)


def good_times(pool: Pool, rules: Rules) -> Floats:
	"""1 where the mentor has a time of the week in the part that the mentee likes."""
	wanted = pool.answers["good_times"]
	# One column for each good time that somebody likes, and a last one for a wish that is not known.
	has = np.full((len(pool.mentors), len(wanted.words) + 1), NEUTRAL, dtype=np.float32)
	for column, name in enumerate(wanted.words):
		if name in TIMES:
			inside = [n for n, slot in enumerate(pool.slots) if set(TIMES[name]) & set(slot.split())]
			has[:, column] = pool.mentor.slots[:, inside].any(axis=1)
	value = has[:, wanted.codes]
	value[~pool.mentor.slots.any(axis=1), :] = NEUTRAL
	return value


def hours_fit(pool: Pool, rules: Rules) -> Floats:
	"""How much of the time the mentee wishes for the mentor can give."""
	given, wanted = _single(pool.mentor.hours), _single(pool.mentee.hours)
	share = given[:, None] / np.where(wanted > 0, wanted, ONE)[None, :]
	np.minimum(share, ONE, out=share)
	share[:, wanted == 0] = 1
	return _neutral_where(share, np.isnan(given), np.isnan(wanted))


def meeting_rhythm(pool: Pool, rules: Rules) -> Floats:
	"""How close the two are in how often they would like to meet: the smaller number by the greater."""
	one, other = _single(pool.mentor.meetings)[:, None], _single(pool.mentee.meetings)[None, :]
	value = np.minimum(one, other)
	greater = np.maximum(one, other)
	# Both want none: that is the same.
	value[greater == 0] = 1
	greater[greater == 0] = 1
	value /= greater
	return _neutral_where(value, np.isnan(one[:, 0]), np.isnan(other[0]))


def ways_to_meet(pool: Pool, rules: Rules) -> Floats:
	"""The share of the mentee's ways of meeting that the mentor can use too."""
	return _covered(pool.mentor.media, pool.mentee.media)


def channels(pool: Pool, rules: Rules) -> Floats:
	"""The share of the mentee's channels that the mentor uses too."""
	return _covered(pool.mentor.channels, pool.mentee.channels)


def talk_length(pool: Pool, rules: Rules) -> Floats:
	"""1 where both like short talks, or both long ones."""
	return _same(pool.mentor.talk_length, pool.mentee.talk_length)


def technology(pool: Pool, rules: Rules) -> Floats:
	"""How well the best way of meeting that both can use suits the mentee's ease with technology."""
	ease = pool.answers["technology_ease"]
	known = np.array([*(word in TECHNOLOGY_FIT for word in ease.words), False])[ease.codes]
	# A way that the mentee does not use is no help; where nobody asked the mentee, the mentor's ways count.
	asked = pool.mentee.media.any(axis=1)
	value = np.zeros(pool.shape, dtype=np.float32)
	for column, medium in enumerate(pool.media):
		fits = [TECHNOLOGY_FIT.get(word, {}).get(medium, NEUTRAL) for word in ease.words]
		fit = np.array([*fits, NEUTRAL], dtype=np.float32)[ease.codes]
		fit[asked & (pool.mentee.media[:, column] == 0)] = 0
		np.maximum(value, pool.mentor.media[:, column, None] * fit[None, :], out=value)
	return _neutral_where(value, ~pool.mentor.media.any(axis=1), ~known)


def same_district(pool: Pool, rules: Rules) -> Floats:
	"""1 where both live in the same district."""
	return _same(pool.mentor.district, pool.mentee.district)


def distance(pool: Pool, rules: Rules) -> Floats:
	"""1 next door, 0 at the limit (the mentee's or the programme's; without one, the farthest known distance)."""
	apart = distances(pool, rules)
	if apart is None:
		return np.full(pool.shape, NEUTRAL, dtype=np.float32)
	limit = pool.max_distance
	if rules.max_distance is not None:
		limit = np.fmin(limit, rules.max_distance)
	farthest = max(rules.distances.values())
	limit = np.where(np.isnan(limit), farthest, limit).astype(np.float32)
	near, unknown = apart == 0, np.isnan(apart)
	apart /= np.where(limit > 0, limit, ONE)[None, :]
	value = np.subtract(ONE, apart, out=apart)
	value[:, limit <= 0] = 0
	value[near] = 1
	np.maximum(value, 0, out=value)
	value[unknown] = NEUTRAL
	return value


def mentor_kind(pool: Pool, rules: Rules) -> Floats:
	"""How well the mentor's kind suits the mentee's phase; a kind that the programme does not mention is neutral."""
	anyway = {key(kind): fit for kind, fit in rules.kind_preference.items()}
	by_phase = {(key(phase), key(kind)): fit for (phase, kind), fit in rules.kind_by_phase.items()}
	phase = pool.answers["phase"]
	# The last column stands for an unknown phase, the last row for an unknown kind.
	table = np.full((len(pool.kinds) + 1, len(phase.words) + 1), NEUTRAL, dtype=np.float32)
	for row, kind in enumerate(pool.kinds):
		table[row, :] = anyway.get(kind, NEUTRAL)
		for column, word in enumerate(phase.words):
			table[row, column] = by_phase.get((word, kind), table[row, -1])
	return table[pool.mentor.codes["kind"]][:, phase.codes]


def commitment(pool: Pool, rules: Rules) -> Floats:
	"""How much of the programme's minimum time the mentor can stay."""
	value = np.full(len(pool.mentors), NEUTRAL, dtype=np.float32)
	if rules.minimum_commitment_months:
		known = ~np.isnan(pool.months)
		value[known] = np.minimum(pool.months[known] / rules.minimum_commitment_months, 1)
	return np.broadcast_to(value[:, None], pool.shape)


def fair_load(pool: Pool, rules: Rules) -> Floats:
	"""1 for a mentor who accompanies nobody now, a half for one with one running match, a third with two."""
	value = ONE / (1 + np.maximum(pool.running, 0)).astype(np.float32)
	return np.broadcast_to(value[:, None], pool.shape)


def experience(pool: Pool, rules: Rules) -> Floats:
	"""1 for a mentor who has accompanied somebody to the end before."""
	return np.broadcast_to((pool.completed > 0).astype(np.float32)[:, None], pool.shape)


MAKERS: Mapping[str, Callable[[Pool, Rules], Floats]] = {
	maker.__name__: maker
	for maker in (
		needs_covered,
		shared_interests,
		mentee_wishes,
		mentor_wishes,
		language_quality,
		mother_tongue,
		availability,
		good_times,
		hours_fit,
		meeting_rhythm,
		ways_to_meet,
		channels,
		talk_length,
		technology,
		same_district,
		distance,
		mentor_kind,
		commitment,
		fair_load,
		experience,
	)
}


def _covered(mentor_sets: Floats, mentee_sets: Floats, enough: int | None = None) -> Floats:
	"""The share of the mentee's values that the mentor has too, of as many as are enough."""
	named = mentee_sets.sum(axis=1)
	value = mentor_sets @ mentee_sets.T
	value /= np.clip(named, 1, enough)
	if enough:
		np.minimum(value, ONE, out=value)
	return _neutral_where(value, ~mentor_sets.any(axis=1), named == 0)


def _same(mentor_codes: np.ndarray, mentee_codes: np.ndarray) -> Floats:
	value = (mentor_codes[:, None] == mentee_codes[None, :]).astype(np.float32)
	return _neutral_where(value, mentor_codes == UNKNOWN, mentee_codes == UNKNOWN)


def _wishes(pool: Pool, *, of_mentee: bool) -> Floats:
	"""The share of one side's wishes (one per subject) that the other side meets; half where it is not known."""
	wisher: Side = pool.mentee if of_mentee else pool.mentor
	other: Side = pool.mentor if of_mentee else pool.mentee
	met = pool.pairs(wisher.wants_person, of_mentee=of_mentee).astype(np.float32)
	asked = wisher.wants_a_person.astype(np.float32)
	for about, table in wisher.wants.items():
		if not table.named.any():
			continue
		codes = other.codes[PROPERTIES[about]]
		hits = table.hits(codes)
		met += hits if of_mentee else hits.T
		if table.unsure.any() or (codes == UNKNOWN).any():
			half = np.float32(NEUTRAL) * (table.not_known(codes) & ~hits)
			met += half if of_mentee else half.T
		asked += table.named
	per_pair = np.maximum(asked, 1)
	met /= per_pair[None, :] if of_mentee else per_pair[:, None]
	nobody = np.zeros(len(pool.mentors if of_mentee else pool.mentees), dtype=bool)
	return _neutral_where(met, *((nobody, asked == 0) if of_mentee else (asked == 0, nobody)))


def _single(numbers: Floats) -> Floats:
	return numbers.astype(np.float32)


def _neutral_where(value: Floats, mentor_flags: Bools, mentee_flags: Bools) -> Floats:
	value[mentor_flags, :] = NEUTRAL
	value[:, mentee_flags] = NEUTRAL
	return value
