from frappe.model.document import Document

from libes_mentoring.mentoring_relationship import concerns


class ConcernRecipient(Document):
	def validate(self):
		concerns.refuse_alone()

	def on_trash(self):
		concerns.refuse_alone()
