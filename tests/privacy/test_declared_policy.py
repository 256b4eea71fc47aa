"""Every DocType of the app has a declared policy, and the volunteers' role has no permission anywhere."""

from __future__ import annotations

import frappe
import pytest
from privacy_canaries import TEXT_FIELDS
from privacy_policy import EVERYBODY, KEPT_FROM, MEANT_FOR, NOTHING_PERSONAL, READERS

from libes_mentoring.access.roles import VOLUNTEER

pytestmark = pytest.mark.req("S3", "P8")


def doctypes_of_the_app() -> set[str]:
	modules = frappe.get_all("Module Def", filters={"app_name": "libes_mentoring"}, pluck="name")
	return set(frappe.get_all("DocType", filters={"module": ("in", modules)}, pluck="name"))


def test_every_doctype_has_a_row():
	declared = set(READERS) | set(NOTHING_PERSONAL)
	missing = doctypes_of_the_app() - declared
	assert not missing, f"Say in privacy_policy.py who may read {', '.join(sorted(missing))}."
	assert not declared - doctypes_of_the_app(), "A row of privacy_policy.py names no DocType."


def test_the_policy_names_fields_and_persons_that_exist():
	for doctype, field in (*MEANT_FOR, *KEPT_FROM):
		assert field == "name" or frappe.get_meta(doctype).has_field(field), f"{doctype}.{field}"
	persons = set().union(*READERS.values(), *MEANT_FOR.values(), *KEPT_FROM.values())
	assert persons <= set(EVERYBODY)


def test_every_doctype_with_text_holds_canaries(cast):
	"""A DocType that nobody has planted anything in would never be seen to leak."""
	planted = {canary.doctype for canary in (*cast.vault.tokens.values(), *cast.vault.plain.values())}
	for doctype in doctypes_of_the_app() - set(NOTHING_PERSONAL):
		if frappe.get_meta(doctype).get("fields", {"fieldtype": ("in", TEXT_FIELDS)}):
			assert doctype in planted, f"Add {doctype} to privacy_cast.py."


def test_every_text_field_holds_a_canary(cast):
	"""What was planted is really there, so that no answer is clean for want of anything to tell."""
	for doctype, names in cast.records.items():
		meta = frappe.get_meta(doctype)
		for name in names:
			doc = frappe.get_doc(doctype, name)
			for field in meta.get("fields", {"fieldtype": ("in", TEXT_FIELDS)}):
				if (doctype, field.fieldname) != ("Mentoring Import", "workbook"):
					assert cast.vault.find(str(doc.get(field.fieldname))), f"{doctype}.{field.fieldname}"


@pytest.mark.parametrize("role", [VOLUNTEER, "All", "Guest", "Desk User"])
def test_no_permission_for_volunteers_or_for_everybody(role):
	for doctype in doctypes_of_the_app():
		permissions = [*frappe.get_meta(doctype).permissions]
		assert role not in [permission.role for permission in permissions], doctype


def test_volunteers_are_users_of_the_website_only(cast):
	assert not frappe.db.get_value("Role", VOLUNTEER, "desk_access")
	for person in ("volunteer", "former_volunteer", "other_volunteer"):
		assert frappe.db.get_value("User", cast.users[person], "user_type") == "Website User"


def test_the_case_file_keeps_no_history_and_shows_no_title():
	meta = frappe.get_meta("Mentee Case File")
	assert not (meta.track_changes or meta.track_views or meta.track_seen)
	assert not (meta.title_field or meta.show_title_field_in_link or meta.show_preview_popup)
	assert not meta.get("fields", {"in_global_search": 1})
	assert not meta.has_web_view and not meta.allow_guest_to_view
