"""What a volunteer reads and accepts: the rules in force, and the own agreement."""

import frappe
from frappe import _

from libes_mentoring.portal import policies
from libes_mentoring.portal.page import volunteer_page

no_cache = 1


def get_context(context):
	if not volunteer_page(context, "/mentoring/policies", _("Rules and agreement")):
		return
	context.update({"policies": policies.my_policies(), "agreement": policies.my_agreement(), "text": None})
	if not (chosen := frappe.form_dict.get("policy")):
		return
	try:
		context.text = policies.policy_text(str(chosen), str(frappe.form_dict.get("language") or "") or None)
	except frappe.PermissionError:
		# Replaced or never there: the list says what is asked for now.
		frappe.clear_messages()
		context.gone = True
		return
	context.accepted = next((row for row in context.policies if row["policy"] == chosen), None)
