from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_recruitment import agreement_content, agreements


class VolunteerAgreement(QuietDocument):
	"""The agreement between the organisation and one mentor. Nothing in it is about a mentee."""

	def validate(self):
		agreement_content.check(self)

	def on_trash(self):
		agreements.refuse_deletion(self)
