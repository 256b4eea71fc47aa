from frappe.model.document import Document

from libes_mentoring.mentoring_programme import programmes


class MentoringProgramme(Document):
	"""A programme: its purpose, its people, its rules. Everything else refers to it."""

	def validate(self):
		programmes.check(self)
