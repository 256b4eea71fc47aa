from frappe.model.document import Document


class MentorShortlistCard(Document):
	pass
