from frappe.model.document import Document


class ProgrammeDistrictDistance(Document):
	"""How long the way between two districts takes, in either direction."""
