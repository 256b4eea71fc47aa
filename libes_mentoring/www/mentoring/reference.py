"""A referee's page, behind the link that only the referee has; no account is needed."""

import frappe
from frappe import _

import libes_mentoring
from libes_mentoring.mentor_recruitment.reference_rules import FORM, LIMITS
from libes_mentoring.portal import references

no_cache = 1


def get_context(context):
	settings = frappe.get_cached_doc("Mentoring Settings")
	key = frappe.form_dict.get("key") or ""
	context.update(
		{
			"no_cache": 1,
			"title": _("A few questions"),
			"version": libes_mentoring.__version__,
			"organisation": settings.organisation_name or "",
			"privacy_contact": settings.privacy_contact or "",
			# Sessions of users carry a token that a write must show; a guest has no session to protect.
			"csrf_token": "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token(),
		}
	)
	try:
		context.found = references.by_key(key)
	except frappe.TooManyRequestsError:
		frappe.clear_messages()
		context.update({"found": None, "too_many": True, "http_status_code": 429})
		return
	if not context.found:
		context.update({"over": references.link_is_over(), "http_status_code": 404})
		return
	context.update({"key": key, "form": FORM, "limits": LIMITS, "form_token": references.new_token()})
