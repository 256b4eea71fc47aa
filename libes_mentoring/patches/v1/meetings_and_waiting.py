"""What was stored before there were places, expected meetings and waiting times, in the new fields. Safe to run again."""

import frappe
from frappe.utils import date_diff, getdate

from libes_mentoring.mentoring_relationship import meeting_watch, waiting
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING


def execute() -> None:
	_places()
	_waited()
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


def _waited() -> None:
	for row in frappe.get_all(
		"Match",
		filters={"mentee_ready_on": ("is", "set"), "mentee_waited_days": 0},
		fields=["name", "mentee_ready_on", "matched_on"],
	):
		days = max(date_diff(row.matched_on, row.mentee_ready_on), 0)
		frappe.db.set_value("Match", row.name, "mentee_waited_days", days, update_modified=False)


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
