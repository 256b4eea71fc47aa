"""What a volunteer agreement says: filled from the programme and our lists, checked, and frozen by a fingerprint.

Source: handbook, "Internal policies" (volunteer agreement), "Staff involved" (supervisor, contact with caregivers).
"""

import hashlib
import json

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate
from frappe.utils.html_utils import sanitize_html

from libes_mentoring.access.printed import facts_of
from libes_mentoring.access.roles import DESK_ROLES
from libes_mentoring.mentoring_programme import policies, policy_presets
from libes_mentoring.mentoring_programme.letterhead import letterhead
from libes_mentoring.mentoring_programme.public_words import telling_words
from libes_mentoring.mentoring_programme.staff_rules import contact_in_words, supervisor_of

DRAFT, SENT, SIGNED = "Draft", "Sent", "Signed by mentor"
NOT_YET_IN_EFFECT = (DRAFT, SENT, SIGNED)
TABLES = ("organisation_commitments", "mentor_commitments")
WORDS = ("meeting_place", "expenses_rule", "insurance", "reporting", "contact_words", "closing")
# All that is signed. Who the paper names stands in it in words, so that it reads the same for ever.
CONTENT = (
	"mentor",
	"mentor_name",
	"organisation",
	"programme_title",
	"supervisor",
	"supervisor_name",
	"language",
	"policy_document",
	"policy_version",
	"begins_on",
	"ends_on",
	"commitment_months",
	"hours_per_month",
	*WORDS,
)


def check(agreement) -> None:
	"""Refuses what cannot be agreed, and every change of what was sent or signed."""
	before = agreement.get_doc_before_save()
	if before and before.status != DRAFT:
		if not agreement.flags.by_procedure:
			frappe.throw(
				_("What was sent to be signed does not change. Take it back, or make a new agreement.")
			)
		return
	if not before:
		agreement.status = DRAFT
		_refuse_second(agreement)
		agreement.policy_document = agreement.policy_document or policies.in_force(policies.VOLUNTEER_AGREEMENT)
	_check_terms(agreement)
	if not before:
		fill(agreement)
	_fill_names(agreement)
	_check_supervisor(agreement)
	if agreement.ends_on and getdate(agreement.ends_on) < getdate(agreement.begins_on):
		frappe.throw(_("The agreement ends before it begins."))
	if agreement.hours_per_month and agreement.hours_per_month < 0:
		frappe.throw(_("The hours a month cannot be fewer than 0."))
	_check_words(agreement)
	# Frozen the moment it leaves the draft, as it then reads.
	agreement.content_hash = fingerprint(agreement) if agreement.status != DRAFT else None


def open_agreement(mentor: str) -> str | None:
	"""The name of the mentor's agreement that is not in effect yet."""
	# Read under a lock: what another has begun a moment ago counts.
	return frappe.db.get_value(
		"Volunteer Agreement",
		{"mentor": mentor, "status": ("in", NOT_YET_IN_EFFECT)},
		"name",
		for_update=True,
	)


def fill(agreement) -> None:
	"""Fills a new agreement with what its mentor's programme and our lists say; what is there already stays."""
	mentor = frappe.get_doc("Mentor", agreement.mentor)
	programme = frappe.get_cached_doc("Mentoring Programme", mentor.programme)
	agreement.language = agreement.language or _language_for(mentor, agreement.policy_document)
	version, words = policy_presets.lists("agreement", agreement.language)
	agreement.preset_version = version
	values = {
		"supervisor": supervisor_of(programme),
		"begins_on": nowdate(),
		"commitment_months": programme.minimum_commitment_months,
		"hours_per_month": programme.hours_per_month,
		"meeting_place": programme.meeting_place or words["space"],
		"expenses_rule": words["expenses"],
		"insurance": letterhead()["insurer"],
		"reporting": words["reporting"],
		"closing": words["closing"],
	}
	for field, value in values.items():
		agreement.set(field, agreement.get(field) or value)
	for table, lines in zip(TABLES, (words["organisation"], words["mentor"]), strict=True):
		if not agreement.get(table):
			agreement.set(table, [{"commitment": line} for line in lines])


def fingerprint(agreement) -> str:
	"""SHA-256 of everything that is signed, the general terms in the agreement's language among it."""
	content = {field: str(agreement.get(field) or "") for field in CONTENT}
	# A day reads the same whether it comes from a form or from the database, and so does a number.
	content["begins_on"], content["ends_on"] = (
		str(getdate(agreement.get(field))) if agreement.get(field) else ""
		for field in ("begins_on", "ends_on")
	)
	content["hours_per_month"] = f"{float(agreement.hours_per_month or 0):g}"
	for table in TABLES:
		content[table] = [row.commitment for row in agreement.get(table)]
	terms = terms_of(agreement)
	content["terms"] = terms.text_hash if terms else ""
	return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def terms_of(agreement) -> frappe._dict | None:
	"""The general terms in the agreement's language, as `policies.text_in` gives them; None where there are none."""
	if not agreement.policy_document:
		return None
	return policies.text_in(agreement.policy_document, [agreement.language])


