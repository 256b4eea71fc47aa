from frappe import _

from libes_mentoring.access import guarded_fields
from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_matching import preferences


class MatchingPreference(QuietDocument):
	"""What one person said in private after a matching session."""

	def autoname(self):
		self.name = preferences.name_of(self.session, self.mentor or self.mentee)

	def on_trash(self):
		guarded_fields.refuse_removal(self, _("What a person said stays. It can be entered anew."))
