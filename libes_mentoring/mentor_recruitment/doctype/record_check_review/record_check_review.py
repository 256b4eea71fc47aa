from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import record_check_reviews


class RecordCheckReview(QuietDocument):
	"""What two people decide where a record check shows something."""

	def validate(self):
		record_check_reviews.check(self)

	def on_update(self):
		record_check_reviews.tell_new_reviewers(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("A review stays."))
