from frappe.model.document import Document

from libes_mentoring.mentoring_relationship import meetings


class MeetingLog(Document):
	"""A meeting of the buddies, in the mentor's or a coordinator's words."""

	def validate(self):
		meetings.check(self)
