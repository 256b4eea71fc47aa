"""Records that a site starts with. Every function may run again: what exists is left as it is."""

import frappe

from libes_mentoring.mentor_support.presets import preset
from libes_mentoring.setup.word_lists import GENDERS, INTERESTS, LANGUAGES, SUPPORT_AREAS


def create_word_lists() -> None:
	for name, code, aliases in LANGUAGES:
		_add("Mentoring Language", name, {"language_name": name, "code": code, "aliases": aliases})
	for name, aliases in SUPPORT_AREAS:
		_add("Mentoring Support Area", name, {"area_name": name, "aliases": aliases})
	for name, aliases in INTERESTS:
		_add("Mentoring Interest", name, {"interest_name": name, "aliases": aliases})


def create_genders() -> None:
	"""The ones that Frappe's own set-up wizard makes, on a site where it has not run yet."""
	if not frappe.db.count("Gender"):
		for name in GENDERS:
			_add("Gender", name, {"gender": name})


def create_care_resources() -> None:
	"""Tips for mentors' own care. One that was there once is not made again, whatever became of its words."""
	for position, tip in enumerate(preset("self_care")["resources"], start=1):
		if not frappe.db.exists("Self-care Resource", {"preset_key": tip["key"]}):
			values = {"title": tip["title"], "text": tip["text"], "position": 10 * position, "enabled": 1}
			# Set-up runs as part of an installation, before anybody has a role.
			frappe.get_doc(
				{"doctype": "Self-care Resource", "preset_key": tip["key"], **values}
			).insert(ignore_permissions=True)


def create_settings() -> None:
	settings = frappe.get_single("Mentoring Settings")
	if not settings.organisation_name:
		settings.organisation_name = frappe.db.get_default("company") or ""
		settings.save(ignore_permissions=True)


def _add(doctype: str, name: str, values: dict) -> None:
	if not frappe.db.exists(doctype, name):
		# Set-up runs as part of an installation, before anybody has a role.
		frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
