from frappe.model.document import Document


class MenteeInductionTopic(Document):
	pass
