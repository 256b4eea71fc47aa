"""Suggestions for the desk: who suits whom, why, and the step from a suggestion to a match."""

import frappe

from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import making, profiles, weights
from libes_mentoring.mentor_matching.engine.rank import suggest
from libes_mentoring.mentor_matching.pairs import in_words
from libes_mentoring.mentor_recruitment import screening

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
	found = suggest(person, mentors, weights=chosen, rules=rules, limit=SHOWN)
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


@frappe.whitelist(methods=["POST"])
def accept(mentee: str, mentor: str, way: str = "Coordinator") -> str:
	"""Makes the match and gives its name. The match itself checks every hard rule once more.

	Raises ValidationError with the reason where the pair cannot be matched (any more); nothing is written then.
	"""
	return making.make(mentee, mentor, way)
