"""What holds for a candidate however the record came about: by the form, by hand or by a spreadsheet.

Sources: handbook, "Candidate applications", "What makes a good mentor?" (minors) and "Mentors' role" (kinds).
"""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring import mail
from libes_mentoring.mentor_recruitment import motivations, refusals
from libes_mentoring.mentor_recruitment.screening_rules import ADULT_AGE, age_on
from libes_mentoring.mentoring_programme import availability
from libes_mentoring.mentoring_programme.mentor_kinds import KIND_FIELDS


def check(mentor) -> None:
	"""Refuses a minor, somebody of whom no new application is considered, and a way back past a refusal."""
	before = mentor.get_doc_before_save()
	availability.drop_doubles(mentor)
	motivations.check(mentor)
	if before and before.turned_down_on and before.stage == "Left" != mentor.stage and mentor.turned_down_on:
		frappe.throw(_("This candidate was turned down. First lift the decision, then go on."))
	if mentor.stage == "Available":
		mentor.available_on = mentor.available_on or nowdate()
	if mentor.email and (not before or before.email != mentor.email) and not mail.is_one_address(mentor.email):
		frappe.throw(_("{0} is not one e-mail address.").format(frappe.utils.escape_html(mentor.email)))
	# The form and a spreadsheet have been looked through before, and answer in words of their own.
	if mentor.flags.ignore_permissions:
		return
	if not before or before.birth_date != mentor.birth_date:
		_check_age(mentor)
	if not before or (before.mentor_kind, before.programme) != (mentor.mentor_kind, mentor.programme):
		_check_kind(mentor)
	if not before:
		_check_refusal(mentor)


def _check_age(mentor) -> None:
	born = mentor.birth_date and getdate(mentor.birth_date)
	if born and 0 <= age_on(born, getdate()) < ADULT_AGE:
		frappe.throw(
			_(
				"Mentors must be {0} or older on the day they apply: please keep nothing about this person. If the"
				" application is here already, turn it down."
			).format(ADULT_AGE)
		)


def _check_kind(mentor) -> None:
	"""The programme has chosen which mentors it takes; what is not known of a candidate is held against nobody."""
	field = next((field for field, kind in KIND_FIELDS.items() if kind == mentor.mentor_kind), None)
	if field and not frappe.db.get_value("Mentoring Programme", mentor.programme, field):
		frappe.throw(
			_(
				"This programme takes no mentors of this kind: {0}. Choose another programme, or change its choice."
			).format(_(mentor.mentor_kind))
		)


def _check_refusal(mentor) -> None:
	refused = refusals.in_force(mentor.email, mentor.full_name, mentor.birth_date)
	if refused:
		coordinator = frappe.db.get_value("Mentoring Programme", refused.programme, "coordinator")
		frappe.throw(
			_("This person is known, and no new application is considered now. Please talk to {0}.").format(
				frappe.db.get_value("User", coordinator, "full_name") or coordinator
			)
		)
