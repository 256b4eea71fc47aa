from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_support import gatherings


class MentorGettogether(QuietDocument):
	"""Mentors meet each other: of one programme, or of all."""

	def validate(self):
		gatherings.check(self)

	def on_update(self):
		gatherings.after_change(self)
