from frappe.model.document import Document


class MatchWish(Document):
	pass
