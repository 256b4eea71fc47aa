from frappe.model.document import Document


class MentoringGroupMentor(Document):
	pass
