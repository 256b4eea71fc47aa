"""Whether a request is about records of the app, however it is written, and whether they may be read."""

import frappe
from frappe import _

from libes_mentoring.access import criteria
from libes_mentoring.access.policy import CHILD_TABLES, GUARDED_DOCTYPES
from libes_mentoring.access.request_values import parsed

_PLAIN = {doctype.casefold(): doctype for doctype in GUARDED_DOCTYPES}


def meant(doctype) -> str | None:
	"""The guarded DocType of this name, also of its table; None where there is none."""
	if not isinstance(doctype, str):
		return None
	plain = doctype.strip().casefold()
	return _PLAIN.get(plain) or _PLAIN.get(plain.removeprefix("tab"))


def guarded(doctype) -> str | None:
	"""As `meant`, for what is about to become a table of a query.

	A name with a quote in it that holds one of ours is an attempt at the query, and refused.
	"""
	if isinstance(doctype, str) and "`" in doctype and any(name in doctype.casefold() for name in _PLAIN):
		refuse()
	return meant(doctype)


def named_in(filters) -> bool:
	"""Whether filters name a guarded DocType, as the table of a condition or inside a column."""
	filters = parsed(filters)
	if isinstance(filters, dict):
		return any(_in_column(key) for key in filters)
	if not isinstance(filters, list):
		return False
	return any(
		_in_column(word) for item in filters if isinstance(item, list) for word in item[:2] if word
	) or any(named_in(item) for item in filters if isinstance(item, dict))


def _in_column(word) -> bool:
	if not isinstance(word, str):
		return False
	plain = word.casefold()
	return plain in _PLAIN or any(f"tab{name}" in plain for name in _PLAIN)


def refuse() -> None:
	"""One answer for what is there and for what is not."""
	frappe.throw(_("Not permitted"), frappe.PermissionError)


def may_read(doctype: str, name) -> bool:
	"""Whether the user may read this stored record: what the role allows, and the row."""
	if not isinstance(name, str) or not criteria.row_is_visible(doctype, name, frappe.session.user):
		return False
	return bool(readable_parent(doctype)) if doctype in CHILD_TABLES else bool(frappe.has_permission(doctype))


def readable_parent(doctype: str) -> str | None:
	"""The DocType by which the user may read a table's rows; None for no table, or where there is none."""
	parents = CHILD_TABLES.get(doctype, ())
	return next((parent for parent in parents if frappe.has_permission(parent)), None)


def require_read(doctype: str, name) -> None:
	"""Raises PermissionError, whether the record is hidden or not there."""
	if not may_read(doctype, name):
		refuse()


def permitted_names(doctype: str, filters=None, limit: int = 0) -> list[str]:
	"""Names of the rows that the user may read; PermissionError without a permission on the DocType."""
	return permitted_values(doctype, "name", filters, limit)


def permitted_values(doctype: str, field: str, filters=None, limit: int = 0) -> list:
	"""As `permitted_names`, of any column; nothing but None where the user may not read the column."""
	parent = readable_parent(doctype)
	if doctype in CHILD_TABLES and not parent:
		refuse()
	rows = frappe.get_list(
		doctype, fields=[field], filters=filters, limit_page_length=limit, parent_doctype=parent
	)
	return [row.get(field) for row in rows]
