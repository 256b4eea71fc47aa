from frappe.model.document import Document


class MatchingSessionMentee(Document):
	pass
