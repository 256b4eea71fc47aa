"""What a mentee's consent means for running matches: its withdrawal, and asking again after the first weeks.

Source: handbook, "Preparing the mentees".
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days

from libes_mentoring.failures import each
from libes_mentoring.mentee_preparation.consent import GIVEN, WITHDRAWN, consents_of
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator


def after_change(consent, method: str | None = None) -> None:
	"""A withdrawal brings every running match to its coordinator the same moment (hook on Mentee Consent)."""
	before = consent.get_doc_before_save()
	if not before or before.status == consent.status or consent.status != WITHDRAWN:
		return
	for match in frappe.get_all(
		"Match", filters={"mentee": consent.mentee, "stage": ("in", RUNNING)}, fields=["name", "programme"]
	):
		tell_coordinator(match.programme, _("A match needs your attention today"), "Match", match.name)


def without_consent(mentees: list[str]) -> set[str]:
	"""Those of the mentees whose consent does not hold: nothing of theirs is processed further."""
	consents = consents_of(mentees) if mentees else {}
	return {mentee for mentee in mentees if consents.get(mentee) != GIVEN}


def ask_again(today: date) -> int:
	"""Reminds caregivers, once each, to ask whether the match is still wanted; returns how many. Safe to run again.

	Committed one by one, so that a stop loses nothing.
	"""
	waiting = {row.consent: row for row in _due(today)}
	return sum(each(waiting, lambda name: _ask(waiting[name], today), "Mentoring: consent not asked for again"))


def _ask(row, today: date) -> bool:
	# The lock makes a second worker wait here and then find the work done.
	if frappe.db.get_value("Mentee Consent", row.consent, "reconfirm_asked_on", for_update=True):
		return False
	tell([row.caregiver], _("Please ask whether the match is still wanted"), "Mentee", row.mentee)
	frappe.db.set_value("Mentee Consent", row.consent, "reconfirm_asked_on", today)
	return True


def _due(today: date) -> list:
	match, mentee = frappe.qb.DocType("Match"), frappe.qb.DocType("Mentee")
	consent, programme = frappe.qb.DocType("Mentee Consent"), frappe.qb.DocType("Mentoring Programme")
	rows = (
		frappe.qb.from_(match)
		.inner_join(mentee)
		.on(mentee.name == match.mentee)
		.inner_join(consent)
		.on(consent.mentee == mentee.name)
		.inner_join(programme)
		.on(programme.name == match.programme)
		.select(
			consent.name.as_("consent"),
			consent.mentee,
			mentee.caregiver,
			match.matched_on,
			programme.reconfirm_after_weeks,
		)
		.where(match.stage.isin(RUNNING) & (consent.status == GIVEN))
		.where(consent.reconfirmed_on.isnull() & consent.reconfirm_asked_on.isnull())
		.orderby(consent.name)
		.run(as_dict=True)
	)
	return [
		row
		for row in rows
		if row.reconfirm_after_weeks and add_days(row.matched_on, 7 * row.reconfirm_after_weeks) <= today
	]
