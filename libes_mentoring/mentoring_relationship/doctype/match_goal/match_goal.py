from frappe.model.document import Document


class MatchGoal(Document):
	pass
