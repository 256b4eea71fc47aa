from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import closing, moving, opening


class Match(QuietDocument):
	"""One mentor with one mentee, from the decision to its closure."""

	def before_insert(self):
		opening.prepare(self)
		opening.check(self)

	def validate(self):
		moving.check(self)
		moving.log(self)
		closing.stamp_steps(self.checklist)

	def after_insert(self):
		opening.complete(self)
