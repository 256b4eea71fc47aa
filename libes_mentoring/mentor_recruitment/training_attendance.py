"""Who came: ticked on a list by whoever led the session, or by the code that is shown in the room."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import flt, format_datetime, get_datetime, getdate, now_datetime

from libes_mentoring.mentor_recruitment import training_gate, training_records
from libes_mentoring.mentor_recruitment.training_rules import (
	ABSENT,
	ATTENDED,
	CANCELLED,
	CODE_AFTER,
	CODE_BEFORE,
	EXCUSED,
	EXPECTED,
	GROUP,
	HELD,
	INVITED,
	PLANNED,
	SIGNED_UP,
	code_works,
	tidy_code,
)
from libes_mentoring.mentor_recruitment.training_sessions import add_row, as_list, list_of, locked

# What may be ticked. Back to "Signed up" takes back what was recorded by mistake.
RECORDED = (ATTENDED, ABSENT, EXCUSED, SIGNED_UP)
TRIES, TRIES_MINUTES = 8, 15


class TooManyTries(frappe.ValidationError):
	"""Codes were tried too often."""

	http_status_code = 429


@frappe.whitelist(methods=["GET", "POST"])
def attendance_list(session: str) -> dict:
	"""`{"people": [{"mentor", "full_name", "status", "hours", "by_code"}], "others": [{"mentor", "full_name"}],
	"hours", "code", "may_record", "begun"}` for whoever may read the session.

	`others` are mentors of the programme who came without being on the list. Raises PermissionError.
	"""
	doc = _readable(session)
	fields = ["mentor", "mentor_name as full_name", "status", "hours", "by_code"]
	# Read past permissions: a trainer sees the names of this session's list and nothing else of the mentors.
	people = frappe.get_all(
		"Training Attendance",
		filters={"session": doc.name},
		fields=fields,
		order_by="mentor_name asc, name asc",
	)
	recording = may_record(doc)
	begun = get_datetime(doc.starts_at) - CODE_BEFORE <= now_datetime()
	return {
		"people": people,
		"others": _others(doc, {row.mentor for row in people}) if recording and begun else [],
		"hours": flt(doc.hours),
		"code": doc.attendance_code,
		"may_record": recording,
		"begun": begun,
	}


@frappe.whitelist(methods=["POST"])
def record_attendance(session: str, rows: list | str) -> dict:
	"""Stores who came: `rows` is `[{"mentor", "status", "hours" (optional)}]` (the desk sends it as JSON), all
	of them or none.

	`status` is one of `RECORDED`; a mentor of the programme who is not on the list yet is added. For coordinators of
	the programme and the session's trainer. Returns `{"attended": int, "open": int}` of the whole list. Raises
	PermissionError, or ValidationError with the reason, and stores nothing then.
	"""
	doc = _readable(session)
	if not may_record(doc):
		frappe.throw(_("This session is not available to you."), frappe.PermissionError)
	wanted = [_wanted(row, doc) for row in as_list(rows)]
	mentors = [row.mentor for row in wanted]
	if not mentors or len(set(mentors)) < len(mentors):
		frappe.throw(_("Please say once for each person whether they came."))
	doc = locked(doc.name)
	if doc.status == CANCELLED:
		frappe.throw(_("This session was called off."))
	if get_datetime(doc.starts_at) - CODE_BEFORE > now_datetime() and any(
		row.status in (ATTENDED, ABSENT) for row in wanted
	):
		frappe.throw(_("The session has not begun yet."))
	before = training_records.standings(mentors)
	there = _there(doc.name)
	_check_in_programme(doc, [mentor for mentor in mentors if mentor not in there])
	for row in wanted:
		_store(doc, row.mentor, there.get(row.mentor), row.status, row.hours)
	training_gate.settle(mentors, before)
	_hold(doc)
	counted = frappe.get_all("Training Attendance", filters={"session": doc.name}, pluck="status")
	return {"attended": counted.count(ATTENDED), "open": sum(status in EXPECTED for status in counted)}


def attend_by_code(mentor: str, code: str, tries_of: str) -> frappe._dict:
	"""Records that a mentor is in the room, by the code that is shown there: `{"session", "title", "hours"}`.

	Whoever calls has found out who asks; `tries_of` is whose tries are counted. The same code entered again changes
	nothing. Raises ValidationError where the code does not fit (in one set of words for a wrong one, one of another
	programme and one without an invitation, so that nobody finds codes by trying) or does not work now, and
	TooManyTries; nothing is stored then.
	"""
	_count_try(tries_of)
	code = tidy_code(code)
	session = frappe.db.get_value("Training Session", {"attendance_code": code}, "name") if code else None
	if not session:
		_refuse_code()
	doc = locked(session)
	row = _there(doc.name).get(mentor)
	if not (row or _may_walk_in(doc, mentor)) or doc.status == CANCELLED:
		_refuse_code()
	if row and row.status == ATTENDED:
		return frappe._dict(session=doc.name, title=doc.title, hours=flt(row.hours))
	starts, ends = get_datetime(doc.starts_at), get_datetime(doc.ends_at)
	if not code_works(starts, ends, now_datetime()):
		if not row:
			_refuse_code()
		frappe.throw(
			_(
				"This code works from {0} to {1}. If you were there, please ask whoever led the session."
			).format(
				format_datetime(starts - CODE_BEFORE, "d MMMM HH:mm"),
				format_datetime(ends + CODE_AFTER, "d MMMM HH:mm"),
			)
		)
	before = training_records.standings([mentor])
	_store(doc, mentor, row, ATTENDED, flt(doc.hours), by_code=1)
	training_gate.settle([mentor], before, decided_by=doc.trainer or _coordinator(doc))
	return frappe._dict(session=doc.name, title=doc.title, hours=flt(doc.hours))


def may_record(session) -> bool:
	"""A coordinator of the programme, or whoever leads the session."""
	if session.trainer == frappe.session.user:
		return True
	return bool(frappe.has_permission("Training Session", "write", doc=session))


def _readable(session: str):
	if not frappe.db.exists("Training Session", session) or not frappe.has_permission(
		"Training Session", "read", doc=session
	):
		frappe.throw(_("This session is not available to you."), frappe.PermissionError)
	return frappe.get_doc("Training Session", session)


def _wanted(row: object, session) -> frappe._dict:
	if not isinstance(row, dict) or row.get("status") not in RECORDED or not row.get("mentor"):
		frappe.throw(_("Please say for each person whether they came."))
	given = row.get("hours")
	hours = flt(session.hours) if given in (None, "") else flt(given)
	if row["status"] == ATTENDED and not 0 < hours <= flt(session.hours):
		frappe.throw(_("The hours are more than 0 and {0} at the most.").format(f"{flt(session.hours):g}"))
	return frappe._dict(mentor=str(row["mentor"]), status=row["status"], hours=hours)


def _store(session, mentor: str, row, status: str, hours: float, by_code: int = 0) -> None:
	if not row:
		row = add_row(session.name, mentor, INVITED)
	came = status == ATTENDED
	held_on, worth = (getdate(session.starts_at), hours) if came else (None, 0)
	if row.status == status and flt(row.get("hours")) == worth:
		return
	frappe.db.set_value(
		"Training Attendance",
		row.name,
		{
			"status": status,
			"held_on": held_on,
			"hours": worth,
			"by_code": by_code,
			"recorded_by": frappe.session.user,
			"recorded_at": now_datetime(),
		},
	)


def _hold(session) -> None:
	"""Once somebody came and the time has begun, the session was held."""
	attended = frappe.db.exists("Training Attendance", {"session": session.name, "status": ATTENDED})
	status = HELD if attended else PLANNED
	if session.status != status:
		frappe.db.set_value("Training Session", session.name, "status", status)


def _there(session: str) -> dict[str, frappe._dict]:
	return {row.mentor: row for row in list_of(session)}


def _others(session, there: set[str]) -> list[frappe._dict]:
	return frappe.get_all(
		"Mentor",
		filters={
			"programme": session.programme,
			"stage": ("!=", "Left"),
			"turned_down_on": ("is", "not set"),
			"name": ("not in", list(there) or [""]),
		},
		fields=["name as mentor", "full_name"],
		order_by="full_name asc, name asc",
	)


def _check_in_programme(session, mentors: list[str]) -> None:
	known = {row.mentor for row in _others(session, set())}
	if not set(mentors) <= known:
		frappe.throw(_("Some of them are not in this programme, or have left. Nothing was recorded."))


def _may_walk_in(session, mentor: str) -> bool:
	if not frappe.db.get_value("Mentoring Programme", session.programme, "training_walk_ins"):
		return False
	person = frappe.db.get_value("Mentor", mentor, ["programme", "stage", "turned_down_on"], as_dict=True)
	return person.programme == session.programme and person.stage != "Left" and session.kind == GROUP


def _coordinator(session) -> str:
	return frappe.db.get_value("Mentoring Programme", session.programme, "coordinator")


def _count_try(of: str) -> None:
	"""Counted for each person and not for each network: a whole room is behind one address."""
	key = frappe.cache.make_key(f"mentoring_training_code:{of}")
	# The end is set with the key: a process that dies in between would count for ever.
	frappe.cache.set(key, 0, ex=TRIES_MINUTES * 60, nx=True)
	if frappe.cache.incrby(key, 1) > TRIES:
		frappe.flags.disable_traceback = True
		frappe.throw(
			_("Too many codes were tried. Please wait {0} minutes, or ask whoever leads the session.").format(
				TRIES_MINUTES
			),
			TooManyTries,
		)


def _refuse_code() -> NoReturn:
	frappe.flags.disable_traceback = True
	frappe.throw(
		_(
			"This code does not fit a session that you are invited to. Please compare it with the one in the room, or ask whoever leads the session."
		)
	)
