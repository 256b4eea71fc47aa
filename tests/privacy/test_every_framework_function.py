"""Every whitelisted function of the framework itself, called with arguments made from the names of its parameters.

Most calls fail, and may. What counts is that no answer holds a canary and that our records stay as they are, also
in a release of the framework that has functions nobody here has heard of.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import warnings

import frappe
import pytest
from privacy_canaries import BEGINNING, TEXT_FIELDS

pytestmark = pytest.mark.req("P8", "S3")

# Not called: they end the caller's session, change the caller's password or talk to other machines.
LEFT_OUT = (
	"frappe.handler.logout",
	"frappe.handler.web_logout",
	"frappe.sessions.clear",
	"frappe.core.doctype.user.user.update_password",
	"frappe.core.doctype.user.user.reset_password",
	"frappe.integrations.",
	"frappe.push_notification.",
	"frappe.utils.change_log.",
	"frappe.desk.page.setup_wizard.",
	"frappe.www.login.",
	"frappe.twofactor.",
)
# These modules start things when they are imported.
NOT_IMPORTED = ("patches", "tests", "test_", "commands", "node_modules", "parallel_test_runner", "coverage")
TARGETS = ("Mentee Case File", "Mentee")


def functions_of_the_framework(guest: bool) -> list:
	with warnings.catch_warnings():
		warnings.simplefilter("ignore")
		for module in pkgutil.walk_packages(frappe.__path__, "frappe."):
			if not any(part.startswith(NOT_IMPORTED) for part in module.name.split(".")[1:]):
				try:
					importlib.import_module(module.name)
				except ImportError:
					# A part of the framework for which a library is missing cannot be called either.
					continue
	found = []
	for function in frappe.guest_methods if guest else frappe.whitelisted:
		name = f"{function.__module__}.{function.__qualname__}"
		if (
			name.startswith("frappe.")
			and not name.startswith(LEFT_OUT)
			and function.__name__ == function.__qualname__
		):
			found.append((name, function))
	return sorted(found, key=lambda pair: pair[0])


def arguments_for(function, doctype: str, cast, user: str) -> dict:
	"""A value for each parameter, by its name, and those that the desk sends along unasked."""
	name = cast.name(doctype)
	field = next(f.fieldname for f in reversed(frappe.get_meta(doctype).fields) if f.fieldtype in TEXT_FIELDS)
	known = {
		**dict.fromkeys(
			("doctype", "dt", "reference_doctype", "ref_doctype", "document_type", "parent_doctype"), doctype
		),
		**dict.fromkeys(("reference_dt", "_doctype", "reminder_doctype", "for_doctype", "ref_dt"), doctype),
		**dict.fromkeys(
			("name", "docname", "dn", "doc_name", "document", "ref_name", "reference_name"), name
		),
		**dict.fromkeys(("value", "source_name", "reminder_docname", "reference_docname", "old_name"), name),
		"names": [name],
		"docnames": [name],
		"source_names": [name],
		"items": [name],
		**dict.fromkeys(("field", "fieldname", "searchfield", "workflow_state_field", "sort_field"), field),
		**dict.fromkeys(("txt", "text", "query_text", "search_term", "tag", "search_text"), BEGINNING),
		**dict.fromkeys(("user", "for_user", "assign_to"), user),
		"doc": {"doctype": doctype, "name": name},
		"reference_doc": {"doctype": doctype, "name": name},
		"docs": [{"doctype": doctype, "name": name}],
		**dict.fromkeys(("start", "limit_start", "prev"), 0),
		**dict.fromkeys(("limit", "page_len", "page_length", "limit_page_length"), 100),
		"fields": ["*"],
		"stats": [field],
		"states": [],
		"current_filters": [],
		"filters": [],
		**dict.fromkeys(("file_url", "path"), cast.files[doctype]),
	}
	parameters = inspect.signature(inspect.unwrap(function)).parameters
	wanted = [key for key in parameters if key in known] or ["doctype", "name", "fields"]
	return {key: known[key] for key in wanted}


def state_of_ours(cast) -> dict:
	return {
		(doctype, name): frappe.db.get_value(doctype, name, "modified")
		for doctype, names in cast.records.items()
		for name in names
		if doctype != "Mentoring Settings"
	}


@pytest.mark.parametrize("person", ["volunteer", "guest", "partner", "other_social_worker"])
def test_no_function_of_the_framework_gives_one_away(probe, cast, person):
	before, leaks, functions = state_of_ours(cast), [], functions_of_the_framework(person == "guest")
	assert len(functions) > (20 if person == "guest" else 200)
	for name, function in functions:
		for doctype in TARGETS if person == "volunteer" else TARGETS[:1]:
			leaks += (
				probe(person).call(name, **arguments_for(function, doctype, cast, probe(person).user)).leaks
			)
	frappe.db.rollback()
	assert not leaks
	assert state_of_ours(cast) == before
