"""What no score can make good: every hard constraint, checked for every pair of a pool at once.

Each constraint is an M × N matrix that is True where the pair breaks it. All are evaluated for every pair, so
that whoever asks about a pair reads everything that stands in its way, not only the first thing found.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .encode import PROPERTIES, SUBJECTS_OF, UNKNOWN, Bools, Floats, Ints, Pool
from .people import Rules, key

#: The lowest level at which two people can hold a conversation.
CONVERSATION_LEVEL = 2

CODES = (
	"programme_differs",
	"mentor_kind_not_in_programme",
	"mentor_blocked",
	"mentor_full",
	"mentee_blocked",
	"mentee_refuses_gender",
	"mentee_refuses_gender_not_known",
	"mentee_refuses_co_national",
	"mentee_refuses_co_national_not_known",
	"mentee_refuses_mentor_kind",
	"mentee_refuses_mentor_kind_not_known",
	"mentee_refuses_organisation",
	"mentee_refuses_organisation_not_known",
	"mentee_refuses_person",
	"mentee_refusal_unclear",
	"mentor_refuses_gender",
	"mentor_refuses_gender_not_known",
	"mentor_refuses_co_national",
	"mentor_refuses_co_national_not_known",
	"mentor_refuses_person",
	"mentor_refusal_unclear",
	"safety_exclusion",
	"organisation_conflict",
	"organisation_conflict_not_known",
	"vetoed",
	"language_not_known",
	"no_shared_language",
	"no_shared_medium",
	"too_far",
)

#: Those that come from what a person said or from their safety: never to be argued with, never shown opposite.
PRIVATE_CODES = frozenset(
	code for code in CODES if "_refus" in code or code.startswith(("safety", "organisation_conflict"))
)


def violations(pool: Pool, rules: Rules | None = None) -> dict[str, Bools]:
	"""Every constraint's code with its M × N matrix of violations (some are read-only views)."""
	found = dict(each(pool, rules))
	return {code: found[code] for code in CODES}


def feasible(pool: Pool, rules: Rules | None = None) -> Bools:
	"""The M × N mask of the pairs that break nothing."""
	broken = np.zeros(pool.shape, dtype=bool)
	for rows, block in pool.blocks():
		part = broken[rows]
		for _code, matrix in each(block, rules):
			part |= matrix
	return np.logical_not(broken, out=broken)


def each(pool: Pool, rules: Rules | None = None) -> Iterator[tuple[str, Bools]]:
	"""Yield each constraint's code and matrix, one after the other."""
	rules = rules or Rules()
	mentor, mentee, shape = pool.mentor, pool.mentee, pool.shape

	def by_mentor(flags: Bools) -> Bools:
		return np.broadcast_to(flags[:, None], shape)

	def by_mentee(flags: Bools) -> Bools:
		return np.broadcast_to(flags[None, :], shape)

	same = mentor.programme[:, None] == mentee.programme[None, :]
	yield "programme_differs", ~same | by_mentor(mentor.programme == UNKNOWN)
	yield "mentor_kind_not_in_programme", by_mentor(_kind_not_allowed(pool, rules))
	yield "mentor_blocked", by_mentor(mentor.blocked)
	yield "mentor_full", by_mentor(pool.places_left <= 0)
	yield "mentee_blocked", by_mentee(mentee.blocked)
	for about in SUBJECTS_OF["mentee"]:
		table, codes = mentee.refuses[about], mentor.codes[PROPERTIES[about]]
		# A tie to an organisation counts like coming from it.
		hits = overlap(mentor.organisations, table.values) if about == "Organisation" else table.hits(codes)
		yield f"mentee_refuses_{slug(about)}", hits
		yield f"mentee_refuses_{slug(about)}_not_known", table.not_known(codes)
	yield "mentee_refuses_person", pool.pairs(mentee.refuses_person, of_mentee=True)
	yield "mentee_refusal_unclear", by_mentee(mentee.unclear)
	for about in SUBJECTS_OF["mentor"]:
		table, codes = mentor.refuses[about], mentee.codes[PROPERTIES[about]]
		yield f"mentor_refuses_{slug(about)}", table.hits(codes).T
		yield f"mentor_refuses_{slug(about)}_not_known", table.not_known(codes).T
	yield "mentor_refuses_person", pool.pairs(mentor.refuses_person, of_mentee=False)
	yield "mentor_refusal_unclear", by_mentor(mentor.unclear)
	yield "safety_exclusion", pool.pairs(pool.excluded, of_mentee=True)
	yield "organisation_conflict", overlap(mentor.organisations, mentee.organisations)
	conflicts = mentee.organisations.any(axis=1)
	yield (
		"organisation_conflict_not_known",
		(mentor.codes["organisation"] == UNKNOWN)[:, None] & conflicts[None, :],
	)
	yield "vetoed", _vetoed(pool, rules)
	mute = ~(mentor.levels > 0).any(axis=1)[:, None] | ~(mentee.levels > 0).any(axis=1)[None, :]
	yield "language_not_known", mute
	yield "no_shared_language", ~(_can_talk(pool) | mute)
	unasked = ~mentor.media.any(axis=1)[:, None] | ~mentee.media.any(axis=1)[None, :]
	yield "no_shared_medium", ~(overlap(mentor.media, mentee.media) | unasked)
	yield "too_far", _too_far(pool, rules)


