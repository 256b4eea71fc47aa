"""What the printed papers say. Named facts for the print formats, and nothing about the mentee.

Source: handbook, "Internal policies" (volunteer agreement), "Closure" and "Recognition" (certificate).
"""

import frappe
from frappe import _
from frappe.utils import date_diff, getdate

from libes_mentoring.mentoring_programme import policy_presets
from libes_mentoring.mentoring_programme.contact_rule import contact_in_words
from libes_mentoring.mentoring_programme.letterhead import letterhead
from libes_mentoring.mentoring_programme.policies import language_of_code
from libes_mentoring.mentoring_relationship.rhythm import add_months


def agreement_facts(match: str) -> frappe._dict:
	"""What the agreement between organisation and mentor names: people, time, rules of the programme."""
	row = frappe.db.get_value(
		"Match", match, ["mentor", "programme", "matched_on", "planned_end"], as_dict=True
	)
	programme = frappe.get_cached_doc("Mentoring Programme", row.programme)
	_version, words = policy_presets.lists("agreement", language_of_code(frappe.local.lang))
	return frappe._dict(
		**letterhead(),
		organisation_undertakes=words["organisation"],
		mentor_undertakes=[*words["mentor"], contact_in_words(programme.contact_rule)],
		both_agree=words["closing"],
		mentor=frappe.db.get_value("Mentor", row.mentor, "full_name"),
		programme=programme.public_name,
		supervisor=frappe.db.get_value("User", programme.coordinator, "full_name"),
		begins=row.matched_on,
		ends=row.planned_end,
		months=programme.minimum_commitment_months,
		hours=f"{programme.hours_per_month:g}" if programme.hours_per_month else "",
		meeting_place=programme.meeting_place,
	)


def certificate_facts(closure: str) -> frappe._dict:
	"""What the certificate thanks a mentor for: how long, how many meetings, how many hours."""
	match = frappe.db.get_value("Closure", closure, "mentoring_match")
	row = frappe.db.get_value(
		"Match", match, ["mentor", "programme", "matched_on", "closed_on"], as_dict=True
	)
	minutes = frappe.get_all("Meeting Log", filters={"mentoring_match": match}, pluck="length_minutes")
	programme = frappe.get_cached_doc("Mentoring Programme", row.programme)
	return frappe._dict(
		**letterhead(),
		mentor=frappe.db.get_value("Mentor", row.mentor, "full_name"),
		programme=programme.public_name,
		coordinator=frappe.db.get_value("User", programme.coordinator, "full_name"),
		begun=row.matched_on,
		ended=row.closed_on or getdate(),
		months=_months(getdate(row.matched_on), getdate(row.closed_on)),
		meetings=len(minutes),
		hours=round(sum(minutes) / 60),
		effort_in_words=_effort(len(minutes), round(sum(minutes) / 60)),
	)


def _effort(meetings: int, hours: int) -> str:
	if meetings == 1:
		return _("One meeting is on record.")
	return _("{0} meetings are on record, {1} hours in all.").format(meetings, hours)


def _months(begun, ended) -> int:
	"""Whole months from one day to the other, at least one."""
	months = max(date_diff(ended, begun) // 28, 1)
	while months > 1 and add_months(begun, months) > ended:
		months -= 1
	return months
