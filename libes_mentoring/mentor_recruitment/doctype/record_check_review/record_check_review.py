import frappe
from frappe import _
from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import record_check_reviews


class RecordCheckReview(Document):
	"""What two people decide where a record check shows something."""

	def validate(self):
		record_check_reviews.check(self)

	def on_update(self):
		record_check_reviews.tell_new_reviewers(self)

	def on_trash(self):
		if not self.flags.ignore_permissions:
			frappe.throw(_("A review stays."), frappe.PermissionError)
