from frappe.model.document import Document


class MatchRunPair(Document):
	"""A pair that a run proposes, and what became of it."""
