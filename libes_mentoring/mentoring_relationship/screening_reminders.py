"""The nightly job of the screening: the board is brought up to date, and who has waited too long reaches somebody.

Messages carry a link and figures, never a name, a step or a reason. Each candidate notes the day on which the
coordinator was reminded and the managers were told, in the same transaction as the message: a job that dies
half-way, runs twice or runs beside another tells nobody twice. Both are forgotten when something else blocks.

Of somebody available of whom a step or a waiver has run out, the coordinator hears once, at once: no new match is made.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import date_diff, getdate

from libes_mentoring.access.staff import managers
from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment import screening_board
from libes_mentoring.mentoring_relationship import record_check_reminders, reference_reminders
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

CANDIDATE_STAGES = ("Applied", "Screening")
AVAILABLE = "Available"
# What blocks somebody available and reaches the coordinator by a reminder of its own: extracts and texts.
TOLD_ELSEWHERE = ("record_check_expired", "policy_open", "policy_renewed")
FIELDS = (
	"name",
	"programme",
	"stage",
	"blocked_since",
	"blocked_code",
	"screening_reminded_on",
	"screening_escalated_on",
)
LIMITS = ("name", "public_name", "coordinator", "screening_reminder_days", "escalate_after_days")


def daily() -> None:
	"""Scheduled once a day; committed mentor by mentor, so that a stop loses nothing."""
	today = getdate()
	screening_board.refresh_all()
	each(_waiting(), lambda name: handle(name, today), "Mentoring: candidate not handled")
	record_check_reminders.daily(today)
	reference_reminders.daily(today)


def handle(mentor: str, today: date) -> None:
	"""Reminds of one candidate or passes the figure on, as the waiting calls for."""
	# The lock makes a second worker wait here and then find the work done.
	row = frappe.db.get_value("Mentor", mentor, list(FIELDS), as_dict=True, for_update=True)
	if not row or not row.blocked_since:
		return
	if row.stage == AVAILABLE:
		told_elsewhere = (row.blocked_code or "").rpartition(": ")[2] in TOLD_ELSEWHERE
		if not (row.screening_reminded_on or told_elsewhere):
			tell_coordinator(row.programme, _("A mentor cannot be matched at the moment"), "Mentor", mentor)
			_note(mentor, "screening_reminded_on", today)
		return
	if row.stage not in CANDIDATE_STAGES:
		return
	programme = frappe.db.get_value("Mentoring Programme", row.programme, list(LIMITS), as_dict=True)
	limit, waited = programme.screening_reminder_days, date_diff(today, row.blocked_since)
	if not limit:
		return
	if not row.screening_reminded_on and waited > limit:
		tell_coordinator(programme.name, _("A step has waited for {0} days").format(waited), "Mentor", mentor)
		_note(mentor, "screening_reminded_on", today)
	if not row.screening_escalated_on and waited > limit + (programme.escalate_after_days or 0):
		tell(
			managers() or [programme.coordinator],
			_("A step of the screening has waited for {0} days in {1}").format(waited, programme.public_name),
			"Mentoring Programme",
			programme.name,
		)
		_note(mentor, "screening_escalated_on", today)


def _note(mentor: str, field: str, today: date) -> None:
	# Nothing about the candidate has changed: the record is as old as it was.
	frappe.db.set_value("Mentor", mentor, field, today, update_modified=False)


def _waiting() -> list[str]:
	return [
		name
		for stages, mark in ((CANDIDATE_STAGES, "screening_escalated_on"), ((AVAILABLE,), "screening_reminded_on"))
		for name in frappe.get_all(
			"Mentor",
			filters={"stage": ("in", stages), "blocked_since": ("is", "set"), mark: ("is", "not set")},
			order_by="blocked_since asc, name asc",
			pluck="name",
		)
	]
