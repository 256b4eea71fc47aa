from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import candidates


class Mentor(Document):
	"""A volunteer, from the application to the last goodbye."""

	def validate(self):
		candidates.check(self)
