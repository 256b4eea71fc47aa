"""Who of the staff is told: the coordinator, or somebody who answers in place of one whose account is closed."""

import frappe

from libes_mentoring.access.staff import managers
from libes_mentoring.mentoring_relationship.messages import tell


def tell_coordinator(programme: str, subject: str, doctype: str, name: str) -> None:
	"""Tells the programme's coordinator that something waits at this record.

	Where that account is closed the managers are told, and shown the programme: they do not see its people.
	"""
	coordinator = frappe.db.get_value("Mentoring Programme", programme, "coordinator")
	if frappe.db.get_value("User", coordinator, "enabled"):
		tell([coordinator], subject, doctype, name)
	else:
		tell(managers(), subject, "Mentoring Programme", programme)
