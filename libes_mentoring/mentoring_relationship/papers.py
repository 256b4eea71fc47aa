"""What the printed papers say. Named facts for the print formats, and nothing about the mentee.

Source: handbook, "Internal policies" (volunteer agreement), "Closure" and "Recognition" (certificate).
"""

import frappe
from frappe import _
from frappe.utils import date_diff, formatdate, getdate

from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentoring_programme import policy_presets
from libes_mentoring.mentoring_programme.letterhead import letterhead
from libes_mentoring.mentoring_programme.policies import language_of_code
from libes_mentoring.mentoring_programme.staff_rules import contact_in_words, supervisor_of
from libes_mentoring.mentoring_relationship.rhythm import add_months


@facts_of("Match")
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
		supervisor=frappe.db.get_value("User", supervisor_of(programme), "full_name"),
		begins=row.matched_on,
		ends=row.planned_end,
		months=programme.minimum_commitment_months,
		hours=f"{programme.hours_per_month:g}" if programme.hours_per_month else "",
		meeting_place=programme.meeting_place,
	)


@facts_of("Closure")
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


@facts_of("Mentor")
def reference_letter_facts(mentor: str) -> frappe._dict:
	"""`{"organisation", "address", "paragraphs": [words], "signer"}` of a mentor's reference letter.

	What was done is said in numbers alone: months, meetings, hours. With whom, and with how many, is nobody's matter.
	"""
	row = frappe.db.get_value("Mentor", mentor, ["full_name", "programme", "stage"], as_dict=True)
	programme = frappe.get_cached_doc("Mentoring Programme", row.programme)
	matches = frappe.get_all("Match", filters={"mentor": mentor}, fields=["name", "matched_on", "closed_on"])
	# Closed before the two have met, taken back for example: there is nothing to say of it.
	never_met = frappe.get_all(
		"Closure",
		filters={
			"mentoring_match": ("in", [match.name for match in matches] or [""]),
			"status": "Completed",
			"last_meeting_on": ("is", "not set"),
		},
		pluck="mentoring_match",
	)
	matches = [match for match in matches if match.name not in never_met]
	minutes = frappe.get_all(
		"Meeting Log",
		filters={"mentoring_match": ("in", [match.name for match in matches] or [""])},
		pluck="length_minutes",
	)
	house = letterhead()
	paragraphs = [_done(row.full_name, programme.public_name, house["organisation"], matches)]
	if minutes:
		paragraphs.append(_effort(len(minutes), round(sum(minutes) / 60)))
	paragraphs += [
		_("The work asks for reliability, patience, discretion and the gift of listening. It was done without pay."),
		_("We thank {0} warmly, and gladly answer questions.").format(row.full_name),
	]
	signer = frappe.db.get_value("User", programme.coordinator, "full_name")
	return frappe._dict(**house, paragraphs=paragraphs, signer=signer)


def _done(name: str, programme: str, organisation: str | None, matches: list) -> str:
	house = organisation or _("our organisation")
	if not matches:
		return _("{0} has prepared to be a volunteer mentor in the programme {1} of {2}.").format(
			name, programme, house
		)
	begun = min(getdate(match.matched_on) for match in matches)
	running = any(not match.closed_on for match in matches)
	ended = getdate() if running else max(getdate(match.closed_on) for match in matches)
	months = _months(begun, ended)
	since = formatdate(begun, "d MMMM yyyy")
	if running:
		return _("{0} has been a volunteer mentor in the programme {1} of {2} since {3}, {4} months in all.").format(
			name, programme, house, since, months
		)
	return _("{0} was a volunteer mentor in the programme {1} of {2} from {3} to {4}, {5} months in all.").format(
		name, programme, house, since, formatdate(ended, "d MMMM yyyy"), months
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
