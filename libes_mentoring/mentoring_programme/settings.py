"""Numbers of the organisation's settings, also on a site that has not stored the settings since a field came."""

import frappe
from frappe.utils import cint

SETTINGS = "Mentoring Settings"


def number_set(field: str) -> int:
	"""A number from Mentoring Settings; where nothing was ever stored the field's default, never a silent 0."""
	stored = frappe.db.get_singles_dict(SETTINGS).get(field)
	return cint(frappe.get_meta(SETTINGS).get_field(field).default if stored is None else stored)
