from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import acknowledgements


class PolicyRequest(QuietDocument):
	"""When a mentor was told of a text that waits, so that nobody is told twice."""

	def autoname(self):
		self.name = acknowledgements.record_name(self.mentor, self.policy)
