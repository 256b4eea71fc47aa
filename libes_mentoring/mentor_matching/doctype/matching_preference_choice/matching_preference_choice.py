from frappe.model.document import Document


class MatchingPreferenceChoice(Document):
	pass
