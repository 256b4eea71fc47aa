from frappe.model.document import Document


class PeerPost(Document):
	"""A post on the volunteers' board. Written by `board` only."""
