"""Fields that a request asks for, filters or sorts by, and that no permission on a row stands for.

`refuse_hidden` runs on each request, once it is known who asks (hook auth_hooks).
"""

import re
from collections.abc import Iterator

import frappe

from libes_mentoring.access.guarded_names import meant, refuse
from libes_mentoring.access.policy import GUARDED_DOCTYPES
from libes_mentoring.access.request_values import parsed, texts

# Where a request names fields; elsewhere it names values, and a text may hold a full stop.
FIELDS = ("fields", "fieldname", "field", "columns", "order_by", "group_by", "sort_by", "sort_field")
FILTERS = ("filters", "or_filters")
DOCTYPES = ("doctype", "dt", "doctype_name", "reference_doctype", "parent_doctype", "parent")
ALONG_A_LINK = re.compile(r"(?<![\w`.])`?([a-z_]\w*)`?\s*\.\s*`?([a-z_]\w*)", re.IGNORECASE)
# By these one logs in as somebody else, or learns where they are.
SECRETS_OF_USERS = re.compile(r"\b(reset_password_key|api_key|api_secret|last_ip|restrict_ip)\b", re.IGNORECASE)


def refuse_hidden() -> None:
	"""Raises PermissionError for a request that names a field past the permission on its row."""
	if not frappe.local.form_dict or frappe.session.user == "Administrator":
		return
	form = frappe.local.form_dict
	_check_columns(form.get("custom_columns"))
	words = list(_words(form))
	if not words:
		return
	asked = [doctype for doctype in _doctypes(form) if doctype]
	_check_secrets(asked, words)
	for doctype in asked:
		_check_links(doctype, words)


def _check_columns(columns: object) -> None:
	"""Threat: a column added to a report is read from any DocType, of every row, past the log of case files."""
	columns = parsed(columns)
	for column in columns if isinstance(columns, list) else ():
		if isinstance(column, dict) and meant(column.get("doctype")):
			refuse()


def check_report(doc, method: str | None = None) -> None:
	"""The same columns kept in a report of one's own (doc event validate of Report)."""
	kept = parsed(doc.get("json"))
	_check_columns(kept.get("columns") if isinstance(kept, dict) else None)


def _check_secrets(asked: list[str], words: list[str]) -> None:
	"""Threat: keys and addresses of users are plain columns, and a filter tells a key letter by letter."""
	if "System Manager" in frappe.get_roles():
		return
	about_people = any(doctype == "User" or meant(doctype) for doctype in asked)
	for word in words:
		if (found := SECRETS_OF_USERS.search(word)) and (about_people or found[1] == "reset_password_key"):
			refuse()


def _check_links(doctype: str, words: list[str]) -> None:
	"""Threat: for `link.field`, Frappe checks the linked DocType only, never the linked row.

	What a DocType shows of itself in every link is not kept from anybody who sees the link.
	"""
	links = _links_to_ours(doctype)
	if not links:
		return
	for word in words:
		for link, field in ALONG_A_LINK.findall(word):
			target = links.get(link.lower())
			if target and field.lower() not in ("name", _title_of(target)):
				refuse()


def _links_to_ours(doctype: str) -> dict[str, str]:
	if not frappe.db.exists("DocType", doctype):
		return {}
	links = frappe.get_meta(doctype).get_link_fields()
	return {link.fieldname.lower(): link.options for link in links if link.options in GUARDED_DOCTYPES}


def _title_of(doctype: str) -> str | None:
	meta = frappe.get_meta(doctype)
	return meta.title_field if meta.show_title_field_in_link else None


def _doctypes(form: dict) -> Iterator[str]:
	for key in DOCTYPES:
		if isinstance(form.get(key), str):
			yield meant(form[key]) or form[key].strip()
	# /api/resource/<DocType>, /api/v2/document/<DocType>
	for before, after in zip(parts := frappe.request.path.split("/"), parts[1:], strict=False):
		if before in ("resource", "document", "doctype"):
			yield meant(after) or after


def _words(form: dict) -> Iterator[str]:
	for key in FIELDS:
		yield from texts(form.get(key))
	for key in FILTERS:
		yield from _filtered(parsed(form.get(key)))


def _filtered(filters: object) -> Iterator[str]:
	"""The names of the fields in filters: of `{field: value}`, `[field, …]` and `[DocType, field, …]`."""
	if isinstance(filters, dict):
		yield from (key for key in filters if isinstance(key, str))
	elif isinstance(filters, list):
		if filters and all(isinstance(word, str) for word in filters[:2]):
			yield from filters[:2]
		for item in filters:
			if isinstance(item, dict | list):
				yield from _filtered(item)
