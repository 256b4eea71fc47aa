"""Telling staff that something waits for them: neutral words and a link, never a name, an alias or a reason."""

import frappe
from frappe import _
from frappe.utils import get_url_to_form

from libes_mentoring import mail


def tell(users: list[str], subject: str, doctype: str, name: str) -> None:
	"""A notification in the desk and a mail, with the same neutral words and a link."""
	for user in users:
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"type": "Alert",
				"for_user": user,
				"from_user": "Administrator",
				"subject": subject,
				"document_type": doctype,
				"document_name": name,
			}
		).insert(ignore_permissions=True)  # a job or a volunteer writes it; the person told has the rights
	if not mail.is_set_up():
		return
	frappe.sendmail(
		recipients=[frappe.db.get_value("User", user, "email") or user for user in users],
		subject=subject,
		message=_("Please have a look: {0}").format(get_url_to_form(doctype, name)),
		delayed=True,
	)
