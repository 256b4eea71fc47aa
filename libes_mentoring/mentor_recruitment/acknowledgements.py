"""Which mentor has accepted which version of a text, and whom an open one keeps from a new match.

Source: handbook, "Internal policies".
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import formatdate, get_datetime, getdate, now_datetime

from libes_mentoring import days
from libes_mentoring.blocker import Blocker
from libes_mentoring.mentoring_programme import policies
from libes_mentoring.mentoring_programme.policy_rules import accept_until, same_name

# From the screening on a mentor has a place to read; who was turned down or has left is asked for nothing.
ASKED_STAGES = ("Screening", "Available", "Paused")
PORTAL, ON_PAPER = "Portal", "On paper"


@dataclass(frozen=True)
class OpenPolicy:
	"""A text that a mentor has not accepted in the version that is in force."""

	policy: str
	title: str
	version: int
	# The last day on which it may stay open without effect; None where it keeps from a match at once.
	until: date | None
	# An earlier version was accepted.
	is_new_version: bool

	def is_late(self, today: date) -> bool:
		return self.until is None or self.until < today


def open_policies(mentors: list[str]) -> dict[str, list[OpenPolicy]]:
	"""What each mentor has not accepted yet, with a constant number of queries; every name given has an entry."""
	asked = policies.asked_of_mentors() if mentors else []
	if not asked:
		return {mentor: [] for mentor in mentors}
	accepted = defaultdict(set)
	every_version = [name for text in asked for name in text.numbers]
	for row in frappe.get_all(
		"Policy Acknowledgement",
		filters={"mentor": ("in", mentors), "policy": ("in", every_version)},
		fields=["mentor", "policy"],
	):
		accepted[row.mentor].add(row.policy)
	joined = {
		row.name: getdate(row.applied_on or row.creation)
		for row in frappe.get_all(
			"Mentor", filters={"name": ("in", mentors)}, fields=["name", "applied_on", "creation"]
		)
	}
	return {
		mentor: [
			_open(text, accepted[mentor], joined.get(mentor) or getdate())
			for text in asked
			if text.name not in accepted[mentor]
		]
		for mentor in mentors
	}


def _open(text, accepted: set[str], joined: date) -> OpenPolicy:
	numbers = {text.numbers[name] for name in accepted & set(text.numbers)}
	until = accept_until(text.versions, numbers, joined)
	return OpenPolicy(text.name, text.title, text.version, until, bool(numbers))


def blockers(mentors: list[str]) -> dict[str, list[Blocker]]:
	"""What keeps mentors from a new match, by mentor: texts whose time to be accepted is over (EXTRA_BLOCKERS)."""
	today = getdate()
	return {
		mentor: [
			Blocker("policy_renewed" if text.is_new_version else "policy_open", {"policy": text.title})
			for text in open_texts
			if text.is_late(today)
		]
		for mentor, open_texts in open_policies(mentors).items()
	}


def sentences() -> dict[str, str]:
	"""The words of `blockers`, by code (EXTRA_SENTENCES)."""
	return {
		"policy_open": _("has not yet accepted: {policy}"),
		"policy_renewed": _("has not yet accepted the new version of: {policy}"),
	}


def in_words(mentor) -> str:
	"""What this mentor (a document) still has time to accept, as a sentence for staff; empty where nothing is."""
	if mentor.stage not in ASKED_STAGES:
		return ""
	today = getdate()
	waiting = [text for text in open_policies([mentor.name])[mentor.name] if not text.is_late(today)]
	if not waiting:
		return ""
	first = min(text.until for text in waiting)
	titles = ", ".join(text.title for text in waiting)
	return _("To be accepted by {0}: {1}.").format(formatdate(first, "d MMMM yyyy"), titles)


def accept(mentor: str, policy: str, *, language: str, text_hash: str, name_typed: str) -> datetime | None:
	"""Stores that the mentor accepted on the portal exactly the text of `text_hash`; gives when it was accepted.

	Sent twice it is stored once. None where mentors are not asked for this text. Raises ValidationError where a newer
	version has come meanwhile, another text was shown, or the name is not the mentor's. The caller has found out
	that the mentor is the one who asks.
	"""
	text = _locked(mentor, policy)
	if not text or text.status == policies.DRAFT or not text.asked_of_mentors:
		return None
	if text.status == policies.REPLACED:
		frappe.throw(_("A newer version came into force meanwhile. Please read it, and accept that one."))
	shown = policies.text_in(policy, [language])
	if (shown.language, shown.text_hash) != (language, text_hash):
		frappe.throw(_("This is not the text that you were shown. Please load the page again."))
	check_name(mentor, name_typed)
	return _store(mentor, text, shown, PORTAL, now_datetime(), name_typed.strip())


@frappe.whitelist(methods=["POST"])
def record_on_paper(mentor: str, policies_signed: str | list[str], signed_on: str, language: str) -> int:
	"""Notes texts that the mentor has signed on paper (a list of names, or it as JSON); gives how many were new.

	Raises PermissionError for who may not write the mentor, ValidationError for a day that cannot be and for a text that
	is not in force, that mentors are not asked for, or that there is not in this language.
	"""
	frappe.get_doc("Mentor", mentor).check_permission("write")
	names = frappe.parse_json(policies_signed)
	if not isinstance(names, list) or not names:
		frappe.throw(_("Choose at least one text."))
	day, before = days.entered(signed_on), frappe.db.count("Policy Acknowledgement", {"mentor": mentor})
	if day > getdate():
		frappe.throw(_("A signature cannot be dated in the future."))
	for policy in sorted(set(map(str, names))):
		text = _locked(mentor, policy)
		if not text or text.status != policies.IN_FORCE or not text.asked_of_mentors:
			frappe.throw(_("Only a text that is in force and that mentors accept can be recorded."))
		if day < getdate(text.in_force_from):
			frappe.throw(
				_(
					"{0}: this version came into force on {1}. A signature from before is one of another text."
				).format(text.title, formatdate(text.in_force_from, "d MMMM yyyy"))
			)
		shown = policies.text_in(policy, [language])
		if shown.language != language:
			frappe.throw(_("{0}: there is no text in this language.").format(text.title))
		_store(mentor, text, shown, ON_PAPER, get_datetime(day), None)
	return frappe.db.count("Policy Acknowledgement", {"mentor": mentor}) - before


@frappe.whitelist(methods=["GET", "POST"])
def open_for(mentor: str) -> list[dict]:
	"""`[{"policy", "title", "version", "until", "late", "languages"}]`: what this mentor has not accepted yet.

	Raises PermissionError for who may not read the mentor.
	"""
	frappe.get_doc("Mentor", mentor).check_permission("read")
	today = getdate()
	return [
		{
			"policy": text.policy,
			"title": text.title,
			"version": text.version,
			"until": text.until,
			"late": text.is_late(today),
			"languages": policies.text_in(text.policy, []).languages,
		}
		for text in open_policies([mentor])[mentor]
	]


@frappe.whitelist(methods=["GET", "POST"])
def who_has_not(policy: str) -> list[dict]:
	"""`[{"mentor", "full_name", "until", "late"}]`: mentors whom the caller may see and who have not accepted a text.

	Raises PermissionError for who may read no mentors.
	"""
	frappe.get_doc("Policy Document", policy).check_permission("read")
	# A list under the caller's own permissions.
	rows = frappe.get_list(
		"Mentor",
		filters={"stage": ("in", ASKED_STAGES), "turned_down_on": ("is", "not set")},
		fields=["name", "full_name"],
		order_by="full_name asc",
		limit_page_length=0,
	)
	waiting, today = open_policies([row.name for row in rows]), getdate()
	return [
		{"mentor": row.name, "full_name": row.full_name, "until": text.until, "late": text.is_late(today)}
		for row in rows
		for text in waiting[row.name]
		if text.policy == policy
	]


def check_name(mentor: str, name_typed: str) -> None:
	"""Refuses a signature under another name than the mentor's."""
	full_name = frappe.db.get_value("Mentor", mentor, "full_name")
	if not same_name(name_typed, full_name):
		frappe.throw(_("Please type your name as we know it: {0}.").format(full_name))


