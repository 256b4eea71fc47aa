from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import closing


class Closure(QuietDocument):
	"""How a match ends: open from its first day, completed by a procedure, never edited afterwards."""

	def validate(self):
		closing.check(self)
		closing.stamp_steps(self.steps)
