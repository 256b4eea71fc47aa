from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_matching import shortlists


class MentorShortlist(QuietDocument):
	"""Cards of a few mentors, from which one mentee chooses."""

	def before_insert(self):
		shortlists.prepare(self)

	def validate(self):
		shortlists.check(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("A shortlist stays. It can be withdrawn."))
