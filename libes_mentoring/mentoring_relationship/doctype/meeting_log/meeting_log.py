from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import meeting_watch, meetings


class MeetingLog(QuietDocument):
	"""A meeting of the buddies, in the mentor's or a coordinator's words."""

	def validate(self):
		meetings.check(self)

	def on_update(self):
		meeting_watch.after_log_change(self)

	def after_delete(self):
		meeting_watch.after_log_change(self)
