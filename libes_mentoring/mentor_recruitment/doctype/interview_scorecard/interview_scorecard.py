from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import scorecards


class InterviewScorecard(QuietDocument):
	"""What one interviewer has seen and heard."""

	def validate(self):
		scorecards.check(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("A scorecard stays."))
