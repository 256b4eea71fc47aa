"""A volunteer's running matches: what helps to meet, and nothing about why."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.mentor_matching import profiles
from libes_mentoring.mentor_matching.engine.reasons import for_mentor
from libes_mentoring.mentor_matching.engine.words import mentor_sentence
from libes_mentoring.mentoring_relationship.boundaries import shared_wishes
from libes_mentoring.mentoring_relationship.first_meeting_agreed import rhythm_in_words
from libes_mentoring.mentoring_relationship.lifecycle import CLOSURE, GROWTH, INITIATION
from libes_mentoring.portal import policies, scope, together

LATEST_MEETINGS = 5
DIRECT_CONTACT = "Direct contact"
AGREEMENT_URL = "/api/method/libes_mentoring.portal.papers.agreement?match={0}"


@frappe.whitelist(methods=["GET"])
def my_matches() -> list[dict]:
	"""The volunteer's own running matches, the oldest first; an empty list where there is none.

	`[{"match", "alias", "programme" (its name for the outside), "stage" (in a volunteer's words), "matched_on",
	"group": {"name", "next_meeting_on", "mine" (own matches in it)} (None for one to one), "first_meeting_on", "first_meeting_at", "place", "staff"
	(who of the house is there), "first_meeting_is_ahead", "rhythm" (what the two agreed on, in a sentence), "goals":
	[words] (those that both share, and what is marked for the mentor), "in_common": [sentence], "wishes": [{"about", "wish"}] (only
	those that the mentee agrees to share), "coordinator": {"name", "email", "phone"},
	"caregiver": {"name", "email", "phone"} (None unless the programme lets mentors turn to caregivers directly),
	"meetings": [{"met_on", "length_minutes", "medium", "activity"}] (the latest five the volunteer wrote),
	"next_meeting_on" (None where none is planned), "agreement_url", "agreement_is_signed" (it is the agreement that
	both sides have signed; else a paper about this match)}]`.

	Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	rows = scope.own_matches(mentor)
	if not rows:
		return []
	mentees = [row.mentee for row in rows]
	common, wishes, caregivers = _in_common(mentor, mentees), shared_wishes(mentees), _caregivers(mentees)
	groups, goals = together.groups_of(rows), together.shared_goals([row.name for row in rows])
	programmes = _programmes([row.programme for row in rows])
	own, planned = _meetings([row.name for row in rows])
	signed = policies.signed_agreement_url(mentor)
	return [
		{
			"match": row.name,
			"alias": row.mentee,
			"programme": programmes[row.programme]["public_name"],
			"stage": stage_in_words(row.stage),
			"matched_on": row.matched_on,
			"group": groups.get(row.mentoring_group),
			**together.first_meeting(row),
			"rhythm": rhythm_in_words(row),
			"goals": goals[row.name],
			"in_common": common[row.mentee],
			"wishes": wishes[row.mentee],
			"caregiver": caregivers.get(row.mentee) if programmes[row.programme]["direct_contact"] else None,
			"coordinator": programmes[row.programme]["coordinator"],
			"meetings": own[row.name],
			"next_meeting_on": min([*planned[row.name], *together.days_of(groups.get(row.mentoring_group))], default=None),
			"agreement_url": signed or AGREEMENT_URL.format(row.name),
			"agreement_is_signed": bool(signed),
		}
		for row in rows
	]


def my_coordinator() -> dict:
	"""`{"name", "email", "phone"}` of the coordinator of the volunteer's own programme, match or no match."""
	programme = frappe.db.get_value("Mentor", scope.own_mentor(), "programme")
	return _programmes([programme])[programme]["coordinator"]


def stage_in_words(stage: str) -> str:
	"""A stage as a volunteer calls it. Stages that a volunteer does not see have no words."""
	return {
		INITIATION: _("Getting to know each other"),
		GROWTH: _("On the way together"),
		CLOSURE: _("Saying goodbye"),
	}[stage]


def _programmes(names: list[str]) -> dict[str, dict]:
	"""The public name and the coordinator's contact of each programme. A programme's own name may tell."""
	programme, user = frappe.qb.DocType("Mentoring Programme"), frappe.qb.DocType("User")
	# Read past permissions: a volunteer sees these named fields of the own programme only.
	rows = (
		frappe.qb.from_(programme)
		.left_join(user)
		.on(user.name == programme.coordinator)
		.select(programme.name, programme.public_name, programme.contact_rule)
		.select(user.full_name, user.email, user.phone, user.mobile_no)
		.where(programme.name.isin(set(names)))
		.run(as_dict=True)
	)
	return {
		row.name: {
			"public_name": row.public_name,
			"direct_contact": row.contact_rule == DIRECT_CONTACT,
			"coordinator": _contact(row),
		}
		for row in rows
	}


def _contact(row: frappe._dict) -> dict:
	return {"name": row.full_name, "email": row.email, "phone": row.phone or row.mobile_no or None}


def _caregivers(mentees: list[str]) -> dict[str, dict]:
	"""How to reach the caregiver of each mentee; given out only where the programme's rule allows it."""
	mentee, user = frappe.qb.DocType("Mentee"), frappe.qb.DocType("User")
	rows = (
		frappe.qb.from_(mentee)
		.inner_join(user)
		.on(user.name == mentee.caregiver)
		.select(mentee.name, user.full_name, user.email, user.phone, user.mobile_no)
		.where(mentee.name.isin(mentees))
		.run(as_dict=True)
	)
	return {row.name: _contact(row) for row in rows}


def _in_common(mentor: str, mentees: list[str]) -> dict[str, list[str]]:
	"""What the volunteer has in common with each mentee, from the engine's table for mentors alone."""
	volunteer = profiles.mentor_profiles([mentor])[0]
	return {
		person.id: [mentor_sentence(reason, _) for reason in for_mentor(volunteer, person)]
		for person in profiles.mentee_profiles(mentees)
	}


def _meetings(matches: list[str]) -> tuple[dict[str, list[dict]], dict[str, list]]:
	"""Per match: the latest meetings that the volunteer wrote down, and the days still planned.

	What staff noted for a match stays with staff; the day of the next meeting is for both.
	"""
	rows = frappe.get_all(
		"Meeting Log",
		filters={"mentoring_match": ("in", matches)},
		fields=[
			"mentoring_match",
			"owner",
			"met_on",
			"length_minutes",
			"medium",
			"activity",
			"next_meeting_on",
		],
		order_by="met_on desc, creation desc",
	)
	own, planned, today = defaultdict(list), defaultdict(list), getdate()
	for row in rows:
		written = own[row.mentoring_match]
		if row.owner == frappe.session.user and len(written) < LATEST_MEETINGS:
			written.append(
				{field: row[field] for field in ("met_on", "length_minutes", "medium", "activity")}
			)
		if row.next_meeting_on and row.next_meeting_on >= today:
			planned[row.mentoring_match].append(row.next_meeting_on)
	return own, planned
