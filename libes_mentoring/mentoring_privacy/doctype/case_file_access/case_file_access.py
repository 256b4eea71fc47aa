import frappe
from frappe import _
from frappe.model.document import Document


class CaseFileAccess(Document):
	"""One line of the log. The server adds it past this class; nobody adds, changes or deletes one by hand."""

	def before_insert(self):
		self.refuse()

	def validate(self):
		self.refuse()

	def on_trash(self):
		self.refuse()

	def before_rename(self, *_args, **_kwargs):
		self.refuse()

	def refuse(self):
		frappe.throw(
			_("The access log is written by the server alone. Nobody changes it."), frappe.PermissionError
		)
