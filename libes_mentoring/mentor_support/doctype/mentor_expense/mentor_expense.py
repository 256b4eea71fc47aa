from libes_mentoring.access.quiet_document import QuietDocument


class MentorExpense(QuietDocument):
	"""What a mentor has spent and asks back. Written by `expenses` and `expense_payments` only."""
