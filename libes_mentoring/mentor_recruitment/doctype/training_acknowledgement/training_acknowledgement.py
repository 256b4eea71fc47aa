from frappe.model.document import Document


class TrainingAcknowledgement(Document):
	"""One mentor has read one version of a material."""
