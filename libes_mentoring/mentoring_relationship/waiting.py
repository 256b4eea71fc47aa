"""Who waits for a match since when, kept on the record so that lists can be sorted by it; no job rewrites anybody.

A mentee waits while ready, with a consent that holds and no running match; a mentor while available with a place left.
Source: handbook, "The program itself" (time between readiness and match).
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from libes_mentoring.mentoring_relationship import places
from libes_mentoring.mentoring_relationship.consent_effects import without_consent
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.waiting_rules import NOT_YET, Waiting, carry_on, waiting_days

FIELDS = ("waiting_since", "waited_days")


def keep(person, method: str | None = None) -> None:
	"""Starts, stops or goes on with the clock of a Mentee or Mentor that is being saved (validate).

	Always from what is stored at this moment: what is in memory, was sent, or was read before another request made a
	match, is older.
	"""
	before = _stored_now(person.doctype, person.name) if not person.is_new() else NOT_YET
	if _has_left(person):
		now = NOT_YET
	else:
		now = carry_on(before, _waits(person), getdate())
	person.waiting_since, person.waited_days = now.since, now.before


def refresh(doctype: str, name: str, start_anew: bool = False) -> None:
	"""The same for a record that is not being saved; `start_anew` after a match, which ends what was waited before."""
	person = frappe.get_doc(doctype, name)
	before = _stored_now(doctype, name)
	now = carry_on(NOT_YET if start_anew else before, _waits(person), getdate())
	frappe.db.set_value(
		doctype, name, dict(zip(FIELDS, (now.since, now.before), strict=True)), update_modified=False
	)


def after_match_change(match) -> None:
	"""A match that begins sets both clocks back; one that is closed lets them start again."""
	before = match.get_doc_before_save()
	if before and (before.stage in RUNNING) == (match.stage in RUNNING):
		return
	for doctype, name in (("Mentee", match.mentee), ("Mentor", match.mentor)):
		refresh(doctype, name, start_anew=before is None)


def go_on_as_before(match) -> None:
	"""A match that was taken back has not been: both clocks run on from where they stood when it was made."""
	for doctype, name in (("Mentee", match.mentee), ("Mentor", match.mentor)):
		days = f"{doctype.lower()}_waited_days"
		waited, since = cint(match.get(days)), getdate(match.matched_on)
		if later := _later_matches(match, doctype, name, days):
			# Of several matches of one mentor, the next one ended what was waited before this one.
			frappe.db.set_value(
				"Match", later[0].name, days, cint(later[0][days]) + waited, update_modified=False
			)
			waited, since = 0, getdate(later[-1].matched_on)
		stored, person = _stored_now(doctype, name), frappe.get_doc(doctype, name)
		if _waits(person):
			values = {"waiting_since": add_days(since, -waited), "waited_days": 0}
		elif later or stored.since or _has_left(person):
			continue
		else:
			# A clock that stands still, in a pause for example, keeps what was waited before.
			values = {"waited_days": stored.before + waited}
		frappe.db.set_value(doctype, name, values, update_modified=False)


def _later_matches(match, doctype: str, name: str, days: str) -> list:
	"""Running matches of this person that were made after this one, the earliest first."""
	return frappe.get_all(
		"Match",
		filters={
			doctype.lower(): name,
			"name": ("!=", match.name),
			"stage": ("in", RUNNING),
			"creation": (">", match.creation),
		},
		fields=["name", "matched_on", days],
		order_by="creation asc",
	)


def after_consent_change(consent, method: str | None = None) -> None:
	"""Given or withdrawn: the mentee's clock follows (hook on Mentee Consent)."""
	refresh("Mentee", consent.mentee)


def waited_until(match) -> dict[str, int]:
	"""The days that both had waited when this match was made, for the match to keep. Both are locked."""
	day = getdate(match.matched_on)
	return {
		"mentee_waited_days": days_of("Mentee", match.mentee, day),
		"mentor_waited_days": days_of("Mentor", match.mentor, day),
	}


def days_of(doctype: str, name: str, today: date) -> int:
	stored = _stored_now(doctype, name)
	return waiting_days(stored.since, today) if stored.since else stored.before


def in_words(doctype: str, name: str) -> str:
	"""How long this person has been waiting, in a sentence; empty for who does not wait."""
	since = _stored(doctype, name).since
	if not since:
		return ""
	days = waiting_days(since, getdate())
	if days == 0:
		return _("Waiting since today.")
	return _("Waiting for 1 day.") if days == 1 else _("Waiting for {0} days.").format(days)


def _stored_now(doctype: str, name: str) -> Waiting:
	"""A locking read: in a transaction that has read before, a plain one would show the past."""
	return _stored(doctype, name, for_update=True)


def _stored(doctype: str, name: str, for_update: bool = False) -> Waiting:
	row = frappe.db.get_value(doctype, name, FIELDS, as_dict=True, for_update=for_update)
	if not row:
		return NOT_YET
	return Waiting(getdate(row.waiting_since) if row.waiting_since else None, cint(row.waited_days))


def _waits(person) -> bool:
	if person.doctype == "Mentee":
		if person.status != "Ready" or person.is_new():
			return False
		return not places.has_match_now(person.name) and not without_consent([person.name])
	if person.stage != "Available" or person.turned_down_on:
		return False
	return cint(person.capacity) > (0 if person.is_new() else len(places.taken_now(person.name)))


def _has_left(person) -> bool:
	return (person.get("status") or person.get("stage")) == "Left"
