from frappe.model.document import Document


class MentoringProgrammeStep(Document):
	pass
