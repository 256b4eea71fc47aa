"""Whose portal it is: the mentor behind the session, and the matches that this mentor may see today."""

from typing import NoReturn

import frappe
from frappe import _

from libes_mentoring.access.roles import VOLUNTEER
from libes_mentoring.mentoring_relationship.consent_effects import without_consent
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, VISIBLE_TO_MENTOR

MATCH_FIELDS = (
	"name",
	"mentee",
	"programme",
	"stage",
	"matched_on",
	"first_meeting_on",
	"first_meeting_at",
	"first_meeting_place",
	"first_meeting_staff",
	"mentoring_group",
	"agreed_meetings_per_month",
	"agreed_length_minutes",
	"agreed_medium",
)


def is_volunteer() -> bool:
	return frappe.session.user != "Guest" and VOLUNTEER in frappe.get_roles()


def own_mentor() -> str:
	"""The name of the session user's Mentor record. Raises PermissionError for everybody without one."""
	if not is_volunteer():
		refuse()
	# Read past permissions, as everything below: a volunteer has none, and the filter is the person asking.
	# Who was turned down has no portal; who has left keeps the certificates and sees no match any more.
	mine = {"user": frappe.session.user}
	mentor = frappe.db.get_value("Mentor", mine, ["name", "turned_down_on"], as_dict=True)
	return mentor.name if mentor and not mentor.turned_down_on else refuse()


def own_match(match: str) -> frappe._dict:
	"""The fields `MATCH_FIELDS` of one of the user's own running matches.

	Raises the same PermissionError for a match of somebody else, a closed one and one that does not exist,
	so that nobody learns by trying which records there are.
	"""
	mine = {"name": str(match), "mentor": own_mentor(), "stage": ("in", VISIBLE_TO_MENTOR)}
	found = not has_left(mine["mentor"]) and frappe.db.get_value("Match", mine, MATCH_FIELDS, as_dict=True)
	return found if found and not without_consent([found.mentee]) else refuse()


def own_matches(mentor: str) -> list[frappe._dict]:
	"""The fields `MATCH_FIELDS` of all running matches of a mentor, the oldest first."""
	mine = {"mentor": mentor, "stage": ("in", VISIBLE_TO_MENTOR)}
	if has_left(mentor):
		return []
	rows = frappe.get_all(
		"Match", filters=mine, fields=list(MATCH_FIELDS), order_by="matched_on asc, name asc"
	)
	# Once a mentee has withdrawn, nothing of them is shown any more, whatever becomes of the match.
	hidden = without_consent([row.mentee for row in rows])
	return [row for row in rows if row.mentee not in hidden]


def has_left(mentor: str) -> bool:
	return frappe.db.get_value("Mentor", mentor, "stage") == "Left"


def own_closures() -> list[frappe._dict]:
	"""`[{"closure", "programme", "ended"}]`: completed closures of the user's own matches, the latest first.

	Of matches in which the two have met: there is nothing to thank for in one that was taken back.
	"""
	closure, match = frappe.qb.DocType("Closure"), frappe.qb.DocType("Match")
	return (
		frappe.qb.from_(closure)
		.inner_join(match)
		.on(match.name == closure.mentoring_match)
		.select(closure.name.as_("closure"), match.programme, match.closed_on.as_("ended"))
		.where((match.mentor == own_mentor()) & (match.stage == CLOSED) & (closure.status == "Completed"))
		.where(closure.last_meeting_on.isnotnull())
		.orderby(match.closed_on, order=frappe.qb.desc)
		.orderby(closure.name)
		.run(as_dict=True)
	)


def refuse() -> NoReturn:
	"""One refusal in the same words for every reason."""
	frappe.flags.disable_traceback = True
	frappe.throw(_("This is not available to you."), frappe.PermissionError)
