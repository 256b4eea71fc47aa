"""Frappe's own functions that call another one by a name from the request.

By its name alone they would reach the framework's function past the one that stands in for it, so the name is
replaced here (access/framework_doors.py).
"""

import frappe

from libes_mentoring.access.framework_doors import OVERRIDES
from libes_mentoring.access.guarded_names import guarded, named_in, refuse


@frappe.whitelist()
def search_link(doctype: str, txt: str, query: str | None = None, **arguments: object):
	"""What a link field offers: rows of value and description.

	Threat: with `ignore_user_permissions`, Frappe leaves out the conditions of rows; `query` calls any function.
	"""
	return _search("frappe.desk.search.search_link", doctype, txt, query, arguments)


@frappe.whitelist()
def search_widget(doctype: str, txt: str, query: str | None = None, **arguments: object):
	"""What the search of a dialogue offers: rows of the asked for fields.

	Threat: as in `search_link`.
	"""
	return _search("frappe.desk.search.search_widget", doctype, txt, query, arguments)


def _search(name: str, doctype: str, txt: str, query: str | None, arguments: dict):
	if guarded(doctype):
		arguments["ignore_user_permissions"] = 0
	elif named_in(arguments.get("filters")):
		refuse()
	return frappe.call(
		frappe.get_attr(name), doctype=doctype, txt=txt, query=stand_in_for(query), **_without_cmd(arguments)
	)


@frappe.whitelist()
def get_all_nodes(doctype: str, label: str, parent: str, tree_method: str, **filters: object):
	"""Every node of a tree, by its parent.

	Threat: `tree_method` calls any function, and the answer is passed on.
	"""
	original = frappe.get_attr("frappe.desk.treeview.get_all_nodes")
	return original(doctype, label, parent, stand_in_for(tree_method), **_without_cmd(filters))


@frappe.whitelist()
def map_docs(method: str, source_names: str, target_doc: str | dict | None = None, args: str | None = None):
	"""A new record made from several others.

	Threat: `method` calls any function with two arguments of the caller's, and the answer is passed on.
	"""
	original = frappe.get_attr("frappe.model.mapper.map_docs")
	return original(stand_in_for(method), source_names, target_doc, args)


def stand_in_for(name: str | None) -> str | None:
	"""The function that stands in for the named one, or the name itself."""
	return OVERRIDES.get(name.strip(), name) if isinstance(name, str) else name


def _without_cmd(arguments: dict) -> dict:
	return {key: value for key, value in arguments.items() if key != "cmd"}
