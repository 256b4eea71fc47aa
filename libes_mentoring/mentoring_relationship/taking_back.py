"""Taking a match back before anything has come of it, as if it had been a proposal.

It can be taken back until the first contact: no talk with either of the two was held, no meeting is noted, the day
of the first meeting has not come and nothing on its list is ticked, its closure is not begun, nothing was recorded
about it. Where nobody was told of it either (both are told before the first meeting, and that is noted), it is deleted
with what came with it: a match that never began counts nowhere. Where one of them was told, it is closed instead, so
that there is an answer to what was told. Either way the mentee waits on since the same day, and the mentor's page shows
it no more.
"""

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from libes_mentoring.mentoring_relationship import contacts, first_meeting, waiting
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, CLOSURE, FIRST_STAGES
from libes_mentoring.mentoring_relationship.messages import tell, tell_on_portal

PAGE = "/mentoring"
# That one of the two was told of this very match.
TOLD_FIELDS = ("told_on", "mentor_briefed_on", "mentee_briefed_on")
# Whatever else was recorded about a match, by its link.
RECORDED = ("Meeting Log", "Match Disclosure", "Concern")


def take_back(match: str) -> str:
	"""Takes a match back and gives how: "deleted" or "closed". The caller may write whatever leads to it.

	Raises PermissionError for who may not change the match, ValidationError with the reason after the first contact;
	nothing is changed then.
	"""
	doc = frappe.get_doc("Match", match)
	doc.check_permission("write")
	# Locked, and as it is now: whoever records something about it holds the match meanwhile.
	doc = frappe.get_doc("Match", match, for_update=True)
	if reasons := contact_of(doc):
		frappe.throw(
			_("This match cannot be taken back: {0}. It is closed by its closure.").format(
				"; ".join(reasons)
			),
			title=_("Not taken back"),
		)
	if not any(doc.get(field) for field in TOLD_FIELDS):
		_delete(doc)
		waiting.go_on_as_before(doc)
		_tell_staff(doc, "Mentoring Programme", doc.programme)
		return "deleted"
	_close(doc)
	waiting.go_on_as_before(doc)
	_tell_staff(doc, "Match", doc.name)
	if user := frappe.db.get_value("Mentor", doc.mentor, "user"):
		tell_on_portal([user], _("There is something new on your page"), PAGE)
	return "closed"


def contact_of(match) -> list[str]:
	"""What has already come of a match, in words for staff; empty while it can be taken back."""
	found = []
	if match.stage not in FIRST_STAGES:
		found.append(_("the relationship has begun or is over"))
	if match.first_meeting_on and getdate(match.first_meeting_on) <= getdate():
		found.append(_("the first meeting has taken place"))
	if any(row.done for row in match.checklist):
		found.append(_("something of the first meeting is ticked"))
	if "Done" in _now("CheckIn", match.name, "status"):
		found.append(_("a check-in was held"))
	if set(_now("Closure", match.name, "status")) - {"Not started"}:
		found.append(_("its closure has begun"))
	if match.mentoring_group:
		found.append(_("it belongs to a group"))
	if match.goals:
		found.append(_("goals are written down"))
	for doctype in RECORDED:
		if _now(doctype, match.name, "name"):
			found.append(_("there is a record of it: {0}").format(_(doctype)))
	return found


def _tell_staff(match, doctype: str, name: str) -> None:
	"""Whoever was to be at the first meeting need not come: told once, as they were told of the plan."""
	if staff := first_meeting.staff_to_tell(match):
		day = formatdate(match.first_meeting_on, "d MMMM yyyy")
		tell([staff], _("The meeting on {0} that you take part in does not take place").format(day), doctype, name)


def _now(doctype: str, match: str, field: str) -> list:
	"""A field of all records about the match. A locking read: a plain one would show what was there before the lock."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table[field]).where(table.mentoring_match == match)
	return (query if frappe.db.db_type == "sqlite" else query.for_update()).run(pluck=True)


def _delete(match) -> None:
	"""The match, its check-ins and its closure, without a copy, and the notices that lead to them."""
	for doctype in ("CheckIn", "Closure"):
		for name in frappe.get_all(doctype, filters={"mentoring_match": match.name}, pluck="name"):
			_delete_one(doctype, name)
	_delete_one("Match", match.name)


def _delete_one(doctype: str, name: str) -> None:
	frappe.db.delete("Notification Log", {"document_type": doctype, "document_name": name})
	# Nobody may delete these by hand; that this match may be taken back has been asked.
	frappe.delete_doc(doctype, name, ignore_permissions=True, delete_permanently=True)


def _close(match) -> None:
	closure = frappe.get_doc("Closure", {"mentoring_match": match.name})
	for step in closure.steps:
		step.not_possible = 1
	closure.update(
		{
			"status": "Completed",
			"reason": "Other",
			"other_reason": _("Taken back before the first meeting"),
			"asked_by": "Staff",
			"timing": "Premature",
			"notice_given_on": nowdate(),
			"closed_on": nowdate(),
			"closed_by": frappe.session.user,
		}
	)
	# That this match may be taken back has been asked; only a procedure moves it through its closure.
	closure.flags.update({"by_procedure": True, "ignore_permissions": True})
	closure.save()
	for stage in (CLOSURE, CLOSED):
		match.reload()
		match.stage = stage
		match.update({"closed_on": nowdate(), "taken_back": 1} if stage == CLOSED else {"closed_on": None})
		match.flags.update({"by_closure": True, "ignore_permissions": True})
		match.save()
	contacts.cancel_open(match.name)
