from frappe.model.document import Document

from libes_mentoring.mentee_preparation import consent, readiness


class MenteeConsent(Document):
	"""Informed consent, as given once. A new text or a new beginning is a new record."""

	def validate(self):
		consent.check(self)
		readiness.mark_change(self.mentee)
