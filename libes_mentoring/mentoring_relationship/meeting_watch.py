"""When it has become quiet between two people, or their first meeting does not come: seen in time, told once.

The day by which a meeting should have come stands on the match, so that a list can be sorted by it; it changes with
what it follows from: the plan, the rhythm agreed on, each meeting noted.
"""

from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Max
from frappe.utils import cint, flt, formatdate, getdate

from libes_mentoring.failures import each
from libes_mentoring.mentoring_relationship import first_meeting, meeting_rhythm
from libes_mentoring.mentoring_relationship.consent_effects import without_consent
from libes_mentoring.mentoring_relationship.lifecycle import GROWTH, INITIATION
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator


def keep(match) -> None:
	"""Writes the day into a match that is being saved (validate)."""
	match.meeting_expected_by = expected_by(match)


def after_log_change(log) -> None:
	"""A meeting was noted, changed or taken away (Meeting Log)."""
	refresh(log.mentoring_match)


def after_group_change(group) -> None:
	"""The plan or the next meeting of a group holds for all its matches."""
	for row in first_meeting.groups.members_of(group.name):
		refresh(row.name)


def refresh(match: str) -> None:
	"""Writes the day into a stored match; `modified` stays, nobody has changed it."""
	if doc := frappe.db.exists("Match", match) and frappe.get_doc("Match", match):
		frappe.db.set_value("Match", match, "meeting_expected_by", expected_by(doc), update_modified=False)


def expected_by(match) -> date | None:
	"""The last day on which the next meeting is in time, or None where nothing is expected."""
	if match.stage == INITIATION:
		within = frappe.get_cached_value("Mentoring Programme", match.programme, "first_meeting_within_days")
		planned = first_meeting.plan_of(match).first_meeting_on
		return meeting_rhythm.first_expected_by(
			getdate(match.matched_on), cint(within), getdate(planned) if planned else None
		)
	if match.stage != GROWTH or flt(match.agreed_meetings_per_month) < meeting_rhythm.LEAST_A_MONTH:
		return None
	last, planned = _last_and_planned(match)
	return meeting_rhythm.expected_by(last, flt(match.agreed_meetings_per_month), planned)


def late_words(match) -> str:
	"""For staff: what did not come in time; empty where it did, or the mentor pauses."""
	days = meeting_rhythm.days_late(
		getdate(match.meeting_expected_by) if match.meeting_expected_by else None, getdate()
	)
	if days <= 0 or frappe.db.get_value("Mentor", match.mentor, "stage") == "Paused":
		return ""
	if match.stage == INITIATION:
		if planned := first_meeting.plan_of(match).first_meeting_on:
			return _("The first meeting was planned for {0}: note how it went, or plan another day.").format(
				_day(planned)
			)
		return _("Plan the first meeting: it should have been planned by {0}.").format(
			_day(match.meeting_expected_by)
		)
	if match.stage == GROWTH:
		last, _planned = _last_and_planned(match)
		return _("No meeting is noted since {0}. Ask both how it is going.").format(_day(last))
	return ""


def tell_of_quiet(today: date) -> None:
	"""Tells coordinators, once for each time that it has become quiet; part of the daily job."""
	names = frappe.get_all(
		"Match",
		filters={"meeting_expected_by": ("<", today), "stage": ("in", (INITIATION, GROWTH))},
		pluck="name",
		order_by="meeting_expected_by asc, name asc",
	)
	each(names, lambda name: handle(name, today), "Mentoring: match not looked at")


def handle(match: str, today: date) -> bool:
	"""Tells of one match; gives whether it did. Committed by the caller, with the mark that it was told."""
	# The lock makes a second worker wait here and then find the work done.
	frappe.db.get_value("Match", match, "name", for_update=True)
	fields = ["name", "programme", "mentor", "mentee", "stage", "meeting_expected_by", "meeting_told_for"]
	row = frappe.db.get_value("Match", match, fields, as_dict=True, for_update=True)
	if not row or not row.meeting_expected_by or getdate(row.meeting_expected_by) >= today:
		return False
	if row.stage not in (INITIATION, GROWTH) or row.meeting_told_for == row.meeting_expected_by:
		return False
	if frappe.db.get_value("Mentor", row.mentor, "stage") == "Paused" or without_consent([row.mentee]):
		return False
	# A pause, a plan, a meeting: none of it is said. Who may, reads it there.
	tell_coordinator(row.programme, _("Please have a look at a match"), "Match", row.name)
	frappe.db.set_value("Match", row.name, "meeting_told_for", row.meeting_expected_by, update_modified=False)
	return True


def _last_and_planned(match) -> tuple[date, date | None]:
	"""The last day on which the two are known to have met, and the latest day arranged for meeting again."""
	log = frappe.qb.DocType("Meeting Log")
	met, planned = (
		frappe.qb.from_(log)
		.select(Max(log.met_on), Max(log.next_meeting_on))
		.where(log.mentoring_match == match.name)
		.run()
	)[0]
	of_group = match.mentoring_group and frappe.db.get_value(
		"Mentoring Group", match.mentoring_group, "next_meeting_on"
	)
	days = [getdate(day) for day in (met, match.first_meeting_on, match.matched_on) if day]
	arranged = [getdate(day) for day in (planned, of_group) if day]
	return max(days), max(arranged, default=None)


def _day(value) -> str:
	return formatdate(value, "d MMMM yyyy")
