from frappe.model.document import Document


class InterviewScorecardSign(Document):
	"""A sign of expectations that are too high, noticed or not."""
