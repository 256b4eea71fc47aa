"""Safety wishes and boundaries of mentees, for those who plan a meeting. What a mentor reads is asked for by itself.

Source: handbook, "Preparing the mentees".
"""

from collections import defaultdict

import frappe
from frappe import _

from libes_mentoring.mentoring_programme.public_words import refuse_telling_words
from libes_mentoring.mentoring_relationship.meeting_places import (
	READ_BEFORE_PLANNING,
	Boundary,
	names_a_place,
)


def check(mentee, method: str | None = None) -> None:
	"""Refuses a rule about a place that names none, which would keep nobody away from anywhere; and a wish that tells
	the mentor why somebody takes part (hook on Mentee, validate).
	"""
	for row in mentee.boundaries:
		if row.place_rule and not names_a_place(row.place):
			frappe.throw(
				_("Safety wishes and boundaries, line {0}: which place or district is meant?").format(row.idx),
				frappe.MandatoryError,
			)
	before = mentee.get_doc_before_save()
	# What stood there before is no reason to refuse something else.
	known = {row.wish for row in before.boundaries if row.share_with_mentor} if before else set()
	new = [row.wish for row in mentee.boundaries if row.share_with_mentor and row.wish not in known]
	refuse_telling_words(*new, where=_("A wish that may be shared with the mentor"))


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
