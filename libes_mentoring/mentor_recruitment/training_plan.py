"""Where one mentor stands, and what comes next: for the desk, the next step and the mentor's own page."""

import frappe
from frappe import _
from frappe.utils import format_datetime, formatdate, get_datetime, getdate, now_datetime

from libes_mentoring.mentor_recruitment import training_continuing, training_records
from libes_mentoring.mentor_recruitment.training_rules import (
	ATTENDED,
	CANCELLED,
	EXPECTED,
	SIGNED_UP,
)


@frappe.whitelist(methods=["GET", "POST"])
def plan(mentor: str) -> dict:
	"""`{"modules", "by_hand", "hours_this_year", "hours_asked", "may_plan"}` of a mentor whom the caller may read.

	`by_hand`: the step is passed without these modules, on paper or before there were any.

	`modules`: `[{"title", "attended_on", "valid_until", "booked", "next_session", "next_starts"}]`, what is asked for
	before a match in its order; the last three only where it is missing. Raises PermissionError.
	"""
	if not frappe.has_permission("Mentor", "read"):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	person = frappe.get_doc("Mentor", mentor)
	person.check_permission("read")
	year = getdate().year
	return {
		"modules": before_match(person.name, person.programme),
		"hours_this_year": training_continuing.hours_attended([person.name], year).get(
			person.name, (0.0, None)
		)[0],
		"hours_asked": training_continuing.hours_asked([person.name], year)[person.name],
		"by_hand": person.name in training_records.passed([person.name])
		and not training_records.standings([person.name])[person.name].complete,
		"may_plan": bool(person.has_permission("write")),
	}


def before_match(mentor: str, programme: str) -> list[dict]:
	"""The modules asked for before a match, as `plan` gives them."""
	standing = training_records.standings([mentor])[mentor]
	words = training_records.titles(standing.required)
	offers = training_records.offers(programme, standing.missing)
	booked = training_records.booked([mentor]).get(mentor, [])
	in_session = training_records.modules_of([row.name for row in booked])
	found = []
	for module in standing.required:
		counts = standing.counts.get(module)
		own = (
			None if counts else next((row for row in booked if module in in_session.get(row.name, ())), None)
		)
		offer = None if counts else offers.get(module)
		found.append(
			{
				"title": words[module],
				"attended_on": counts.on if counts else None,
				"valid_until": counts.valid_until if counts else None,
				"booked": own.starts_at if own else None,
				"next_session": offer.name if offer else None,
				"next_starts": offer.starts_at if offer else None,
			}
		)
	return found


def history(mentor: str) -> list[frappe._dict]:
	"""What the mentor has attended, the latest first: `[{"title", "held_on", "hours"}]`."""
	attendance, session = frappe.qb.DocType("Training Attendance"), frappe.qb.DocType("Training Session")
	return (
		frappe.qb.from_(attendance)
		.inner_join(session)
		.on(session.name == attendance.session)
		.select(session.title, attendance.held_on, attendance.hours)
		.where((attendance.mentor == mentor) & (attendance.status == ATTENDED))
		.orderby(attendance.held_on, order=frappe.qb.desc)
		.orderby(session.name)
		.run(as_dict=True)
	)


def next_step_of_mentor(mentor: str) -> str:
	"""One sentence on the training that is still open: the session booked, the one on offer, or that there is none."""
	booked = training_records.booked([mentor]).get(mentor)
	if booked:
		day = formatdate(booked[0].starts_at, "d MMMM yyyy")
		if booked[0].answer == SIGNED_UP:
			return _("Training: session on {0}.").format(day)
		return _("Training: session on {0}, not answered yet.").format(day)
	missing = training_records.standings([mentor])[mentor].missing
	programme = frappe.db.get_value("Mentor", mentor, "programme")
	offers = training_records.offers(programme, missing)
	if offers:
		first = min(offers.values(), key=lambda row: row.starts_at)
		return _("Training: no session booked; the next one is on {0}.").format(
			formatdate(first.starts_at, "d MMMM yyyy")
		)
	return _("Training: no session booked, and none is planned.")


def next_step_of_session(session) -> tuple[str, bool]:
	"""A sentence for the top of the session's form, and whether somebody should have acted already."""
	if session.status == CANCELLED:
		return _("This session was called off."), False
	answers = frappe.get_all("Training Attendance", filters={"session": session.name}, pluck="status")
	waiting = sum(status in EXPECTED for status in answers)
	came = answers.count(ATTENDED)
	if get_datetime(session.ends_at) < now_datetime():
		if waiting:
			return _("The session is over. Record who came: {0} of {1} are open.").format(
				waiting, len(answers)
			), True
		if not answers:
			return _("The session is over, and nobody was on the list."), False
		return _("Held. {0} came.").format(came), False
	if not answers:
		return _("Invite those who need it."), False
	if get_datetime(session.starts_at) <= now_datetime():
		return _("The session is running: show the code, or record who comes. {0} are here.").format(
			came
		), False
	return (
		_("{0} of {1} invited have signed up. It starts on {2}.").format(
			answers.count(SIGNED_UP), len(answers), format_datetime(session.starts_at, "d MMMM yyyy, HH:mm")
		),
		False,
	)
