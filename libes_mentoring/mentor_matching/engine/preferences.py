"""Whom a session's preferences bring together: deferred acceptance, proposed by the mentees. Pure.

The outcome is stable: no mentee and mentor who are possible together would both rather have each other than what
they got. Among all stable outcomes it is the best for every mentee (Gale and Shapley 1962).
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence

NOT_RANKED = 1 << 60


def settle(
	mentees: Mapping[str, Sequence[str]],
	mentors: Mapping[str, Sequence[str]],
	places: Mapping[str, int],
	possible: Collection[tuple[str, str]],
) -> dict[str, str]:
	"""Mentee → mentor, by the mentees' preferences as far as the mentors' allow.

	`mentees` and `mentors` hold each one's ranking of the others, the best first; who is ranked twice counts once.
	A mentee meets nobody whom they have not ranked. A mentor who ranked nobody takes anybody possible; one who ranked
	somebody prefers those, and then all others by their id. `places` are free places (missing: none); `possible`
	are the pairs (mentor, mentee) that break no rule and that nobody has refused.
	The result is the same in any order of the input; it holds only mentees who found a mentor, sorted.
	"""
	allowed = set(possible)
	rank = {mentor: _ranks(ranking) for mentor, ranking in mentors.items()}
	lists = {
		mentee: [
			mentor
			for mentor in dict.fromkeys(ranking)
			if (mentor, mentee) in allowed and places.get(mentor, 0) > 0
		]
		for mentee, ranking in mentees.items()
	}
	# Each mentor's accepted mentees as a heap with the least wanted on top.
	held: dict[str, list[_Held]] = {}
	asked = dict.fromkeys(lists, 0)
	free = sorted(lists, reverse=True)
	while free:
		mentee = free.pop()
		if asked[mentee] == len(lists[mentee]):
			continue
		mentor = lists[mentee][asked[mentee]]
		asked[mentee] += 1
		accepted = held.setdefault(mentor, [])
		heapq.heappush(accepted, _Held(rank.get(mentor, {}).get(mentee, NOT_RANKED), mentee))
		if len(accepted) > places[mentor]:
			free.append(heapq.heappop(accepted).mentee)
	found = {one.mentee: mentor for mentor, accepted in held.items() for one in accepted}
	return dict(sorted(found.items()))


class _Held:
	"""A mentee at a mentor; the least wanted sorts first."""

	__slots__ = ("mentee", "place")

	def __init__(self, place: int, mentee: str) -> None:
		self.place, self.mentee = place, mentee

	def __lt__(self, other: _Held) -> bool:
		return (self.place, self.mentee) > (other.place, other.mentee)


def _ranks(ranking: Sequence[str]) -> dict[str, int]:
	return {person: place for place, person in enumerate(dict.fromkeys(ranking))}
