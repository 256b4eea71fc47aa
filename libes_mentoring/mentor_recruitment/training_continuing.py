"""Continuing training: what a programme asks for in a calendar year, and who has attended less.

Source: handbook, "Training": it does not end with the first match. Every session attended within the year counts,
also a module heard a second time. Asked from the calendar year after the first training (`training_rules.asked_hours`).
"""

from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Max, Min, Sum
from frappe.utils import cint, flt, getdate

from libes_mentoring.mentor_recruitment.screening_rules import TRAINING
from libes_mentoring.mentor_recruitment.training_rules import ATTENDED, asked_hours

ASKED_STAGES = ("Available", "Paused")


def hours_attended(mentors: list[str], year: int) -> dict[str, tuple[float, date | None]]:
	"""Mentor → hours within the calendar year, and the last day of them; who has none is left out."""
	attendance = frappe.qb.DocType("Training Attendance")
	query = (
		frappe.qb.from_(attendance)
		.select(attendance.mentor, Sum(attendance.hours), Max(attendance.held_on))
		.where(attendance.mentor.isin(mentors or [""]) & (attendance.status == ATTENDED))
		.where(attendance.held_on[date(year, 1, 1) : date(year, 12, 31)])
		.groupby(attendance.mentor)
	)
	return {mentor: (flt(hours), last) for mentor, hours, last in query.run()}


def hours_asked(mentors: list[str], year: int) -> dict[str, float]:
	"""Mentor → hours asked in the calendar year; every name has an entry."""
	begun = _begun(mentors)
	rows = frappe.get_all(
		"Mentor", filters={"name": ("in", mentors or [""])}, fields=["name", "programme", "stage"]
	)
	of_programme = dict(
		frappe.get_all(
			"Mentoring Programme",
			filters={"name": ("in", list({row.programme for row in rows}) or [""])},
			fields=["name", "continuing_training_hours"],
			as_list=True,
		)
	)
	return {
		row.name: asked_hours(begun.get(row.name), year, flt(of_programme.get(row.programme)))
		if row.stage in ASKED_STAGES
		else 0
		for row in rows
	}


def missing_hours(mentors: list[str], year: int) -> dict[str, float]:
	"""Mentor → hours that are short in the calendar year, of those who are short."""
	attended = hours_attended(mentors, year)
	asked = hours_asked(mentors, year)
	short = {mentor: hours - attended.get(mentor, (0, None))[0] for mentor, hours in asked.items()}
	return {mentor: hours for mentor, hours in short.items() if hours > 0}


def _begun(mentors: list[str]) -> dict[str, date]:
	"""Mentor → the day of the first training: the first attended session, or what the passed step says.

	The step's own day moves when a module is attended again; the first session's does not.
	"""
	steps = frappe.get_all(
		"Mentor Screening Step",
		filters={
			"parenttype": "Mentor",
			"parent": ("in", mentors or [""]),
			"step": TRAINING,
			"outcome": "Passed",
		},
		fields=["parent", "done_on"],
	)
	attendance = frappe.qb.DocType("Training Attendance")
	query = (
		frappe.qb.from_(attendance)
		.select(attendance.mentor, Min(attendance.held_on))
		.where(attendance.mentor.isin(mentors or [""]) & (attendance.status == ATTENDED))
		.groupby(attendance.mentor)
	)
	first = {mentor: getdate(day) for mentor, day in query.run() if day}
	found = {}
	for row in steps:
		days = [day for day in (row.done_on and getdate(row.done_on), first.get(row.parent)) if day]
		# Passed with no day written down: long ago, as far as anybody knows.
		found[row.parent] = min(days) if days else date.min
	return found


def columns() -> list[dict]:
	return [
		{"fieldname": "mentor", "label": _("Mentor"), "fieldtype": "Link", "options": "Mentor", "width": 120},
		{"fieldname": "full_name", "label": _("Name"), "fieldtype": "Data", "width": 200},
		{"fieldname": "stage", "label": _("Stage"), "fieldtype": "Data", "width": 110},
		{"fieldname": "asked", "label": _("Hours asked"), "fieldtype": "Float", "precision": 1, "width": 120},
		{
			"fieldname": "attended",
			"label": _("Hours attended"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 130,
		},
		{
			"fieldname": "missing",
			"label": _("Hours short"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 120,
		},
		{"fieldname": "last", "label": _("Last attended"), "fieldtype": "Date", "width": 130},
	]


def rows(filters: dict | None = None) -> list[dict]:
	"""One row a mentor whom the session user sees: `columns`; who is most short comes first.

	`filters`: `year` (this one), `programme`, `only_below` (only who is short).
	"""
	filters = filters or {}
	year = cint(filters.get("year")) or getdate().year
	if not 2000 <= year <= 2200:
		frappe.throw(_("Please enter a year, such as {0}.").format(getdate().year))
	wanted = {"stage": ("in", ASKED_STAGES)}
	if filters.get("programme"):
		wanted["programme"] = filters["programme"]
	# By the user's own permissions: a coordinator's own programmes.
	people = frappe.get_list(
		"Mentor",
		filters=wanted,
		fields=["name", "full_name", "stage"],
		order_by="full_name asc, name asc",
		limit_page_length=0,
	)
	names = [row.name for row in people]
	attended, asked = hours_attended(names, year), hours_asked(names, year)
	found = []
	for row in people:
		hours, last = attended.get(row.name, (0.0, None))
		short = max(asked[row.name] - hours, 0)
		if short or not cint(filters.get("only_below")):
			found.append(
				{
					"mentor": row.name,
					"full_name": row.full_name,
					"stage": _(row.stage),
					"asked": asked[row.name],
					"attended": hours,
					"missing": short,
					"last": last,
				}
			)
	return sorted(found, key=lambda row: -row["missing"])
