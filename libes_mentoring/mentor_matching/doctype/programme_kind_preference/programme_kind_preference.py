from frappe.model.document import Document


class ProgrammeKindPreference(Document):
	"""How well a kind of mentor suits what comes first for a mentee."""
