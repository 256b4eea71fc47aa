from frappe.model.document import Document


class MatchCriterionWeight(Document):
	"""How much one criterion counts in a programme's matching."""
