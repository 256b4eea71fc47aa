from frappe.model.document import Document


class MentorReferenceQuality(Document):
	"""One quality, as a referee has seen it."""
