"""Cards to choose from, on a tablet beside the person who chooses; for staff, and without the desk around it.

A page of its own, in a window of its own: neither its words nor what stands behind it holds a name.
"""

import frappe
from frappe import _

import libes_mentoring
from libes_mentoring.mentor_matching import choosing

no_cache = 1


def get_context(context):
	context.update({"no_cache": 1, "title": _("Cards"), "version": libes_mentoring.__version__})
	shortlist = str(frappe.form_dict.get("list") or "")
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login?redirect-to=/app"
		# 302, not the default 301: a browser may remember a redirect for good, past the login.
		raise frappe.Redirect(302)
	context.csrf_token = frappe.sessions.get_csrf_token()
	try:
		context.update(
			{"shortlist": shortlist, "cards": choosing.shown(shortlist), "people": choosing.present_words()}
		)
		context.wish_length = choosing.WISH_LENGTH
	except frappe.PermissionError:
		frappe.clear_messages()
		context.update({"refused": _("This is not available to you."), "http_status_code": 403})
	except frappe.ValidationError as error:
		frappe.clear_messages()
		context.update({"refused": frappe.utils.strip_html(str(error)), "http_status_code": 417})
