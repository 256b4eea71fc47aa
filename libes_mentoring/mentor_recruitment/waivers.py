"""A step that may be missing for a time: a manager's decision, with its reason and its end, that is never changed.

What a waiver does not cover stands in `screening_rules.WAIVABLE`: age, a turned-down application, and whatever was
decided against the person stay as they are.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from libes_mentoring.access.roles import MANAGER
from libes_mentoring.mentor_recruitment import screening, screening_board
from libes_mentoring.mentor_recruitment.screening_rules import WAIVABLE, step_blockers
from libes_mentoring.mentoring_relationship.rhythm import add_months

# Longer than that is no exception any more: then the programme does without the step.
LONGEST_MONTHS = 12
LEAST_WORDS = 10


def check(waiver) -> None:
	"""Refuses a waiver that nobody may grant, and every change of one that was granted."""
	if not waiver.is_new():
		if not waiver.flags.by_procedure:
			frappe.throw(_("A waiver is not changed. Revoke it, and grant another one if need be."))
		return
	_check_manager()
	waiver.update(
		{
			"granted_by": frappe.session.user,
			"granted_on": now_datetime(),
			"revoked_on": None,
			"revoked_by": None,
		}
	)
	if len((waiver.reason or "").strip()) < LEAST_WORDS:
		frappe.throw(
			_("Please write down why this step may be missing, in a sentence."), frappe.MandatoryError
		)
	_check_end(getdate(waiver.valid_until) if waiver.valid_until else None)
	_check_step(waiver)


def take_effect(waiver) -> None:
	"""The mentor's record bears a mark of it: the board, and a match that is being made, see it at once."""
	screening_board.refresh(waiver.mentor, leave_mark=True)


@frappe.whitelist(methods=["POST"])
def revoke(waiver: str) -> None:
	"""Ends a waiver now; the step is open again. Revoking twice changes nothing.

	Raises PermissionError for anybody but a manager.
	"""
	doc = frappe.get_doc("Screening Waiver", waiver, for_update=True)
	doc.check_permission("read")
	_check_manager()
	if doc.revoked_on:
		return
	doc.revoked_on, doc.revoked_by = now_datetime(), frappe.session.user
	doc.flags.by_procedure = True
	doc.save()
	take_effect(doc)


def _check_manager() -> None:
	if MANAGER not in frappe.get_roles():
		frappe.throw(_("Only a manager grants and revokes waivers."), frappe.PermissionError)


def _check_end(valid_until: date | None) -> None:
	today = getdate()
	if not valid_until:
		frappe.throw(_("Please enter until when the waiver holds."), frappe.MandatoryError)
	if valid_until < today:
		frappe.throw(_("The last day of a waiver cannot lie in the past."))
	if valid_until > add_months(today, LONGEST_MONTHS):
		frappe.throw(_("A waiver holds for {0} months at the most.").format(LONGEST_MONTHS))


def _check_step(waiver) -> None:
	mentor = frappe.get_doc("Mentor", waiver.mentor)
	if mentor.stage == "Left":
		frappe.throw(_("This mentor has left."))
	if waiver.step not in screening.terms_of(mentor.programme)[0]:
		frappe.throw(_("The programme has no such step: {0}.").format(_(waiver.step)))
	decided = [
		blocker
		for blocker in step_blockers(screening.facts_of(mentor), waiver.step, getdate())
		if blocker.code not in WAIVABLE
	]
	if decided:
		frappe.throw(
			_("A waiver does not overturn what was decided or is still to be decided: {0}.").format(
				"; ".join(screening.sentence(blocker) for blocker in decided)
			)
		)
