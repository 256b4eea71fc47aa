"""Suggestions for the desk: who suits whom, why, and the step from a suggestion to a match."""

import frappe
from frappe import _

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import profiles
from libes_mentoring.mentor_matching.engine.rank import suggest
from libes_mentoring.mentor_matching.pairs import in_words
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_relationship.opening import Outdated

WAYS = ("Coordinator", "Self-matching", "Collective")
SHOWN = 10
# Two acceptances that wait for each other end in one being turned away by the database: it is simply tried again.
TRIES = 5


@frappe.whitelist(methods=["GET", "POST"])
def suggest_mentors(mentee: str) -> dict:
	"""The best mentors for a mentee, with reasons in words, for staff who may make the match.

	Returns `{"mentee", "blockers": [str], "looked_at": int, "suggestions": [{"mentor", "mentor_name", "score",
	"reasons_for": [str], "reasons_against": [str], "checked": [str], "waived": [str]}]}`, best first, ten at the most.
	Raises PermissionError for anybody else.
	"""
	_check_may_match(mentee)
	person = profiles.mentee_profiles([mentee])[0]
	mentors = profiles.mentors_available(person.programme)
	found = suggest(person, mentors, rules=profiles.rules_of(person.programme), limit=SHOWN)
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
	_check_may_match(mentee)
	_check_mentor(mentor)
	if way not in WAYS:
		frappe.throw(_("Unknown way of matching: {0}.").format(way))
	for tries_left in reversed(range(TRIES)):
		try:
			match = frappe.get_doc({"doctype": "Match", "mentee": mentee, "mentor": mentor, "way": way})
			return match.insert().name
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError, Outdated):
			frappe.db.rollback()
			frappe.clear_messages()
			if not tries_left:
				raise


def _check_may_match(mentee: str) -> None:
	frappe.get_doc("Mentee", mentee).check_permission("write")
	if not frappe.has_permission("Match", "create"):
		frappe.throw(_("Only a coordinator makes matches."), frappe.PermissionError)


def _check_mentor(mentor: str) -> None:
	"""One refusal for a mentor of another programme and for one that does not exist."""
	if not frappe.has_permission("Mentor", "read") or not row_is_visible("Mentor", mentor, frappe.session.user):
		frappe.throw(_("This mentor is not known in your programme."), frappe.PermissionError)
