"""The first meeting of a match, or of a whole group: planned, both briefed, held, and what is agreed at it.

Source: handbook, "Contemplation and initiation": a calm and neutral space, the coordinator or the social worker present,
both told beforehand what to expect; goals, frequency and papers are talked through there.

The plan stands on the match, or once on the group for all its members. A match that joins a group later may have a
meeting of its own. The day on the match is the day on which these two met.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_years, cint, format_time, formatdate, getdate, nowdate

from libes_mentoring.mentoring_programme.public_words import refuse_telling_words
from libes_mentoring.mentoring_relationship import boundaries, groups, meeting_places
from libes_mentoring.mentoring_relationship.first_meeting_agreed import (
	MENTEES,
	MENTORS,
	SHARED,
	add_goals,
	lines,
	number,
	rhythm_in_words,
)
from libes_mentoring.mentoring_relationship.lifecycle import GROWTH, INITIATION
from libes_mentoring.mentoring_relationship.meeting_places import Place
from libes_mentoring.mentoring_relationship.messages import tell

PLAN = ("first_meeting_on", "first_meeting_at", "first_meeting_place", "first_meeting_staff")
BRIEFED = {"Mentor": "mentor_briefed_on", "Mentee": "mentee_briefed_on"}
OF_MATCH, OF_GROUP = "Match", "Mentoring Group"
# A caregiver who has no contact with mentors is not there when mentor and mentee meet.
NO_CONTACT = "No contact"


def plan_of(match) -> frappe._dict:
	"""The fields `PLAN` that hold for this match: its own, or its group's where it has no day of its own.

	A meeting of the group before the match was made is nothing that the two were at.
	"""
	if match.get("mentoring_group") and not match.get("first_meeting_on"):
		of_group = frappe.db.get_value(OF_GROUP, match.mentoring_group, PLAN, as_dict=True)
		if (
			of_group
			and of_group.first_meeting_on
			and getdate(of_group.first_meeting_on) >= getdate(match.matched_on)
		):
			return of_group
	return frappe._dict({field: match.get(field) for field in PLAN})


def suggested_places(programme: str, mentees: list[str]) -> list[Place]:
	"""The programme's neutral places that no boundary of these mentees rules out, the nearest first."""
	districts = set(frappe.get_all("Mentee", filters={"name": ("in", mentees or [""])}, pluck="district"))
	return meeting_places.suggested(
		places_of(programme),
		boundaries.rules_of(mentees).values(),
		districts.pop() if len(districts) == 1 else None,
	)


def places_of(programme: str) -> list[Place]:
	"""The places of the programme as listed, then the one place from before there was a list."""
	doc = frappe.get_cached_doc("Mentoring Programme", programme)
	found = [
		Place(
			row.place,
			row.district,
			bool(row.neutral),
			bool(row.at_our_premises),
			bool(row.step_free),
			bool(row.child_friendly),
		)
		for row in doc.meeting_places
	]
	if doc.meeting_place and meeting_places.find(doc.meeting_place, found) not in found:
		found.append(Place(doc.meeting_place))
	return found


def staff_of(programme: str, mentees: list[str]) -> list[dict]:
	"""`[{"user", "name", "duty"}]`: who of the staff may be there, the coordinator first."""
	doc = frappe.get_cached_doc("Mentoring Programme", programme)
	duties = {doc.coordinator: _("Coordinator")}
	for row in doc.staff:
		duties.setdefault(row.user, _(row.duty))
	if doc.contact_rule != NO_CONTACT:
		for user in frappe.get_all("Mentee", filters={"name": ("in", mentees or [""])}, pluck="caregiver"):
			duties.setdefault(user, _("Caregiver"))
	names = dict(
		frappe.get_all(
			"User",
			filters={"name": ("in", list(duties)), "enabled": 1},
			fields=["name", "full_name"],
			as_list=True,
		)
	)
	return [
		{"user": user, "name": names[user], "duty": duty} for user, duty in duties.items() if user in names
	]


