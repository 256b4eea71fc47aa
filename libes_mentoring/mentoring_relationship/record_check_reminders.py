"""Record checks that run out: a new extract is asked for in time; afterwards each running match reaches somebody.

Part of the nightly job of the screening. A mentor notes which reminder was the last, in the same transaction as
the messages: a job that dies half-way, runs twice or runs beside another tells nobody twice. A new extract
starts anew. That no new match is made after the end needs no job: the gate reads the date.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment.record_check_rules import REMIND_DAYS_BEFORE, due_reminder
from libes_mentoring.mentor_recruitment.screening import terms_of
from libes_mentoring.mentor_recruitment.screening_rules import CLEARED_RECORD, RECORD_CHECK
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.messages import tell_on_portal
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

STAGES = ("Screening", "Available", "Paused")
# Stands where days before the end stand: it has run out, and whoever has to know was told.
AFTER_THE_END = -1
FIELDS = (
	"name",
	"programme",
	"stage",
	"user",
	"record_check_outcome",
	"record_check_renew_by",
	"record_check_reminded",
)


def daily(today: date) -> None:
	"""Committed mentor by mentor."""
	each(_running_out(today), lambda name: handle(name, today), "Mentoring: record check not handled")


def handle(mentor: str, today: date) -> None:
	"""Asks for a new extract, or hands the running matches over, as the day calls for."""
	# The lock makes a second worker wait here and then find the work done.
	row = frappe.db.get_value("Mentor", mentor, list(FIELDS), as_dict=True, for_update=True)
	if not row or row.stage not in STAGES or not row.record_check_renew_by:
		return
	if row.record_check_outcome not in CLEARED_RECORD or RECORD_CHECK not in terms_of(row.programme)[0]:
		return
	end, before = getdate(row.record_check_renew_by), row.record_check_reminded or 0
	if end < today:
		if before != AFTER_THE_END:
			_hand_over(row)
			_note(mentor, AFTER_THE_END)
	elif reminder := due_reminder(end, before, today):
		_ask(row, end)
		_note(mentor, reminder)


def _ask(row, end: date) -> None:
	day = frappe.format(end, "Date")
	tell_coordinator(row.programme, _("Please ask for a new extract by {0}").format(day), "Mentor", row.name)
	if row.user and frappe.db.get_value("User", row.user, "enabled"):
		tell_on_portal([row.user], _("Please bring a new extract by {0}").format(day), "/mentoring")


def _hand_over(row) -> None:
	"""Each running match by itself: whether it goes on is decided match by match."""
	for match in frappe.get_all(
		"Match", filters={"mentor": row.name, "stage": ("in", RUNNING)}, pluck="name", order_by="name asc"
	):
		tell_coordinator(row.programme, _("A match needs your attention"), "Match", match)
	tell_coordinator(row.programme, _("A new extract is overdue"), "Mentor", row.name)


def _note(mentor: str, reminder: int) -> None:
	# Nothing about the mentor has changed: the record is as old as it was.
	frappe.db.set_value("Mentor", mentor, "record_check_reminded", reminder, update_modified=False)


def _running_out(today: date) -> list[str]:
	return frappe.get_all(
		"Mentor",
		filters={
			"stage": ("in", STAGES),
			"record_check_outcome": ("in", CLEARED_RECORD),
			"record_check_renew_by": ("<=", add_days(today, max(REMIND_DAYS_BEFORE))),
			"record_check_reminded": ("!=", AFTER_THE_END),
		},
		order_by="record_check_renew_by asc, name asc",
		pluck="name",
	)
