"""What the training needs every day: a reminder before a session, the list after it, the hours of the year.

Each record notes the day on which it was told of, in the same transaction as the message: a job that dies
half-way, runs twice or runs beside another tells nobody twice.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime

from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment import training_continuing, training_gate
from libes_mentoring.mentor_recruitment.training_rules import (
	ATTENDED,
	EXPECTED,
	HELD,
	PLANNED,
	REMIND_FROM_MONTH,
)
from libes_mentoring.mentor_recruitment.training_sessions import PORTAL_PAGE
from libes_mentoring.mentoring_relationship.messages import tell, tell_on_portal
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

REMIND_DAYS_BEFORE = 2


def daily() -> None:
	"""Scheduled once a day; committed one by one, so that a stop loses nothing."""
	today = getdate()
	each(_coming(today), lambda name: remind(name, today), "Mentoring: training session not reminded of")
	each(_over(), lambda name: ask_for_list(name, today), "Mentoring: attendance not asked for")
	each(
		training_gate.unfinished(),
		lambda name: training_gate.settle([name]),
		"Mentoring: training not settled",
	)
	if today.month >= REMIND_FROM_MONTH:
		each(_below(today), lambda name: remind_of_hours(name, today), "Mentoring: hours not reminded of")
		each(
			_programmes_below(today),
			lambda name: tell_of_hours(name, today),
			"Mentoring: hours not passed on",
		)


def remind(attendance: str, today: date) -> None:
	"""Reminds one participant of a session in two days or sooner."""
	# The lock makes a second worker wait here and then find the work done.
	row = frappe.db.get_value(
		"Training Attendance", attendance, ["mentor", "status", "reminded_on"], as_dict=True, for_update=True
	)
	if not row or row.reminded_on or row.status not in EXPECTED:
		return
	tell_on_portal(_user(row.mentor), _("A training session is coming up"), PORTAL_PAGE)
	frappe.db.set_value("Training Attendance", attendance, "reminded_on", today)


def ask_for_list(session: str, today: date) -> None:
	"""A session that is over: held where somebody came, and its list asked for where it is not complete."""
	row = frappe.db.get_value(
		"Training Session",
		session,
		["name", "status", "trainer", "programme", "attendance_asked_on"],
		as_dict=True,
		for_update=True,
	)
	if not row or row.status != PLANNED:
		return
	if frappe.db.exists("Training Attendance", {"session": session, "status": ATTENDED}):
		frappe.db.set_value("Training Session", session, "status", HELD)
	expected = frappe.db.exists("Training Attendance", {"session": session, "status": ("in", EXPECTED)})
	if expected and not row.attendance_asked_on:
		teller = row.trainer if row.trainer and frappe.db.get_value("User", row.trainer, "enabled") else None
		subject = _("Who came to the training session?")
		if teller:
			tell([teller], subject, "Training Session", session)
		else:
			tell_coordinator(row.programme, subject, "Training Session", session)
		frappe.db.set_value("Training Session", session, "attendance_asked_on", today)


def remind_of_hours(mentor: str, today: date) -> None:
	"""Tells a mentor once a year, while there is time, that some hours of training are still to come."""
	reminded = frappe.db.get_value(
		"Mentor", mentor, ["continuing_reminded_year", "stage"], as_dict=True, for_update=True
	)
	if (reminded.continuing_reminded_year or 0) >= today.year or reminded.stage != "Available":
		return
	if not training_continuing.missing_hours([mentor], today.year):
		return
	tell_on_portal(_user(mentor), _("Your training this year: please have a look"), PORTAL_PAGE)
	frappe.db.set_value("Mentor", mentor, "continuing_reminded_year", today.year, update_modified=False)


def tell_of_hours(programme: str, today: date) -> None:
	"""Tells the coordinator once a year that mentors of a programme are short of hours; the report names them."""
	row = frappe.db.get_value(
		"Mentoring Programme",
		programme,
		["continuing_reminded_year"],
		as_dict=True,
		for_update=True,
	)
	if (row.continuing_reminded_year or 0) >= today.year:
		return
	subject = _("Continuing training: some mentors have hours to catch up on this year")
	tell_coordinator(programme, subject, "Mentoring Programme", programme)
	frappe.db.set_value(
		"Mentoring Programme", programme, "continuing_reminded_year", today.year, update_modified=False
	)


def _coming(today: date) -> list[str]:
	session, attendance = frappe.qb.DocType("Training Session"), frappe.qb.DocType("Training Attendance")
	return (
		frappe.qb.from_(attendance)
		.inner_join(session)
		.on(session.name == attendance.session)
		.select(attendance.name)
		.where(
			attendance.status.isin(EXPECTED) & attendance.reminded_on.isnull() & (session.status == PLANNED)
		)
		.where(
			(session.starts_at > now_datetime())
			& (session.starts_at < add_days(today, REMIND_DAYS_BEFORE + 1))
		)
		# Who was invited yesterday knows.
		.where(attendance.creation < add_days(now_datetime(), -1))
		.orderby(attendance.name)
		.run(pluck=True)
	)


def _over() -> list[str]:
	"""Planned sessions whose time is over; those that nobody was on the list of stay as they are."""
	return frappe.get_all(
		"Training Session",
		filters={"status": PLANNED, "ends_at": ("<", now_datetime())},
		pluck="name",
		order_by="starts_at asc, name asc",
	)


def _below(today: date) -> list[str]:
	"""Available mentors who are short this year and have not been told."""
	mentor = frappe.qb.DocType("Mentor")
	names = (
		frappe.qb.from_(mentor)
		.select(mentor.name)
		.where((mentor.stage == "Available") & mentor.user.isnotnull())
		.where(mentor.continuing_reminded_year.isnull() | (mentor.continuing_reminded_year < today.year))
		.orderby(mentor.name)
		.run(pluck=True)
	)
	short = training_continuing.missing_hours(names, today.year)
	return [name for name in names if name in short]


def _programmes_below(today: date) -> list[str]:
	people = frappe.get_all("Mentor", filters={"stage": "Available"}, fields=["name", "programme"])
	short = training_continuing.missing_hours([row.name for row in people], today.year)
	programmes = {row.programme for row in people if row.name in short}
	waiting = frappe.get_all(
		"Mentoring Programme",
		filters={"name": ("in", list(programmes) or [""]), "status": "Running"},
		fields=["name", "continuing_reminded_year"],
		order_by="name asc",
	)
	return [row.name for row in waiting if (row.continuing_reminded_year or 0) < today.year]


def _user(mentor: str) -> list[str]:
	user = frappe.db.get_value("Mentor", mentor, "user")
	return [user] if user else []
