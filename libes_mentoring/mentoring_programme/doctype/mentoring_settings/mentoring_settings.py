from frappe.model.document import Document


class MentoringSettings(Document):
	pass
