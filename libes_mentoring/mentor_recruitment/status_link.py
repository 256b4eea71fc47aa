"""The link by which candidates see where their application stands: unguessable, kept as a hash only, for a time."""

import hashlib
import secrets

import frappe
from frappe import _
from frappe.utils import add_days, get_url, nowdate

from libes_mentoring import mail
from libes_mentoring.mentoring_programme.settings import number_set

PATH = "/mentoring/status"
LONGEST_KEY = 100


def renew(mentor: str) -> str:
	"""A new link for a mentor; the one from before works no longer. The key stands nowhere but in what is returned."""
	key = secrets.token_hex(32)
	days = number_set("status_link_days")
	frappe.db.set_value(
		"Mentor",
		mentor,
		{"status_key_hash": _hash(key), "status_key_expires_on": add_days(nowdate(), days)},
		# A link is no change of the application: how long a silent one is kept counts from the last change.
		update_modified=False,
	)
	return get_url(f"{PATH}?key={key}")


def holder(key: str) -> str | None:
	"""Whose key this is; None for a key that is unknown, over, or of somebody who was erased."""
	if not key or len(key) > LONGEST_KEY:
		return None
	return frappe.db.get_value(
		"Mentor",
		{
			"status_key_hash": _hash(key),
			"status_key_expires_on": (">=", nowdate()),
			"erased_on": ("is", "not set"),
		},
		"name",
	)


@frappe.whitelist(methods=["POST"])
def send_new(mentor: str) -> dict:
	"""`{"link", "mailed"}`: a new link, mailed to the candidate where that is possible, else to be handed over.

	For whoever may change the mentor's record.
	"""
	doc = frappe.get_doc("Mentor", mentor)
	doc.check_permission("write")
	if doc.erased_on:
		frappe.throw(_("This person was erased."))
	link = renew(doc.name)
	mailed = bool(doc.email) and mail.write_to(
		doc.email,
		_("Where your application stands"),
		[
			_("Here you can see at any time what has been done and what comes next: {0}").format(link),
			_("The link is meant for you alone. An earlier one works no longer."),
		],
	)
	return {"link": link, "mailed": mailed}


def _hash(key: str) -> str:
	return hashlib.sha256(key.encode()).hexdigest()
