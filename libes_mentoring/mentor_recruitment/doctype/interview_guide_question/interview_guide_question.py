from frappe.model.document import Document


class InterviewGuideQuestion(Document):
	"""A question of the interview, under its topic."""
