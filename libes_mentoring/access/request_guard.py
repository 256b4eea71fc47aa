"""What is looked at before any function is called."""

import frappe

from libes_mentoring.access.guarded_names import meant, refuse
from libes_mentoring.access.request_values import parsed

NAMES = ("name", "docname", "dn", "doc_name", "reference_name", "source_name", "old_name")
RECORDS = ("doc", "docs", "document", "data")


def refuse_questions_for_names() -> None:
	"""A record of the app is asked for by its name, never by conditions (hook before_request).

	Threat: where Frappe expects a name, a dict from a JSON body is taken for filters, in a dozen functions, and
	"forbidden" or "not found" tells whether a hidden row fulfils them.
	"""
	form = frappe.local.form_dict
	about_ours = any(meant(value) for value in form.values()) or _path_names_ours()
	if about_ours and any(isinstance(form.get(key), dict | list) for key in NAMES):
		refuse()
	for key in RECORDS:
		_check(form.get(key), depth=3)


def _path_names_ours() -> bool:
	return any(meant(part) for part in frappe.local.request.path.split("/"))


def _check(value, depth: int) -> None:
	value = parsed(value)
	if isinstance(value, list) and depth:
		for item in value:
			_check(item, depth - 1)
	elif isinstance(value, dict) and meant(value.get("doctype")):
		if any(isinstance(value.get(key), dict | list) for key in ("name", "docname")):
			refuse()
