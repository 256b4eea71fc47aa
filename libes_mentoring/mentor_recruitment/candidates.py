"""A mentor's own record: what it must hold, and how it moves from stage to stage."""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring.access.criteria import may_add
from libes_mentoring.access.roles import COORDINATOR
from libes_mentoring.mentor_recruitment import (
	candidacy,
	record_check,
	screening,
	screening_board,
	steps_by_hand,
	training_records,
)
from libes_mentoring.mentor_recruitment.screening_rules import AGREEMENT, MAX_CAPACITY, STEPS, TRAINING
from libes_mentoring.mentor_recruitment.screening_steps import OPEN, PASSED

MOVES = {
	"Applied": ("Screening", "Available", "Left"),
	"Screening": ("Available", "Paused", "Left"),
	"Available": ("Screening", "Paused", "Left"),
	"Paused": ("Screening", "Available", "Left"),
	"Left": ("Applied",),
}


def check(mentor) -> None:
	"""Refuses impossible values and a stage that the screening does not allow."""
	_check_steps(mentor)
	steps_by_hand.check(mentor)
	add_steps(mentor)
	candidacy.check(mentor)
	_check_values(mentor)
	record_check.check(mentor)
	before = mentor.get_doc_before_save()
	old, new = (before.stage if before else "Applied"), mentor.stage
	if old != new and new not in MOVES[old]:
		frappe.throw(_("A mentor cannot go from {0} to {1}.").format(_(old), _(new)))
	if before and before.programme != mentor.programme:
		_check_move(mentor)
		_open_what_stays_behind(mentor)
	if new == "Available" and old != new:
		_check_available(mentor)
	screening_board.put_on_board(mentor)


def add_steps(mentor) -> None:
	"""One row for each step of the screening; the record check has its own section."""
	known = {row.step for row in mentor.screening_steps}
	for step in STEPS:
		if step not in known and step != "Record check":
			mentor.append("screening_steps", {"step": step, "outcome": "Open"})
	mentor.applied_on = mentor.applied_on or nowdate()


def _check_steps(mentor) -> None:
	steps = [row.step for row in mentor.screening_steps]
	if twice := {step for step in steps if steps.count(step) > 1}:
		frappe.throw(_("These steps are there twice: {0}.").format(", ".join(_(step) for step in sorted(twice))))


def _check_move(mentor) -> None:
	"""Another programme is another team: a mentor moves between matches, by somebody who coordinates both."""
	if frappe.db.exists("Match", {"mentor": mentor.name, "stage": ("!=", "Closed")}):
		frappe.throw(_("This mentor has a running match. Close it first."))
	if not mentor.flags.ignore_permissions and not may_add("Mentor", mentor.as_dict(), frappe.session.user):
		frappe.throw(_("You do not coordinate that programme."), frappe.PermissionError)


def _open_what_stays_behind(mentor) -> None:
	"""An agreement is made with one programme, and each asks for a training of its own: neither moves along."""
	training = training_records.standing_in(mentor.name, mentor.programme)
	for row in mentor.screening_steps:
		if row.outcome != PASSED or row.step not in (AGREEMENT, TRAINING):
			continue
		if row.step == TRAINING and training.complete:
			row.update({"done_on": training.done_on, "valid_until": training.valid_until})
			continue
		row.update(
			{
				"outcome": OPEN,
				**dict.fromkeys(("done_on", "valid_until", "decided_by")),
				"note": _("To be done again in another programme."),
			}
		)


def _check_values(mentor) -> None:
	mentor.capacity = _whole_number(mentor, "capacity")
	if not 0 <= mentor.capacity <= MAX_CAPACITY:
		frappe.throw(
			_("A mentor cannot take {0} mentees: between 0 and {1}.").format(mentor.capacity, MAX_CAPACITY)
		)
	for field in ("birth_date", "record_check_issued_on", "record_check_seen_on"):
		if mentor.get(field) and getdate(mentor.get(field)) > getdate():
			frappe.throw(_("{0} cannot lie in the future.").format(_(mentor.meta.get_label(field))))
	for row in mentor.screening_steps:
		if row.outcome != "Open" and not row.decided_by:
			row.decided_by = frappe.session.user


def _whole_number(doc, field: str) -> int:
	"""The value as a number; the framework turns text into one only after this, and then into nought."""
	try:
		value = float(doc.get(field) or 0)
	except (TypeError, ValueError):
		value = None
	if value is None or not value.is_integer():
		frappe.throw(_("{0} must be a whole number.").format(_(doc.meta.get_label(field))))
	return int(value)


def _check_available(mentor) -> None:
	if missing := screening.open_screening_of(mentor):
		frappe.throw(
			_("This mentor is not available yet: {0}.").format("; ".join(screening.sentence(b) for b in missing))
		)
	if not (mentor.flags.ignore_permissions or COORDINATOR in frappe.get_roles()):
		frappe.throw(_("Only a coordinator makes a mentor available."), frappe.PermissionError)
