"""Telling a volunteer that something has changed: neutral words and the way to the page, nothing else."""

import frappe
from frappe import _
from frappe.utils import get_url

from libes_mentoring import mail

EXPENSES_PAGE, CARE_PAGE, PEERS_PAGE = "/mentoring/expenses", "/mentoring/care", "/mentoring/peers"


def tell_volunteer(mentor: str, page: str) -> None:
	"""A mail to the mentor's own address, where the site can send one and the mentor has a portal account."""
	user = frappe.db.get_value("Mentor", mentor, "user")
	if not user or not mail.is_set_up() or not frappe.db.get_value("User", user, "enabled"):
		return
	frappe.sendmail(
		recipients=[frappe.db.get_value("User", user, "email") or user],
		subject=_("There is something new on your page"),
		message=_("Please have a look: {0}").format(get_url(page)),
		delayed=True,
	)


def coordinator_of(programme: str) -> str:
	return frappe.db.get_value("Mentoring Programme", programme, "coordinator")
