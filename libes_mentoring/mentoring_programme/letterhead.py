"""Who prints: the organisation, as it stands at the head of every paper."""

import frappe


def letterhead() -> dict[str, str | None]:
	"""`{"organisation", "address", "insurer"}` of Mentoring Settings."""
	settings = frappe.get_cached_doc("Mentoring Settings")
	return {
		"organisation": settings.organisation_name,
		"address": settings.address,
		"insurer": settings.insurer,
	}
