"""A programme's own rules: its commitment, its public name, its rhythm.

Source: handbook, "The purpose" and "Internal policies" (commitment), "Securing privacy" (public name).
"""

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.access.roles import COORDINATOR
from libes_mentoring.mentor_recruitment.screening_rules import STEPS
from libes_mentoring.mentoring_programme.telling_words import telling_words_in
from libes_mentoring.mentoring_relationship.contacts import rhythm_from

# Months. A combined programme is held to the longer of its two purposes.
LONGEST_COMMITMENT = 60
USUAL_COMMITMENT = {"Prescriptive": 6, "Developmental": 12, "Combined": 12}


def check(programme) -> None:
	"""Fills what follows from the purpose and refuses what cannot be."""
	if programme.purpose not in USUAL_COMMITMENT:
		frappe.throw(_("Please choose the purpose of the programme."), frappe.MandatoryError)
	usual = USUAL_COMMITMENT[programme.purpose]
	programme.minimum_commitment_months = programme.minimum_commitment_months or usual
	if programme.minimum_commitment_months == usual:
		programme.commitment_reason = None
	elif not (programme.commitment_reason or "").strip():
		frappe.throw(
			_("The usual commitment is {0} months. Please write down why this programme differs.").format(usual),
			frappe.MandatoryError,
		)
	if not programme.screening_steps:
		for step in STEPS:
			programme.append("screening_steps", {"step": step})
	if programme.minimum_commitment_months > LONGEST_COMMITMENT:
		frappe.throw(_("The commitment cannot be longer than {0} months.").format(LONGEST_COMMITMENT))
	_check_dates(programme)
	_check_public_name(programme)
	if programme.has_value_changed("coordinator") and COORDINATOR not in frappe.get_roles(programme.coordinator):
		frappe.throw(_("The coordinator must be a user with the role {0}.").format(_(COORDINATOR)))


def _check_dates(programme) -> None:
	if programme.end_date and getdate(programme.end_date) < getdate(programme.start_date):
		frappe.throw(_("The programme ends before it starts."))
	try:
		rhythm_from(programme)
	except ValueError:
		frappe.throw(
			_("Please check the contact rhythm: the second contact follows the first, and an interval is at least one week or month.")
		)


def _check_public_name(programme) -> None:
	# The place of first meetings is shown to volunteers too.
	if found := telling_words_of_site(programme.public_name, programme.meeting_place):
		frappe.throw(
			_("The name for the outside or the meeting place says why people take part: {0}. Volunteers, partners and printed papers carry them.").format(
				", ".join(found)
			),
			title=_("Please choose another name"),
		)


def telling_words_of_site(*texts: str | None) -> list[str]:
	"""The words of these texts that say why people take part, the organisation's own list included."""
	further = (frappe.db.get_single_value("Mentoring Settings", "telling_words") or "").splitlines()
	return telling_words_in(" ".join(text or "" for text in texts), further)


def refuse_telling_words(*texts: str | None) -> None:
	"""Refuses texts for volunteers that say why people take part. Raises ValidationError with the words."""
	if found := telling_words_of_site(*texts):
		frappe.throw(
			_("Volunteers read this, and it says why people take part: {0}.").format(", ".join(found)),
			title=_("Please choose other words"),
		)
