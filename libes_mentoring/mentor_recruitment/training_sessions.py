"""Sessions of training: planned, changed, called off; who is invited, and who answers.

Whoever writes to two of them locks in this order: session, attendance, mentor.
"""

import secrets
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, flt, get_datetime, getdate, now_datetime

from libes_mentoring.access.roles import COORDINATOR, SOCIAL_WORKER
from libes_mentoring.mentor_recruitment import training_records
from libes_mentoring.mentor_recruitment.training_rules import (
	ATTENDED,
	CANCELLED,
	CODE_LENGTH,
	CODE_LETTERS,
	EXCUSED,
	EXPECTED,
	INDIVIDUAL,
	INVITED,
	PLANNED,
	SIGNED_UP,
)
from libes_mentoring.mentoring_programme.public_words import refuse_telling_words
from libes_mentoring.mentoring_relationship.messages import tell_on_portal

PORTAL_PAGE = "/mentoring/training"
LONGEST_SESSION_HOURS = 24
MOST_INVITED = 500
# What participants need to know of a change.
TOLD_TIMES, TOLD_PLACES = ("starts_at", "ends_at"), ("place", "video_link")
INVITED_STAGES = ("Applied", "Screening", "Available", "Paused")


def check(session) -> None:
	"""Fills what follows from the modules, and refuses what cannot be."""
	before = session.get_doc_before_save()
	_check_times(session, before)
	_check_modules(session, before)
	for label, text in ((_("The place"), session.place), (_("The trainer's name"), session.trainer_name)):
		refuse_telling_words(text, where=label)
	if session.video_link and not session.video_link.lower().startswith(("https://", "http://")):
		frappe.throw(_("The video link begins with https://."))
	if session.trainer and (not before or before.trainer != session.trainer):
		if not {COORDINATOR, SOCIAL_WORKER} & set(frappe.get_roles(session.trainer)):
			frappe.throw(
				_("The trainer of the house is a coordinator or a social worker. Write down others by name.")
			)
	if session.trainer and not session.trainer_name:
		session.trainer_name = frappe.db.get_value("User", session.trainer, "full_name")
	if session.kind == INDIVIDUAL:
		session.places = 1
		if before and before.kind != INDIVIDUAL and len(list_of(session.name)) > 1:
			frappe.throw(_("More than one person is on the list: this is a session for a group."))
	session.attendance_code = session.attendance_code or _new_code()


def after_change(session) -> None:
	"""Whoever is expected hears that the time or the place is another one."""
	before = session.get_doc_before_save()
	if not before or session.status != PLANNED:
		return
	times = any(get_datetime(before.get(field)) != get_datetime(session.get(field)) for field in TOLD_TIMES)
	if times or any((before.get(field) or "") != (session.get(field) or "") for field in TOLD_PLACES):
		tell_expected(session.name, _("A training session has changed"))


def _check_times(session, before) -> None:
	# No smaller than what a form shows and sends back: nothing moves by being saved again.
	starts, ends = (get_datetime(at).replace(second=0, microsecond=0) for at in (session.starts_at, session.ends_at))
	session.starts_at, session.ends_at = starts, ends
	if ends <= starts:
		frappe.throw(_("The session ends before it starts."))
	if ends > add_to_date(starts, hours=LONGEST_SESSION_HOURS):
		frappe.throw(_("A session is one day at the most. Please plan a session for each day."))
	moved = before and get_datetime(before.starts_at) != starts
	if moved and frappe.db.exists("Training Attendance", {"session": session.name, "status": ATTENDED}):
		frappe.throw(_("Somebody has attended this session: its day and time stay as they are."))


def _check_modules(session, before) -> None:
	modules = [row.module for row in session.modules]
	if len(set(modules)) < len(modules):
		frappe.throw(_("A module is listed twice."))
	if before and {row.module for row in before.modules} != set(modules):
		if frappe.db.exists("Training Attendance", {"session": session.name, "status": ATTENDED}):
			frappe.throw(_("Somebody has attended this session: its modules stay as they are."))
	rows = {
		row.name: row
		for row in frappe.get_all(
			"Training Module", filters={"name": ("in", modules or [""])}, fields=["name", "title", "hours"]
		)
	}
	known = [rows[module] for module in modules if module in rows]
	session.title = " · ".join(row.title for row in known)[:140]
	same = before and {row.module for row in before.modules} == set(modules)
	given = flt(session.hours) if same or not before or flt(before.hours) != flt(session.hours) else 0
	session.hours = given or sum(flt(row.hours) for row in known)


def _new_code() -> str:
	while True:
		code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
		if not frappe.db.exists("Training Session", {"attendance_code": code}):
			return code


@frappe.whitelist(methods=["GET", "POST"])
def who_needs(session: str) -> list[dict]:
	"""Who of the programme still needs what this session offers, for somebody who may change the session.

	`[{"mentor", "full_name", "stage", "why", "booked" (the day of another session with the same, or None)}]`,
	in order of names; nobody who is on the list already. Raises PermissionError.
	"""
	doc = _own(session)
	return needing(doc)


