"""Suggestions for the desk: who suits whom, why, and the step from a suggestion to a match."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import making, profiles, weights
from libes_mentoring.mentor_matching.engine import rank
from libes_mentoring.mentor_matching.pairs import in_words
from libes_mentoring.mentor_matching.pool import pool_of
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_relationship.waiting_rules import waiting_days

SHOWN = 10


@frappe.whitelist(methods=["GET", "POST"])
def suggest_mentors(mentee: str) -> dict:
	"""The best mentors for a mentee, with reasons in words, for staff who may make the match.

	Returns `{"mentee", "blockers": [str], "looked_at": int, "counts": [{"label", "share"}], "suggestions":
	[{"mentor", "mentor_name", "score", "reasons_for": [str], "reasons_against": [str], "checked": [str],
	"waived": [str]}]}`, best first, ten at the most; `counts` says what makes up the score, in points of 100.
	Raises PermissionError for anybody else.
	"""
	making.check_may_match(mentee)
	person = profiles.mentee_profiles([mentee])[0]
	mentors = profiles.mentors_available(person.programme)
	chosen, rules = weights.weights_of(person.programme), profiles.rules_of(person.programme)
	found = rank.suggest(person, mentors, weights=chosen, rules=rules, limit=SHOWN)
	waived = screening.waiver_sentences([row.mentor for row in found])
	names = dict(
		frappe.get_all(
			"Mentor",
			filters={"name": ("in", [row.mentor for row in found])},
			fields=["name", "full_name"],
			as_list=True,
		)
	)
	return {
		"mentee": mentee,
		"blockers": [readiness.sentence(blocker) for blocker in person.blockers],
		"looked_at": len(mentors),
		"counts": weights.shown(chosen, rules),
		"suggestions": [
			{**in_words(row), "mentor_name": names[row.mentor], "waived": waived.get(row.mentor, [])}
			for row in found
		],
	}


@frappe.whitelist(methods=["GET", "POST"])
def suggest_mentees(mentor: str) -> dict:
	"""The best mentees for a mentor, with reasons in words, for the coordinators of the mentor's programme.

	Returns `{"mentor", "mentor_name", "blockers": [str], "looked_at": int, "counts", "suggestions": [{"mentee", "mentor",
	"score", "waiting" (days), "reasons_for": [str], "reasons_against": [str], "checked": [str]}]}`, best first, ten at
	the most. Raises PermissionError for anybody else.
	"""
	known = frappe.db.get_value("Mentor", mentor, ["programme", "full_name"], as_dict=True)
	making.check_matches_in(known.programme if known else None)
	volunteer, (_mentors, waiting) = profiles.mentor_profiles([mentor])[0], pool_of(known.programme)
	chosen, rules = weights.weights_of(known.programme), profiles.rules_of(known.programme)
	found = rank.suggest_mentees(volunteer, waiting, weights=chosen, rules=rules, limit=SHOWN)
	since = {person.id: person.ready_on for person in waiting}
	blockers = [*volunteer.blockers, *(() if volunteer.places_left else (Blocker("mentor_full"),))]
	return {
		"mentor": mentor,
		"mentor_name": known.full_name,
		"blockers": [_sentence_of(blocker) for blocker in blockers],
		"looked_at": len(waiting),
		"counts": weights.shown(chosen, rules),
		"suggestions": [
			{**in_words(row), "mentee": row.mentee, "waiting": _days_since(since[row.mentee])} for row in found
		],
	}


@frappe.whitelist(methods=["POST"])
def accept(mentee: str, mentor: str, way: str = "Coordinator") -> str:
	"""Makes the match and gives its name. The match itself checks every hard rule once more.

	Raises ValidationError with the reason where the pair cannot be matched (any more); nothing is written then.
	"""
	return making.make(mentee, mentor, way)


def _sentence_of(blocker: Blocker) -> str:
	return _("The mentor has no place left.") if blocker.code == "mentor_full" else screening.sentence(blocker)


def _days_since(day: date | None) -> int | None:
	return waiting_days(day, getdate()) if day else None
