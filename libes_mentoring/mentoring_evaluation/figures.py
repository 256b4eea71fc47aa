"""The figures on the desk's first page. Counts only, for each user within what the user may see.

A manager sees the counts of every programme without being able to open a single mentee or mentor.
"""

import frappe
from frappe.query_builder.functions import Coalesce, Count
from frappe.utils import nowdate

from libes_mentoring.access import criteria
from libes_mentoring.access.roles import COORDINATOR, MANAGER, SOCIAL_WORKER
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING


@frappe.whitelist(methods=["GET", "POST"])
def waiting_mentees(filters: str | None = None) -> dict:
	"""How many mentees are ready and have no running match."""
	_check_staff()
	mentee, match = frappe.qb.DocType("Mentee"), frappe.qb.DocType("Match")
	matched = frappe.qb.from_(match).select(match.mentee).where(match.stage.isin(RUNNING))
	return _card(
		_count("Mentee", (mentee.status == "Ready") & mentee.name.notin(matched)),
		"Mentee",
		{"status": "Ready"},
	)


@frappe.whitelist(methods=["GET", "POST"])
def available_mentors(filters: str | None = None) -> dict:
	"""How many mentors are available and have a place left."""
	_check_staff()
	mentor, match = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Match")
	running = (
		frappe.qb.from_(match)
		# A group takes one place, however many mentees are in it.
		.select(Count(Coalesce(match.mentoring_group, match.name)).distinct())
		.where((match.mentor == mentor.name) & match.stage.isin(RUNNING))
	)
	return _card(
		_count("Mentor", (mentor.stage == "Available") & (mentor.capacity > running)),
		"Mentor",
		{"stage": "Available"},
	)


@frappe.whitelist(methods=["GET", "POST"])
def running_matches(filters: str | None = None) -> dict:
	"""How many matches are between the decision and their closure."""
	_check_staff()
	match = frappe.qb.DocType("Match")
	return _card(_count("Match", match.stage.isin(RUNNING)), "Match", {"stage": ["!=", "Closed"]})


@frappe.whitelist(methods=["GET", "POST"])
def overdue_check_ins(filters: str | None = None) -> dict:
	"""How many check-ins should have taken place before today."""
	_check_staff()
	check_in = frappe.qb.DocType("CheckIn")
	return _card(
		_count("CheckIn", (check_in.status == "Due") & (check_in.due_on < nowdate())),
		"CheckIn",
		{"status": "Due", "due_on": ["<", nowdate()]},
	)


def _check_staff() -> None:
	frappe.only_for([MANAGER, COORDINATOR, SOCIAL_WORKER])


def _count(doctype: str, condition) -> int:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(Count("*")).where(condition)
	if MANAGER not in frappe.get_roles():
		seen = criteria.criterion(doctype, frappe.session.user)
		query = query if seen is None else query.where(seen)
	return query.run()[0][0]


def _card(value: int, doctype: str, route_options: dict) -> dict:
	card = {"value": value, "fieldtype": "Int"}
	# Who sees the figure need not see the list behind it.
	if frappe.has_permission(doctype, "read"):
		card |= {"route": ["List", doctype], "route_options": route_options}
	return card
