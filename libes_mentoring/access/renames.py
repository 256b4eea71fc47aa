"""Threat: a record is given a person's real name for its name, and whoever reads the alias reads that.

`Document.rename` may be called from outside by whoever may write the record, in every release, and even
with the checks before a rename switched off. So the same refusal stands before and after.
"""

import frappe
from frappe import _
from frappe.model.document import Document


def refuse(doc: Document, *_args) -> None:
	"""No record of the app is ever renamed, by nobody (doc events before_rename and after_rename)."""
	frappe.throw(_("Names of records of the mentoring programme are never changed."), frappe.PermissionError)
