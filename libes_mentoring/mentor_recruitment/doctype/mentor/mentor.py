from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import candidates


class Mentor(QuietDocument):
	"""A volunteer, from the application to the last goodbye."""

	def validate(self):
		candidates.check(self)
