"""What was stored before there were places, expected meetings and waiting times, in the new fields. Safe to run again:
a match that was made after the first time has counted its own days, and none may be the right number.
"""

import frappe
from frappe.utils import date_diff, getdate

from libes_mentoring.mentoring_relationship import meeting_watch, waiting
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING

NAME = __name__


def execute() -> None:
	_places()
	_mentees_waited()
	_mentors_waited()
	_waiting()
	for name in frappe.get_all("Match", filters={"stage": ("in", RUNNING)}, pluck="name"):
		meeting_watch.refresh(name)


def _places() -> None:
	"""The one place of a programme is the first line of its list."""
	for name in frappe.get_all("Mentoring Programme", {"meeting_place": ("is", "set")}, pluck="name"):
		programme = frappe.get_doc("Mentoring Programme", name)
		if not programme.meeting_places:
			row = programme.append("meeting_places", {"place": programme.meeting_place, "neutral": 1})
			row.db_insert()
			frappe.clear_document_cache("Mentoring Programme", name)


def _mentees_waited() -> None:
	for row in _older_matches({"mentee_ready_on": ("is", "set"), "mentee_waited_days": 0}):
		_keep_days(row.name, "mentee_waited_days", row.mentee_ready_on, row.matched_on)


def _mentors_waited() -> None:
	"""As far as it can be known: from the day of becoming available or, of a later match, from the last one's end."""
	available = dict(
		frappe.get_all("Mentor", {"available_on": ("is", "set")}, ["name", "available_on"], as_list=True)
	)
	free_since: dict = {}
	for row in _older_matches({}):
		since = free_since.get(row.mentor) or available.get(row.mentor)
		if since and not row.mentor_waited_days:
			_keep_days(row.name, "mentor_waited_days", since, row.matched_on)
		free_since[row.mentor] = row.closed_on or row.matched_on


def _older_matches(filters: dict) -> list:
	"""Those from before the first time that this ran, the earliest first."""
	done = {"patch": NAME, "skipped": 0}
	if first_time := frappe.db.get_value("Patch Log", done, "creation", order_by="creation asc"):
		filters["creation"] = ("<", first_time)
	fields = ["name", "mentor", "mentee_ready_on", "mentor_waited_days", "matched_on", "closed_on"]
	return frappe.get_all("Match", filters=filters, fields=fields, order_by="matched_on asc, creation asc")


def _keep_days(match: str, field: str, since, until) -> None:
	frappe.db.set_value("Match", match, field, max(date_diff(until, since), 0), update_modified=False)


def _waiting() -> None:
	for doctype, since in (("Mentee", "ready_on"), ("Mentor", "available_on")):
		filters = {"waiting_since": ("is", "not set"), since: ("is", "set")}
		for row in frappe.get_all(doctype, filters, ["name", since]):
			waiting.refresh(doctype, row.name)
			if frappe.db.get_value(doctype, row.name, "waiting_since"):
				day = _free_since(doctype, row.name) or getdate(row[since])
				frappe.db.set_value(doctype, row.name, "waiting_since", day, update_modified=False)


def _free_since(doctype: str, name: str):
	"""The day on which the last match ended or, of a mentor with several places, began."""
	match = frappe.db.get_value(
		"Match", {doctype.lower(): name}, ["matched_on", "closed_on"], order_by="creation desc", as_dict=True
	)
	return getdate(match.closed_on or match.matched_on) if match and doctype == "Mentor" else None
