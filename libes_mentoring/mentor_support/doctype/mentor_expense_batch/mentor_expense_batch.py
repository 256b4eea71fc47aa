from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentor_support import expense_payments


class MentorExpenseBatch(QuietDocument):
	"""Approved expenses that are paid together. Written by `expense_payments` only."""

	def onload(self):
		expense_payments.tell_the_form(self)
