"""The volunteers' page for what they have spent."""

from frappe import _
from frappe.utils import add_days, nowdate

from libes_mentoring.mentor_support.expenses import PURPOSE_LENGTH
from libes_mentoring.portal import expenses, matches
from libes_mentoring.portal.page import volunteer_page

no_cache = 1


def get_context(context):
	if not volunteer_page(context, "/mentoring/expenses", _("My expenses")):
		return
	offer = expenses.offer()
	context.update(
		{
			"offer": offer,
			"claims": expenses.my_claims(),
			"coordinator": matches.my_coordinator(),
			"purpose_length": PURPOSE_LENGTH,
			"today": nowdate(),
			"first_day": add_days(nowdate(), -offer["latest_days"]) if offer["latest_days"] else "",
		}
	)
