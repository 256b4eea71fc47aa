from frappe.model.document import Document


class MatchRunUnplaced(Document):
	"""Somebody for whom a run found no mentor. What would open the most is a code; the words are made when it is read."""
