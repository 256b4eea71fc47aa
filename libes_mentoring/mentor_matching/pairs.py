"""One pair: everything the engine checks about it, in words for staff."""

from frappe import _

from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import profiles, weights
from libes_mentoring.mentor_matching.engine.constraints import CODES
from libes_mentoring.mentor_matching.engine.rank import Suggestion, explain_pair
from libes_mentoring.mentor_matching.engine.reasons import Reason
from libes_mentoring.mentor_matching.engine.words import staff_sentence
from libes_mentoring.mentor_recruitment import screening

#: A person of another programme is not the business of whoever asks: of such a pair this alone is said.
ELSEWHERE = "programme_differs"
# Said more precisely by the rooms that know them: the screening, the preparation, and the locked count of places.
SAID_ELSEWHERE = ("mentor_blocked", "mentee_blocked", "mentor_full")


def explain(mentee: str, mentor: str) -> Suggestion:
	"""All about one stored mentee and one stored mentor, possible or not."""
	person, volunteer = profiles.mentee_profiles([mentee])[0], profiles.mentor_profiles([mentor])[0]
	return explain_pair(
		volunteer,
		person,
		weights=weights.weights_of(person.programme),
		rules=profiles.rules_of(person.programme),
	)


def broken_rules(pair: Suggestion) -> list[str]:
	"""The hard rules between the two that the pair breaks, a sentence each, for staff."""
	return [sentence(reason) for reason in _broken(pair) if reason.code not in SAID_ELSEWHERE]


def all_broken_rules(pair: Suggestion) -> list[str]:
	"""Every hard rule that the pair breaks, those too that other rooms say more precisely; a sentence each, for staff."""
	return [sentence(reason) for reason in _broken(pair)]


def is_elsewhere(pair: Suggestion) -> bool:
	"""Whether the two are in different programmes."""
	return any(reason.code == ELSEWHERE for reason in pair.reasons_against)


def _broken(pair: Suggestion) -> list[Reason]:
	broken = [reason for reason in pair.reasons_against if reason.code in CODES]
	return [reason for reason in broken if reason.code == ELSEWHERE] or broken


def in_words(pair: Suggestion) -> dict:
	"""`{"mentor", "score" (0 to 100, or None), "reasons_for", "reasons_against", "checked"}`; reasons as sentences."""
	return {
		"mentor": pair.mentor,
		"score": round(pair.score) if pair.feasible else None,
		"reasons_for": [sentence(reason) for reason in pair.reasons_for],
		"reasons_against": [sentence(reason) for reason in pair.reasons_against],
		"checked": [sentence(reason) for reason in pair.checked],
	}


def sentence(reason: Reason) -> str:
	"""A reason in words, for staff; a blocker in the words of the room that knows it."""
	words = {"mentor_blocked": screening.sentence, "mentee_blocked": readiness.sentence}
	return staff_sentence(reason, _, blocker_words=words)
