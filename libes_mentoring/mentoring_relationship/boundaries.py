"""Safety wishes and boundaries of mentees, for those who plan a meeting. What a mentor reads is asked for by itself.

Source: handbook, "Preparing the mentees".
"""

from collections import defaultdict

import frappe
from frappe import _

from libes_mentoring.mentoring_relationship.meeting_places import READ_BEFORE_PLANNING, Boundary


def rules_of(mentees: list[str]) -> dict[str, list[Boundary]]:
	"""mentee → boundaries as rules, without their words; read past permissions, they stay on the server."""
	found = {mentee: [] for mentee in mentees}
	for row in _rows(mentees, ["boundary", "place_rule", "place"]):
		found[row.parent].append(Boundary(row.boundary, row.place_rule, row.place))
	return found


def to_read_before_planning(mentees: list[str]) -> list[dict]:
	"""`[{"mentee", "about", "wish"}]`: the words that bear on day, place and company. For staff who plan."""
	return [
		{"mentee": row.parent, "about": _(row.boundary), "wish": row.wish}
		for row in _rows(mentees, ["boundary", "wish"])
		if row.boundary in READ_BEFORE_PLANNING
	]


def shared_wishes(mentees: list[str]) -> dict[str, list[dict]]:
	"""mentee → `[{"about", "wish"}]`: those that the mentee agrees to share with the mentor, and no others."""
	found = defaultdict(list)
	for row in _rows(mentees, ["boundary", "wish"], share_with_mentor=1):
		found[row.parent].append({"about": _(row.boundary), "wish": row.wish})
	return found


def _rows(mentees: list[str], fields: list[str], **filters) -> list:
	return frappe.get_all(
		"Mentee Boundary",
		filters={"parenttype": "Mentee", "parent": ("in", mentees or [""]), **filters},
		fields=["parent", *fields],
		order_by="parent asc, idx asc",
	)
