from frappe.model.document import Document


class MentoringImportRow(Document):
	pass
