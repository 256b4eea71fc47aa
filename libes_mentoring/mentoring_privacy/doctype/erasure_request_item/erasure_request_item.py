from frappe.model.document import Document


class ErasureRequestItem(Document):
	pass
