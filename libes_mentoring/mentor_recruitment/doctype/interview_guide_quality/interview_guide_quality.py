from frappe.model.document import Document


class InterviewGuideQuality(Document):
	"""A quality to be observed, with what each mark of the scale means."""
