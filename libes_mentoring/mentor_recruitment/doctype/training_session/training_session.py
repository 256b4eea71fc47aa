from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import training_sessions


class TrainingSession(Document):
	"""One or more modules on one day, for a group or one person."""

	def validate(self):
		training_sessions.check(self)

	def on_update(self):
		training_sessions.after_change(self)
