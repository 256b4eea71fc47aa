from frappe.model.document import Document


class GettogetherSignup(Document):
	"""A mentor has said that they will come. Made and taken back on the portal."""
