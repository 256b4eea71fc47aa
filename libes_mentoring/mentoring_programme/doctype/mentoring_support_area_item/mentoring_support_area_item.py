from frappe.model.document import Document


class MentoringSupportAreaItem(Document):
	pass
