"""People of the site as the engine sees them. A constant number of queries, however many people there are."""

from collections import Counter, defaultdict

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching.engine.people import IN_HOUSE, MenteeProfile, MentorProfile, Wish
from libes_mentoring.mentor_matching.rules import rules_of
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_relationship import places
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, RUNNING

__all__ = ["mentee_profiles", "mentees_waiting", "mentor_profiles", "mentors_available", "rules_of"]

LEVELS = {"Basic": 1, "Good": 2, "Fluent": 3, "Mother tongue": 4}
MEDIA_FIELDS = {
	"medium_in_person": "In person",
	"medium_synchronous": "Synchronous",
	"medium_asynchronous": "Asynchronous",
}
CHANNEL_FIELDS = {
	"channel_calls": "Calls",
	"channel_video": "Video",
	"channel_messages": "Messages",
	"channel_voice": "Voice messages",
}
# Said, but it prefers nothing: for the engine the same as not said.
NO_PREFERENCE = "No preference"
SHARED_FIELDS = (
	"name",
	"programme",
	"gender",
	"nationality",
	"district",
	"hours_per_month",
	"meetings_per_month",
	"talk_length",
	*MEDIA_FIELDS,
	*CHANNEL_FIELDS,
)
MENTOR_FIELDS = ("mentor_kind", "partner_organisation", "capacity", "commitment_months", "waiting_since")
MENTEE_FIELDS = ("waiting_since", "rhythm", "technology_ease", "phase", "max_distance_minutes")


def mentors_available(programme: str) -> list[MentorProfile]:
	"""All mentors of a programme whose stage is Available, each with what blocks them now."""
	return mentor_profiles(
		frappe.get_all("Mentor", {"programme": programme, "stage": "Available"}, pluck="name")
	)


def mentees_waiting(programme: str) -> list[MenteeProfile]:
	"""All mentees of a programme whose status is Ready, each with what blocks them now."""
	return mentee_profiles(
		frappe.get_all("Mentee", {"programme": programme, "status": "Ready"}, pluck="name")
	)


def mentor_profiles(names: list[str]) -> list[MentorProfile]:
	"""These mentors, whatever their stage; what keeps them from a match stands in `blockers`."""
	if not names:
		return []
	rows = frappe.get_all("Mentor", filters={"name": ("in", names)}, fields=[*SHARED_FIELDS, *MENTOR_FIELDS])
	blockers = screening.blockers_by_mentor(names)
	running, (_matched, completed) = places.taken(names), _matches("mentor", names)
	rest = _Tables("Mentor", names)
	ties = _values("Mentor", names, "Mentor Organisation Tie", "partner_organisation")
	return [
		MentorProfile(
			**rest.shared(row),
			kind=row.mentor_kind or "",
			organisation=row.partner_organisation or IN_HOUSE,
			other_organisations=frozenset(ties[row.name]),
			commitment_months=row.commitment_months or None,
			places_left=max(row.capacity - running[row.name], 0),
			running=running[row.name],
			completed=completed[row.name],
			available_on=getdate(row.waiting_since) if row.waiting_since else None,
			blockers=tuple(blockers[row.name]),
		)
		for row in rows
	]


def mentee_profiles(names: list[str]) -> list[MenteeProfile]:
	"""These mentees, whatever their status; what keeps them from a match stands in `blockers`."""
	if not names:
		return []
	rows = frappe.get_all("Mentee", filters={"name": ("in", names)}, fields=[*SHARED_FIELDS, *MENTEE_FIELDS])
	blockers = readiness.blockers_by_mentee(names)
	running, _completed = _matches("mentee", names)
	rest, excluded = _Tables("Mentee", names), _values("Mentee", names, "Mentee Excluded Mentor", "mentor")
	conflicts = _values("Mentee", names, "Mentee Organisation Conflict", "partner_organisation")
	return [
		MenteeProfile(
			**rest.shared(row),
			# Days before a pause count: who waited longer comes first.
			ready_on=getdate(row.waiting_since) if row.waiting_since else None,
			good_times=_preference(row.rhythm),
			technology_ease=row.technology_ease or None,
			phase=row.phase or None,
			max_distance=row.max_distance_minutes or None,
			excluded_mentors=frozenset(excluded[row.name]),
			conflicting_organisations=frozenset(conflicts[row.name]),
			blockers=(*blockers[row.name], *([Blocker("already_matched")] if running[row.name] else ())),
		)
		for row in rows
	]


