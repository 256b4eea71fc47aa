"""How a volunteer is doing: a pause, the way back, and what helps."""

import frappe
from frappe import _

from libes_mentoring.mentor_recruitment.screening_rules import RECORD_CHECK
from libes_mentoring.mentor_support import pausing
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator
from libes_mentoring.portal import scope


@frappe.whitelist(methods=["POST"])
def pause(until: str = "") -> dict:
	"""The volunteer takes a pause, to a day (YYYY-MM-DD) or without one; nobody asks for a reason.

	Returns what `my_pause` does. Raises PermissionError for everybody who is not a volunteer, ValidationError with the
	reason where the day cannot be, the volunteer is not there to be matched, or a coordinator has begun the pause;
	nothing is changed then.
	"""
	mentor = _own()
	begins = mentor.stage != pausing.PAUSED
	pausing.begin(mentor, until or None, by_mentor=True)
	if begins:
		tell_coordinator(mentor.programme, _("A volunteer takes a pause"), "Mentor", mentor.name)
	return my_pause()


@frappe.whitelist(methods=["POST"])
def come_back() -> dict:
	"""The volunteer is back: available again who was so before and has no step open, otherwise with steps to do.

	Returns what `my_pause` does, with `open_steps` ([name of a step]). Raises PermissionError for everybody who is not
	a volunteer, ValidationError where there is no pause or a coordinator has begun it; nothing is changed then.
	"""
	mentor = _own()
	missing = pausing.come_back(mentor, by_mentor=True)
	tell_coordinator(mentor.programme, _("A volunteer is back from a pause"), "Mentor", mentor.name)
	return {**my_pause(), "open_steps": _steps(missing)}


@frappe.whitelist(methods=["GET"])
def my_pause() -> dict:
	"""`{"paused", "may_pause", "until" (a day or None)}` of the volunteer. Raises PermissionError for everybody else.

	Who pauses and may not is held by a coordinator, who ends that pause.
	"""
	fields = ["stage", "paused_until", "paused_by_mentor"]
	row = frappe.db.get_value("Mentor", scope.own_mentor(), fields, as_dict=True)
	paused = row.stage == pausing.PAUSED
	return {
		"paused": paused,
		"may_pause": pausing.is_the_mentors(row),
		"until": row.paused_until if paused else None,
	}


def tips() -> list[dict]:
	"""`[{"title", "text", "link"}]`: what the organisation shows to all mentors, in its order."""
	# Read past permissions: it is written for whoever takes part.
	rows = frappe.get_all(
		"Self-care Resource",
		filters={"enabled": 1},
		fields=["title", "text", "link"],
		order_by="position asc, title asc",
	)
	return [{"title": _(row.title), "text": _(row.text), "link": row.link} for row in rows]


def _own():
	# Locked: of a pause and a return at the same moment, one waits for the other.
	return frappe.get_doc("Mentor", scope.own_mentor(), for_update=True)


def _steps(missing: list) -> list[str]:
	"""The open steps by their names alone: how a step went, and what staff think of it, is not told here."""
	steps = []
	for blocker in missing:
		if blocker.params.get("step"):
			steps.append(_(blocker.params["step"]))
		elif blocker.code.startswith("record_check"):
			steps.append(_(RECORD_CHECK))
		else:
			steps.append(_("A talk with your coordinator"))
	return list(dict.fromkeys(steps))
