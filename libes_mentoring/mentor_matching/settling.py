"""From what people said after a session to matches: deferred acceptance among those who came and are possible.

Nobody is matched with somebody they would rather not meet, and nobody learns that somebody would rather not meet them.
Each match is made and committed by itself: one that fails undoes no other, and a second call makes none twice.
"""

import hashlib
import json

import frappe
from frappe import _

from libes_mentoring.mentor_matching import making, preferences, profiles, sessions
from libes_mentoring.mentor_matching.engine import constraints
from libes_mentoring.mentor_matching.engine.encode import encode
from libes_mentoring.mentor_matching.engine.preferences import settle
from libes_mentoring.mentor_matching.sessions import HELD, SETTLED
from libes_mentoring.mentor_matching.transactions import REFUSED, TURNED_AWAY

NOBODY = {"ranking": [], "rather_not": set(), "nobody": False}


@frappe.whitelist(methods=["GET", "POST"])
def propose(session: str) -> dict:
	"""Who would go with whom, by what they said, at this moment; nothing is stored.

	`{"pairs": [{"mentee", "mentor", "mentor_name", "choice", "words"}], "left": [{"mentee", "words"}], "matched":
	[{"mentee", "mentor_name", "match"}], "missing": int, "fingerprint"}`. `choice` is the mentee's, 1 for the first.
	For a coordinator of the programme; raises PermissionError for anybody else.
	"""
	return _propose(sessions.own(session))


@frappe.whitelist(methods=["POST"])
def accept(session: str, pairs: list | str, fingerprint: str) -> dict:
	"""Makes the matches of these proposed pairs: `{"made": [{"mentee", "match"}], "failed": [{"mentee", "why"}]}`.

	`pairs` are `{"mentee", "mentor"}` of a proposal, `fingerprint` is that proposal's. Pairs that were made before are
	given again. Raises ValidationError where something has changed since, with nothing made, and PermissionError.
	"""
	wanted = _pairs(pairs)
	doc = sessions.own(session, lock=True)
	if doc.status not in (HELD, SETTLED):
		frappe.throw(_("First write down who came."))
	done = _made_before(doc, wanted)
	rest = [pair for pair in wanted if pair["mentee"] not in done]
	if rest:
		seen = _propose(doc)
		proposed = {(row["mentee"], row["mentor"]) for row in seen["pairs"]}
		if fingerprint != seen["fingerprint"] or {(row["mentee"], row["mentor"]) for row in rest} - proposed:
			frappe.throw(
				_(
					"Something has changed since you looked: a choice, a person or a place. Please look again."
				),
				title=_("Changed meanwhile"),
			)
	# The lock of the session ends with each commit; the match itself locks mentor and mentee.
	made, failed = [{"mentee": mentee, "match": match} for mentee, match in done.items()], []
	for pair in rest:
		try:
			made.append({"mentee": pair["mentee"], "match": _make(doc.name, pair)})
			frappe.db.commit()
		except REFUSED as error:
			failed.append({"mentee": pair["mentee"], "why": frappe.utils.strip_html(str(error))})
			_leave()
		except TURNED_AWAY:
			why = _("Others are writing here at the moment. Please try again.")
			failed.append({"mentee": pair["mentee"], "why": why})
			_leave()
	return {"made": made, "failed": failed}


@frappe.whitelist(methods=["POST"])
def finish(session: str) -> None:
	"""No more matches come of this session. Raises PermissionError, ValidationError where it was not held."""
	doc = sessions.own(session, lock=True)
	if doc.status == SETTLED:
		return
	if doc.status != HELD:
		frappe.throw(_("First write down who came."))
	doc.status = SETTLED
	sessions.save(doc)


def _leave() -> None:
	"""Nothing of this pair is kept, and nothing of it said but what the answer says."""
	frappe.db.rollback()
	frappe.clear_messages()


def _make(session: str, pair: dict) -> str:
	# First of all, so that all that is read afterwards is read under the lock.
	frappe.db.get_value(sessions.SESSION, session, "name", for_update=True)
	match = making.make(
		pair["mentee"], pair["mentor"], "Collective", first=lambda: _check_still_wished(session, pair)
	)
	doc = frappe.get_doc(sessions.SESSION, session, for_update=True)
	for row in doc.mentees:
		if row.mentee == pair["mentee"]:
			row.mentoring_match = match
	doc.status = SETTLED
	sessions.save(doc)
	return match


def _check_still_wished(session: str, pair: dict) -> None:
	"""Between two matches the session is not locked: what somebody has said meanwhile counts.

	In the words of any other change, since nobody reads that somebody would rather not.
	"""
	frappe.db.get_value(sessions.SESSION, session, "name", for_update=True)
	said = preferences.spoken(session)
	mine, theirs = said.get(pair["mentee"], NOBODY), said.get(pair["mentor"], NOBODY)
	if pair["mentor"] not in mine["ranking"] or _would_rather_not(theirs, pair["mentee"]):
		frappe.throw(_("Something has changed since you looked. Please look again."))