class _Tables:
	"""The child tables of many people of one kind, read once each."""

	def __init__(self, doctype: str, names: list[str]) -> None:
		self.languages = defaultdict(dict)
		for row in _rows(doctype, names, "Mentoring Language Skill", ["language", "level"]):
			self.languages[row.parent][row.language] = LEVELS.get(row.level, 0)
		self.interests = _values(doctype, names, "Mentoring Interest Item", "interest")
		self.support_areas = _values(doctype, names, "Mentoring Support Area Item", "support_area")
		self.slots = defaultdict(set)
		for row in _rows(doctype, names, "Mentoring Availability Slot", ["weekday", "day_part"]):
			self.slots[row.parent].add(f"{row.weekday} {row.day_part}")
		self.wishes = defaultdict(list)
		wish_fields = [
			"about",
			"strength",
			"gender",
			"mentor_kind",
			"mentor",
			"mentee",
			"partner_organisation",
		]
		for row in _rows(doctype, names, "Match Wish", wish_fields):
			value = {
				"Gender": row.gender,
				"Mentor kind": row.mentor_kind,
				"Person": row.mentor or row.mentee,
				"Organisation": row.partner_organisation,
			}.get(row.about)
			self.wishes[row.parent].append(Wish(row.about, row.strength, value))
		for person, other in _rather_not(doctype, names):
			refusal = Wish("Person", "Refused", other)
			if refusal not in self.wishes[person]:
				self.wishes[person].append(refusal)

	def shared(self, row) -> dict:
		"""What mentors and mentees have alike."""
		return {
			"id": row.name,
			"programme": row.programme,
			"gender": row.gender,
			"nationality": row.nationality,
			"district": row.district,
			# An empty number field reads as zero: nothing was said.
			"hours_per_month": row.hours_per_month or None,
			"meetings_per_month": row.meetings_per_month or None,
			"talk_length": _preference(row.talk_length),
			"media": _ticked(row, MEDIA_FIELDS),
			"channels": _ticked(row, CHANNEL_FIELDS),
			"slots": frozenset(self.slots[row.name]),
			"languages": self.languages[row.name],
			"interests": frozenset(self.interests[row.name]),
			"support_areas": frozenset(self.support_areas[row.name]),
			"wishes": tuple(self.wishes[row.name]),
		}


def _ticked(row, fields: dict[str, str]) -> frozenset[str]:
	return frozenset(value for field, value in fields.items() if row[field])


def _preference(value: str | None) -> str | None:
	return None if value == NO_PREFERENCE else value or None


def _rows(parenttype: str, names: list[str], table: str, fields: list[str]) -> list:
	# Read past permissions: profiles stay on the server, and whoever asks has shown a right to the programme.
	return frappe.get_all(
		table, filters={"parenttype": parenttype, "parent": ("in", names)}, fields=["parent", *fields]
	)


def _values(parenttype: str, names: list[str], table: str, field: str) -> dict[str, set[str]]:
	found = defaultdict(set)
	for row in _rows(parenttype, names, table, [field]):
		found[row.parent].add(row[field])
	return found


def _rather_not(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""`[(who said it, about whom)]`: what these people said after any session binds like a refusal in their record."""
	preference, choice = frappe.qb.DocType("Matching Preference"), frappe.qb.DocType("Matching Preference Choice")
	person, other = ("mentor", "mentee") if doctype == "Mentor" else ("mentee", "mentor")
	return (
		frappe.qb.from_(preference)
		.inner_join(choice)
		.on((choice.parent == preference.name) & (choice.parenttype == "Matching Preference"))
		.select(preference[person], choice[other])
		# A refusal of nobody would be one that cannot be checked, and keep everybody away.
		.where(preference[person].isin(names) & (choice.rather_not == 1) & choice[other].isnotnull())
		.run()
	)


def _matches(field: str, names: list[str]) -> tuple[Counter, Counter]:
	"""How many running, and how many closed matches each of these mentors or mentees has.

	Closed ones in which the two have met: who was in one that was taken back has no more experience by it.
	"""
	match, closure = frappe.qb.DocType("Match"), frappe.qb.DocType("Closure")
	rows = (
		frappe.qb.from_(match)
		.left_join(closure)
		.on(closure.mentoring_match == match.name)
		.select(match[field], match.stage, Count(match.name), Count(closure.last_meeting_on))
		.where(match[field].isin(names))
		.groupby(match[field], match.stage)
		.run()
	)
	running, completed = Counter(), Counter()
	for name, stage, number, met in rows:
		if stage in RUNNING:
			running[name] += number
		elif stage == CLOSED:
			completed[name] += met
	return running, completed
