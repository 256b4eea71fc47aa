"""Storing a run: a programme in which thousands wait is planned anew at each key, so its rows go in a few statements."""

from frappe.model.document import bulk_insert
from frappe.model.naming import set_new_name

TABLES = ("pairs", "unplaced")
AT_ONCE = 1000


def store(run) -> None:
	"""Saves a run (new or stored) with its rows as they stand in it; the framework alone would insert them one by one.

	Nobody writes a run by hand, so its new rows need no more checks than the plan that they come from.
	"""
	everything = {table: list(run.get(table)) for table in TABLES}
	for rows in everything.values():
		for place, row in enumerate(rows, 1):
			row.idx = place
	for table, rows in everything.items():
		run.set(table, [row for row in rows if not row.is_new()])
	# Whose it is has been asked.
	run.flags.ignore_permissions = True
	# Mentors and mentees come from the pool as it was read a moment ago.
	run.flags.ignore_links = True
	run.save()
	for table, rows in everything.items():
		_insert(run, [row for row in rows if row.is_new()])
		run.set(table, rows)


def _insert(run, rows: list) -> None:
	for row in rows:
		# The run has its name by now. What the framework fills when it saves a row itself:
		row.update({"parent": run.name, "owner": run.owner, "docstatus": run.docstatus})
		set_new_name(row)
	if rows:
		bulk_insert(rows[0].doctype, rows, chunk_size=AT_ONCE)
	for row in rows:
		row.set("__islocal", False)
