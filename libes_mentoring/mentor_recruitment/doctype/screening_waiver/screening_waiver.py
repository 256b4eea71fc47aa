import frappe
from frappe import _
from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import waivers


class ScreeningWaiver(Document):
	"""A manager's decision that a step may be missing, for a reason and until a day."""

	def validate(self):
		waivers.check(self)

	def after_insert(self):
		waivers.take_effect(self)

	def on_trash(self):
		if not self.flags.ignore_permissions:
			frappe.throw(_("A waiver stays. It can be revoked."), frappe.PermissionError)
