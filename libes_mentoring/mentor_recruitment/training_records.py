"""What is on record of training: asked for, attended, booked. Every question is for many mentors at once.

Read past permissions: whoever calls has checked whose mentors these are, or hands on named fields only.
"""

from collections import defaultdict
from datetime import date, datetime

import frappe
from frappe.utils import getdate, now_datetime

from libes_mentoring.mentor_recruitment.screening_rules import TRAINING
from libes_mentoring.mentor_recruitment.training_rules import (
	ATTENDED,
	CANCELLED,
	CODE_AFTER,
	CODE_BEFORE,
	EXPECTED,
	GROUP,
	PLANNED,
	Attended,
	Standing,
	standing,
)

SESSION_FIELDS = (
	"name",
	"title",
	"programme",
	"kind",
	"status",
	"starts_at",
	"ends_at",
	"place",
	"video_link",
)


def required_modules(programmes: list[str]) -> dict[str, list[str]]:
	"""Programme → the modules that it asks for before a match, as far as they are still offered."""
	row, module = frappe.qb.DocType("Mentoring Programme Training"), frappe.qb.DocType("Training Module")
	found = defaultdict(list)
	query = (
		frappe.qb.from_(row)
		.inner_join(module)
		.on(module.name == row.module)
		.select(row.parent, row.module)
		.where((row.parenttype == "Mentoring Programme") & row.parent.isin(programmes or [""]))
		.where(module.active == 1)
		.orderby(row.idx)
	)
	for programme, name in query.run():
		found[programme].append(name)
	return dict(found)


def attended_modules(mentors: list[str]) -> dict[str, list[Attended]]:
	"""Mentor → every module of every session that the mentor has attended."""
	attendance, row = frappe.qb.DocType("Training Attendance"), frappe.qb.DocType("Training Session Module")
	module = frappe.qb.DocType("Training Module")
	found = defaultdict(list)
	query = (
		frappe.qb.from_(attendance)
		.inner_join(row)
		.on((row.parent == attendance.session) & (row.parenttype == "Training Session"))
		.inner_join(module)
		.on(module.name == row.module)
		.select(attendance.mentor, row.module, attendance.held_on, module.valid_months)
		.where(attendance.mentor.isin(mentors or [""]) & (attendance.status == ATTENDED))
		.where(attendance.held_on.isnotnull())
	)
	for mentor, name, on, months in query.run():
		found[mentor].append(Attended(name, getdate(on), months or 0))
	return dict(found)


def standings(mentors: list[str], today: date | None = None) -> dict[str, Standing]:
	"""Where each of these mentors stands with what their programme asks for; every name has an entry."""
	programmes = dict(
		frappe.get_all(
			"Mentor", filters={"name": ("in", mentors or [""])}, fields=["name", "programme"], as_list=True
		)
	)
	required = required_modules(list(set(programmes.values())))
	attended = attended_modules(mentors)
	return {
		mentor: standing(
			required.get(programmes.get(mentor), ()), attended.get(mentor, ()), today or getdate()
		)
		for mentor in mentors
	}


def standing_in(mentor: str, programme: str) -> Standing:
	"""Where a mentor stands with what a programme asks for, which need not be the mentor's own yet."""
	required = required_modules([programme]).get(programme, ())
	return standing(required, attended_modules([mentor]).get(mentor, ()), getdate())


def passed(mentors: list[str], day: date | None = None) -> dict[str, date | None]:
	"""Mentors whose step Training is passed and still counts on a day (today), by sessions or by hand → when."""
	rows = frappe.get_all(
		"Mentor Screening Step",
		filters={
			"parenttype": "Mentor",
			"parent": ("in", mentors or [""]),
			"step": TRAINING,
			"outcome": "Passed",
		},
		fields=["parent", "done_on", "valid_until"],
	)
	day = day or getdate()
	return {row.parent: row.done_on for row in rows if not row.valid_until or getdate(row.valid_until) >= day}


def modules_of(sessions: list[str]) -> dict[str, list[str]]:
	"""Session → its modules, in their order."""
	rows = frappe.get_all(
		"Training Session Module",
		filters={"parenttype": "Training Session", "parent": ("in", sessions or [""])},
		fields=["parent", "module"],
		order_by="idx asc",
	)
	found = defaultdict(list)
	for row in rows:
		found[row.parent].append(row.module)
	return dict(found)


def offers(programme: str, modules: tuple[str, ...]) -> dict[str, frappe._dict]:
	"""Module → the next group session of the programme that offers it (`SESSION_FIELDS`)."""
	session, row = frappe.qb.DocType("Training Session"), frappe.qb.DocType("Training Session Module")
	query = (
		frappe.qb.from_(session)
		.inner_join(row)
		.on((row.parent == session.name) & (row.parenttype == "Training Session"))
		.select(row.module, *(session[field] for field in SESSION_FIELDS))
		.where((session.programme == programme) & (session.status == PLANNED) & (session.kind == GROUP))
		.where((session.starts_at > now_datetime()) & row.module.isin(modules or ("",)))
		.orderby(session.starts_at)
		.orderby(session.name)
	)
	found = {}
	for line in query.run(as_dict=True):
		found.setdefault(line.module, line)
	return found


def booked(mentors: list[str], *, since: datetime | None = None) -> dict[str, list[frappe._dict]]:
	"""Mentor → sessions to come (or running since) to which they are invited or have signed up, the next first.

	Each with `SESSION_FIELDS` and the mentor's own `answer`.
	"""
	session, attendance = frappe.qb.DocType("Training Session"), frappe.qb.DocType("Training Attendance")
	query = (
		frappe.qb.from_(attendance)
		.inner_join(session)
		.on(session.name == attendance.session)
		.select(attendance.mentor, attendance.status.as_("answer"))
		.select(*(session[field] for field in SESSION_FIELDS))
		.where(attendance.mentor.isin(mentors or [""]) & attendance.status.isin(EXPECTED))
		.where((session.status != CANCELLED) & (session.ends_at > (since or now_datetime())))
		.orderby(session.starts_at)
		.orderby(session.name)
	)
	found = defaultdict(list)
	for row in query.run(as_dict=True):
		found[row.mentor].append(row)
	return dict(found)


def titles(modules: list[str] | tuple[str, ...] | set[str]) -> dict[str, str]:
	return dict(
		frappe.get_all(
			"Training Module",
			filters={"name": ("in", list(modules) or [""])},
			fields=["name", "title"],
			as_list=True,
		)
	)


def running_sessions(programme: str) -> list[frappe._dict]:
	"""Group sessions of the programme about this time, as far as their codes may work: `{"starts_at", "ends_at"}`."""
	now = now_datetime()
	return frappe.get_all(
		"Training Session",
		filters={
			"programme": programme,
			"kind": GROUP,
			"status": ("!=", CANCELLED),
			"starts_at": ("<=", now + CODE_BEFORE),
			"ends_at": (">=", now - CODE_AFTER),
		},
		fields=["starts_at", "ends_at"],
	)
