import frappe
from frappe import _
from frappe.model.document import Document


class SelfcareResource(Document):
	"""A tip for mentors' own care; the organisation may change, add and hide them."""

	def validate(self):
		# Shown as a link on the volunteers' page: nothing that a browser would run.
		if self.link and not self.link.startswith(("https://", "http://")):
			frappe.throw(_("Please enter the whole address of the link: it begins with https://."))
