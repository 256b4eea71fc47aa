from frappe.model.document import Document


class MenteeExcludedMentor(Document):
	pass
