from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import training_modules


class TrainingModule(Document):
	"""What mentors are trained in: its content for staff, its materials for volunteers."""

	def validate(self):
		training_modules.check(self)
