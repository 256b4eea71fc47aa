from frappe.model.document import Document


class VolunteerAgreementCommitment(Document):
	"""One thing that one side of an agreement undertakes."""
