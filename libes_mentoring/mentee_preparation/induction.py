"""What a mentee hears about mentoring before it begins, topic by topic, alone or in a group.

Source: handbook, "Preparing the mentees".
"""

import frappe
from frappe import _
from frappe.utils import nowdate


def topics() -> list[str]:
	"""The usual topics, in the language of whoever opens the record; staff may add others."""
	return [
		_("What mentoring is for"),
		_("How mentor and mentee are brought together"),
		_("What meetings can look like"),
		_("What a mentor does, and does not do"),
		_("Own goals, and what would help"),
		_("What both may expect of each other"),
		_("Safety, privacy and respect for both"),
		_("Who is there if something does not feel right"),
		_("How mentoring comes to an end"),
	]


def keep(mentee) -> None:
	"""Starts the list with the usual topics, and notes who ticked one and when."""
	if mentee.is_new() and not mentee.induction:
		for topic in topics():
			mentee.append("induction", {"topic": topic})
	for row in mentee.induction:
		if row.done and not row.done_on:
			row.done_on, row.done_by = nowdate(), frappe.session.user
		elif not row.done:
			row.done_on = row.done_by = None
