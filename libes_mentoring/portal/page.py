"""What every page of the volunteers' portal begins with: who asks, and what stands around the content."""

import frappe

import libes_mentoring
from libes_mentoring.portal import navigation, scope


def volunteer_page(context, path: str) -> bool:
	"""Fills the frame of a page, and says whether a volunteer asks for it.

	A guest is sent to the login and back; whoever is no volunteer gets the kind page of `page.html` with the
	status 403, and the answer False: the page adds nothing then.
	"""
	context.update(
		{
			"no_cache": 1,
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
