from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import waivers


class ScreeningWaiver(QuietDocument):
	"""A manager's decision that a step may be missing, for a reason and until a day; a coordinator asks for it."""

	def validate(self):
		waivers.check(self)

	def after_insert(self):
		waivers.tell_managers(self)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("A waiver stays. It can be revoked."))
