"""Whether the mentor of a match knows why the mentee takes part. The answer is no until somebody records a yes.

Source: handbook, "Securing privacy": the past is the mentee's to tell. A yes needs the mentee's consent and a
mentor whose training is passed. Read by staff only; nothing of it is in the portal, on paper or in a mail.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from libes_mentoring.access.roles import COORDINATOR, SOCIAL_WORKER
from libes_mentoring.mentor_recruitment.screening_rules import TRAINING

KNOWS, DOES_NOT_KNOW = "The mentor knows", "The mentor does not know"
CONSENT_FIELDS = ("consent_given_on", "consent_taken_by", "consent_how")


def mentor_knows(match: str) -> bool:
	"""What the newest record of the match says; no where there is none."""
	# Read past permissions, for the app's own decisions: the answer leaves no function that outsiders reach.
	newest = frappe.get_all(
		"Match Disclosure",
		filters={"mentoring_match": match},
		pluck="state",
		order_by="recorded_on desc, creation desc",
		limit=1,
	)
	return newest == [KNOWS]


def check(disclosure) -> None:
	"""Refuses a yes without the mentee's consent or the mentor's training, and every change of a record."""
	if not disclosure.is_new():
		frappe.throw(_("A record of what the mentor knows is not changed. Make a new one."))
	disclosure.recorded_on, disclosure.recorded_by = now_datetime(), frappe.session.user
	if disclosure.state != KNOWS:
		for field in CONSENT_FIELDS:
			disclosure.set(field, None)
		return
	_check_consent(disclosure)
	mentor = frappe.db.get_value("Match", disclosure.mentoring_match, "mentor")
	if not is_trained(mentor):
		frappe.throw(
			_("The mentor's training is not passed, or is no longer valid. First the training, then this.")
		)


def is_trained(mentor: str) -> bool:
	"""Whether the mentor has passed the training, and it is still valid today."""
	rows = frappe.get_all(
		"Mentor Screening Step",
		filters={"parenttype": "Mentor", "parent": mentor, "step": TRAINING, "outcome": "Passed"},
		fields=["valid_until"],
	)
	return any(not row.valid_until or getdate(row.valid_until) >= getdate() for row in rows)


def _check_consent(disclosure) -> None:
	if missing := [
		_(disclosure.meta.get_label(field)) for field in CONSENT_FIELDS if not disclosure.get(field)
	]:
		frappe.throw(
			_("The mentor is told with the mentee's consent only. Please fill in: {0}.").format(
				", ".join(missing)
			),
			frappe.MandatoryError,
		)
	if getdate(disclosure.consent_given_on) > getdate():
		frappe.throw(_("A consent cannot be dated in the future."))
	if not {COORDINATOR, SOCIAL_WORKER} & set(frappe.get_roles(disclosure.consent_taken_by)):
		frappe.throw(_("Consent is taken by a member of staff."))
	if frappe.db.exists("Mentor", {"user": disclosure.consent_taken_by}):
		frappe.throw(_("Consent is never taken by a mentor."))