def check_plan(doc) -> None:
	"""Refuses a plan that does not suit, of a Match or a Mentoring Group (validate). Words for staff, and no reason."""
	before = doc.get_doc_before_save()
	changed = [field for field in PLAN if doc.get(field) and _differs(before, doc, field)]
	mentees = _mentees(doc) if changed else []
	if "first_meeting_on" in changed:
		_check_day(doc)
	# A boundary may be newer than the place, which then does not stay because another day was chosen. Where they have
	# met already is only noted.
	moved_on = set(changed) & set(PLAN[:2]) and is_to_come(doc)
	if doc.first_meeting_place and ("first_meeting_place" in changed or moved_on):
		_check_place(doc, mentees)
	if "first_meeting_staff" in changed:
		if doc.first_meeting_staff not in [row["user"] for row in staff_of(doc.programme, mentees)]:
			frappe.throw(
				_("Choose somebody of the programme's staff, or the caregiver where the programme allows it.")
			)
	moved = before and doc.doctype == OF_MATCH and any(_differs(before, doc, field) for field in PLAN[:3])
	if moved and doc.stage == before.stage:
		# Both were told of another day or place.
		doc.update(dict.fromkeys(BRIEFED.values()))


def after_plan_change(doc) -> None:
	"""Whoever of the staff is to be there is told of a plan that is new or has changed (on_update)."""
	before = doc.get_doc_before_save()
	changed = [field for field in PLAN if _differs(before, doc, field)]
	if not changed:
		return
	if doc.doctype == OF_GROUP and set(changed) & set(PLAN[:3]):
		# Who has a day of their own was told of that one.
		of_group = {"name": ("in", _waiting_matches(doc.name) or [""]), "first_meeting_on": ("is", "not set")}
		frappe.db.set_value(OF_MATCH, of_group, dict.fromkeys(BRIEFED.values()), update_modified=False)
	if staff := staff_to_tell(doc):
		tell([staff], _("A meeting has been planned that you take part in"), doc.doctype, doc.name)


def staff_to_tell(doc) -> str | None:
	"""Who of the staff hears of a change to this plan: of a day that is still to come, made by somebody else."""
	return doc.first_meeting_staff if is_to_come(doc) and doc.first_meeting_staff != frappe.session.user else None


def is_to_come(plan) -> bool:
	"""Whether a day is planned that is today or later."""
	return bool(plan.first_meeting_on) and getdate(plan.first_meeting_on) >= getdate()


@frappe.whitelist(methods=["GET", "POST"])
def options(doctype: str, name: str) -> dict:
	"""What there is to plan with, for who may plan: `{"places": [{"place", "district", "step_free",
	"child_friendly"}], "staff": [{"user", "name", "duty"}], "wishes": [{"mentee", "about", "wish"}]}`.

	Raises PermissionError for anybody else.
	"""
	doc = _own(doctype, name)
	mentees = _mentees(doc)
	return {
		"places": [
			{
				"place": place.name,
				"district": place.district,
				"step_free": place.step_free,
				"child_friendly": place.child_friendly,
			}
			for place in suggested_places(doc.programme, mentees)
		],
		"staff": staff_of(doc.programme, mentees),
		"wishes": boundaries.to_read_before_planning(mentees),
	}


@frappe.whitelist(methods=["GET", "POST"])
def agreed_rhythm(match: str) -> str:
	"""What the two agreed on and when they last met, in words, for who reads the match; empty where nothing is agreed.

	Raises PermissionError for anybody else.
	"""
	doc = _own(OF_MATCH, match, "read")
	if not (agreed := rhythm_in_words(doc)):
		return ""
	met_on = frappe.db.get_value("Meeting Log", {"mentoring_match": match}, "met_on", order_by="met_on desc")
	if not met_on:
		return agreed
	return agreed + " " + _("Last meeting noted: {0}.").format(formatdate(met_on, "d MMMM yyyy"))


