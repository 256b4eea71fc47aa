from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import training_modules


class TrainingModule(QuietDocument):
	"""What mentors are trained in: its content for staff, its materials for volunteers."""

	def validate(self):
		training_modules.check(self)
