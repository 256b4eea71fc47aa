from frappe.model.document import Document


class MentoringLanguageSkill(Document):
	pass
