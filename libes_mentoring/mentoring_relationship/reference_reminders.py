"""Referees who have not answered: reminded twice, then handed over to the coordinator.

Part of the nightly job of the screening. Each reference is locked, asked again what is due, handled and committed
by itself, and remembers its last mail: a job that dies half-way, runs twice or runs beside another writes to nobody
twice.
"""

from datetime import date

import frappe
from frappe.utils import getdate

from libes_mentoring import mail
from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment import reference_link, reference_rules, references
from libes_mentoring.mentoring_programme.settings import number_set

INTERVALS = ("reference_chase_days", "reference_chase_again_days", "reference_hand_over_days")


def daily(today: date) -> None:
	"""Committed reference by reference."""
	each(_unanswered(), lambda name: handle(name, today), "Mentoring: reference not handled")


def handle(reference: str, today: date) -> str | None:
	"""Reminds of one reference or hands it over, and gives which it was (`reference_rules.due`)."""
	# The lock makes a second worker wait here and then find the work done.
	doc = frappe.get_doc(references.REFERENCE, reference, for_update=True)
	if doc.status != references.ASKED or doc.handed_over_on or not reference_link.is_candidate(doc.mentor):
		return None
	found = reference_rules.due(
		getdate(doc.last_mail_on or doc.asked_on),
		doc.chased or 0,
		[number_set(field) for field in INTERVALS],
		today,
		by_mail=bool(doc.referee_email) and mail.is_set_up(),
	)
	if found == reference_rules.CHASE:
		references.chase(doc, today)
	elif found == reference_rules.HAND_OVER:
		references.hand_over(doc, today)
	return found


def _unanswered() -> list[str]:
	return frappe.get_all(
		references.REFERENCE,
		filters={"status": references.ASKED, "handed_over_on": ("is", "not set")},
		order_by="asked_on asc, name asc",
		pluck="name",
	)
