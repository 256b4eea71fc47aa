"""How many of a mentor's places are taken. A group takes one, whatever the number of mentees in it.

Within a group its own maximum is the limit; the mentor's capacity counts the matches outside groups, and the groups.
"""

from collections import Counter

import frappe

from libes_mentoring.mentoring_relationship.lifecycle import RUNNING


def taken(mentors: list[str]) -> Counter:
	"""mentor → places taken by running matches and groups, in one query."""
	rows = frappe.get_all(
		"Match",
		filters={"mentor": ("in", mentors or [""]), "stage": ("in", RUNNING)},
		fields=["mentor", "name", "mentoring_group"],
	)
	return Counter(
		mentor for mentor, _place in {(row.mentor, row.mentoring_group or row.name) for row in rows}
	)


def taken_now(mentor: str) -> set[str]:
	"""What takes the mentor's places: the names of groups and of matches outside them.

	A locking read: in a transaction that has read before, a plain one would show the past.
	"""
	return {group or name for name, group in _running_now("mentor", mentor)}


def has_match_now(mentee: str) -> bool:
	"""Whether the mentee has a running match. A locking read as well."""
	return bool(_running_now("mentee", mentee))


def _running_now(field: str, name: str) -> list[tuple]:
	match = frappe.qb.DocType("Match")
	query = (
		frappe.qb.from_(match)
		.select(match.name, match.mentoring_group)
		.where((match[field] == name) & match.stage.isin(RUNNING))
	)
	return (query if frappe.db.db_type == "sqlite" else query.for_update()).run()
