from frappe.model.document import Document


class InterviewGuideSign(Document):
	"""A sign of expectations that the programme cannot meet, and what to talk about then."""
