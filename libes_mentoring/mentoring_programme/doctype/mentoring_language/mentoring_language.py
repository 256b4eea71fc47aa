from frappe.model.document import Document


class MentoringLanguage(Document):
	pass
