from frappe.model.document import Document


class TrainingAttendance(Document):
	"""One mentor on the list of one session."""
