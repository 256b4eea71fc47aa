"""A mentee's record: how it moves from stage to stage, and what it must hold."""

import frappe
from frappe import _

from libes_mentoring.access.criteria import may_add
from libes_mentoring.access.roles import SOCIAL_WORKER
from libes_mentoring.mentee_preparation import consent, induction, readiness
from libes_mentoring.mentoring_programme import availability

MOVES = {
	"Referred": ("Preparing", "Ready", "Left"),
	"Preparing": ("Ready", "Paused", "Left"),
	"Ready": ("Preparing", "Paused", "Left"),
	"Paused": ("Preparing", "Ready", "Left"),
	"Left": ("Preparing",),
}


def check(mentee) -> None:
	"""Refuses a caregiver without the role, and a status that the preparation does not allow."""
	before = mentee.get_doc_before_save()
	if not before or before.caregiver != mentee.caregiver:
		check_caregiver(mentee.caregiver)
	consent.check_proposer(mentee)
	old, new = (before.status if before else "Referred"), mentee.status
	if old != new and new not in MOVES[old]:
		frappe.throw(_("A mentee cannot go from {0} to {1}.").format(_(old), _(new)))
	if new == "Ready" and old != new:
		_check_ready(mentee)
	readiness.set_ready_date(mentee)
	induction.keep(mentee)
	availability.drop_doubles(mentee)
	if before and before.programme != mentee.programme and not mentee.flags.ignore_permissions:
		_check_move(mentee)


def _check_move(mentee) -> None:
	"""Another programme is another team: only who coordinates it takes a mentee into it."""
	target = {"programme": mentee.programme, "caregiver": None}
	if not may_add("Mentee", target, frappe.session.user):
		frappe.throw(_("Only a coordinator of that programme takes a mentee into it."), frappe.PermissionError)


def check_caregiver(user: str) -> None:
	if SOCIAL_WORKER not in frappe.get_roles(user):
		frappe.throw(_("The caregiver must be a user with the role {0}.").format(_(SOCIAL_WORKER)))


def check_case_reference(case_file) -> None:
	"""Refuses a reference into another system's records that the user does not read there.

	Without this, whoever fills in a case file could learn which records other apps hold, and whoever reads it
	later would be led to one of them.
	"""
	kind, name = case_file.case_reference_type, case_file.case_reference
	before = case_file.get_doc_before_save()
	if before and (before.case_reference_type, before.case_reference) == (kind, name):
		return
	if bool(kind) != bool(name):
		frappe.throw(_("A case reference needs both: the kind of record and its name."))
	if not kind or case_file.flags.ignore_permissions:
		return
	meta = frappe.get_meta(kind)
	readable = not (meta.istable or meta.issingle) and frappe.has_permission(kind, "read")
	if not readable or not frappe.has_permission(kind, "read", doc=name):
		frappe.throw(
			_("You may not read the record that the case reference names. Choose one that you may."),
			frappe.PermissionError,
		)


def _check_ready(mentee) -> None:
	missing = readiness.open_preparation_of([mentee.name])[mentee.name]
	if missing:
		frappe.throw(
			_("This mentee is not ready yet: {0}.").format("; ".join(readiness.sentence(b) for b in missing))
		)
