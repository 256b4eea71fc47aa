"""Telling people that something waits for them: neutral words and a link, never a name, an alias or a reason."""

import frappe
from frappe import _
from frappe.utils import get_url, get_url_to_form

from libes_mentoring import mail


def tell(users: list[str], subject: str, doctype: str, name: str) -> None:
	"""A notification in the desk, a mail and, where one is hooked in, a text message: neutral words and a link."""
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
	link = get_url_to_form(doctype, name)
	_by_text_message(users, subject, link)
	_by_mail(users, subject, link)


def tell_on_portal(users: list[str], subject: str, path: str) -> None:
	"""A mail to volunteers and, where one is hooked in, a text message: neutral words and the way to a page of the
	portal. Accounts that are closed are left out."""
	users = frappe.get_all("User", filters={"name": ("in", users or [""]), "enabled": 1}, pluck="name")
	link = get_url(path)
	_by_text_message(users, subject, link)
	_by_mail(users, subject, link)


def _by_mail(users: list[str], subject: str, link: str) -> None:
	if not users or not mail.is_set_up():
		return
	frappe.sendmail(
		recipients=[frappe.db.get_value("User", user, "email") or user for user in users],
		subject=subject,
		message=_("Please have a look: {0}").format(link),
		delayed=True,
	)


def _by_text_message(users: list[str], text: str, link: str) -> None:
	"""Hands the same words to what an organisation's own app has hooked in: `mentoring_text_message`.

	The hook is the path of a function that takes `user`, `text` and `link`. It is called by a worker once what
	it tells of is stored, so that a gateway that fails loses nothing.
	"""
	for method in frappe.get_hooks("mentoring_text_message"):
		for user in users:
			frappe.enqueue(method, queue="short", enqueue_after_commit=True, user=user, text=text, link=link)
