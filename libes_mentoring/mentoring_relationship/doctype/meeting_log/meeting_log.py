from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import meetings


class MeetingLog(QuietDocument):
	"""A meeting of the buddies, in the mentor's or a coordinator's words."""

	def validate(self):
		meetings.check(self)
