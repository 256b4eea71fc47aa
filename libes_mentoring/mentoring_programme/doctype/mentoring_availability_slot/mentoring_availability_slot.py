from frappe.model.document import Document


class MentoringAvailabilitySlot(Document):
	pass
