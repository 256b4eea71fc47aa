"""The daily job: who is reminded of what is due, and what is passed on when it is late.

Messages carry an alias or a record's number and a link, never a reason. Each check-in notes the day on which
it was reminded of and passed on, in the same transaction as the message: a job that dies half-way, runs
twice or runs beside another tells nobody twice.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, date_diff, getdate

from libes_mentoring.access.staff import managers
from libes_mentoring.failures import each
from libes_mentoring.mentoring_relationship import meeting_watch
from libes_mentoring.mentoring_relationship.consent_effects import ask_again, without_consent
from libes_mentoring.mentoring_relationship.contacts import extend_running_matches
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

REMIND_DAYS_BEFORE = 2


def daily() -> None:
	"""Scheduled once a day; committed check-in by check-in, so that a stop loses nothing."""
	today = getdate()
	extend_running_matches(today)
	frappe.db.commit()
	ask_again(today)
	meeting_watch.tell_of_quiet(today)
	names = [row.name for row in _open_check_ins(today)]
	each(names, lambda name: handle(name, today), "Mentoring: check-in not handled")


def handle(check_in: str, today: date) -> None:
	"""Reminds of one check-in or passes it on, as its state calls for."""
	# The lock makes a second worker wait here and then find the work done.
	row = frappe.db.get_value(
		"CheckIn",
		check_in,
		["name", "mentoring_match", "due_on", "status", "reminded_on", "escalated_on"],
		as_dict=True,
		for_update=True,
	)
	if not row or row.status != "Due":
		return
	match = frappe.db.get_value("Match", row.mentoring_match, ["name", "programme", "mentee"], as_dict=True)
	if without_consent([match.mentee]):
		return
	programme = frappe.db.get_value(
		"Mentoring Programme", match.programme, ["name", "public_name", "coordinator", "escalate_after_days"], as_dict=True
	)
	late = date_diff(today, row.due_on)
	if not row.reminded_on and late >= -REMIND_DAYS_BEFORE:
		subject = _("Check-in due on {0}").format(frappe.format(row.due_on, "Date"))
		tell_coordinator(programme.name, subject, "CheckIn", row.name)
		frappe.db.set_value("CheckIn", row.name, "reminded_on", today)
	if not row.escalated_on and late > (programme.escalate_after_days or 0):
		tell(
			managers() or [programme.coordinator],
			_("A check-in is {0} days late in {1}").format(late, programme.public_name),
			"Mentoring Programme",
			programme.name,
		)
		frappe.db.set_value("CheckIn", row.name, "escalated_on", today)


def _open_check_ins(today: date) -> list:
	check_in, match = frappe.qb.DocType("CheckIn"), frappe.qb.DocType("Match")
	return (
		frappe.qb.from_(check_in)
		.inner_join(match)
		.on(match.name == check_in.mentoring_match)
		.select(check_in.name)
		.where((check_in.status == "Due") & (check_in.due_on <= add_days(today, REMIND_DAYS_BEFORE)))
		.where(check_in.reminded_on.isnull() | check_in.escalated_on.isnull())
		.where(match.stage.isin(RUNNING))
		.orderby(check_in.due_on)
		.orderby(check_in.name)
		.run(as_dict=True)
	)
