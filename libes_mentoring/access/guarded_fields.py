"""Read-only means read-only: what a procedure writes is not set over the API.

Frappe keeps a read-only field out of a form, not out of a request. Here the stored value comes back before
anything else is checked, unless the app's own procedure does the writing (`flags.by_procedure`), or a job or
the portal does (`flags.ignore_permissions`).
"""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document

# Filled by the record itself before it is stored for the first time, whatever was sent.
FILLED_WHEN_MADE = ("Match",)


def keep_read_only(doc: Document, method: str | None = None) -> None:
	"""Puts stored values back into read-only fields, of the record and of its rows (hook before_validate)."""
	if doc.flags.by_procedure or doc.flags.ignore_permissions:
		return
	before = doc.get_doc_before_save()
	if before is None and doc.doctype in FILLED_WHEN_MADE:
		return
	_restore(doc, before)
	for table in doc.meta.get_table_fields():
		if table.read_only:
			doc.set(table.fieldname, before.get(table.fieldname) if before else [])
			continue
		stored = {row.name: row for row in before.get(table.fieldname)} if before else {}
		for row in doc.get(table.fieldname):
			_restore(row, stored.get(row.name))


def refuse_row_alone(doc: Document, method: str | None = None) -> None:
	"""A row is saved with its record and its record's checks, never by itself (hook validate of child tables)."""
	frappe.throw(_("This row belongs to a record: change it there."), frappe.PermissionError)


def refuse_removal(doc: Document, words: str) -> None:
	"""A record that proves what was decided is not deleted by hand (on_trash); an erasure takes it past permissions."""
	if not doc.flags.ignore_permissions:
		frappe.throw(words, frappe.PermissionError)


def _restore(row: Document, before: Document | None) -> None:
	for field in row.meta.get("fields", {"read_only": 1}):
		# A fetched value follows its link by itself.
		if field.fieldtype in (*no_value_fields, *table_fields) or field.fetch_from:
			continue
		row.set(field.fieldname, before.get(field.fieldname) if before else field.default or None)
