from frappe.model.document import Document


class MentoringSupportArea(Document):
	pass
