"""People of the site as the engine sees them. A constant number of queries, however many people there are."""

from collections import Counter, defaultdict

import frappe
from frappe.utils import getdate

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching.engine.people import IN_HOUSE, MenteeProfile, MentorProfile, Rules, Wish
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_programme.mentor_kinds import KIND_FIELDS
from libes_mentoring.mentoring_relationship import places
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING

LEVELS = {"Basic": 1, "Good": 2, "Fluent": 3, "Mother tongue": 4}
MEDIA_FIELDS = {
	"medium_in_person": "In person",
	"medium_synchronous": "Synchronous",
	"medium_asynchronous": "Asynchronous",
}
SHARED_FIELDS = ("name", "programme", "gender", "nationality", "district", "hours_per_month", *MEDIA_FIELDS)


def mentors_available(programme: str) -> list[MentorProfile]:
	"""All mentors of a programme whose stage is Available, each with what blocks them now."""
	return mentor_profiles(frappe.get_all("Mentor", {"programme": programme, "stage": "Available"}, pluck="name"))


def mentees_waiting(programme: str) -> list[MenteeProfile]:
	"""All mentees of a programme whose status is Ready, each with what blocks them now."""
	return mentee_profiles(frappe.get_all("Mentee", {"programme": programme, "status": "Ready"}, pluck="name"))


def mentor_profiles(names: list[str]) -> list[MentorProfile]:
	if not names:
		return []
	fields = [*SHARED_FIELDS, "mentor_kind", "partner_organisation", "capacity", "waiting_since"]
	rows = frappe.get_all("Mentor", filters={"name": ("in", names)}, fields=fields)
	blockers, running = screening.blockers_by_mentor(names), places.taken(names)
	rest = _Tables("Mentor", names)
	return [
		MentorProfile(
			**rest.shared(row),
			kind=row.mentor_kind or "",
			organisation=row.partner_organisation or IN_HOUSE,
			places_left=max(row.capacity - running[row.name], 0),
			running=running[row.name],
			available_on=getdate(row.waiting_since) if row.waiting_since else None,
			blockers=tuple(blockers[row.name]),
		)
		for row in rows
	]


def mentee_profiles(names: list[str]) -> list[MenteeProfile]:
	if not names:
		return []
	rows = frappe.get_all("Mentee", filters={"name": ("in", names)}, fields=[*SHARED_FIELDS, "waiting_since"])
	blockers, running = readiness.blockers_by_mentee(names), _running("mentee", names)
	rest, excluded = _Tables("Mentee", names), _values("Mentee", names, "Mentee Excluded Mentor", "mentor")
	return [
		MenteeProfile(
			**rest.shared(row),
			# Days before a pause count: who waited longer comes first.
			ready_on=getdate(row.waiting_since) if row.waiting_since else None,
			excluded_mentors=frozenset(excluded[row.name]),
			blockers=(*blockers[row.name], *([Blocker("already_matched")] if running[row.name] else ())),
		)
		for row in rows
	]


def rules_of(programme: str) -> Rules:
	"""The mentor kinds that the programme works with; all of them where it names none."""
	row = frappe.db.get_value("Mentoring Programme", programme, list(KIND_FIELDS), as_dict=True)
	return Rules(kinds=frozenset(kind for field, kind in KIND_FIELDS.items() if row[field]))


class _Tables:
	"""The child tables of many people of one kind, read once each."""

	def __init__(self, doctype: str, names: list[str]) -> None:
		self.languages = defaultdict(dict)
		for row in _rows(doctype, names, "Mentoring Language Skill", ["language", "level"]):
			self.languages[row.parent][row.language] = LEVELS.get(row.level, 0)
		self.interests = _values(doctype, names, "Mentoring Interest Item", "interest")
		self.support_areas = _values(doctype, names, "Mentoring Support Area Item", "support_area")
		self.wishes = defaultdict(list)
		wish_fields = ["about", "strength", "gender", "mentor_kind", "mentor", "mentee", "partner_organisation"]
		for row in _rows(doctype, names, "Match Wish", wish_fields):
			value = {
				"Gender": row.gender,
				"Mentor kind": row.mentor_kind,
				"Person": row.mentor or row.mentee,
				"Organisation": row.partner_organisation,
			}.get(row.about)
			self.wishes[row.parent].append(Wish(row.about, row.strength, value))

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
			"media": frozenset(medium for field, medium in MEDIA_FIELDS.items() if row[field]),
			"languages": self.languages[row.name],
			"interests": frozenset(self.interests[row.name]),
			"support_areas": frozenset(self.support_areas[row.name]),
			"wishes": tuple(self.wishes[row.name]),
		}


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


def _running(field: str, names: list[str]) -> Counter:
	"""How many running matches each of these mentors or mentees has."""
	rows = frappe.get_all("Match", filters={field: ("in", names), "stage": ("in", RUNNING)}, pluck=field)
	return Counter(rows)
