from frappe.model.document import Document

from libes_mentoring.mentoring_relationship import contacts


class CheckIn(Document):
	"""A scheduled contact of staff with the mentor, the mentee or both."""

	def validate(self):
		contacts.check(self)
