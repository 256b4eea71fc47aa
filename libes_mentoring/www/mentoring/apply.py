"""The form for people who would like to volunteer; no account is needed."""

import frappe
from frappe import _

import libes_mentoring
from libes_mentoring import mail
from libes_mentoring.portal import application

no_cache = 1


def get_context(context):
	context.update(
		{
			"no_cache": 1,
			"title": _("Become a volunteer"),
			"version": libes_mentoring.__version__,
			"choices": application.choices(),
			"form_token": application.new_token(),
			"mail_comes": mail.is_set_up(),
			# Sessions of users carry a token that a write must show; a guest has no session to protect.
			"csrf_token": "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token(),
		}
	)
	context.organisation = context.choices["organisation"]