def _made_before(doc, wanted: list[dict]) -> dict[str, str]:
	"""Mentee → match, of the wanted pairs that this session has made already."""
	matches = {row.mentee: row.mentoring_match for row in doc.mentees if row.mentoring_match}
	mentors = dict(
		frappe.get_all(
			"Match", {"name": ("in", list(matches.values()) or [""])}, ["name", "mentor"], as_list=True
		)
	)
	return {
		pair["mentee"]: matches[pair["mentee"]]
		for pair in wanted
		if mentors.get(matches.get(pair["mentee"])) == pair["mentor"]
	}


def _propose(doc) -> dict:
	if doc.status not in (HELD, SETTLED):
		frappe.throw(_("First write down who came."))
	said = preferences.spoken(doc.name)
	matched = {row.mentee: row.mentoring_match for row in doc.mentees if row.mentoring_match}
	mentors = sorted(profiles.mentor_profiles(sessions.attendees(doc, "mentor")), key=lambda row: row.id)
	waiting = [name for name in sessions.attendees(doc, "mentee") if name not in matched]
	mentees = sorted(profiles.mentee_profiles(waiting), key=lambda row: row.id)
	possible = _possible(doc, mentors, mentees, said)
	rankings = {row.id: said.get(row.id, NOBODY)["ranking"] for row in mentees}
	orders = {row.id: said.get(row.id, NOBODY)["ranking"] for row in mentors}
	places = {row.id: row.places_left for row in mentors}
	found = settle(rankings, orders, places, possible)
	names = {row.mentor: row.mentor_name for row in doc.mentors}
	pairs = [
		{
			"mentee": mentee,
			"mentor": mentor,
			"mentor_name": names[mentor],
			"choice": rankings[mentee].index(mentor) + 1 if mentor in rankings[mentee] else None,
			"words": _words(mentee, mentor, rankings[mentee], orders[mentor]),
		}
		for mentee, mentor in sorted(found.items())
	]
	left = [
		{"mentee": row.id, "words": _left_words(row.id, said.get(row.id), possible)}
		for row in mentees
		if row.id not in found
	]
	return {
		"pairs": pairs,
		"left": left,
		"matched": _matched(matched),
		"missing": preferences.missing(doc),
		"fingerprint": _fingerprint(rankings, orders, places, possible),
	}


def _possible(doc, mentors: list, mentees: list, said: dict) -> set[tuple[str, str]]:
	"""`{(mentor, mentee)}`: pairs that break no hard rule, and where neither would rather not."""
	if not mentors or not mentees:
		return set()
	matrix = constraints.feasible(encode(mentors, mentees), profiles.rules_of(doc.programme))
	return {
		(mentors[row].id, mentees[column].id)
		for row, column in zip(*matrix.nonzero(), strict=True)
		if not _would_rather_not(said.get(mentors[row].id, NOBODY), mentees[column].id)
		and not _would_rather_not(said.get(mentees[column].id, NOBODY), mentors[row].id)
	}


def _would_rather_not(answer: dict, other: str) -> bool:
	return answer["nobody"] or other in answer["rather_not"]


def _words(mentee: str, mentor: str, ranking: list[str], order: list[str]) -> str:
	"""In words for staff; "rather not" is never among them."""
	mine = _choice(ranking.index(mentor) + 1) if mentor in ranking else _("not named")
	if not order:
		return _("For the mentee: {0}. The mentor named no order.").format(mine)
	theirs = _choice(order.index(mentee) + 1) if mentee in order else _("not named")
	return _("For the mentee: {0}. For the mentor: {1}.").format(mine, theirs)


def _choice(place: int) -> str:
	ordinals = (_("first choice"), _("second choice"), _("third choice"))
	return ordinals[place - 1] if place <= len(ordinals) else _("choice {0}").format(place)


def _left_words(mentee: str, answer: dict | None, possible: set) -> str:
	if answer is None:
		return _("Has not said anything yet.")
	if answer["nobody"]:
		return _("Would like to go on with nobody of those who came.")
	if not any((mentor, mentee) in possible for mentor in answer["ranking"]):
		return _("Nobody whom they named is possible.")
	return _("Everybody whom they named goes with somebody else.")


def _matched(matches: dict[str, str]) -> list[dict]:
	rows = frappe.get_all(
		"Match", {"name": ("in", list(matches.values()) or [""])}, ["name", "mentor_name"], as_list=True
	)
	names = dict(rows)
	return [
		{"mentee": mentee, "mentor_name": names.get(match), "match": match}
		for mentee, match in sorted(matches.items())
	]


def _fingerprint(rankings: dict, orders: dict, places: dict, possible: set) -> str:
	"""Of all that a proposal follows from; the same for the same facts, in whatever order they were read."""
	facts = [sorted(rankings.items()), sorted(orders.items()), sorted(places.items()), sorted(possible)]
	return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def _pairs(pairs: list | str) -> list[dict]:
	try:
		found = frappe.parse_json(pairs)
	except ValueError:
		found = None
	if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
		frappe.throw(_("Please choose at least one pair."))
	wanted = [{"mentee": str(row.get("mentee")), "mentor": str(row.get("mentor"))} for row in found]
	if len({row["mentee"] for row in wanted}) < len(wanted):
		frappe.throw(_("A mentee stands in two pairs."))
	return wanted
