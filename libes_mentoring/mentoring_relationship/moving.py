"""Moving a match from stage to stage: what is allowed, what must be done first, who did it."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from libes_mentoring.mentoring_relationship import first_meeting
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, CLOSURE, GROWTH, may_move


def check(match) -> None:
	"""Refuses a move that the lifecycle does not know or whose conditions are not met."""
	before = match.get_doc_before_save()
	if before and {row.name for row in before.checklist} - {row.name for row in match.checklist}:
		frappe.throw(_("Points of the first meeting are not taken away."))
	if before is None or before.stage == match.stage:
		if before and before.stage == CLOSED and not match.flags.by_closure:
			frappe.throw(_("This match is closed. A new beginning is a new match."))
		return
	if not may_move(before.stage, match.stage):
		frappe.throw(_("A match cannot go from {0} to {1}.").format(_(before.stage), _(match.stage)))
	if CLOSURE in (before.stage, match.stage) and not match.flags.by_closure:
		frappe.throw(_("A match is closed through its closure, step by step."))
	if match.stage == GROWTH and not match.flags.by_closure:
		_check_first_meeting(match)


def log(match) -> None:
	"""Writes who moved the match to which stage, and when."""
	if not match.stage_log or match.stage_log[-1].stage != match.stage:
		match.append(
			"stage_log",
			{"stage": match.stage, "moved_on": now_datetime(), "moved_by": frappe.session.user},
		)


def _check_first_meeting(match) -> None:
	if words := first_meeting.missing(match):
		frappe.throw(" ".join(words))
