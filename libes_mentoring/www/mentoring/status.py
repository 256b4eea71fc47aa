"""Where an application stands, behind the link that only the candidate has; no account is needed."""

import frappe
from frappe import _

import libes_mentoring
from libes_mentoring.portal import status

no_cache = 1


def get_context(context):
	context.update(
		{
			"no_cache": 1,
			"title": _("Where your application stands"),
			"version": libes_mentoring.__version__,
			"organisation": frappe.get_cached_doc("Mentoring Settings").organisation_name or "",
			"privacy_contact": frappe.get_cached_doc("Mentoring Settings").privacy_contact or "",
		}
	)
	try:
		context.found = status.by_key(frappe.form_dict.get("key") or "")
	except frappe.TooManyRequestsError:
		frappe.clear_messages()
		context.update({"found": None, "too_many": True, "http_status_code": 429})
		return
	if not context.found:
		context.http_status_code = 404