@frappe.whitelist(methods=["POST"])
def plan_meeting(
	doctype: str, name: str, day: str, at: str, place: str, staff: str, wishes_read: bool = False
) -> None:
	"""Plans the first meeting of a Match or a Mentoring Group, and tells who of the staff is to be there.

	`wishes_read` says that somebody has read the mentees' own words, where there are any: no program understands them.
	Raises ValidationError with what is missing or does not suit, PermissionError for who may not plan it.
	"""
	doc = _own(doctype, name)
	if doc.doctype == OF_MATCH and doc.stage != INITIATION:
		frappe.throw(
			_("A first meeting is planned once both have agreed, and before the relationship has begun.")
		)
	values = dict(zip(PLAN, (day, at, place, staff), strict=True))
	if missing := [_(doc.meta.get_label(field)) for field, value in values.items() if not value]:
		frappe.throw(_("Please fill in first: {0}.").format(", ".join(missing)), frappe.MandatoryError)
	if not cint(wishes_read) and boundaries.to_read_before_planning(_mentees(doc)):
		frappe.throw(_("Please read what was wished for meetings first, and say that day and place suit."))
	try:
		_time(at)
	except (AttributeError, TypeError, ValueError):  # each release of the framework stumbles in its own way
		frappe.throw(_("Please enter the time as hours and minutes."))
	doc.update(values)
	doc.save()


@frappe.whitelist(methods=["POST"])
def mark_briefed(match: str, who: str) -> None:
	"""Notes that the Mentor or the Mentee of this match has been told what to expect, today.

	Raises ValidationError while nothing is planned, PermissionError for who may not change the match.
	"""
	doc = _own(OF_MATCH, match)
	if who not in BRIEFED:
		frappe.throw(_("Say whether it was the mentor or the mentee."))
	if not plan_of(doc).first_meeting_on:
		frappe.throw(_("Plan the first meeting first: there is nothing to tell yet."))
	doc.set(BRIEFED[who], nowdate())
	# A new plan has to be told anew; that the two were told of each other stays true.
	doc.told_on = doc.told_on or nowdate()
	doc.flags.by_procedure = True
	doc.save()


@frappe.whitelist(methods=["POST"])
def complete_first_meeting(
	match: str,
	meetings_per_month: float,
	length_minutes: int,
	medium: str,
	shared_goals: str | list,
	mentor_goals: str | list | None = None,
	mentee_goals: str | list | None = None,
	review_on: str | None = None,
	covered: str | list | None = None,
) -> None:
	"""The first meeting took place, and the relationship begins: rhythm and goals are kept, the match moves on.

	Goals are one a line, or a list; `covered` are points of the checklist to tick, as they are worded there. Raises
	ValidationError that names everything that is missing, and changes nothing then.
	"""
	doc = _own(OF_MATCH, match)
	_hold(doc, meetings_per_month, length_minutes, medium, covered)
	for whose, goals in ((SHARED, shared_goals), (MENTORS, mentor_goals), (MENTEES, mentee_goals)):
		add_goals(doc, whose, lines(goals), review_on)
	if words := missing(doc):
		frappe.throw(" ".join(words), title=_("Not complete yet"))
	_begin(doc)


@frappe.whitelist(methods=["POST"])
def complete_for_group(
	group: str,
	meetings_per_month: float,
	length_minutes: int,
	medium: str,
	shared_goals: str | list,
	review_on: str | None = None,
	covered: str | list | None = None,
	not_there: str | list | None = None,
) -> list[str]:
	"""The first meeting of a whole group took place: the matches of all who were there begin, with the same rhythm and
	shared goals.

	`not_there` are matches whose mentee missed it: they wait for a first meeting of their own. Personal goals are added
	on each match. Gives the names of the matches; nothing changes where anything is missing.
	"""
	doc = _own(OF_GROUP, group)
	groups.lock(group)
	if words := groups.missing_in_words(doc):
		frappe.throw(words, title=_("Not complete yet"))
	found = [frappe.get_doc(OF_MATCH, name) for name in _waiting_matches(group)]
	if unknown := set(lines(not_there)) - {match.name for match in found}:
		frappe.throw(_("{0} does not wait for a first meeting in this group.").format(sorted(unknown)[0]))
	# Who has a day of their own meets on it; so does who joined after the day of the group.
	found = [
		match
		for match in found
		if match.name not in lines(not_there)
		and not match.first_meeting_on
		and (plan_of(match).first_meeting_on or not doc.first_meeting_on)
	]
	if not found:
		frappe.throw(_("Nobody of this group waits for a first meeting."))
	problems = []
	for match in found:
		match.check_permission("write")
		_hold(match, meetings_per_month, length_minutes, medium, covered)
		add_goals(match, SHARED, lines(shared_goals), review_on)
		if words := missing(match):
			problems.append(f"{match.mentee}: {' '.join(words)}")
	if problems:
		frappe.throw("<br>".join(problems), title=_("Not complete yet"))
	for match in found:
		_begin(match)
	if doc.status == groups.rules.FORMING:
		groups.start(group)
	return [match.name for match in found]


