from frappe.model.document import Document


class MenteeOrganisationConflict(Document):
	"""An organisation whose people are never proposed to a mentee."""
