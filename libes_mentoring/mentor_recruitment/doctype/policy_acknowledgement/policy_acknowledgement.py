from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import acknowledgements


class PolicyAcknowledgement(QuietDocument):
	"""That a mentor accepted one version of a text. Written once, never changed."""

	def autoname(self):
		self.name = acknowledgements.record_name(self.mentor, self.policy)

	def validate(self):
		acknowledgements.check(self)

	def on_trash(self):
		acknowledgements.refuse_deletion()
