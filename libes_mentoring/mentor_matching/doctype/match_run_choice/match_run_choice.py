from frappe.model.document import Document


class MatchRunChoice(Document):
	"""What the coordinator asked of a run: this pair for certain, never this pair, or this pair if it can stay."""
