"""What people were asked to choose and nobody has answered: the coordinator is reminded, once for each time of waiting."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from libes_mentoring.failures import each
from libes_mentoring.mentor_matching import preferences
from libes_mentoring.mentor_matching.sessions import HELD, SESSION
from libes_mentoring.mentor_matching.shortlists import CHOSEN, SHORTLIST, TO_SHOW
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

SHORTLIST_AFTER_DAYS, SESSION_AFTER_DAYS = 14, 7


def daily() -> None:
	"""Scheduled once a day. Safe to run again, and beside another worker."""
	today = getdate()
	each(
		_unanswered(today),
		lambda name: remind_of_shortlist(name, today),
		"Mentoring: shortlist not reminded of",
	)
	each(_unspoken(today), lambda name: remind_of_session(name, today), "Mentoring: session not reminded of")


def _unanswered(today: date) -> list[str]:
	return frappe.get_all(
		SHORTLIST,
		filters={
			"status": ("in", (TO_SHOW, CHOSEN)),
			"reminded_on": ("is", "not set"),
			"shown_from": ("<=", add_days(today, -SHORTLIST_AFTER_DAYS)),
		},
		pluck="name",
		order_by="shown_from asc, name asc",
	)


def _unspoken(today: date) -> list[str]:
	return frappe.get_all(
		SESSION,
		filters={
			"status": ("in", ("Planned", HELD)),
			"reminded_on": ("is", "not set"),
			"held_on": ("<", add_days(today, 1 - SESSION_AFTER_DAYS)),
		},
		pluck="name",
		order_by="held_on asc, name asc",
	)


def remind_of_shortlist(name: str, today: date) -> bool:
	# The lock makes a second worker wait here and then find the work done.
	fields = ["status", "reminded_on", "mentee", "shown_from", "chosen_on"]
	row = frappe.db.get_value(SHORTLIST, name, fields, as_dict=True, for_update=True)
	since = row.chosen_on or row.shown_from
	if row.status not in (TO_SHOW, CHOSEN) or row.reminded_on or not since:
		return False
	if getdate(since) > getdate(add_days(today, -SHORTLIST_AFTER_DAYS)):
		return False
	# Where the mentee has moved, another programme's coordinator sees the shortlist now.
	programme = frappe.db.get_value("Mentee", row.mentee, "programme")
	tell_coordinator(programme, _("A shortlist waits for an answer"), SHORTLIST, name)
	frappe.db.set_value(SHORTLIST, name, "reminded_on", today, update_modified=False)
	return True


def remind_of_session(name: str, today: date) -> bool:
	row = frappe.db.get_value(SESSION, name, ["status", "reminded_on"], as_dict=True, for_update=True)
	if row.reminded_on or row.status not in ("Planned", HELD):
		return False
	doc = frappe.get_doc(SESSION, name)
	# Nobody has said who came, or somebody who came has not been asked.
	if doc.status == HELD and not preferences.missing(doc):
		return False
	tell_coordinator(doc.programme, _("A matching session is not finished"), SESSION, name)
	frappe.db.set_value(SESSION, name, "reminded_on", today, update_modified=False)
	return True
