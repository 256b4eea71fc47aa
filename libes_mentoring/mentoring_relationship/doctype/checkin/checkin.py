from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import contacts


class CheckIn(QuietDocument):
	"""A scheduled contact of staff with the mentor, the mentee or both."""

	def validate(self):
		contacts.check(self)
