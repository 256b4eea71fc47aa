import frappe
from frappe import _

from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_privacy import break_glass


class CaseFileOpening(QuietDocument):
	"""A case file opened for a reason. It ends by itself, and stays as it was written."""

	def before_insert(self):
		break_glass.check(self)

	def after_insert(self):
		break_glass.complete(self)

	def validate(self):
		if not self.is_new():
			self.refuse()

	def on_trash(self):
		self.refuse()

	def before_rename(self, *_args, **_kwargs):
		self.refuse()

	def refuse(self):
		frappe.throw(_("An opening is part of the access log. Nobody changes it."), frappe.PermissionError)
