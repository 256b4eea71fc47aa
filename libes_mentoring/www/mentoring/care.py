"""The volunteers' page for themselves: a pause, the way back, and what helps."""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, nowdate

from libes_mentoring.mentor_support.pausing import LONGEST_MONTHS
from libes_mentoring.portal import care, matches
from libes_mentoring.portal.page import volunteer_page

no_cache = 1


def get_context(context):
	if not volunteer_page(context, "/mentoring/care", _("How I am doing")):
		return
	context.update(
		{
			"pause": care.my_pause(),
			"tips": care.tips(),
			"coordinator": matches.my_coordinator(),
			"choices": [
				{"until": add_days(nowdate(), 14), "label": _("Two weeks")},
				{"until": add_months(nowdate(), 1), "label": _("A month")},
				{"until": add_months(nowdate(), 3), "label": _("Three months")},
				{"until": "", "label": _("I do not know yet")},
			],
			"first_day": add_days(nowdate(), 1),
			"last_day": add_months(nowdate(), LONGEST_MONTHS),
			"emergency_note": frappe.get_cached_doc("Mentoring Settings").emergency_note or "",
		}
	)
