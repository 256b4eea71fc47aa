from frappe.model.document import Document


class InterviewScore(Document):
	"""One quality and its mark."""