def needing(session) -> list[dict]:
	from libes_mentoring.mentor_recruitment import training_continuing

	day, modules = getdate(session.starts_at), {row.module for row in session.modules}
	on_list = {row.mentor for row in list_of(session.name)}
	people = frappe.get_all(
		"Mentor",
		filters={
			"programme": session.programme,
			"stage": ("in", ("Screening", "Available")),
			"turned_down_on": ("is", "not set"),
			"name": ("not in", list(on_list) or [""]),
		},
		fields=["name", "full_name", "stage"],
		order_by="full_name asc, name asc",
	)
	names = [row.name for row in people]
	standings, booked = training_records.standings(names, day), training_records.booked(names)
	contents = training_records.modules_of([line.name for lines in booked.values() for line in lines])
	passed = training_records.passed(names, day)
	short = training_continuing.missing_hours(names, day.year) if _is_continuing(modules) else {}
	words = training_records.titles(modules)
	found = []
	for row in people:
		missing = () if row.name in passed else standings[row.name].missing
		lacking = [module for module in missing if module in modules]
		if not lacking and not short.get(row.name):
			continue
		why = (
			_("needs before a match: {0}").format(", ".join(words[module] for module in lacking))
			if lacking
			else _("{0} hours short this year").format(f"{short[row.name]:g}")
		)
		# Only where the same is offered: who is booked for another part of the training still needs this one.
		elsewhere = next(
			(line for line in booked.get(row.name, ()) if modules & set(contents.get(line.name, ()))), None
		)
		found.append(
			{
				"mentor": row.name,
				"full_name": row.full_name,
				"stage": row.stage,
				"why": why,
				"booked": getdate(elsewhere.starts_at) if elsewhere else None,
			}
		)
	return found


@frappe.whitelist(methods=["POST"])
def invite(session: str, mentors: list | str) -> dict:
	"""Invites mentors of the programme (names of records; the desk sends them as JSON), and tells them on their portal.

	Returns `{"invited": int, "already": int, "without_portal": [full names of those to be told in person]}`. Who is
	on the list already stays as they are. Raises PermissionError, or ValidationError with the reason, and invites
	nobody then.
	"""
	doc = _own(session)
	wanted = list(dict.fromkeys(str(name) for name in as_list(mentors)))
	if not wanted:
		frappe.throw(_("Please choose at least one person."))
	if len(wanted) > MOST_INVITED:
		frappe.throw(_("Please invite {0} people at the most at a time.").format(MOST_INVITED))
	return _invite(doc, wanted)


def _invite(session, wanted: list[str]) -> dict:
	session = locked(session.name)
	_check_open(session)
	people = frappe.get_all(
		"Mentor",
		filters={
			"name": ("in", wanted),
			"programme": session.programme,
			"stage": ("in", INVITED_STAGES),
			"turned_down_on": ("is", "not set"),
		},
		fields=["name", "full_name", "user"],
	)
	if len(people) < len(wanted):
		frappe.throw(_("Some of them are not in this programme, or have left. Nobody was invited."))
	there = {row.mentor for row in list_of(session.name)}
	new = [row for row in people if row.name not in there]
	if session.kind == INDIVIDUAL and len(there) + len(new) > 1:
		frappe.throw(_("This session is for one person. Nobody was invited."))
	for row in new:
		add_row(session.name, row.name, INVITED)
	tell_on_portal(
		[row.user for row in new if row.user], _("You are invited to a training session"), PORTAL_PAGE
	)
	return {
		"invited": len(new),
		"already": len(people) - len(new),
		"without_portal": sorted(row.full_name for row in new if not row.user),
	}


@frappe.whitelist(methods=["POST"])
def cancel(session: str) -> None:
	"""Calls a planned session off and tells whoever is expected, without a reason. Raises PermissionError, or
	ValidationError where it was held or called off already."""
	doc = locked(_own(session).name)
	if doc.status != PLANNED:
		frappe.throw(_("Only a planned session is called off."))
	if any(row.status == ATTENDED for row in list_of(doc.name)):
		frappe.throw(_("Somebody has attended this session."))
	doc.status, doc.flags.by_procedure = CANCELLED, True
	doc.save()
	tell_expected(doc.name, _("A training session will not take place"))


