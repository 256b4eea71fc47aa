import frappe

from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentee_preparation import alias, preparation


class Mentee(QuietDocument):
	"""What matching needs to know of a person, under a random alias. Who it is stands in the case file."""

	def autoname(self):
		self.name = alias.draw()
		while frappe.db.exists("Mentee", self.name):
			self.name = alias.draw()

	def validate(self):
		preparation.check(self)
