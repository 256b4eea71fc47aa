"""Records that a request names, before any function is called.

`refuse_hidden` runs on each request, once it is known who asks (hook auth_hooks).
"""

import frappe

from libes_mentoring.access import criteria
from libes_mentoring.access.guarded_names import meant, refuse
from libes_mentoring.access.policy import POLICY

APP = "libes_mentoring"
NAMES_A_DOCTYPE = ("doctype", "dt", "parenttype", "document_type", "reference_type", "link_doctype")


def refuse_hidden() -> None:
	"""Raises PermissionError, in the same words for a record that is hidden and one that is not there.

	Threat: functions for remarks, likes and discussions, some of them open to guests, answer "no such record" or
	write at it.
	"""
	form, user = frappe.local.form_dict, frappe.session.user
	if user == "Administrator" or not form or _own_function(form):
		return
	named = {key: ours for key, value in form.items() if _names_a_doctype(key) and (ours := meant(value))}
	if not named:
		return
	# System Managers shape the DocTypes; which rows they see is asked by the functions themselves.
	if "System Manager" not in frappe.get_roles() and not any(
		criteria.rules_for(doctype, user) for doctype in POLICY
	):
		refuse()
	reference = named.get("reference_doctype")
	name = form.get("reference_name") or form.get("reference_docname")
	if reference in POLICY and name and not criteria.row_is_visible(reference, str(name), user):
		refuse()


def _names_a_doctype(key: str) -> bool:
	return key in NAMES_A_DOCTYPE or key.endswith("_doctype")


def _own_function(form: dict) -> bool:
	"""Ours say themselves to whom they answer."""
	called = str(form.get("cmd") or frappe.request.path.rpartition("/method/")[2])
	return called.split(".")[0] == APP