def missing(match) -> list[str]:
	"""What keeps the relationship from beginning, in sentences for staff; empty where nothing does."""
	words = []
	if not match.first_meeting_on or getdate(match.first_meeting_on) > getdate():
		words.append(_("The relationship starts with the first meeting. Enter the day it took place."))
	if open_items := [row.item for row in match.checklist if not row.done]:
		words.append(_("These points of the first meeting are open: {0}.").format(", ".join(open_items)))
	if not match.agreed_meetings_per_month:
		words.append(_("Enter how often they agreed to meet."))
	if not match.agreed_length_minutes or not match.agreed_medium:
		words.append(_("Enter how long and in which way they meet."))
	if not any(row.whose == SHARED and (row.goal or "").strip() for row in match.goals):
		words.append(_("Enter at least one goal that the two share."))
	return words


def _hold(match, meetings_per_month, length_minutes, medium: str, covered) -> None:
	"""Writes into the match, in memory, what the meeting agreed on."""
	if match.stage != INITIATION:
		frappe.throw(_("The relationship begins from the stage {0}.").format(_(INITIATION)))
	match.first_meeting_on = plan_of(match).first_meeting_on
	match.agreed_meetings_per_month = number(meetings_per_month)
	match.agreed_length_minutes = cint(number(length_minutes))
	match.agreed_medium = medium or None
	points = lines(covered)
	for row in match.checklist:
		row.done = int(bool(row.done) or row.item in points)


def _begin(match) -> None:
	match.stage = GROWTH
	match.save()


def _check_day(doc) -> None:
	day: date = getdate(doc.first_meeting_on)
	if doc.doctype == OF_MATCH and day < getdate(doc.matched_on):
		frappe.throw(_("The first meeting cannot lie before the match."))
	if day > getdate(add_years(getdate(), 1)):
		frappe.throw(_("The first meeting lies more than a year ahead. Please look at the date again."))


def _check_place(doc, mentees: list[str]) -> None:
	refuse_telling_words(doc.first_meeting_place, where=_("The place of the first meeting"))
	if not place_suits(doc.first_meeting_place, doc.programme, mentees):
		others = [row.name for row in suggested_places(doc.programme, mentees)]
		words = _("This place does not suit everybody who would be there.")
		if others:
			words += " " + _("These do: {0}.").format(", ".join(others))
		else:
			words += " " + _("None of the programme's places does: enter further ones on its page.")
		frappe.throw(words, title=_("Another place"))


def place_suits(place: str | None, programme: str, mentees: list[str]) -> bool:
	"""Whether no boundary of these mentees rules the place out, as far as the programme knows it; none is ruled out."""
	if not place:
		return True
	found = meeting_places.find(place, places_of(programme))
	return not any(meeting_places.is_ruled_out(found, rows) for rows in boundaries.rules_of(mentees).values())


def _mentees(doc) -> list[str]:
	if doc.doctype == OF_MATCH:
		return [doc.mentee]
	return [row.mentee for row in groups.members_of(doc.name)]


def _waiting_matches(group: str) -> list[str]:
	return [row.name for row in groups.members_of(group) if row.stage == INITIATION]


def _differs(before, doc, field: str) -> bool:
	if field == "first_meeting_at":
		return _time(before and before.get(field)) != _time(doc.get(field))
	return str((before and before.get(field)) or "") != str(doc.get(field) or "")


def _time(value) -> str:
	return format_time(str(value), "HH:mm") if value else ""


def _own(doctype: str, name: str, ptype: str = "write"):
	"""The record, for who may read or change it. One refusal for "not yours" and "does not exist"."""
	if doctype in (OF_MATCH, OF_GROUP) and frappe.has_permission(doctype, ptype):
		if frappe.db.exists(doctype, str(name)):
			doc = frappe.get_doc(doctype, str(name))
			if doc.has_permission(ptype):
				return doc
	frappe.throw(_("This is not available to you."), frappe.PermissionError)
