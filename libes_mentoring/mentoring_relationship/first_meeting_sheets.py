"""The two sheets before a first meeting: one for the mentor, one for the mentee. Named facts for the print formats.

Source: handbook, "Contemplation and initiation" (both are told beforehand what to expect). Neither sheet says why anybody
takes part; the mentor's carries the boundaries that the mentee agreed to share, and no others.
"""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import format_time, formatdate

from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentoring_programme.letterhead import letterhead
from libes_mentoring.mentoring_relationship import boundaries, first_meeting, meeting_places
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING

DIRECT_CONTACT = "Direct contact"


@facts_of("Match")
def first_meeting_mentor_facts(match: str) -> frappe._dict:
	"""What the mentor's sheet says: day, place, who is there, what to expect, what to keep in mind."""
	doc, plan, programme = _records(match)
	return frappe._dict(
		**letterhead(),
		**_when_and_where(programme, plan),
		programme=programme.public_name,
		mentor=frappe.db.get_value("Mentor", doc.mentor, "full_name"),
		alias=doc.mentee,
		staff=_staff_for_mentor(doc, plan, programme),
		expect=_what_a_mentor_can_expect(),
		agenda=_agenda(),
		wishes=boundaries.shared_wishes([doc.mentee])[doc.mentee],
		coordinator=_contact(programme.coordinator),
	)


@facts_of("Match")
def first_meeting_mentee_facts(match: str) -> frappe._dict:
	"""What the mentee's sheet says, in plain language; it names nobody but the mentor's first name and the staff."""
	doc, plan, programme = _records(match)
	name = (frappe.db.get_value("Mentor", doc.mentor, "full_name") or "").split()
	staff = plan.first_meeting_staff and frappe.db.get_value("User", plan.first_meeting_staff, "full_name")
	return frappe._dict(
		**letterhead(),
		**_when_and_where(programme, plan),
		mentor=name[0] if name else "",
		staff=staff or "",
		of_group=bool(doc.mentoring_group and not doc.first_meeting_on),
		talk=_what_is_talked_about(),
		rights=_what_a_mentee_may_do(),
		coordinator=_contact(programme.coordinator),
	)


def caregivers_of(match) -> set[str]:
	"""The caregivers of all who come to this first meeting: of a group, of its other members too."""
	mentees = [match.mentee]
	if match.mentoring_group:
		in_group = {"mentoring_group": match.mentoring_group, "stage": ("in", RUNNING)}
		mentees += frappe.get_all("Match", filters=in_group, pluck="mentee")
	# Read past permissions: it is asked whether somebody is among them, and nothing of it is shown.
	return set(frappe.get_all("Mentee", filters={"name": ("in", mentees)}, pluck="caregiver"))


def staff_in_words(staff: str | None, programme, caregivers: Collection[str]) -> str:
	"""Who of the staff is there, for a mentor: a caregiver by name only where mentors may turn to caregivers."""
	if not staff:
		return ""
	if staff in caregivers and staff != programme.coordinator and programme.contact_rule != DIRECT_CONTACT:
		return _("A colleague of ours")
	return frappe.db.get_value("User", staff, "full_name") or ""


def _records(match: str) -> tuple:
	doc = frappe.get_doc("Match", match)
	return doc, first_meeting.plan_of(doc), frappe.get_cached_doc("Mentoring Programme", doc.programme)


def _when_and_where(programme, plan) -> dict:
	day, at = plan.first_meeting_on, plan.first_meeting_at
	place = meeting_places.find(plan.first_meeting_place, first_meeting.places_of(programme.name))
	return {
		"day": formatdate(day, "EEEE d MMMM yyyy") if day else "",
		"time": format_time(str(at), "HH:mm") if at else "",
		"place": place.name,
		"step_free": place.step_free,
	}


def _staff_for_mentor(doc, plan, programme) -> str:
	return staff_in_words(plan.first_meeting_staff, programme, caregivers_of(doc))


def _contact(user: str) -> frappe._dict:
	row = frappe.db.get_value("User", user, ["full_name", "phone", "mobile_no", "email"], as_dict=True)
	return frappe._dict(name=row.full_name, phone=row.phone or row.mobile_no or "", email=row.email)


def _what_a_mentor_can_expect() -> list[str]:
	return [
		_("Somebody of our staff opens the meeting, stays with you and ends it. You need not lead it."),
		_("It takes about an hour. It may be quiet at first, and that is all right."),
		_("Tell a little about yourself: what you like doing, and why you are looking forward to this."),
		_("Ask about everyday things. What somebody does not tell, nobody asks for."),
		_(
			"You call each other by the names that you are given. Addresses and numbers are not exchanged yet."
		),
		_(
			"If either of you feels that it does not fit, say so to your coordinator afterwards. Nobody is to blame."
		),
	]


def _agenda() -> list[str]:
	return [
		_("Getting to know each other"),
		_("What each of you hopes for, and one thing to do together first"),
		_("How often, how long and in which way you meet"),
		_("What you can rely on, and what mentoring is not there for"),
		_("The papers"),
		_("When your coordinator asks how it is going"),
		_("How a mentoring ends one day, and that it ends well"),
	]


def _what_is_talked_about() -> list[str]:
	return [
		_("Who you are. You say what you want to say."),
		_("What you would like to do together."),
		_("How often you meet, and where."),
		_("Who helps you if something is not good."),
	]


def _what_a_mentee_may_do() -> list[str]:
	return [
		_("You choose what you talk about."),
		_("You may say no. You may ask for a break. You may go."),
		_("You may stop later too. Nothing else changes then."),
		_("Do you want somebody to translate? Tell us before."),
	]
