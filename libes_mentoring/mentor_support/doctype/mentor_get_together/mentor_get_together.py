from frappe.model.document import Document

from libes_mentoring.mentor_support import gatherings


class MentorGettogether(Document):
	"""Mentors meet each other: of one programme, or of all."""

	def validate(self):
		gatherings.check(self)

	def on_update(self):
		gatherings.after_change(self)
