from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import references


class MentorReference(QuietDocument):
	"""What somebody who knows a candidate says about them."""

	def validate(self):
		references.check(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("A reference stays. It can be called off."))
