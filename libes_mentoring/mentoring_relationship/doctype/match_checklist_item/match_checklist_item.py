from frappe.model.document import Document


class MatchChecklistItem(Document):
	pass
