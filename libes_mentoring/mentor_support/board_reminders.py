"""Posts that have waited for two days: the coordinator is reminded, once."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days

from libes_mentoring.failures import each
from libes_mentoring.mentor_support.board import POST, WAITING
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

REMIND_AFTER_DAYS = 2


def remind(today: date) -> None:
	"""Safe to run again, and beside another worker."""
	waiting = frappe.get_all(
		POST,
		filters={
			"status": ("in", WAITING),
			"reminded_on": ("is", "not set"),
			"held_on": ("<", add_days(today, 1 - REMIND_AFTER_DAYS)),
		},
		pluck="name",
		order_by="held_on asc, name asc",
	)
	each(waiting, lambda name: _remind(name, today), "Mentoring: post not reminded of")


def _remind(name: str, today: date) -> None:
	# The lock makes a second worker wait here and then find the work done.
	fields = ["status", "reminded_on", "programme"]
	row = frappe.db.get_value(POST, name, fields, as_dict=True, for_update=True)
	if row.status not in WAITING or row.reminded_on:
		return
	tell_coordinator(row.programme, _("A post on the volunteers' board still waits"), POST, name)
	frappe.db.set_value(POST, name, "reminded_on", today, update_modified=False)
