from frappe.model.document import Document

from libes_mentoring.mentoring_relationship import closing


class Closure(Document):
	"""How a match ends: open from its first day, completed by a procedure, never edited afterwards."""

	def validate(self):
		closing.check(self)
		closing.stamp_steps(self.steps)
