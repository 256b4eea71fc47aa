"""What comes next for a group: one short text at the top of its form."""

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from libes_mentoring.mentoring_relationship import (
	first_meeting,
	group_rules,
	groups,
)
from libes_mentoring.mentoring_relationship.lifecycle import INITIATION


def next_step(group) -> tuple[str, bool]:
	"""`(words, late)` for staff who read the group."""
	if group.status == group_rules.ENDED:
		return _("Ended on {0}.").format(_day(group.ended_on)), False
	running = groups.members_of(group.name)
	words = [groups.missing_in_words(group)]
	late = bool(words[0]) and group.status == group_rules.RUNNING
	waits = [row for row in running if row.stage == INITIATION]
	if gone := _gone(group):
		words.append(_("Mentors who are no longer with us stand in the list: {0}.").format(gone))
		late = True
	if waits and group.status == group_rules.FORMING and not words[0]:
		meeting, is_late = _first_meeting(group, [row.mentee for row in waits])
		words.append(meeting)
		late = late or is_late
	elif group.status == group_rules.FORMING and running and not words[0]:
		words.append(_("Everybody is there: the group can start."))
	if group.status == group_rules.RUNNING:
		words.append(_("Mentees: {0} of {1}.").format(len(running), group.max_mentees))
		if waits:
			words.append(_("First meeting still to be held with: {0}.").format(len(waits)))
			if first_meeting.is_to_come(group) and not _place_suits(group, [row.mentee for row in waits]):
				words.append(_not_suiting())
				late = True
		words.append(
			_("Next meeting on {0}.").format(_day(group.next_meeting_on))
			if group.next_meeting_on and getdate(group.next_meeting_on) >= getdate()
			else _("Enter the day of the next meeting.")
		)
	return " ".join(part for part in words if part), late


def _first_meeting(group, mentees: list[str]) -> tuple[str, bool]:
	if not group.first_meeting_on:
		return _("Plan the first meeting: enter its day and place."), False
	if not _place_suits(group, mentees):
		return _not_suiting(), True
	day = _day(group.first_meeting_on)
	if first_meeting.is_to_come(group):
		return _("First meeting on {0}.").format(day), False
	return _("The first meeting was planned for {0}: note how it went, or plan another day.").format(
		day
	), True


def _place_suits(group, mentees: list[str]) -> bool:
	return first_meeting.place_suits(group.first_meeting_place, group.programme, mentees)


def _not_suiting() -> str:
	return _("The planned place does not suit everybody who has joined: plan another.")


def _gone(group) -> int:
	names = [row.mentor for row in group.mentors]
	left = frappe.get_all("Mentor", {"name": ("in", names or [""]), "stage": "Left"}, pluck="name")
	return len(left)


def _day(value) -> str:
	return formatdate(value, "d MMMM yyyy")
