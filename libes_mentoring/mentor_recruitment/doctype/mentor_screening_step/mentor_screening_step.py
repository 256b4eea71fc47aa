from frappe.model.document import Document


class MentorScreeningStep(Document):
	pass
