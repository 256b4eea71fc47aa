"""What was agreed at a first meeting: how often, how long, in which way, and the goals; and the same in words.

Source: handbook, "Contemplation and initiation" (goals and frequency are talked through at the first meeting).
"""

import json

import frappe
from frappe import _
from frappe.utils import cint, flt

from libes_mentoring.mentoring_programme.public_words import refuse_telling_words
from libes_mentoring.mentoring_relationship.meeting_rhythm import LEAST_A_MONTH, MOST_A_MONTH

SHARED, MENTORS, MENTEES = "Shared", "Mentor's", "Mentee's"
LONGEST_MINUTES = 24 * 60


def check_agreed(match) -> None:
	"""Refuses a rhythm that is none, and a goal that tells the mentor why somebody takes part (validate)."""
	per_month = flt(match.agreed_meetings_per_month)
	if per_month and not LEAST_A_MONTH <= per_month <= MOST_A_MONTH:
		frappe.throw(_("Meetings a month are between {0} and {1}.").format(LEAST_A_MONTH, MOST_A_MONTH))
	if match.agreed_length_minutes and not 0 < match.agreed_length_minutes <= LONGEST_MINUTES:
		frappe.throw(_("A meeting lasts between 1 minute and 24 hours."))
	before = match.get_doc_before_save()
	# What stood there before is no reason to refuse something else.
	known = {row.goal for row in before.goals if _read_by_mentor(row)} if before else set()
	new = [row.goal for row in match.goals if _read_by_mentor(row) and row.goal not in known]
	refuse_telling_words(*new, where=_("A goal that the mentor reads"))


def _read_by_mentor(goal) -> bool:
	return goal.whose == SHARED or bool(goal.mentor_may_read)


def rhythm_in_words(row) -> str:
	"""What the two agreed on, in a sentence; empty where nothing is agreed. `row` holds the fields `agreed_…`."""
	per_month = flt(row.get("agreed_meetings_per_month"))
	if not per_month:
		return ""
	often = _("once a month") if per_month == 1 else _("{0} times a month").format(f"{per_month:g}")
	length, medium = cint(row.get("agreed_length_minutes")), row.get("agreed_medium")
	if length and medium:
		return _("Agreed: {0}, about {1} minutes, {2}.").format(often, length, _(medium).lower())
	return _("Agreed: {0}.").format(often)


def add_goals(match, whose: str, goals: list[str], review_on: str | None) -> None:
	"""Writes these goals into the match, in memory; one that stands there already is not written twice."""
	known = {(row.whose, row.goal) for row in match.goals}
	for goal in goals:
		if (whose, goal) not in known:
			match.append("goals", {"goal": goal, "whose": whose, "review_on": review_on or None})


def lines(words: str | list | None) -> list[str]:
	"""One a line, or a list, as it is or as JSON."""
	if isinstance(words, str) and words.lstrip().startswith("["):
		try:
			words = json.loads(words)
		except ValueError:
			pass
	rows = words.splitlines() if isinstance(words, str) else words or []
	return list(dict.fromkeys(line for row in rows if (line := str(row).strip())))


def number(value) -> float:
	"""A number from a dialog. Raises ValidationError for what is none, or less than nothing."""
	try:
		found = float(value or 0)
	except (TypeError, ValueError):
		found = -1
	if not 0 <= found < 10_000:
		frappe.throw(_("Please enter numbers for how often and how long they meet."))
	return found
