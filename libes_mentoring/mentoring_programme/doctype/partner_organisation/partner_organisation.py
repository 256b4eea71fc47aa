from frappe.model.document import Document


class PartnerOrganisation(Document):
	pass
