"""What a partner organisation sees of the work it does, and what is measured of its quality.

Source: handbook, "Building partnerships". A partner sees its own mentors and the alias of whom they meet: no
need, no wish, no note, and no programme's name in the house.
"""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max
from frappe.utils import getdate
from pypika.queries import QueryBuilder

from libes_mentoring.access import criteria, scopes
from libes_mentoring.access.roles import PARTNER
from libes_mentoring.mentoring_relationship.lifecycle import VISIBLE_TO_MENTOR


def columns() -> list[dict]:
	return [
		_column("organisation", _("Organisation"), "Data", 180),
		_column("mentor", _("Mentor"), "Data", 180),
		_column("stage", _("Stage"), "Data", 110),
		_column("programme", _("Programme"), "Data", 160),
		_column("alias", _("Meets"), "Data", 120),
		_column("matched_on", _("Since"), "Date", 100),
		_column("meetings", _("Meetings"), "Int", 90),
		_column("last_meeting", _("Last meeting"), "Date", 110),
		_column("late", _("Check-ins late"), "Int", 110),
	]


def rows() -> list[dict]:
	"""One row a mentor of a partner and running match, as far as the session user is entitled to it.

	A member of an organisation sees all of its mentors and the aliases they meet; read past permissions, since a
	partner has none on mentors and matches and gets these fields only. Everybody else sees the mentors and the
	aliases that the policy gives them anyhow: a coordinator those of the own programmes, a manager none.
	"""
	user = frappe.session.user
	own = own_organisations(user)
	found = query_of(user, own).run(as_dict=True)
	_withhold_aliases(found, own, user)
	meetings, late = _meetings(found), _late(found)
	for row in found:
		row.meetings, row.last_meeting = meetings.get(row.name, (0, None))
		row.late = late.get(row.pop("name"), 0)
	return found


def own_organisations(user: str) -> list[str]:
	"""The organisations that the user is a member of, as a partner."""
	return scopes.own_organisations(user).run(pluck=True) if PARTNER in frappe.get_roles(user) else []


def query_of(user: str, own: list[str]) -> QueryBuilder:
	"""Mentors of partners with their running matches: those of the `own` organisations, and the user's anyhow."""
	mentor, match = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Match")
	programme = frappe.qb.DocType("Mentoring Programme")
	query = (
		frappe.qb.from_(mentor)
		.inner_join(programme)
		.on(programme.name == mentor.programme)
		.left_join(match)
		.on((match.mentor == mentor.name) & match.stage.isin(VISIBLE_TO_MENTOR))
		.select(mentor.partner_organisation.as_("organisation"), mentor.full_name.as_("mentor"), mentor.stage)
		.select(programme.public_name.as_("programme"), match.name, match.mentee.as_("alias"), match.matched_on)
		.where(mentor.partner_organisation.notnull() & (mentor.partner_organisation != ""))
		.orderby(mentor.partner_organisation)
		.orderby(mentor.full_name)
		.orderby(match.matched_on)
	)
	seen = criteria.criterion("Mentor", user)
	if seen is not None:
		query = query.where(mentor.partner_organisation.isin(own or [""]) | seen)
	return query


def _withhold_aliases(found: list, own: list[str], user: str) -> None:
	"""Empties the alias where neither the mentor is the own organisation's nor the mentee the user's to see."""
	mentee = frappe.qb.DocType("Mentee")
	aliases = [row.alias for row in found if row.alias]
	query = frappe.qb.from_(mentee).select(mentee.name).where(mentee.name.isin(aliases or [""]))
	seen = criteria.criterion("Mentee", user)
	visible = set((query if seen is None else query.where(seen)).run(pluck=True))
	for row in found:
		if row.organisation not in own and row.alias not in visible:
			row.alias = None


def _column(fieldname: str, label: str, fieldtype: str, width: int) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}


def _meetings(found: list) -> dict[str, tuple]:
	log = frappe.qb.DocType("Meeting Log")
	names = [row.name for row in found if row.name] or [""]
	query = frappe.qb.from_(log).select(log.mentoring_match, Count("*"), Max(log.met_on))
	query = query.where(log.mentoring_match.isin(names)).groupby(log.mentoring_match)
	return {match: (number, last) for match, number, last in query.run()}


def _late(found: list) -> dict[str, int]:
	check_in = frappe.qb.DocType("CheckIn")
	names = [row.name for row in found if row.name] or [""]
	query = frappe.qb.from_(check_in).select(check_in.mentoring_match, Count("*"))
	query = query.where(check_in.mentoring_match.isin(names) & (check_in.status == "Due"))
	return dict(query.where(check_in.due_on < getdate()).groupby(check_in.mentoring_match).run())
