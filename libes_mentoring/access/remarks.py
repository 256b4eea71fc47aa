"""Threat: comments, mentions, tags, follows, tasks and messages carry what a record says to somebody else.

The framework mails the text of a comment to whoever is mentioned in it, lists tags to everybody with an
account, and mails changes to whoever follows.
"""

import frappe
from frappe import _
from frappe.desk.notifications import extract_mentions
from frappe.model.document import Document

from libes_mentoring.access import pointers
from libes_mentoring.access.policy import GUARDED_DOCTYPES

# What is said about these belongs into the record itself, where its own rules hold.
WITHOUT_REMARKS = ("Mentee Case File", "Mentee Consent", "Record Check Review")
# What the framework notes by itself and what carries no free text of a person.
NOTED_BY_THE_FRAMEWORK = ("Attachment", "Attachment Removed", "Created", "Updated", "Deleted")


def check_comment(doc: Document, method: str | None = None) -> None:
	"""No remarks on case file and consent; elsewhere mentions only of people who see the record."""
	doctype, name = doc.reference_doctype, doc.reference_name
	if doctype not in GUARDED_DOCTYPES:
		return
	if doctype in WITHOUT_REMARKS and doc.comment_type not in NOTED_BY_THE_FRAMEWORK:
		_refuse_remark()
	_check_seen(doctype, name, doc)
	mentioned = extract_mentions(doc.content or "")
	if not mentioned:
		return
	record = frappe.get_doc(doctype, name)
	for user in mentioned:
		if not frappe.has_permission(doctype, "read", doc=record, user=user):
			frappe.throw(
				_("You mention somebody who may not see this record. Take the mention out, then save."),
				frappe.PermissionError,
			)


def check_communication(doc: Document, method: str | None = None) -> None:
	"""No message is written from a case file or a consent, nor from a record that the user does not see."""
	if doc.reference_doctype in WITHOUT_REMARKS:
		_refuse_remark()
	if doc.reference_doctype in GUARDED_DOCTYPES:
		_check_seen(doc.reference_doctype, doc.reference_name, doc)


def check_task(doc: Document, method: str | None = None) -> None:
	"""A task about a record goes from somebody who sees it to somebody who sees it."""
	if doc.reference_type not in GUARDED_DOCTYPES or not doc.reference_name:
		return
	_check_seen(doc.reference_type, doc.reference_name, doc)
	if doc.allocated_to and not pointers.is_visible(doc.reference_type, doc.reference_name, doc.allocated_to):
		frappe.throw(_("The person may not see this record."), frappe.PermissionError)


def refuse_tag(doc: Document, method: str | None = None) -> None:
	"""Tags are read by everybody who has an account, so records of the app carry none."""
	if doc.document_type in GUARDED_DOCTYPES:
		frappe.throw(_("Records of the mentoring programme carry no tags."), frappe.PermissionError)


def refuse_follow(doc: Document, method: str | None = None) -> None:
	"""Followers are mailed every change, so records of the app have none."""
	if doc.ref_doctype in GUARDED_DOCTYPES:
		frappe.throw(_("Records of the mentoring programme cannot be followed."), frappe.PermissionError)


def _check_seen(doctype: str, name: str | None, doc: Document) -> None:
	# The app's own procedures and the framework's notes on their work are sound by themselves.
	if doc.flags.ignore_permissions and doc.get("comment_type") in (None, *NOTED_BY_THE_FRAMEWORK):
		return
	if not pointers.is_visible(doctype, name, frappe.session.user):
		frappe.throw(_("You may not see this record."), frappe.PermissionError)


def _refuse_remark() -> None:
	frappe.throw(
		_("Write it into the record itself: remarks here could reach people who may not read it."),
		frappe.PermissionError,
	)
