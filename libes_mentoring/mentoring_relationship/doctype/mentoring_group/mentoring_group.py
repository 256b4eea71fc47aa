from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import first_meeting, groups, meeting_watch


class MentoringGroup(QuietDocument):
	"""Several people who meet together. Its members are matches; this is what they share."""

	def validate(self):
		groups.check(self)
		first_meeting.check_plan(self)

	def on_update(self):
		first_meeting.after_plan_change(self)
		meeting_watch.after_group_change(self)
