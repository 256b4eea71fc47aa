from frappe.model.document import Document


class MentoringInterest(Document):
	pass
