from frappe.model.document import Document


class MentoringProgrammeCurrency(Document):
	"""A currency in which a programme reimburses expenses."""
