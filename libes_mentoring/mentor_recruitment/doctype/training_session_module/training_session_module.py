from frappe.model.document import Document


class TrainingSessionModule(Document):
	pass
