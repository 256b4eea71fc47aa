"""What making a match checks and brings with it."""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import pairs
from libes_mentoring.mentor_matching.engine.rank import Suggestion
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_relationship import (
	checklists,
	contacts,
	groups,
	places,
	waiting,
)
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, FIRST_STAGES, INITIATION
from libes_mentoring.mentoring_relationship.rhythm import add_months

NOT_YET = ("mentor_briefed_on", "mentee_briefed_on", "told_on", "meeting_expected_by", "meeting_told_for")


class Outdated(frappe.ValidationError):
	"""What was read is no longer what is stored; trying again reads anew."""


def prepare(match) -> None:
	"""Fills what follows from mentor and mentee, before the match is checked and stored."""
	if missing := [_(match.meta.get_label(field)) for field in ("mentor", "mentee") if not match.get(field)]:
		frappe.throw(_("Please choose: {0}.").format(", ".join(missing)), frappe.MandatoryError)
	mentee = frappe.db.get_value("Mentee", match.mentee, ["programme", "ready_on"], as_dict=True)
	if not mentee:
		frappe.throw(_("This mentee is not known here."), frappe.DoesNotExistError)
	match.update(
		{
			"programme": mentee.programme,
			"mentee_ready_on": mentee.ready_on,
			"stage": match.stage or INITIATION,
			"closed_on": None,
			"stage_log": [],
			"checklist": [],
		}
	)
	programme = frappe.get_cached_doc("Mentoring Programme", match.programme)
	match.matched_on = match.matched_on or nowdate()
	match.planned_end = add_months(getdate(match.matched_on), programme.minimum_commitment_months)
	# What is read-only is filled here, whatever was sent.
	match.update({**dict.fromkeys(NOT_YET), "taken_back": 0})
	match.previous_match = match.flags.follows or frappe.db.get_value(
		"Match", {"mentor": match.mentor, "mentee": match.mentee, "stage": CLOSED}, "name", order_by="creation desc"
	)
	for item in checklists.first_meeting():
		match.append("checklist", {"item": item})


def check(match) -> None:
	"""Refuses a match that breaks a hard rule; nothing is written.

	Mentor and mentee are locked first, so that of two matches made at the same moment with the last place,
	the second waits for the first and then reads that the place is taken. A group is locked before them.
	"""
	if match.mentoring_group:
		lock("Mentoring Group", match.mentoring_group, ["modified"])
	lock("Mentor", match.mentor, ["modified"])
	lock("Mentee", match.mentee, ["modified", "facts_changed_at"])
	# Only now: a match that was made while this one waited has set the clocks.
	match.update(waiting.waited_until(match))
	if match.stage not in FIRST_STAGES:
		frappe.throw(_("A new match starts with contemplation or initiation."))
	_check_programme(match)
	if blockers := screening.blockers_of(frappe.get_doc("Mentor", match.mentor)):
		frappe.throw(screening.refusal(blockers), title=_("Not matched"))
	pair = pairs.explain(match.mentee, match.mentor)
	if broken := pairs.broken_rules(pair):
		frappe.throw(_("These two cannot be matched: {0}").format(" ".join(broken)), title=_("Not matched"))
	blockers = readiness.blockers_by_mentee([match.mentee])[match.mentee]
	if places.has_match_now(match.mentee):
		blockers.append(Blocker("already_matched"))
	if blockers:
		frappe.throw(readiness.refusal(blockers), title=_("Not matched"))
	if match.mentoring_group:
		groups.check_join(match)
	_check_capacity(match)
	_keep_reasons(match, pair)


def complete(match) -> None:
	"""What a stored match brings with it: its check-ins, and its closure, which is open from the first day."""
	contacts.plan(match)
	groups.after_join(match)
	closure = frappe.get_doc({"doctype": "Closure", "mentoring_match": match.name})
	for step in checklists.closure():
		closure.append("steps", {"step": step})
	# Follows from making the match, whose own permission was asked.
	closure.insert(ignore_permissions=True)


def lock(doctype: str, name: str, marks: list[str]) -> None:
	"""Locks a person and refuses to go on with an older view of them than the database has.

	What was read before the lock may be out of date: a consent withdrawn, a mentor turned down a moment ago.
	Every change to what a match depends on leaves a mark on the person's own record.
	"""
	now = frappe.db.get_value(doctype, name, marks, for_update=True)
	if now is None:
		frappe.throw(_("{0} is not known here.").format(_(doctype)), frappe.DoesNotExistError)
	if frappe.db.get_value(doctype, name, marks) != now:
		frappe.throw(_("Somebody has just changed this record. Please try again."), Outdated)


def _check_programme(match) -> None:
	programme = frappe.get_cached_doc("Mentoring Programme", match.programme)
	if programme.status == "Closed":
		frappe.throw(_("This programme is closed: no new matches are made in it."))
	if not match.mentoring_group:
		groups.check_format(match.programme, None)
	if match.match_run and frappe.db.get_value("Match Run", match.match_run, "programme") != match.programme:
		frappe.throw(_("This run belongs to another programme."))
	if getdate(match.matched_on) > getdate():
		frappe.throw(_("A match cannot be dated in the future."))
	if getdate(match.matched_on) < getdate(programme.start_date):
		frappe.throw(_("A match cannot be dated before the programme began."))


def _check_capacity(match) -> None:
	"""Refuses where the mentor has no place left; in a group the mentor is in already, its own size is the limit."""
	capacity = frappe.db.get_value("Mentor", match.mentor, "capacity")
	taken = places.taken_now(match.mentor)
	if match.mentoring_group not in taken and len(taken) >= capacity:
		frappe.throw(
			_("This mentor cannot be matched: all places are taken ({0} of {1}).").format(len(taken), capacity),
			title=_("Not matched"),
		)


def _keep_reasons(match, pair: Suggestion) -> None:
	"""What spoke for and against the pair on the day it was made; read by staff only."""
	words = pairs.in_words(pair)
	match.score = words["score"]
	match.reasons_for = "\n".join(words["reasons_for"])
	match.reasons_against = "\n".join(words["reasons_against"])
