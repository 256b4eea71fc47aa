from frappe.model.document import Document


class ProgrammeMeetingPlace(Document):
	pass
