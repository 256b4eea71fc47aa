"""What the tests of erasure share: rows as the framework leaves them, and reading all that the site holds."""

import secrets
from pathlib import Path

import frappe

from libes_mentoring.mentoring_privacy import words


class Canaries:
	"""Free text that stands nowhere else."""

	def __init__(self):
		self.all = []

	def __call__(self, about=""):
		self.all.append(f"canary{secrets.token_hex(5)}")
		return f"The {self.all[-1]} of {about or 'nobody'} was spoken of here"


def everything_in_text() -> dict[str, str]:
	"""Table → all its text, as the database holds it."""
	columns: dict[str, list[str]] = {}
	for table, column in frappe.db.sql(
		"""select c.table_name, c.column_name from information_schema.columns c
		join information_schema.tables t using (table_schema, table_name)
		where t.table_schema = database() and t.table_type = 'BASE TABLE'
		and (c.data_type like '%char' or c.data_type like '%text' or c.data_type like '%blob')"""
	):
		columns.setdefault(table, []).append(column)
	found = {}
	for table, names in columns.items():
		rows = frappe.db.sql(f"select {', '.join(f'`{name}`' for name in names)} from `{table}`")
		found[table] = "\n".join(str(value) for row in rows for value in row if value)
	return found


def where_found(marks: list[str]) -> list[str]:
	found = []
	for table, text in everything_in_text().items():
		if table == "tabEmail Queue":
			text += "\n".join(map(words.text_of_message, frappe.get_all("Email Queue", pluck="message")))
		found += [f"{table}: {mark}" for mark in marks if mark.lower() in text.lower()]
	for path in Path(frappe.get_site_path()).resolve().glob("p*/files/**/*"):
		if path.is_file():
			text = words.text_of_file(path.read_bytes())
			found += [f"{path.name}: {mark}" for mark in marks if mark.lower() in text.lower()]
	return found


def insert(doctype: str, **values):
	"""A row as it stands, past everything that the framework does when one is made."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.set_user_and_timestamp()
	doc.set_new_name()
	doc.set_parent_in_children()
	doc.db_insert()
	for row in doc.get_all_children():
		row.db_insert()
	return doc


def file(content: bytes, doctype: str | None = None, name: str | None = None, **values):
	made = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"paper-{frappe.generate_hash(length=8)}{values.pop('suffix', '.txt')}",
			"is_private": 1,
			"content": content,
			**values,
		}
	).insert(ignore_permissions=True)
	# Past the guard, as another app or an older release may have left it: to a mentor nothing is attached any more.
	made.db_set({"attached_to_doctype": doctype, "attached_to_name": name})
	return made


def request_for(doc, **values):
	return frappe.get_doc(
		{
			"doctype": "Erasure Request",
			"person_kind": doc.doctype,
			"person": doc.name,
			"asked_by": "The person",
			**values,
		}
	).insert()
