"""Why somebody wants to be a mentor: a fixed list and their own words, kept line by line.

Source: handbook, "The mentor's motivation": asked about when they apply, and gone back to while the match runs.
"""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

ROW = "Mentor Motivation"
APPLICATION, CHECK_IN = "Application", "Check-in"
LONGEST = 2000


def choices() -> list[str]:
	"""The fixed list."""
	return _options("motivation")


def from_application(chosen: list[str], own_words: str) -> list[dict]:
	"""Rows of the table for what somebody has said in an application; own words stand with the first reason."""
	return [
		{
			"motivation": reason,
			"own_words": own_words if place == 0 else "",
			"noted_on": nowdate(),
			"occasion": APPLICATION,
		}
		for place, reason in enumerate(chosen or ([""] if own_words else []))
	]


def check(mentor) -> None:
	"""Refuses a line that says nothing, and one from the future."""
	for row in mentor.motivations:
		if not (row.motivation or (row.own_words or "").strip()):
			frappe.throw(
				_("Motivation, line {0}: choose a motivation or write down what was said.").format(row.idx)
			)
		row.noted_on = row.noted_on or nowdate()
		if getdate(row.noted_on) > getdate():
			frappe.throw(_("Motivation, line {0}: the day lies in the future.").format(row.idx))


@frappe.whitelist(methods=["POST"])
def revisit(mentor: str, motivation: str = "", own_words: str = "", occasion: str = CHECK_IN) -> int:
	"""Adds what the mentor says today about the own motivation; earlier lines stay. Returns how many there are now.

	For whoever may change the mentor's record. Raises ValidationError for a word that is in no list.
	"""
	# Locked first, so that two colleagues who write at the same moment lose nothing.
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	doc = frappe.get_doc("Mentor", mentor)
	doc.check_permission("write")
	if (motivation and motivation not in choices()) or occasion not in _options("occasion"):
		frappe.throw(_("Please choose from the list."))
	if len(own_words or "") > LONGEST:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(LONGEST))
	doc.append(
		"motivations",
		{"motivation": motivation, "own_words": own_words, "noted_on": nowdate(), "occasion": occasion},
	)
	doc.save()
	return len(doc.motivations)


def _options(fieldname: str) -> list[str]:
	options = frappe.get_meta(ROW).get_field(fieldname).options
	return [option for option in options.split("\n") if option]
