from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import training_sessions


class TrainingSession(QuietDocument):
	"""One or more modules on one day, for a group or one person."""

	def validate(self):
		training_sessions.check(self)

	def on_update(self):
		training_sessions.after_change(self)
