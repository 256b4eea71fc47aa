from frappe.model.document import Document

from libes_mentoring.mentoring_programme import policies


class PolicyDocument(Document):
	"""One version of a text that people agree to. Once in force it never changes; a new text is a new version."""

	def validate(self):
		policies.check(self)

	def on_trash(self):
		policies.refuse_deletion(self)
