from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_matching import rules, weights
from libes_mentoring.mentoring_programme import programmes


class MentoringProgramme(QuietDocument):
	"""A programme: its purpose, its people, its rules. Everything else refers to it."""

	def validate(self):
		programmes.check(self)
		rules.check(self)
		weights.check(self)
