"""What every door to a match knows of the database: where a transaction begins anew, and what it answers with."""

import frappe

#: Says in words why something may not or cannot be.
REFUSED = (frappe.ValidationError, frappe.PermissionError)
#: Too many write here at once: the database has turned one of them away, with nothing written. It may be asked again.
TURNED_AWAY = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)


def read_anew() -> None:
	"""Ends a transaction that has only read: in it, whoever waits for a lock would go on with what was before.

	For the beginning of a request, once it is clear that it may go on.
	"""
	frappe.db.commit()
