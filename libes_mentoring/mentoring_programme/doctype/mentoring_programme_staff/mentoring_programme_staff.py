from frappe.model.document import Document


class MentoringProgrammeStaff(Document):
	pass
