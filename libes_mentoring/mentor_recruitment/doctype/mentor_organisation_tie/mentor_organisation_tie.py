from frappe.model.document import Document


class MentorOrganisationTie(Document):
	"""An organisation that a mentor is tied to beside the one they come from."""
