"""Concerns that nobody has answered: their recipients are reminded, then the managers read them too.

Looked at every hour, since an urgent concern that waits for a daily job could wait for two days. Each concern
notes when it was reminded of and passed on, in the same transaction as the message: a job that dies half-way,
runs twice or runs beside another tells nobody twice.
"""

from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime, now_datetime

from libes_mentoring.failures import each
from libes_mentoring.mentoring_relationship import concern_routing as routing
from libes_mentoring.mentoring_relationship import concerns
from libes_mentoring.mentoring_relationship.messages import tell

# After how long without a response the recipients are reminded, and the managers told.
REMIND_AFTER = {True: timedelta(hours=4), False: timedelta(days=1)}
PASS_ON_AFTER = {True: timedelta(days=1), False: timedelta(days=3)}


def hourly() -> None:
	"""Scheduled once an hour; committed concern by concern, so that a stop loses nothing."""
	now = now_datetime()
	each(_unanswered(), lambda name: handle(name, now), "Mentoring: concern not handled")


def handle(concern: str, now: datetime) -> None:
	"""Reminds of one concern or passes it on, as its state calls for."""
	# The lock makes a second worker wait here and then find the work done.
	frappe.db.get_value("Concern", concern, "name", for_update=True)
	doc = frappe.get_doc("Concern", concern)
	if doc.first_response_on or doc.status != concerns.RECEIVED:
		return
	waiting = now - get_datetime(doc.received_on)
	urgent, pass_on = bool(doc.urgent), False
	if not doc.escalated_on and waiting >= PASS_ON_AFTER[urgent]:
		pass_on, doc.escalated_on = True, now
	remind = not doc.reminded_on and waiting >= REMIND_AFTER[urgent]
	if remind:
		doc.reminded_on = now
	if not (pass_on or remind):
		return
	told_before = [row.user for row in doc.recipients]
	if pass_on:
		concerns.add_silently(doc, routing.managers(doc))
	doc.flags.by_procedure = True
	doc.save(ignore_permissions=True)  # a job; the managers are told by the saving, as every new recipient
	# Managers who were recipients from the start are told again, and so is everybody where there is no manager.
	managers = set(routing.managers(doc))
	again = [user for user in told_before if remind or user in managers or not managers]
	if again:
		tell(again, concerns.subject(doc), "Concern", doc.name)


def _unanswered() -> list[str]:
	return frappe.get_all(
		"Concern",
		filters={"status": concerns.RECEIVED, "escalated_on": ("is", "not set")},
		order_by="received_on asc, name asc",
		pluck="name",
	)
