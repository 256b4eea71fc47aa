"""Threat: a user writes a stranger's record into a link field, and reads its fields through the link.

A list may ask for `link.field`; the framework then checks the linked DocType as a whole and never the linked
row. So a link to a record about a person can only be set by somebody who sees that record.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from libes_mentoring.access import criteria
from libes_mentoring.access.policy import POLICY

# They hold nothing about a person, and are chosen before the user has anything to do with them: a social
# worker brings the first mentee into a programme that is not visible to her until then.
NOT_ABOUT_A_PERSON = ("Mentoring Programme", "Partner Organisation", "Training Module")
CHECKED = tuple(doctype for doctype in POLICY if doctype not in NOT_ABOUT_A_PERSON)


def check_targets(doc: Document, method: str | None = None) -> None:
	"""Refuse a changed link to a record that the user does not see (doc event validate).

	Procedures of the app that write with `ignore_permissions` have checked before what they link.
	"""
	user = frappe.session.user
	if user == "Administrator" or doc.flags.ignore_permissions:
		return
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in (before, *before.get_all_children())} if before else {}
	for row in (doc, *doc.get_all_children()):
		known = _targets(stored[row.name]) if row.name in stored else set()
		for doctype, name in _targets(row) - known:
			if not criteria.row_is_visible(doctype, name, user):
				frappe.throw(
					_("{0} {1} is not among the records that you may see.").format(_(doctype), name),
					frappe.PermissionError,
				)


def _targets(row: Document) -> set[tuple[str, str]]:
	"""The records about a person that the row links to."""
	found = set()
	for field in row.meta.get("fields", {"fieldtype": ("in", ("Link", "Dynamic Link"))}):
		doctype = field.options if field.fieldtype == "Link" else row.get(field.options)
		if doctype in CHECKED and row.get(field.fieldname):
			found.add((doctype, row.get(field.fieldname)))
	return found
