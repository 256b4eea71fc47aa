from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import interviews


class MentorInterview(QuietDocument):
	"""One talk with a candidate, and what was decided after it."""

	def validate(self):
		interviews.check(self)

	def on_update(self):
		interviews.after_change(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("An interview stays. It can be called off."))
