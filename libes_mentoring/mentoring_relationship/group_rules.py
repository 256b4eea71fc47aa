"""What a group may be: its kinds, its roles, its size. Pure.

Source: handbook, "The format": one to one, a group (one mentor with several mentees), a team (several of both).
"""

from dataclasses import dataclass

GROUP, TEAM = "Group", "Team"
FORMING, RUNNING, ENDED = "Forming", "Running", "Ended"
LEAD, MENTOR, HELPER = "Lead mentor", "Mentor", "Helper"
ROLES = (LEAD, MENTOR, HELPER)
# Which field of the programme says that it offers this kind.
FORMAT_FIELDS = {GROUP: "format_group", TEAM: "format_team"}
# More people than this are no group in which everybody is known.
MOST_MENTEES, MOST_MENTORS = 20, 10


@dataclass(frozen=True)
class Limits:
	"""How many mentors and mentees a group has, both ends included."""

	min_mentors: int
	max_mentors: int
	min_mentees: int
	max_mentees: int


LIMIT_FIELDS = ("min_mentors", "max_mentors", "min_mentees", "max_mentees")
USUAL = {GROUP: Limits(1, 1, 2, 5), TEAM: Limits(2, 4, 3, 10)}


def problem_of(kind: str, limits: Limits) -> str | None:
	"""A code for what is wrong with these limits, or None."""
	if limits.min_mentors < 1 or limits.min_mentees < 1:
		return "below_one"
	if limits.min_mentors > limits.max_mentors or limits.min_mentees > limits.max_mentees:
		return "reversed"
	if limits.max_mentors > MOST_MENTORS or limits.max_mentees > MOST_MENTEES:
		return "too_large"
	if kind == GROUP and limits.max_mentors > 1:
		return "group_of_several_mentors"
	if limits.max_mentees < 2 or (kind == TEAM and limits.max_mentors < 2):
		return "no_group"
	return None


def missing(limits: Limits, mentors: int, mentees: int) -> tuple[int, int]:
	"""How many mentors and how many mentees a group lacks before it can run."""
	return max(limits.min_mentors - mentors, 0), max(limits.min_mentees - mentees, 0)
