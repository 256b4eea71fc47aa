"""A volunteer's own training: invitations, the code in the room, what is done and what is missing. No mentee."""

import frappe
from frappe.utils import flt, get_datetime, getdate, now_datetime

from libes_mentoring.mentor_recruitment import (
	training_attendance,
	training_continuing,
	training_plan,
	training_records,
	training_sessions,
)
from libes_mentoring.mentor_recruitment.training_rules import (
	ATTENDED,
	CANCELLED,
	CODE_AFTER,
	EXCUSED,
	EXPECTED,
	PLANNED,
	SIGNED_UP,
	code_works,
)
from libes_mentoring.portal import scope
from libes_mentoring.portal.printing import send_pdf


@frappe.whitelist(methods=["GET"])
def my_training() -> dict:
	"""The volunteer's own training: `{"invitations", "before_match", "history", "hours_this_year", "hours_asked",
	"hours_in_all", "code_wanted"}`.

	`invitations`: `[{"session", "title", "starts_at", "ends_at", "place", "video_link", "trainer", "answer" ("coming",
	"not coming" or ""), "open" (may still be answered)}]`, the next first. `before_match`: `[{"title", "attended_on",
	"valid_until", "booked", "next_starts"}]`. `history`: `[{"title", "held_on", "hours"}]`, the latest first.
	`code_wanted` where a code may be entered now. Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	here = not scope.has_left(mentor)
	year = getdate().year
	programme = frappe.db.get_value("Mentor", mentor, "programme")
	done = training_plan.history(mentor)
	invitations = _invitations(mentor) if here else []
	return {
		"invitations": [_shown(row) for row in invitations],
		"before_match": _before_match(mentor, programme) if here else [],
		"history": done,
		"hours_this_year": training_continuing.hours_attended([mentor], year).get(mentor, (0.0, None))[0],
		"hours_asked": training_continuing.hours_asked([mentor], year)[mentor],
		"hours_in_all": sum(flt(row.hours) for row in done),
		"code_wanted": here and _code_wanted(programme, invitations),
	}


@frappe.whitelist(methods=["POST"])
def answer(session: str, coming: bool) -> dict:
	"""Answers an invitation of the volunteer: `{"session", "answer" ("coming" or "not coming")}`; may be changed until
	the session begins.

	Raises PermissionError where the volunteer is not invited, ValidationError with the reason where the session has
	begun, was called off or is full; nothing is changed then.
	"""
	mentor = _here()
	try:
		status = training_sessions.answer(str(session), mentor, coming)
	except frappe.DoesNotExistError:
		scope.refuse()
	return {"session": str(session), "answer": _answer(status)}


@frappe.whitelist(methods=["POST"])
def enter_code(code: str) -> dict:
	"""Records that the volunteer is in the room, by the code that is shown there: `{"title", "hours"}`.

	The same code twice changes nothing. Raises ValidationError with the reason where the code does not fit or does
	not work now, and one with the status 429 after too many tries; nothing is stored then.
	"""
	mentor = _here()
	found = training_attendance.attend_by_code(mentor, code, frappe.session.user)
	return {"title": found.title, "hours": found.hours}


@frappe.whitelist(methods=["GET"])
def certificate() -> None:
	"""The volunteer's own training certificate as a PDF. Raises PermissionError where nothing was attended."""
	mentor = scope.own_mentor()
	if not frappe.db.exists("Training Attendance", {"mentor": mentor, "status": ATTENDED}):
		scope.refuse()
	send_pdf("Mentor", mentor, "Training Certificate", "training-certificate.pdf")


def _before_match(mentor: str, programme: str) -> list[dict]:
	"""What is asked for; nothing for whom the step is passed without it, on paper or before there were sessions."""
	if mentor in training_records.passed([mentor]):
		if not training_records.standings([mentor])[mentor].complete:
			return []
	shown = ("title", "attended_on", "valid_until", "booked", "next_starts")
	return [{field: row[field] for field in shown} for row in training_plan.before_match(mentor, programme)]


def _here() -> str:
	"""The volunteer's own Mentor record; who has left keeps the history and does nothing more."""
	mentor = scope.own_mentor()
	return scope.refuse() if scope.has_left(mentor) else mentor


def _invitations(mentor: str) -> list[frappe._dict]:
	"""Sessions to come, and the one that has just ended while its code still works."""
	session, attendance = frappe.qb.DocType("Training Session"), frappe.qb.DocType("Training Attendance")
	fields = ("title", "starts_at", "ends_at", "place", "video_link")
	return (
		frappe.qb.from_(attendance)
		.inner_join(session)
		.on(session.name == attendance.session)
		.select(session.name.as_("session"), *(session[field] for field in fields))
		.select(session.trainer_name.as_("trainer"), session.status, attendance.status.as_("answer"))
		.where((attendance.mentor == mentor) & attendance.status.isin((*EXPECTED, EXCUSED)))
		.where((session.status != CANCELLED) & (session.ends_at > now_datetime() - CODE_AFTER))
		.orderby(session.starts_at)
		.orderby(session.name)
		.run(as_dict=True)
	)


def _shown(row) -> dict:
	begun = get_datetime(row.starts_at) <= now_datetime()
	fields = ("session", "title", "starts_at", "ends_at", "place", "video_link", "trainer")
	return {
		**{field: row[field] for field in fields},
		"answer": _answer(row.answer),
		"open": row.status == PLANNED and not begun,
	}


def _answer(status: str) -> str:
	return {SIGNED_UP: "coming", EXCUSED: "not coming"}.get(status, "")


def _code_wanted(programme: str, invitations: list) -> bool:
	now = now_datetime()
	if any(code_works(get_datetime(row.starts_at), get_datetime(row.ends_at), now) for row in invitations):
		return True
	if not frappe.db.get_value("Mentoring Programme", programme, "training_walk_ins"):
		return False
	return bool(training_records.running_sessions(programme))
