"""Break-glass: a coordinator opens a case file for a stated reason, to read, for a short time.

Source: handbook, "Securing privacy". The access itself is a rule of access/policy.py; its end stands in the
query, so that nothing has to run for it to end.
"""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from libes_mentoring.access import criteria, scopes
from libes_mentoring.access.roles import COORDINATOR, PRIVACY_OFFICER
from libes_mentoring.mentoring_privacy import access_log
from libes_mentoring.mentoring_relationship.messages import tell

OPENING, CASE_FILE = "Case File Opening", access_log.CASE_FILE
USUAL_MINUTES = 60
LONGEST_MINUTES = 24 * 60
SHORTEST_REASON = 20
FEWEST_DIFFERENT_LETTERS = 6


@frappe.whitelist(methods=["POST"])
def open_case_file(mentee: str, reason: str) -> dict:
	"""Opens the case file of a mentee of the caller's programme: `{"case_file": name, "open_until": time}`.

	Where the caller has it open already, gives that opening again and tells nobody. Raises PermissionError for
	anybody but a coordinator of the mentee's programme, ValidationError where the reason says too little, there
	is no case file or the caller reads it anyway.
	"""
	doc = frappe.get_doc(
		{"doctype": OPENING, "mentee": mentee, "reason": reason, "user": frappe.session.user}
	)
	check_person(doc)
	# Of two requests at the same moment, the second waits here and finds the first one's opening.
	frappe.db.get_value("Mentee", doc.mentee, "name", for_update=True)
	opening = _running(doc.mentee, doc.user)
	if not opening:
		# The coordinator has no permission to create: this function has checked, and the controller does again.
		opening = doc.insert(ignore_permissions=True)
	return {"case_file": case_file_of(doc.mentee), "open_until": str(opening.expires_at)}


def open_until(mentee: str, user: str) -> str | None:
	"""Until when the user has the mentee's case file open for a reason; None where it is not."""
	opening = _running(mentee, user, lock=False)
	return str(opening.expires_at) if opening else None


def check(opening) -> None:
	"""Refuses an opening by the wrong person or without a reason; sets what nobody chooses."""
	opening.user = frappe.session.user
	check_person(opening)
	opening.reason = " ".join((opening.reason or "").split())
	if not says_something(opening.reason):
		frappe.throw(
			_("Please write down why you need to read this file, in a sentence of your own."),
			title=_("A reason is needed"),
		)
	if not case_file_of(opening.mentee):
		frappe.throw(_("There is no case file of {0} yet.").format(opening.mentee))
	if criteria.row_is_visible(CASE_FILE, case_file_of(opening.mentee), opening.user):
		frappe.throw(_("You read this case file already."))
	opening.opened_at = now_datetime()
	opening.expires_at = opening.opened_at + timedelta(minutes=minutes_open())


def check_person(opening) -> None:
	"""Refuses in the same words whoever does not coordinate the programme, and a mentee who does not exist."""
	mentee = frappe.qb.DocType("Mentee")
	own = scopes.mentees_of_coordinated_programmes(opening.user).where(mentee.name == str(opening.mentee))
	if COORDINATOR not in frappe.get_roles(opening.user) or not own.run():
		frappe.throw(
			_("Only a coordinator of the mentee's programme opens a case file for a reason."),
			frappe.PermissionError,
		)


def complete(opening) -> None:
	"""Notes the opening and its reason, and tells the privacy officers and the caregiver: once, with it."""
	files = [(case_file_of(opening.mentee), opening.mentee)]
	access_log.write(access_log.OPENED_WITH_REASON, files, opening.user, opening.reason)
	tell(
		_people_to_tell(opening), _("A file was opened for a reason. Please read it."), OPENING, opening.name
	)


def says_something(reason: str) -> bool:
	"""Whether a reason is a text: long enough, of several words, and not one key held down."""
	letters = [letter for letter in reason.lower() if letter.isalpha()]
	return (
		len(reason.strip()) >= SHORTEST_REASON
		and len(reason.split()) >= 3
		and len(set(letters)) >= FEWEST_DIFFERENT_LETTERS
	)


def minutes_open() -> int:
	set_by_the_house = cint(frappe.db.get_single_value("Mentoring Settings", "break_glass_minutes"))
	return min(set_by_the_house or USUAL_MINUTES, LONGEST_MINUTES)


def case_file_of(mentee: str) -> str | None:
	return frappe.db.get_value(CASE_FILE, {"mentee": mentee}, "name")


def _running(mentee: str, user: str, *, lock: bool = True) -> frappe._dict | None:
	"""The user's opening of this mentee's file that holds now.

	With `lock`, what is committed now: in a transaction that has read before, a plain reading shows the past.
	"""
	opening = frappe.qb.DocType(OPENING)
	now: datetime = now_datetime()
	query = (
		frappe.qb.from_(opening)
		.select(opening.name, opening.expires_at)
		.where((opening.mentee == mentee) & (opening.user == user) & (opening.expires_at > now))
		.orderby(opening.expires_at, order=frappe.qb.desc)
	)
	if lock and frappe.db.db_type != "sqlite":
		query = query.for_update()
	rows = query.run(as_dict=True)
	return rows[0] if rows else None


def _people_to_tell(opening) -> list[str]:
	role, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	officers = (
		frappe.qb.from_(role)
		.inner_join(user)
		.on(user.name == role.parent)
		.select(user.name)
		.where((role.parenttype == "User") & (role.role == PRIVACY_OFFICER) & (user.enabled == 1))
		.orderby(user.name)
		.run(pluck=True)
	)
	caregiver = frappe.db.get_value("Mentee", opening.mentee, "caregiver")
	return [person for person in dict.fromkeys([*officers, caregiver]) if person and person != opening.user]
