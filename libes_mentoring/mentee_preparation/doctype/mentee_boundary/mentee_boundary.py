from frappe.model.document import Document


class MenteeBoundary(Document):
	pass