def facts(agreement) -> frappe._dict:
	"""What paper and portal show of an agreement: its content as it stands in the record, and who has signed.

	`{"organisation", "address", "mentor_name", "supervisor_name", "lines": [(label, words)], "organisation_undertakes",
	"mentor_undertakes", "both_agree", "terms_title", "terms" (HTML or None), "status", "content_hash",
	"mentor_signed_on", "mentor_way", "mentor_name_typed", "countersigned_on", "countersigned_by_name"}`
	"""
	terms = terms_of(agreement)
	return frappe._dict(
		organisation=agreement.organisation,
		address=letterhead()["address"],
		mentor_name=agreement.mentor_name,
		supervisor_name=agreement.supervisor_name,
		lines=[(label, words) for label, words in _lines(agreement) if words],
		organisation_undertakes=[row.commitment for row in agreement.organisation_commitments],
		mentor_undertakes=[
			*(row.commitment for row in agreement.mentor_commitments),
			agreement.contact_words,
		],
		both_agree=agreement.closing,
		terms_title=_("{0}, version {1}").format(terms.title, agreement.policy_version) if terms else None,
		terms=sanitize_html(terms.text) if terms else None,
		status=agreement.status,
		content_hash=agreement.content_hash,
		mentor_signed_on=agreement.mentor_signed_on,
		mentor_way=agreement.mentor_way,
		mentor_name_typed=agreement.mentor_name_typed,
		countersigned_on=agreement.countersigned_on,
		countersigned_by_name=frappe.db.get_value("User", agreement.countersigned_by, "full_name")
		if agreement.countersigned_by
		else None,
	)


def _lines(agreement) -> list[tuple[str, str | None]]:
	months, hours = agreement.commitment_months, agreement.hours_per_month
	return [
		(_("Programme"), agreement.programme_title),
		(_("Supervisor"), agreement.supervisor_name),
		(_("From"), formatdate(agreement.begins_on, "d MMMM yyyy")),
		(_("Until"), formatdate(agreement.ends_on, "d MMMM yyyy") if agreement.ends_on else ""),
		(_("With the same person"), _("at least {0} months").format(months) if months else ""),
		(_("Time"), _("at least {0} hours a month").format(f"{float(hours):g}") if hours else ""),
		(_("Place for meetings"), agreement.meeting_place),
		(_("Expenses"), agreement.expenses_rule),
		(_("Insurance"), agreement.insurance),
		(_("Reporting"), agreement.reporting),
	]


def _refuse_second(agreement) -> None:
	if name := open_agreement(agreement.mentor):
		frappe.throw(_("An agreement with this mentor is being made already: {0}.").format(name))


def _fill_names(agreement) -> None:
	mentor = frappe.db.get_value("Mentor", agreement.mentor, ["full_name", "programme"], as_dict=True)
	programme = frappe.get_cached_doc("Mentoring Programme", mentor.programme)
	agreement.mentor_name, agreement.programme = mentor.full_name, mentor.programme
	agreement.programme_title = programme.public_name
	agreement.organisation = letterhead()["organisation"]
	agreement.supervisor_name = frappe.db.get_value("User", agreement.supervisor, "full_name")
	code = frappe.db.get_value("Mentoring Language", agreement.language, "code")
	agreement.contact_rule = programme.contact_rule
	agreement.contact_words = contact_in_words(programme.contact_rule, code)


def _check_terms(agreement) -> None:
	if not agreement.policy_document:
		agreement.policy_version = None
		return
	terms = frappe.db.get_value(
		"Policy Document", agreement.policy_document, ["policy_kind", "status", "version"], as_dict=True
	)
	if (terms.policy_kind, terms.status) != (policies.VOLUNTEER_AGREEMENT, policies.IN_FORCE):
		frappe.throw(
			_("Choose the text of the kind {0} that is in force.").format(_(policies.VOLUNTEER_AGREEMENT))
		)
	agreement.policy_version = terms.version


def _check_supervisor(agreement) -> None:
	if not set(DESK_ROLES) & set(frappe.get_roles(agreement.supervisor)) or not frappe.db.get_value(
		"User", agreement.supervisor, "enabled"
	):
		frappe.throw(_("The supervisor is a member of staff with an open account."))
	if frappe.db.exists("Mentor", {"name": agreement.mentor, "user": agreement.supervisor}):
		frappe.throw(_("Nobody is their own supervisor."))


def _check_words(agreement) -> None:
	lines = [row.commitment for table in TABLES for row in agreement.get(table)]
	if found := telling_words(*(agreement.get(field) for field in WORDS), *lines):
		frappe.throw(
			_("The agreement says why people take part: {0}. The volunteer reads and keeps it.").format(
				", ".join(found)
			),
			title=_("Please choose other words"),
		)


def _language_for(mentor, policy: str | None) -> str:
	spoken = [row.language for row in mentor.languages]
	if policy:
		return policies.text_in(policy, spoken).language
	return "English"


@facts_of("Volunteer Agreement")
def volunteer_agreement_facts(agreement: str) -> frappe._dict:
	"""`facts` by the record's name, for the print format."""
	return facts(frappe.get_doc("Volunteer Agreement", agreement))
