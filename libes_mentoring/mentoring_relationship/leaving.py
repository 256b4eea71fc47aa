"""Somebody leaves while a match is running: nobody is left waiting, and nothing stays open that should end."""

import frappe
from frappe import _

from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator


def after_mentor_change(mentor, method: str | None = None) -> None:
	"""A mentor who left or was turned down no longer sees a match; its coordinator hears of it at once."""
	before = mentor.get_doc_before_save()
	if not before or not is_gone(mentor) or is_gone(before):
		return
	for match in frappe.get_all("Match", {"mentor": mentor.name, "stage": ("in", RUNNING)}, ["name", "programme"]):
		tell_coordinator(match.programme, _("A match needs your attention today"), "Match", match.name)


def check_mentee(mentee, method: str | None = None) -> None:
	"""A mentee with a running match does not simply leave or move: the match is closed first."""
	before = mentee.get_doc_before_save()
	if not before:
		return
	leaves = mentee.status == "Left" and before.status != "Left"
	if (leaves or mentee.programme != before.programme) and has_running_match("mentee", mentee.name):
		frappe.throw(_("This mentee has a running match. Close it first."))


def has_running_match(field: str, name: str) -> bool:
	return bool(frappe.db.exists("Match", {field: name, "stage": ("in", RUNNING)}))


def is_gone(mentor) -> bool:
	return mentor.stage == "Left" or bool(mentor.turned_down_on)
