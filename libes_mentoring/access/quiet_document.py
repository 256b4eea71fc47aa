"""Threat: a list that refreshes itself tells everybody who may read the DocType that a record was made, and by whom.

The framework publishes the name of each saved record and the person who saved it to all open lists of its
DocType, whatever rows these people see. Records of the app tell only those who have the very record open: to
listen there, they were asked for permission to read it.
"""

import frappe
from frappe.model.document import Document


class QuietDocument(Document):
	"""What the controllers of all guarded DocTypes are made of."""

	def notify_update(self) -> None:
		"""In place of the framework's, which tells the open lists too."""
		if not frappe.flags.in_patch:
			frappe.publish_realtime(
				"doc_update",
				{"modified": self.modified, "doctype": self.doctype, "name": self.name},
				doctype=self.doctype,
				docname=self.name,
				after_commit=True,
			)
