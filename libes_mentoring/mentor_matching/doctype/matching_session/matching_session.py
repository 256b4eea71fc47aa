from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_matching import sessions


class MatchingSession(QuietDocument):
	"""A small group of mentors and mentees meets, and pairs are found afterwards."""

	def validate(self):
		sessions.check(self)

	def on_update(self):
		sessions.after_change(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("A session stays. It can be called off."))
