from frappe.model.document import Document


class MentoringInterestItem(Document):
	pass