def slug(about: str) -> str:
	"""The subject of a wish as it stands in a code: "Co-national" becomes "co_national"."""
	return about.lower().replace("-", "_").replace(" ", "_")


def overlap(mentor_sets: Floats, mentee_sets: Floats) -> Bools:
	"""M × N: the two indicator rows have at least one value in common."""
	return _added(mentor_sets, mentee_sets, np.dtype(bool))


def counts(mentor_sets: Floats, mentee_sets: Floats) -> Ints:
	"""M × N: how many values the two indicator rows have in common."""
	return _added(mentor_sets, mentee_sets, np.dtype(np.uint8 if mentor_sets.shape[1] < 256 else np.uint16))


def _added(mentor_sets: Floats, mentee_sets: Floats, kind: np.dtype) -> Floats:
	"""Added up value by value: a product of matrices would set several threads to work for a few of them."""
	ours = np.ascontiguousarray(mentor_sets.T, dtype=kind)
	theirs = np.ascontiguousarray(mentee_sets.T, dtype=kind)
	found = np.zeros((ours.shape[1], theirs.shape[1]), dtype=kind)
	both = np.empty_like(found)
	for value in np.flatnonzero(ours.any(axis=1) & theirs.any(axis=1)):
		np.bitwise_and(ours[value][:, None], theirs[value][None, :], out=both)
		found += both
	return found


def distances(pool: Pool, rules: Rules) -> Floats | None:
	"""M × N distances, NaN where unknown; None where the programme keeps no table. Same district: 0."""
	if not rules.distances:
		return None
	place = {district: n for n, district in enumerate(pool.districts)}
	# The last row and column stand for an unknown district, which UNKNOWN (-1) reaches.
	table = np.full((len(place) + 1, len(place) + 1), np.nan, dtype=np.float32)
	for (one, other), distance in rules.distances.items():
		a, b = place.get(key(one)), place.get(key(other))
		if a is not None and b is not None:
			table[a, b] = table[b, a] = np.fmax(table[a, b], distance)
	inside = np.arange(len(place))
	table[inside, inside] = 0
	return table[pool.mentor.district[:, None], pool.mentee.district[None, :]]


def _too_far(pool: Pool, rules: Rules) -> Bools:
	apart = distances(pool, rules)
	if apart is None:
		return np.broadcast_to(np.False_, pool.shape)
	limit = pool.max_distance
	if rules.max_distance is not None:
		limit = np.fmin(limit, rules.max_distance)
	# Neither an unknown distance nor a missing limit is greater than anything.
	return apart > limit[None, :]


def _vetoed(pool: Pool, rules: Rules) -> Bools:
	if not rules.vetoed:
		return np.broadcast_to(np.False_, pool.shape)
	matrix = np.zeros(pool.shape, dtype=bool)
	mentors = {name: row for row, name in enumerate(pool.mentor_keys)}
	for mentor, mentee in rules.vetoed:
		if key(mentor) in mentors and key(mentee) in pool.mentee_rows:
			matrix[mentors[key(mentor)], pool.mentee_rows[key(mentee)]] = True
	return matrix


def _can_talk(pool: Pool) -> Bools:
	"""A language both speak well enough; or any shared one, where a level is missing on either side."""
	mentor, mentee = pool.mentor, pool.mentee
	talk = overlap(mentor.levels >= CONVERSATION_LEVEL, mentee.levels >= CONVERSATION_LEVEL)
	if mentor.level_unknown.any():
		talk |= overlap(mentor.level_unknown, mentee.levels > 0)
	if mentee.level_unknown.any():
		talk |= overlap(mentor.levels > 0, mentee.level_unknown)
	return talk


def _kind_not_allowed(pool: Pool, rules: Rules) -> Bools:
	if not rules.kinds:
		return np.zeros(pool.shape[0], dtype=bool)
	allowed = {key(kind) for kind in rules.kinds}
	# The last entry stands for an unknown kind.
	return np.array([kind not in allowed for kind in pool.kinds] + [True])[pool.mentor.codes["kind"]]
