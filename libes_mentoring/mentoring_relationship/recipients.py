"""Who of the staff is told: the coordinator, or somebody who answers in place of one whose account is closed."""

import frappe

from libes_mentoring.access.roles import MANAGER
from libes_mentoring.mentoring_relationship.messages import tell


def enabled_users(roles: tuple[str, ...]) -> list[str]:
	"""All users with an open account who hold one of the roles."""
	role, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	return (
		frappe.qb.from_(role)
		.inner_join(user)
		.on(user.name == role.parent)
		.select(user.name)
		.distinct()
		.where((role.parenttype == "User") & role.role.isin(roles) & (user.enabled == 1))
		.orderby(user.name)
		.run(pluck=True)
	)


def managers() -> list[str]:
	"""All managers whose account is open."""
	return enabled_users((MANAGER,))


def tell_coordinator(programme: str, subject: str, doctype: str, name: str) -> None:
	"""Tells the programme's coordinator that something waits at this record.

	Where that account is closed the managers are told, and shown the programme: they do not see its people.
	"""
	coordinator = frappe.db.get_value("Mentoring Programme", programme, "coordinator")
	if frappe.db.get_value("User", coordinator, "enabled"):
		tell([coordinator], subject, doctype, name)
	else:
		tell(managers(), subject, "Mentoring Programme", programme)
