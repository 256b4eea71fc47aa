from frappe.model.document import Document


class PolicyText(Document):
	pass
