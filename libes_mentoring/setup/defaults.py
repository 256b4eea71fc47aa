"""Records that a site starts with. Every function may run again: what exists is left as it is."""

import json

import frappe

from libes_mentoring.setup.word_lists import GENDERS, INTERESTS, LANGUAGES, SUPPORT_AREAS

# Under this name the site remembers which of its genders the app has brought.
ADDED_GENDERS = "libes_mentoring_added_genders"


def create_word_lists() -> None:
	for name, code, aliases in LANGUAGES:
		_add("Mentoring Language", name, {"language_name": name, "code": code, "aliases": aliases})
	for name, aliases in SUPPORT_AREAS:
		_add("Mentoring Support Area", name, {"area_name": name, "aliases": aliases})
	for name, aliases in INTERESTS:
		_add("Mentoring Interest", name, {"interest_name": name, "aliases": aliases})


def create_genders() -> None:
	"""The ones that Frappe's own set-up wizard makes, on a site where it has not run yet; noted as ours."""
	if not frappe.db.count("Gender"):
		for name in GENDERS:
			_add("Gender", name, {"gender": name})
		frappe.db.set_global(ADDED_GENDERS, json.dumps(GENDERS))


def create_settings() -> None:
	settings = frappe.get_single("Mentoring Settings")
	if not settings.organisation_name:
		settings.organisation_name = frappe.db.get_default("company") or ""
		settings.save(ignore_permissions=True)


def _add(doctype: str, name: str, values: dict) -> None:
	if not frappe.db.exists(doctype, name):
		# Set-up runs as part of an installation, before anybody has a role.
		frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
