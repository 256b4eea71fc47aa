"""What every page of the volunteers' portal begins with: who is asking, and the frame around the page."""

import frappe

import libes_mentoring
from libes_mentoring.portal import navigation, scope


def volunteer_page(context, path: str, title: str) -> bool:
	"""Fills the frame of the page at `path`; whether it is a volunteer who asks.

	A guest is sent to the login and back (Redirect). For anybody else without a volunteer's place `welcome` is
	false, and the page says so kindly.
	"""
	context.update(
		{
			"no_cache": 1,
			"title": title,
			"version": libes_mentoring.__version__,
			"organisation": frappe.get_cached_doc("Mentoring Settings").organisation_name or "",
		}
	)
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = f"/login?redirect-to={path}"
		# 302, not the default 301: a browser may remember a redirect for good, past the login.
		raise frappe.Redirect(302)
	context.csrf_token = frappe.sessions.get_csrf_token()
	try:
		scope.own_mentor()
	except frappe.PermissionError:
		frappe.clear_messages()
		context.update({"welcome": False, "http_status_code": 403})
		return False
	context.update({"welcome": True, "navigation": navigation.links(path)})
	return True
