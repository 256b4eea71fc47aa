import frappe
from frappe import _

from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_privacy import disclosure


class MatchDisclosure(QuietDocument):
	"""Whether the mentor of a match knows why the mentee takes part, from the day it was recorded."""

	def validate(self):
		disclosure.check(self)

	def on_trash(self):
		frappe.throw(_("What was recorded stays. A change is a new record."), frappe.PermissionError)

	def before_rename(self, *_args, **_kwargs):
		frappe.throw(_("What was recorded stays. A change is a new record."), frappe.PermissionError)
