from frappe.model.document import Document


class MentorMotivation(Document):
	pass
