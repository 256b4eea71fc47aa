from frappe.model.document import Document


class MentorWellbeingAnswer(Document):
	"""One sign of strain, and how much of it was noticed."""
