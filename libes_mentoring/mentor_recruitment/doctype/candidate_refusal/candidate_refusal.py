from frappe.model.document import Document


class CandidateRefusal(Document):
	pass
