from frappe.model.document import Document


class MentorWellbeingNote(Document):
	"""How a mentor is: signs of strain, and the talk about them. Written by `wellbeing` only."""
