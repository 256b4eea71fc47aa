"""Closing a match: begun with a reason and notice, prepared step by step, completed once.

Source: handbook, "Closure".
"""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring.mentoring_relationship import contacts
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, CLOSURE, FIRST_STAGES, INITIATION

WHAT_MUST_BE_SAID = ("reason", "asked_by", "timing", "notice_given_on")


@frappe.whitelist(methods=["POST"])
def begin(closure: str) -> None:
	"""Opens the preparation: the match moves to its closure stage."""
	doc = frappe.get_doc("Closure", closure)
	doc.check_permission("write")
	if doc.status != "Not started":
		frappe.throw(_("This closure is already under way."))
	_need(doc, ("reason", "asked_by", "timing"))
	_set(doc, status="In preparation")
	_move_match(doc.mentoring_match, CLOSURE)


@frappe.whitelist(methods=["POST"])
def call_off(closure: str) -> None:
	"""Takes a closure back that was begun and is not wanted any more: the match goes on."""
	doc = frappe.get_doc("Closure", closure)
	doc.check_permission("write")
	if doc.status != "In preparation":
		frappe.throw(_("Only a closure that is being prepared can be called off."))
	_set(doc, status="Not started")
	_move_match(doc.mentoring_match, _stage_before(doc.mentoring_match))


@frappe.whitelist(methods=["POST"])
def complete(closure: str) -> None:
	"""Closes the match for good. Every step must be done; open check-ins are taken back.

	The mentor's access to the match ends with this call.
	"""
	_prepare_anew(_complete(closure))


def complete_for_successor(closure: str) -> None:
	"""Closes the match as `complete` does, while the mentee goes on with another mentor of the same team."""
	_complete(closure)


def _complete(closure: str) -> str:
	"""Closes for good what was prepared, and gives the match's name."""
	doc = frappe.get_doc("Closure", closure)
	doc.check_permission("write")
	if doc.status != "In preparation":
		frappe.throw(_("Begin the closure first."))
	# Two who never met have no last meeting; that there was one is what tells the two kinds of closed matches apart.
	met = _stage_before(doc.mentoring_match) not in FIRST_STAGES or frappe.db.exists(
		"Meeting Log", {"mentoring_match": doc.mentoring_match}
	)
	_need(doc, (*WHAT_MUST_BE_SAID, "last_meeting_on") if met else WHAT_MUST_BE_SAID)
	if open_steps := [step.step for step in doc.steps if not (step.done or step.not_possible)]:
		frappe.throw(
			_("These steps are open: {0}. Tick what was done, or what was not possible.").format(", ".join(open_steps)),
			title=_("Not closed yet"),
		)
	_set(doc, status="Completed", closed_on=nowdate(), closed_by=frappe.session.user)
	_move_match(doc.mentoring_match, CLOSED)
	contacts.cancel_open(doc.mentoring_match)
	return doc.mentoring_match


def check(closure) -> None:
	"""Dates in order, and nothing changed once the closure is complete."""
	before = closure.get_doc_before_save()
	if before and before.status == "Completed":
		frappe.throw(_("This match is closed. A new beginning is a new match."))
	if before and {row.name for row in before.steps} - {row.name for row in closure.steps}:
		frappe.throw(_("Steps are not taken away. Tick what was not possible."))
	matched_on = frappe.db.get_value("Match", closure.mentoring_match, "matched_on")
	for field in ("notice_given_on", "last_meeting_on"):
		label = _(closure.meta.get_label(field))
		if closure.get(field) and getdate(closure.get(field)) > getdate():
			frappe.throw(_("{0} cannot lie in the future.").format(label))
		if closure.get(field) and matched_on and getdate(closure.get(field)) < getdate(matched_on):
			frappe.throw(_("{0} cannot lie before the match.").format(label))


def stamp_steps(rows) -> None:
	"""Notes who ticked a step and when; an unticked step forgets it."""
	for row in rows:
		if row.done and not row.done_on:
			row.done_on, row.done_by = nowdate(), frappe.session.user
		elif not row.done:
			row.done_on = row.done_by = None


def _need(closure, fields: tuple[str, ...]) -> None:
	missing = [_(closure.meta.get_label(field)) for field in fields if not closure.get(field)]
	if missing:
		frappe.throw(_("Please fill in first: {0}.").format(", ".join(missing)), frappe.MandatoryError)


def _set(closure, **values) -> None:
	closure.update(values)
	closure.flags.by_procedure = True
	closure.save()


def _prepare_anew(match: str) -> None:
	"""After a match, whether and when to match a mentee again is decided person by person."""
	mentee = frappe.get_doc("Mentee", frappe.db.get_value("Match", match, "mentee"))
	if mentee.status == "Ready":
		mentee.status = "Preparing"
		# Follows from the closure, whose own permission was asked.
		mentee.save(ignore_permissions=True)


def _stage_before(match: str) -> str:
	"""The stage that the match was in when its closure was begun."""
	stages = [row.stage for row in frappe.get_doc("Match", match).stage_log]
	return next((stage for stage in reversed(stages) if stage != CLOSURE), INITIATION)


def _move_match(name: str, stage: str) -> None:
	match = frappe.get_doc("Match", name)
	match.stage = stage
	if stage == CLOSED:
		match.closed_on = nowdate()
	# Flag read by the controller: only this procedure takes a match into and out of its closure.
	match.flags.by_closure = True
	match.save(ignore_permissions=True)  # follows from the closure, whose own permission was asked
