"""The daily job for rules and agreements: who is told that something waits, and whom it is passed on to.

A mentor hears of new texts once, and once more before the time to accept is over; then the coordinator hears. What
was told is noted in the same transaction, person by person: a job that dies half-way, runs twice or runs beside
another tells nobody twice. Messages name no text and no person.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment import acknowledgements, agreements
from libes_mentoring.mentor_recruitment.acknowledgements import ASKED_STAGES, record_name
from libes_mentoring.mentor_recruitment.agreement_content import SENT, SIGNED
from libes_mentoring.mentoring_relationship.messages import tell_on_portal
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

PAGE = "/mentoring/policies"
REMIND_DAYS_BEFORE = 3
# An agreement that waits for its signature: the mentor is reminded, then the coordinator told.
REMIND_AFTER_DAYS, PASS_ON_AFTER_DAYS = 7, 14
RENEW_DAYS_BEFORE = 30
MOVING = (SENT, SIGNED, agreements.COUNTERSIGNED)


def daily() -> None:
	"""Scheduled once a day; committed person by person, so that a stop loses nothing."""
	today = getdate()
	mentors, moving = _asked_mentors(), _moving_agreements()
	# Each begins with its lock, and reads what is stored then: nothing that was read before counts.
	frappe.db.commit()
	each(mentors, lambda name: ask(name, today), "Mentoring: texts not asked for")
	each(moving, lambda name: follow_up(name, today), "Mentoring: agreement not followed up")


def ask(mentor: str, today: date) -> None:
	"""Tells one mentor of texts that wait, once when they come and once before their time is over."""
	# The lock makes a second worker wait here and then find the work done.
	row = frappe.db.get_value(
		"Mentor", mentor, ["name", "user", "programme", "stage"], as_dict=True, for_update=True
	)
	if not row or row.stage not in ASKED_STAGES:
		return
	waiting = acknowledgements.open_policies([mentor])[mentor]
	told = _told(mentor)
	new = [text for text in waiting if record_name(mentor, text.policy) not in told]
	for text in new:
		# A job writes it; nobody has the right to do so by hand.
		frappe.get_doc(
			{"doctype": "Policy Request", "mentor": mentor, "policy": text.policy, "asked_on": today}
		).insert(ignore_permissions=True)
	if new and row.user:
		tell_on_portal([row.user], _("There is something new to read"), PAGE)
	known = [(text, told[name]) for text in waiting if (name := record_name(mentor, text.policy)) in told]
	until = {state.name: text.until or add_days(state.asked_on, REMIND_AFTER_DAYS) for text, state in known}
	ending = [
		state.name
		for _text, state in known
		if not state.reminded_on and until[state.name] <= getdate(add_days(today, REMIND_DAYS_BEFORE))
	]
	if ending and row.user:
		_note(ending, "reminded_on", today)
		tell_on_portal([row.user], _("Something still waits to be read"), PAGE)
	over = [state.name for _text, state in known if not state.passed_on and until[state.name] < today]
	if over:
		_note(over, "passed_on", today)
		tell_coordinator(row.programme, _("A mentor has not accepted the rules yet"), "Mentor", mentor)


def follow_up(agreement: str, today: date) -> None:
	"""Reminds of one agreement that waits or ends; ends it after its last day, or once the mentor has left."""
	name = frappe.db.get_value("Volunteer Agreement", agreement, "mentor")
	# The mentor first, as everywhere.
	mentor = frappe.db.get_value(
		"Mentor", name, ["user", "stage", "programme", "erased_on"], as_dict=True, for_update=True
	)
	doc = frappe.get_doc("Volunteer Agreement", agreement, for_update=True)
	if mentor.stage == "Left":
		if doc.status in MOVING and not mentor.erased_on:
			agreements.finish(doc)
		return

	def tell_staff(subject: str) -> None:
		tell_coordinator(mentor.programme, subject, doc.doctype, doc.name)

	if doc.status == SENT:
		waits_since = getdate(doc.sent_on)
		if not doc.reminded_on and mentor.user and add_days(waits_since, REMIND_AFTER_DAYS) <= today:
			doc.db_set("reminded_on", today, update_modified=False)
			tell_on_portal([mentor.user], _("A paper still waits for you"), PAGE)
		if not doc.passed_on and add_days(waits_since, PASS_ON_AFTER_DAYS) <= today:
			doc.db_set("passed_on", today, update_modified=False)
			tell_staff(_("A volunteer agreement is not signed yet"))
	elif doc.status == SIGNED:
		if not doc.passed_on and add_days(getdate(doc.mentor_signed_on), REMIND_AFTER_DAYS) <= today:
			doc.db_set("passed_on", today, update_modified=False)
			tell_staff(_("A volunteer agreement still waits to be countersigned"))
	elif doc.status == agreements.COUNTERSIGNED and doc.ends_on:
		if getdate(doc.ends_on) < today:
			agreements.finish(doc)
		elif not doc.renewal_told_on and getdate(doc.ends_on) <= getdate(add_days(today, RENEW_DAYS_BEFORE)):
			doc.db_set("renewal_told_on", today, update_modified=False)
			tell_staff(_("A volunteer agreement is about to end"))


def _asked_mentors() -> list[str]:
	return frappe.get_all(
		"Mentor",
		filters={"stage": ("in", ASKED_STAGES), "turned_down_on": ("is", "not set")},
		pluck="name",
		order_by="name asc",
	)


def _moving_agreements() -> list[str]:
	return frappe.get_all(
		"Volunteer Agreement", {"status": ("in", MOVING)}, pluck="name", order_by="name asc"
	)


def _told(mentor: str) -> dict[str, frappe._dict]:
	"""What this mentor was told of, by the record's name."""
	rows = frappe.get_all(
		"Policy Request", filters={"mentor": mentor}, fields=["name", "asked_on", "reminded_on", "passed_on"]
	)
	return {row.name: row for row in rows}


def _note(requests: list[str], field: str, today: date) -> None:
	for name in requests:
		frappe.db.set_value("Policy Request", name, field, today, update_modified=False)
