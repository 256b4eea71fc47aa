from frappe.model.document import Document

from libes_mentoring.mentoring_relationship import closing, moving, opening


class Match(Document):
	"""One mentor with one mentee, from the decision to its closure."""

	def before_insert(self):
		opening.prepare(self)
		opening.check(self)

	def validate(self):
		moving.check(self)
		moving.log(self)
		closing.stamp_steps(self.checklist)

	def after_insert(self):
		opening.complete(self)
