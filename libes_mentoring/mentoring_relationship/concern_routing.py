"""Who is told of a concern: the programme's coordinator, and never the person it is about."""

import frappe

from libes_mentoring.access.roles import COORDINATOR, MANAGER, SOCIAL_WORKER
from libes_mentoring.access.staff import enabled_users

RECIPIENT_ROLES = (COORDINATOR, SOCIAL_WORKER, MANAGER)
ABOUT_STAFF = "A member of staff"


def kept_out(concern) -> set[str]:
	"""Users who are never told of this concern.

	As long as nobody has said which member of staff a concern is about, it may be any coordinator of the programme.
	"""
	if concern.about_user:
		return {concern.about_user}
	return coordinators(concern.programme) if concern.kind == ABOUT_STAFF else set()


def first_recipients(concern) -> list[str]:
	"""Who is told at once: the recipients of the concern that it follows, or the coordinator, or the route round.

	An empty list where there is nobody: whoever stores the concern says so, instead of promising an answer.
	"""
	out = kept_out(concern)
	usual = [frappe.db.get_value("Mentoring Programme", concern.programme, "coordinator")]
	if concern.follows:
		usual = frappe.get_all(
			"Concern Recipient",
			filters={"parenttype": "Concern", "parent": concern.follows},
			order_by="idx asc",
			pluck="user",
		)
	return [user for user in usual if user not in out and may_receive(user)] or round_about(concern)


def round_about(concern) -> list[str]:
	"""The programme's other contact for concerns; where there is none, all managers."""
	out = kept_out(concern)
	contact = frappe.db.get_value("Mentoring Programme", concern.programme, "concerns_contact")
	if contact and contact not in out and may_receive(contact):
		return [contact]
	return managers(concern)


def managers(concern) -> list[str]:
	"""All managers but the one whom the concern is about."""
	out = kept_out(concern)
	return [user for user in enabled_users((MANAGER,)) if user not in out]


def may_receive(user: str | None) -> bool:
	"""Whether this is a user at work who holds a role that reads concerns."""
	return bool(user) and user in enabled_users(RECIPIENT_ROLES)


def coordinators(programme: str) -> set[str]:
	"""The named coordinator of a programme and all of its staff with that duty."""
	staff = frappe.get_all(
		"Mentoring Programme Staff",
		filters={"parenttype": "Mentoring Programme", "parent": programme, "duty": "Coordinator"},
		pluck="user",
	)
	return {*staff, frappe.db.get_value("Mentoring Programme", programme, "coordinator")}
