from frappe.model.document import Document


class RecordCheckRule(Document):
	pass
