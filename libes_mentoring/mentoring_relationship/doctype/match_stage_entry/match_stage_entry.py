from frappe.model.document import Document


class MatchStageEntry(Document):
	pass
