"""Telling a volunteer that something has changed: neutral words and the way to the page, nothing else."""

import frappe
from frappe import _

from libes_mentoring.mentoring_relationship.messages import tell_on_portal

EXPENSES_PAGE, PEERS_PAGE = "/mentoring/expenses", "/mentoring/peers"


def tell_volunteer(mentor: str, page: str) -> None:
	"""Where the mentor has a portal account that is open."""
	if user := frappe.db.get_value("Mentor", mentor, "user"):
		tell_on_portal([user], _("There is something new on your page"), page)
