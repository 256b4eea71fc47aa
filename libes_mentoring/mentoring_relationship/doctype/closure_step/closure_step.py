from frappe.model.document import Document


class ClosureStep(Document):
	pass
