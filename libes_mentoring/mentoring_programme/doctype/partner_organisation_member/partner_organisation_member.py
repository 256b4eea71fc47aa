from frappe.model.document import Document


class PartnerOrganisationMember(Document):
	pass