@frappe.whitelist(methods=["POST"])
def catch_up(mentor: str, starts_at: str) -> str:
	"""Plans a session for this mentor alone, with all that is missing before a match; gives its name.

	The coordinator trains unless that is changed; the mentor is invited at once. Raises PermissionError, or
	ValidationError where nothing is missing or such a session is planned already.
	"""
	person = frappe.get_doc("Mentor", mentor)
	person.check_permission("write")
	# Of two clicks, the second waits here and then finds the session of the first.
	frappe.db.get_value("Mentor", person.name, "name", for_update=True)
	missing = training_records.standings([person.name])[person.name].missing
	if not missing:
		frappe.throw(_("Nothing is missing before a match."))
	planned = [
		row for row in training_records.booked([person.name]).get(person.name, ()) if row.kind == INDIVIDUAL
	]
	if planned:
		frappe.throw(_("A session for this mentor is planned already: {0}.").format(planned[0].name))
	starts = _moment(starts_at)
	hours = sum(
		flt(value)
		for value in frappe.get_all("Training Module", filters={"name": ("in", missing)}, pluck="hours")
	)
	doc = frappe.get_doc(
		{
			"doctype": "Training Session",
			"programme": person.programme,
			"kind": INDIVIDUAL,
			"starts_at": starts,
			"ends_at": add_to_date(starts, hours=min(hours, LONGEST_SESSION_HOURS)),
			"modules": [{"module": module} for module in missing],
			"place": frappe.db.get_value("Mentoring Programme", person.programme, "meeting_place"),
			"trainer": frappe.session.user if COORDINATOR in frappe.get_roles() else None,
		}
	).insert()
	_invite(doc, [person.name])
	return doc.name


def answer(session: str, mentor: str, coming: bool) -> str:
	"""A mentor's own answer to an invitation; gives the status that is stored. The same answer twice changes nothing.

	Whoever calls has found out who asks. Raises ValidationError with the reason, DoesNotExistError where the mentor
	is not invited.
	"""
	if not frappe.db.exists("Training Attendance", {"session": session, "mentor": mentor}):
		raise frappe.DoesNotExistError
	doc = locked(session)
	lines = list_of(session)
	row = next(line for line in lines if line.mentor == mentor)
	if doc.status != PLANNED or get_datetime(doc.starts_at) <= now_datetime():
		frappe.throw(_("This session has begun, is over or was called off. Please ask your coordinator."))
	if row.status not in (*EXPECTED, EXCUSED):
		frappe.throw(_("Your attendance has been recorded already."))
	wanted = SIGNED_UP if coming else EXCUSED
	if row.status == wanted:
		return wanted
	if coming and doc.places and sum(line.status == SIGNED_UP for line in lines) >= doc.places:
		frappe.throw(_("All places are taken. Please ask your coordinator for another day."))
	frappe.db.set_value("Training Attendance", row.name, {"status": wanted, "answered_at": now_datetime()})
	return wanted


def add_row(session: str, mentor: str, status: str):
	"""A line of the list. Its name is made of both, so that nobody can stand on a list twice."""
	# Nobody has DocPerm to write attendance: it is written by these procedures, which have asked who acts.
	return frappe.get_doc(
		{"doctype": "Training Attendance", "session": session, "mentor": mentor, "status": status}
	).insert(ignore_permissions=True)


def tell_expected(session: str, subject: str) -> None:
	"""A neutral message to everybody who is expected and has a portal account."""
	mentors = [row.mentor for row in list_of(session) if row.status in EXPECTED]
	users = frappe.get_all(
		"Mentor", filters={"name": ("in", mentors or [""]), "user": ("is", "set")}, pluck="user"
	)
	tell_on_portal(users, subject, PORTAL_PAGE)


def as_list(value: list | str) -> list:
	"""What the desk sends as JSON. Raises ValidationError for anything that is no list."""
	try:
		found = frappe.parse_json(value)
	except ValueError:
		found = None
	if not isinstance(found, list):
		frappe.throw(_("A list of people is needed."))
	return found


def list_of(session: str) -> list[frappe._dict]:
	"""The lines of a session's list: `{"name", "mentor", "status", "hours"}`.

	A locking read: in a transaction that has read before, a plain one would not see another one's line.
	"""
	attendance = frappe.qb.DocType("Training Attendance")
	query = (
		frappe.qb.from_(attendance)
		.select(attendance.name, attendance.mentor, attendance.status, attendance.hours)
		.where(attendance.session == session)
		.orderby(attendance.name)
	)
	if frappe.db.db_type != "sqlite":
		query = query.for_update()
	return query.run(as_dict=True)


def locked(session: str):
	"""The session as it is now, whatever the transaction has read before; the next one to write waits."""
	return frappe.get_doc("Training Session", session, for_update=True)


def _own(session: str):
	"""The session, for somebody who may change it; "not there" and "not yours" are one answer."""
	if not frappe.db.exists("Training Session", session) or not frappe.has_permission(
		"Training Session", "write", doc=session
	):
		frappe.throw(_("This session is not available to you."), frappe.PermissionError)
	return frappe.get_doc("Training Session", session)


def _check_open(session) -> None:
	if session.status != PLANNED or get_datetime(session.ends_at) < now_datetime():
		frappe.throw(_("This session is over or was called off. Nobody was invited."))


def _is_continuing(modules: set[str]) -> bool:
	return bool(frappe.db.exists("Training Module", {"name": ("in", list(modules) or [""]), "continuing": 1}))


def _moment(value: str) -> datetime:
	try:
		moment = datetime.fromisoformat(str(value).strip())
	except ValueError:
		frappe.throw(_("Please enter day and time of the session."))
	if moment.tzinfo or moment <= now_datetime():
		frappe.throw(_("Please choose a day and time to come."))
	return moment
