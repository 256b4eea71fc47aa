"""Meetings of the buddies: what may be logged."""

import frappe
from frappe import _
from frappe.utils import add_years, getdate

from libes_mentoring.mentoring_relationship.lifecycle import VISIBLE_TO_MENTOR

LONGEST_MINUTES = 24 * 60


def check(log) -> None:
	"""Refuses a meeting that cannot have taken place; nothing is written."""
	match = frappe.db.get_value("Match", log.mentoring_match, ["stage", "matched_on"], as_dict=True)
	if not match or not log.met_on:
		frappe.throw(_("A meeting needs its match and its day."), frappe.MandatoryError)
	if match.stage not in VISIBLE_TO_MENTOR:
		frappe.throw(_("Meetings can be logged only while the match is running."))
	if getdate(log.met_on) > getdate():
		frappe.throw(_("A meeting in the future cannot be logged yet. Use the date of the next meeting."))
	if getdate(log.met_on) < getdate(match.matched_on):
		frappe.throw(_("The meeting lies before the match was made."))
	if not 0 < (log.length_minutes or 0) <= LONGEST_MINUTES:
		frappe.throw(_("A meeting lasts between 1 minute and 24 hours."))
	if log.next_meeting_on and getdate(log.next_meeting_on) > add_years(getdate(), 1):
		frappe.throw(_("The next meeting lies more than a year ahead. Please look at the date again."))
	if log.next_meeting_on and getdate(log.next_meeting_on) < getdate(log.met_on):
		frappe.throw(_("The next meeting cannot lie before this one."))
