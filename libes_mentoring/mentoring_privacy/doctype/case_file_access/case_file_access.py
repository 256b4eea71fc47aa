import frappe
from frappe import _

from libes_mentoring.access.quiet_document import QuietDocument


class CaseFileAccess(QuietDocument):
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
