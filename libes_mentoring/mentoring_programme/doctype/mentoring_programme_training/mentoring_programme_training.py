from frappe.model.document import Document


class MentoringProgrammeTraining(Document):
	pass
