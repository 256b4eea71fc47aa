"""One New row as documents. Every document is inserted past permissions, for one reason: whoever imports
brings the content, but need not be allowed to open the records, least of all case files, afterwards."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import nowdate

from libes_mentoring.spreadsheets.checking import Verdict
from libes_mentoring.spreadsheets.columns import MENTOR
from libes_mentoring.spreadsheets.people import PASSED
from libes_mentoring.spreadsheets.values import CHANNEL_FIELDS, MEDIA_FIELDS

CONSENT_HOW = "On paper, before this system"


def write(verdict: Verdict, programme: str) -> str:
	"""Stores the person of a row and gives the name of the Mentor or Mentee."""
	return (_write_mentor if verdict.side == MENTOR else _write_mentee)(verdict, programme)


def _write_mentor(verdict: Verdict, programme: str) -> str:
	values = verdict.values
	mentor = frappe.get_doc(
		{
			"doctype": "Mentor",
			**_common(values, programme),
			"full_name": values["full_name"],
			# Nobody becomes available by being in a sheet: the screening rules decide that afterwards.
			"stage": "Screening",
			"email": values["email"],
			"mobile": values["phone"],
			"birth_date": values["birth_date"],
			"mentor_kind": values["mentor_kind"],
			"partner_organisation": values["partner_organisation"],
			"capacity": values["capacity"],
			"commitment_months": int(values["commitment_months"] or 0),
			"personality": values["personality"],
			"availability": values["availability"],
			"motivations": _motivations(values),
			"expectations": values["expectations"],
			"recruitment_channel": values["recruitment_channel"],
			"applied_on": values["applied_on"],
			"record_check_issued_on": values["record_check_issued_on"],
			"record_check_seen_on": values["record_check_seen_on"],
			"record_check_outcome": values["record_check_outcome"],
			"record_check_renew_by": values["record_check_renew_by"],
			"screening_steps": [
				{"step": step, "outcome": PASSED, "done_on": done_on, "valid_until": valid_until}
				for step, done_on, valid_until in values["steps"]
				# The record check has its own fields.
				if step != "Record check"
			],
			"staff_notes": values["remarks"],
			"import_key": verdict.key,
		}
	)
	# Record checks were seen long ago, and stay as the sheet has them.
	mentor.flags.by_procedure = True
	return mentor.insert(ignore_permissions=True).name


def _write_mentee(verdict: Verdict, programme: str) -> str:
	values = verdict.values
	mentee = frappe.get_doc(
		{
			"doctype": "Mentee",
			**_common(values, programme),
			"status": "Preparing",
			"caregiver": values["caregiver"],
			"motivation": values["motivation"],
			"goals": values["goals"],
			"strengths": values["strengths"],
			"wishes": [
				{"strength": strength, "about": about, "gender": gender}
				for strength, about, gender in values["wishes"]
			],
		}
	).insert(ignore_permissions=True)
	_write_case_file(mentee.name, verdict)
	if values["consent_on"]:
		_write_consent(mentee.name, values)
	return mentee.name


def _write_case_file(mentee: str, verdict: Verdict) -> None:
	values = verdict.values
	judgement = {True: "Yes", False: "Not yet", None: ""}[values["ready"]]
	case_file = frappe.get_doc(
		{
			"doctype": "Mentee Case File",
			"mentee": mentee,
			"import_key": verdict.key,
			"full_name": values["full_name"],
			"known_as": values["known_as"],
			"birth_date": values["birth_date"],
			"phone": values["phone"],
			"email": values["email"],
			"address": values["address"],
			"safe_contact": values["safe_contact"],
			# Remarks of a sheet about a mentee are read by the caregiver alone.
			"background": values["remarks"],
			"psychologically_ready": judgement,
			"emotionally_ready": judgement,
			"basic_needs_covered": judgement,
			"judged_on": values["ready_on"],
			"readiness_note": _("Taken over from the organisation's spreadsheet.") if judgement else None,
		}
	).insert(ignore_permissions=True)
	if judgement:
		# The sheet hands on the caregiver's judgement; it is not the importer's.
		case_file.db_set("judged_by", values["caregiver"], update_modified=False)


def _write_consent(mentee: str, values: dict[str, Any]) -> None:
	frappe.get_doc(
		{
			"doctype": "Mentee Consent",
			"mentee": mentee,
			"status": "Given",
			"given_on": values["consent_on"],
			"taken_by": values["caregiver"],
			"how": CONSENT_HOW,
			"text_version": _("Before this system"),
			# The template says that a yes means all four; a paper that lacks one is not a consent.
			"explained_voluntary": 1,
			"explained_no_effect": 1,
			"explained_withdrawal": 1,
			"signed": 1,
		}
	).insert(ignore_permissions=True)


def _common(values: dict[str, Any], programme: str) -> dict[str, Any]:
	return {
		"programme": programme,
		"gender": _existing("Gender", values["gender"]),
		"nationality": _existing("Country", values["nationality"]),
		"district": values["district"],
		"hours_per_month": values["hours_per_month"],
		**_media(values["media"]),
		"meetings_per_month": values["meetings_per_month"],
		**{field: int(field in values["contact_channels"]) for field in CHANNEL_FIELDS},
		"languages": [
			{"language": _word("Mentoring Language", "language_name", language), "level": level}
			for language, level in values["languages"]
		],
		"interests": [
			{"interest": _word("Mentoring Interest", "interest_name", interest)}
			for interest in values["interests"]
		],
		"support_areas": [{"support_area": area} for area in values["support_areas"]],
	}


def _motivations(values: dict[str, Any]) -> list[dict[str, Any]]:
	said = values["motivation"]
	return [{"own_words": said, "noted_on": values["applied_on"] or nowdate()}] if said else []


def _media(named: tuple[str, ...]) -> dict[str, int]:
	# A sheet that says nothing of it leaves the defaults.
	return {field: int(field in named) for field in MEDIA_FIELDS} if named else {}


def _existing(doctype: str, name: str | None) -> str | None:
	return name if name and frappe.db.exists(doctype, name) else None


def _word(doctype: str, field: str, word: str) -> str:
	"""The record of a word in a list, added if it is new."""
	if found := frappe.db.exists(doctype, word):
		return found
	return frappe.get_doc({"doctype": doctype, field: word}).insert(ignore_permissions=True).name
