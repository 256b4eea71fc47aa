"""The link by which candidates see where their application stands: unguessable, kept as a hash only, for a time."""

import frappe
from frappe import _
from frappe.utils import add_days, get_url, nowdate

from libes_mentoring import mail
from libes_mentoring.mentor_recruitment import link_key
from libes_mentoring.mentoring_programme.settings import number_set

PATH = "/mentoring/status"


def renew(mentor: str) -> str:
	"""A new link for a mentor; the one from before works no longer.

	The record keeps a hash of the key. The key itself stands in what is returned, and in the mail queue where it is
	mailed: there until the framework clears the queue, or the person is erased.
	"""
	key = link_key.new()
	days = number_set("status_link_days")
	frappe.db.set_value(
		"Mentor",
		mentor,
		{"status_key_hash": link_key.fingerprint(key), "status_key_expires_on": add_days(nowdate(), days)},
		# A link is no change of the application: how long a silent one is kept counts from the last change.
		update_modified=False,
	)
	return get_url(f"{PATH}?key={key}")


def holder(key: str) -> str | None:
	"""Whose key this is; None for a key that is unknown, over, or of somebody who was erased."""
	if not link_key.is_one(key):
		return None
	return frappe.db.get_value(
		"Mentor",
		{
			"status_key_hash": link_key.fingerprint(key),
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
		("Mentor", doc.name),
	)
	return {"link": link, "mailed": mailed}
