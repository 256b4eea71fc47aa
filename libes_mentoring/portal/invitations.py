"""What a volunteer is invited to: day and place of a meeting of the programme, and never who else comes."""

import frappe
from frappe.utils import now_datetime

from libes_mentoring.mentor_matching.sessions import PLANNED, SESSION
from libes_mentoring.portal import scope


@frappe.whitelist(methods=["GET"])
def my_invitations() -> list[dict]:
	"""`[{"held_on", "place"}]`: meetings to come to which the volunteer is invited, the next first.

	Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	if scope.has_left(mentor):
		return []
	session, row = frappe.qb.DocType(SESSION), frappe.qb.DocType("Matching Session Mentor")
	return (
		frappe.qb.from_(row)
		.inner_join(session)
		.on((session.name == row.parent) & (row.parenttype == SESSION))
		.select(session.held_on, session.place)
		.where((row.mentor == mentor) & row.invited_on.isnotnull())
		.where((session.status == PLANNED) & (session.held_on > now_datetime()))
		.orderby(session.held_on)
		.orderby(session.name)
		.run(as_dict=True)
	)
