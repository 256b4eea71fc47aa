from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentee_preparation import consent, readiness


class MenteeConsent(QuietDocument):
	"""Informed consent, as given once. A new text or a new beginning is a new record."""

	def validate(self):
		consent.check(self)
		readiness.mark_change(self.mentee)
