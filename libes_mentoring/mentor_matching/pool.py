"""Everybody who waits in a programme and every mentor who is available, and a mark of all that was read of them."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

import frappe
from frappe.utils import add_days, cint
from frappe.utils.password import get_encryption_key

from libes_mentoring.mentor_matching import profiles, rules, weights
from libes_mentoring.mentor_matching.engine.people import MenteeProfile, MentorProfile, Rules
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING

#: (mentor, mentee)
Pair = tuple[str, str]
MATCHED = "already_matched"
# Runs that were decided, the latest first, in which is looked for who went without.
LOOK_BACK = 12
# A run that was taken back whole has left everybody without as well.
OVER = ("Decided", "Undone")
WITHOUT = ("Passed over", "Failed", "Undone")


@dataclass(frozen=True)
class Inputs:
	"""All that a run reads: the people, the programme's rules and its weights."""

	mentors: list[MentorProfile]
	mentees: list[MenteeProfile]
	rules: Rules
	weights: dict[str, float]

	@property
	def able(self) -> list[MentorProfile]:
		"""The mentors whom nothing of their own keeps from a match."""
		return [mentor for mentor in self.mentors if not mentor.blockers]

	@property
	def places(self) -> int:
		return sum(mentor.places_left for mentor in self.able)


def pool_of(programme: str) -> tuple[list[MentorProfile], list[MenteeProfile]]:
	"""Profiles of all available mentors and of all mentees who are ready and have no match, by name.

	Each with what blocks them now, and each mentee with in how many last runs in a row nobody was found. A constant
	number of queries.
	"""
	mentors, ready = _everybody(programme)
	return mentors, [mentee for mentee in ready if not _is_matched(mentee)]


def inputs_of(programme: str, accepted: Iterable[Pair] = ()) -> Inputs:
	"""What a run of the programme would read now; with `accepted`, as if these pairs had not become matches."""
	accepted = list(accepted)
	mentors, ready = _everybody(programme)
	taken = Counter(mentor for mentor, _mentee in accepted)
	freed, since = {mentee for _mentor, mentee in accepted}, _waited_since(accepted)
	return Inputs(
		[_with_places(mentor, taken[mentor.id], since.get(mentor.id)) for mentor in mentors],
		[
			_waiting(mentee, since.get(mentee.id))
			for mentee in ready
			if mentee.id in freed or not _is_matched(mentee)
		],
		rules.rules_of(programme),
		weights.weights_of(programme),
	)


def fingerprint(inputs: Inputs) -> str:
	"""A mark of everything that the engine reads: another one once anything of it has changed, in whatever order.

	The site's key goes into it, so that nothing can be tried out against it.
	"""
	people = (sorted(inputs.mentors, key=_id), sorted(inputs.mentees, key=_id))
	text = json.dumps(_plain((people, inputs.rules, inputs.weights)), sort_keys=True)
	return hmac.new(get_encryption_key().encode(), f"match run:{text}".encode(), hashlib.sha256).hexdigest()


def passed_over(programme: str) -> Counter:
	"""Mentee → in how many of the programme's last decided runs, one after the other, nobody was found."""
	runs = frappe.get_all(
		"Match Run",
		filters={"programme": programme, "status": ("in", OVER)},
		order_by="decided_on desc, name desc",
		limit=LOOK_BACK,
		pluck="name",
	)
	without = {run: set() for run in runs}
	# Read past permissions: a count alone leaves this function.
	for table, state in (("Match Run Unplaced", None), ("Match Run Pair", ("in", WITHOUT))):
		filters = {
			"parenttype": "Match Run",
			"parent": ("in", runs or [""]),
			**({"state": state} if state else {}),
		}
		for row in frappe.get_all(table, filters=filters, fields=["parent", "mentee"]):
			without[row.parent].add(row.mentee)
	found: Counter = Counter()
	still = set().union(*without.values())
	for run in runs:
		still &= without[run]
		found.update(still)
	return found


def _everybody(programme: str) -> tuple[list[MentorProfile], list[MenteeProfile]]:
	before = passed_over(programme)
	mentors = sorted(profiles.mentors_available(programme), key=_id)
	mentees = sorted(profiles.mentees_waiting(programme), key=_id)
	return mentors, [replace(mentee, passed_over=before[mentee.id]) for mentee in mentees]


def _waited_since(accepted: list[Pair]) -> dict[str, date]:
	"""Since when both of each pair had been waiting when they became a match, which sets the clocks back."""
	if not accepted:
		return {}
	rows = frappe.get_all(
		"Match",
		filters={"mentee": ("in", [mentee for _mentor, mentee in accepted]), "stage": ("in", RUNNING)},
		fields=["mentor", "mentee", "matched_on", "mentor_waited_days", "mentee_waited_days"],
		# Of several matches of one mentor the first knows how long they had waited.
		order_by="creation desc",
	)
	found = {}
	for row in rows:
		if (row.mentor, row.mentee) in accepted:
			found[row.mentor] = add_days(row.matched_on, -cint(row.mentor_waited_days))
			found[row.mentee] = add_days(row.matched_on, -cint(row.mentee_waited_days))
	return found


def _with_places(mentor: MentorProfile, more: int, since: date | None) -> MentorProfile:
	if not more:
		return mentor
	return replace(
		mentor,
		places_left=mentor.places_left + more,
		running=max(mentor.running - more, 0),
		available_on=since or mentor.available_on,
	)


def _is_matched(mentee: MenteeProfile) -> bool:
	return any(blocker.code == MATCHED for blocker in mentee.blockers)


def _waiting(mentee: MenteeProfile, since: date | None) -> MenteeProfile:
	if not _is_matched(mentee):
		return mentee
	blockers = tuple(blocker for blocker in mentee.blockers if blocker.code != MATCHED)
	return replace(mentee, blockers=blockers, ready_on=since or mentee.ready_on)


def _id(person) -> str:
	return person.id


def _plain(value: Any) -> Any:
	"""A value as lists and texts; whatever has no order of its own is sorted."""
	if is_dataclass(value):
		return [
			type(value).__name__,
			{field.name: _plain(getattr(value, field.name)) for field in fields(value)},
		]
	if isinstance(value, Mapping):
		return _sorted([_plain(key), _plain(item)] for key, item in value.items())
	# The rows of a person's tables come in any order; it decides nothing.
	if isinstance(value, Set | tuple | list):
		return _sorted(map(_plain, value))
	if isinstance(value, date):
		return value.isoformat()
	return value


def _sorted(values: Iterable[Any]) -> list[Any]:
	return sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
