from frappe.model.document import Document


class MatchingSessionMentor(Document):
	pass
