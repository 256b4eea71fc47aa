"""A mentor's account on the portal: a website user with the volunteer's role and no other."""

import frappe
from frappe import _

from libes_mentoring import mail
from libes_mentoring.access.roles import VOLUNTEER

# What an account of the portal remembers that came to be by an invitation: it goes when the app goes.
MADE_HERE = "libes_mentoring_account"
INVITED_STAGES = ("Screening", "Available", "Paused")


@frappe.whitelist(methods=["POST"])
def invite(mentor: str) -> str:
	"""Gives the mentor an account on the portal, or links the one that exists, and returns its name.

	From the screening on: policies and training are done there. A user of the desk is never made a volunteer: the
	two see different things. Raises ValidationError with the reason.
	"""
	doc = frappe.get_doc("Mentor", mentor)
	doc.check_permission("write")
	if doc.stage not in INVITED_STAGES or doc.turned_down_on:
		frappe.throw(_("Only a mentor who is in the screening or available is invited to the portal."))
	if doc.user:
		return doc.user
	if not doc.email:
		frappe.throw(_("Enter the mentor's e-mail address first."))
	user = _user_for(doc)
	if frappe.db.get_value("Mentor", {"user": user.name, "name": ("!=", doc.name)}):
		frappe.throw(_("This e-mail address belongs to another mentor's account."))
	doc.user = user.name
	doc.flags.by_procedure = True
	doc.save()
	return user.name


def _user_for(mentor):
	email = mentor.email.strip().lower()
	if frappe.db.exists("User", email):
		user = frappe.get_doc("User", email)
		if user.user_type == "System User":
			frappe.throw(_("This e-mail address belongs to a member of staff."))
	else:
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": mentor.full_name,
				"user_type": "Website User",
				"send_welcome_email": int(mail.is_set_up()),
			}
		)
		# Coordinators manage volunteers, not users: this is the one account they may open, with this one role.
		user.insert(ignore_permissions=True)
		frappe.defaults.set_user_default(MADE_HERE, "1", user.name)
	if VOLUNTEER not in [row.role for row in user.roles]:
		user.append("roles", {"role": VOLUNTEER})
		user.save(ignore_permissions=True)
	return user
