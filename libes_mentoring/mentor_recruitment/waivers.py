"""A step that may be missing for a time: asked for by a coordinator, decided by a manager, never changed afterwards.

A manager reads no mentors; what the decision needs stands in the waiver itself. What a waiver does not cover
stands in `screening_rules.WAIVABLE`: age, a turned-down application, and whatever was decided against the person
stay as they are.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from libes_mentoring.access.roles import MANAGER
from libes_mentoring.access.staff import managers
from libes_mentoring.mentor_recruitment import screening, screening_board
from libes_mentoring.mentor_recruitment.screening_rules import WAIVABLE, step_blockers
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.mentoring_relationship.rhythm import add_months

ASKED_FOR, GRANTED, DECLINED, REVOKED = "Asked for", "Granted", "Declined", "Revoked"
# Longer than that is no exception any more: then the programme does without the step.
LONGEST_MONTHS = 12
LEAST_WORDS = 10


def check(waiver) -> None:
	"""Refuses a waiver that could not be granted, and every change of one that was asked for."""
	if not waiver.is_new():
		if not waiver.flags.by_procedure:
			frappe.throw(_("A waiver is not changed. Ask for another one if need be."))
		return
	waiver.status = ASKED_FOR
	waiver.update(dict.fromkeys(("granted_by", "granted_on", "revoked_by", "revoked_on")))
	if len((waiver.reason or "").strip()) < LEAST_WORDS:
		frappe.throw(
			_("Please write down why this step may be missing, in a sentence."), frappe.MandatoryError
		)
	_check_end(getdate(waiver.valid_until) if waiver.valid_until else None)
	_check_step(waiver)


def tell_managers(waiver) -> None:
	"""A decision waits for them."""
	tell(managers(), _("A decision waits for you"), "Screening Waiver", waiver.name)


@frappe.whitelist(methods=["POST"])
def grant(waiver: str) -> None:
	"""Lets the step be missing from now on, until the waiver's day; granting twice changes nothing.

	Raises PermissionError for anybody but a manager, and for the one who has asked while there is another; and
	ValidationError where it can no longer be granted.
	"""
	doc = _for_a_manager(waiver)
	if doc.status == GRANTED:
		return
	if doc.status != ASKED_FOR:
		frappe.throw(_("This waiver is over. Another one can be asked for."))
	_check_not_alone(doc)
	_check_end(getdate(doc.valid_until))
	_check_step(doc)
	doc.update({"status": GRANTED, "granted_by": frappe.session.user, "granted_on": now_datetime()})
	_decide(doc)


@frappe.whitelist(methods=["POST"])
def decline(waiver: str) -> None:
	"""Leaves the step as it is; declining twice changes nothing. Raises PermissionError for anybody but a manager."""
	_end(_for_a_manager(waiver), ASKED_FOR, DECLINED)


@frappe.whitelist(methods=["POST"])
def revoke(waiver: str) -> None:
	"""Ends a waiver that was granted; the step is open again. Revoking twice changes nothing.

	Raises PermissionError for anybody but a manager.
	"""
	_end(_for_a_manager(waiver), GRANTED, REVOKED)


def _end(doc, before: str, after: str) -> None:
	if doc.status == after:
		return
	if doc.status != before:
		frappe.throw(_("This waiver is not {0} any more.").format(_(before).lower()))
	doc.update({"status": after, "revoked_by": frappe.session.user, "revoked_on": now_datetime()})
	_decide(doc)


def _for_a_manager(waiver: str):
	if MANAGER not in frappe.get_roles():
		frappe.throw(_("Only a manager decides on waivers."), frappe.PermissionError)
	# Read by the lock: of two managers who decide at the same moment, the second sees what the first has decided.
	doc = frappe.get_doc("Screening Waiver", waiver, for_update=True)
	doc.check_permission("read")
	return doc


def _decide(doc) -> None:
	"""Stores a decision; the mentor's record bears a mark of it, and who asked for it is told."""
	doc.flags.by_procedure = True
	# The manager decides and has no right to change anything else in it.
	doc.save(ignore_permissions=True)
	# The board, and a match that is being made, see it at once.
	screening_board.refresh(doc.mentor, leave_mark=True)
	if doc.owner != frappe.session.user and frappe.db.get_value("User", doc.owner, "enabled"):
		tell([doc.owner], _("A decision was taken"), "Screening Waiver", doc.name)


def _check_not_alone(doc) -> None:
	"""Two people see an exception, where the house has two: a manager who coordinates leaves it to another one."""
	if doc.owner == frappe.session.user and set(managers()) - {doc.owner, "Administrator"}:
		frappe.throw(
			_("You have asked for this waiver yourself. Another manager decides on it."), frappe.PermissionError
		)


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