def check(acknowledgement) -> None:
	"""Refuses every change of what was stored: it is proof of what one person has accepted."""
	if not acknowledgement.is_new():
		frappe.throw(_("What was accepted is never changed."), frappe.PermissionError)


def refuse_deletion() -> None:
	frappe.throw(_("What was accepted is never deleted."), frappe.PermissionError)


def record_name(mentor: str, policy: str) -> str:
	"""One record for each mentor and text: the database itself refuses a second."""
	return f"{mentor}-{policy}"


def _locked(mentor: str, policy: str) -> frappe._dict | None:
	# The mentor first, everywhere. The text, so that no newer version comes into force until this one is stored.
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	return frappe.db.get_value(
		"Policy Document",
		policy,
		["name", "title", "policy_kind", "version", "status", "asked_of_mentors", "in_force_from"],
		as_dict=True,
		for_update=True,
	)


def _store(mentor: str, text, shown, way: str, when: datetime, name_typed: str | None) -> datetime:
	name = record_name(mentor, text.name)
	if stored := frappe.db.get_value("Policy Acknowledgement", name, "acknowledged_on"):
		return stored
	doc = frappe.get_doc(
		{
			"doctype": "Policy Acknowledgement",
			"mentor": mentor,
			"policy": text.name,
			"policy_kind": text.policy_kind,
			"version": text.version,
			"language": shown.language,
			"text_hash": shown.text_hash,
			"way": way,
			"name_typed": name_typed,
			"acknowledged_on": when,
			"recorded_by": frappe.session.user,
		}
	)
	# Nobody has the right to write one by hand. A second click that waited here finds the first one's record.
	doc.insert(ignore_permissions=True, ignore_if_duplicate=True)
	return when
