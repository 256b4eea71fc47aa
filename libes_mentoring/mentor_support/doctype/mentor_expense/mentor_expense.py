from frappe.model.document import Document


class MentorExpense(Document):
	"""What a mentor has spent and asks back. Written by `expenses` and `expense_payments` only."""
