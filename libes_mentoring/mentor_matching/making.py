"""The one door from two people to a match: whoever suggests, plans, chooses or settles, makes it here."""

from collections.abc import Callable

import frappe
from frappe import _

from libes_mentoring.access.criteria import may_add, row_is_visible
from libes_mentoring.mentor_matching.transactions import TURNED_AWAY
from libes_mentoring.mentoring_relationship.opening import Outdated

WAYS = ("Coordinator", "Self-matching", "Collective")
# Two acceptances that wait for each other end in one being turned away by the database: it is simply tried again.
TRIES = 5


def make(
	mentee: str,
	mentor: str,
	way: str = "Coordinator",
	*,
	follows: str | None = None,
	first: Callable[[], None] | None = None,
	**fields,
) -> str:
	"""Makes the match and gives its name. The match itself checks every hard rule once more.

	`fields` are further fields of the Match; `follows` names the match that it follows; `first` is done in the same
	transaction before it, in each try anew. A try that the database turned away rolls the transaction back, so
	nothing of the caller's may be unsaved before. Raises ValidationError with the reason where the pair cannot be
	matched (any more), and PermissionError for who may not match these two; nothing is written then.
	"""
	check_may_match(mentee)
	check_mentor(mentor)
	if way not in WAYS:
		frappe.throw(_("Unknown way of matching: {0}.").format(way))
	for tries_left in reversed(range(TRIES)):
		try:
			if first:
				first()
			match = frappe.get_doc(
				{"doctype": "Match", "mentee": mentee, "mentor": mentor, "way": way, **fields}
			)
			match.flags.follows = follows
			return match.insert().name
		except (*TURNED_AWAY, Outdated):
			frappe.db.rollback()
			frappe.clear_messages()
			if not tries_left:
				raise


def check_may_match(mentee: str) -> None:
	"""Refuses whoever may not change this mentee, or makes no matches; one refusal where there is no such mentee."""
	user = frappe.session.user
	if not frappe.has_permission("Mentee", "write") or not row_is_visible("Mentee", mentee, user, "write"):
		frappe.throw(_("This mentee is not known in your programme."), frappe.PermissionError)
	if not frappe.has_permission("Match", "create"):
		frappe.throw(_("Only a coordinator makes matches."), frappe.PermissionError)


def check_mentor(mentor: str) -> None:
	"""One refusal for a mentor of another programme and for one that does not exist."""
	if not frappe.has_permission("Mentor", "read") or not row_is_visible(
		"Mentor", mentor, frappe.session.user
	):
		frappe.throw(_("This mentor is not known in your programme."), frappe.PermissionError)


def check_matches_in(programme: str | None) -> None:
	"""Refuses whoever does not match people in this programme, and a programme that does not exist alike."""
	if frappe.has_permission("Match Run", "read") and frappe.has_permission("Match", "create"):
		asks = {"programme": programme}
		if may_add("Match Run", asks, frappe.session.user) and frappe.db.exists(
			"Mentoring Programme", programme
		):
			return
	frappe.throw(_("This is not available to you."), frappe.PermissionError)
