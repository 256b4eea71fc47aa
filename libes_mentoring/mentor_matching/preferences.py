"""What each person said in private after a matching session: an order of those who came, and "rather not".

One record for each person and session, entered by staff, so that nobody who is shown one is shown another's. "Rather
not" keeps two people apart everywhere, as a refusal in their record does (profiles.py), until it is entered anew; it is
never said to the other side.
"""

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import sessions
from libes_mentoring.mentor_matching.sessions import CALLED_OFF, PLANNED
from libes_mentoring.mentor_recruitment import screening_board
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING

PREFERENCE = "Matching Preference"
OTHER = {"mentor": "mentee", "mentee": "mentor"}
KINDS = {"mentor": "Mentor", "mentee": "Mentee"}


def name_of(session: str, person: str) -> str:
	"""The name is made of both, so that the database refuses a second record."""
	return f"{session}-{person}"


@frappe.whitelist(methods=["GET", "POST"])
def overview(session: str) -> list[dict]:
	"""`[{"side", "person", "shown", "entered_on"}]`: of whom who came a preference is entered, and nothing of what it says.

	For a coordinator of the programme. Raises PermissionError for anybody else.
	"""
	doc = sessions.own(session)
	entered = dict(frappe.get_all(PREFERENCE, {"session": doc.name}, ["name", "entered_on"], as_list=True))
	names = {row.mentor: row.mentor_name for row in doc.mentors}
	return [
		{
			"side": side,
			"person": person,
			"shown": names.get(person, person),
			"entered_on": entered.get(name_of(doc.name, person)),
		}
		for side in ("mentee", "mentor")
		for person in sessions.attendees(doc, side)
	]


def missing(doc) -> int:
	"""How many of those who came have said nothing yet."""
	wanted = [name_of(doc.name, person) for side in OTHER for person in sessions.attendees(doc, side)]
	there = frappe.get_all(PREFERENCE, {"name": ("in", wanted or [""])}, pluck="name")
	return len(set(wanted) - set(there))


@frappe.whitelist(methods=["GET", "POST"])
def of_one(session: str, side: str, person: str) -> dict:
	"""`{"others": [{"person", "shown"}], "ranking": [str], "rather_not": [str], "nobody": bool}` of one person who came.

	For a coordinator of the programme, who enters it in private. Raises PermissionError, and ValidationError for
	somebody who was not there.
	"""
	doc = sessions.own(session)
	_check_was_there(doc, side, person)
	names = {row.mentor: row.mentor_name for row in doc.mentors}
	others = [
		{"person": name, "shown": names.get(name, name)} for name in sessions.attendees(doc, OTHER[side])
	]
	found = spoken(doc.name).get(person, {"ranking": [], "rather_not": set(), "nobody": False})
	return {"others": others, **found, "rather_not": sorted(found["rather_not"])}


@frappe.whitelist(methods=["POST"])
def enter(
	session: str,
	side: str,
	person: str,
	ranking: list | str | None = None,
	rather_not: list | str | None = None,
	nobody: bool | int = False,
) -> None:
	"""Writes down what one person said: others who came, best first; those they would rather not meet; or nobody.

	Said anew it replaces what was said before. For a coordinator of the programme. Raises PermissionError, and
	ValidationError with the reason; nothing is stored then.
	"""
	doc = sessions.own(session, lock=True)
	_check_was_there(doc, side, person)
	made = [row.mentoring_match for row in doc.mentees if row.mentee == person and row.mentoring_match]
	# After it has ended, somebody whom they would rather not meet then may be welcome now.
	if made and frappe.db.get_value("Match", made[0], "stage") in RUNNING:
		frappe.throw(_("A match was made of this session for them already."))
	order, not_wished = _people(ranking), _people(rather_not)
	_check_answer(doc, side, order, not_wished, cint(nobody))
	name = name_of(doc.name, person)
	values = {"session": doc.name, "programme": doc.programme, "person_kind": KINDS[side], side: person}
	record = (
		frappe.get_doc(PREFERENCE, name, for_update=True)
		if frappe.db.exists(PREFERENCE, name)
		else frappe.get_doc({"doctype": PREFERENCE, **values})
	)
	other = OTHER[side]
	record.update({"nobody": cint(nobody), "entered_by": frappe.session.user, "entered_on": now_datetime()})
	record.set("choices", [{other: name, "place": place} for place, name in enumerate(order, 1)])
	record.extend("choices", [{other: name, "rather_not": 1} for name in not_wished])
	record.flags.by_procedure = True
	# The session was asked for; nobody writes these in a form.
	record.save(ignore_permissions=True)
	_mark_change(side, person)


def _mark_change(side: str, person: str) -> None:
	"""A match that is being made at this moment was made first, or sees what was said (mentoring_relationship/opening)."""
	if side == "mentee":
		readiness.mark_change(person)
	else:
		screening_board.refresh(person, leave_mark=True)


def _check_was_there(doc, side: str, person: str) -> None:
	if doc.status in (PLANNED, CALLED_OFF):
		frappe.throw(_("First write down who came."))
	if side not in OTHER or person not in sessions.attendees(doc, side):
		frappe.throw(_("This person did not come to the session."))


def _people(value: list | str | None) -> list[str]:
	"""A list of names, however a browser sends it."""
	try:
		found = frappe.parse_json(value) or []
	except ValueError:
		found = None
	if not isinstance(found, list):
		frappe.throw(_("Please choose among those who came, each once."))
	return [str(name) for name in found]


def _check_answer(doc, side: str, order: list[str], not_wished: list[str], nobody: int) -> None:
	said = [*order, *not_wished]
	if len(set(said)) < len(said) or not set(said) <= set(sessions.attendees(doc, OTHER[side])):
		frappe.throw(_("Please choose among those who came, each once."))
	if nobody and order:
		frappe.throw(_("Either somebody is chosen, or nobody of those who came."))
	if side == "mentee" and not (order or nobody):
		frappe.throw(_("Please enter at least a first choice, or nobody of those who came."))


def spoken(session: str) -> dict[str, dict]:
	"""Person → `{"ranking": [str], "rather_not": {str}, "nobody": bool}`; two queries.

	Read past permissions: the caller has shown a right to the session.
	"""
	records = frappe.get_all(PREFERENCE, {"session": session}, ["name", "mentor", "mentee", "nobody"])
	found = {
		row.name: {
			"ranking": [],
			"rather_not": set(),
			"nobody": bool(row.nobody),
			"person": row.mentor or row.mentee,
		}
		for row in records
	}
	for row in frappe.get_all(
		"Matching Preference Choice",
		filters={"parenttype": PREFERENCE, "parent": ("in", list(found) or [""])},
		fields=["parent", "mentor", "mentee", "place", "rather_not"],
		order_by="parent asc, place asc, idx asc",
	):
		other = row.mentor or row.mentee
		if row.rather_not:
			found[row.parent]["rather_not"].add(other)
		else:
			found[row.parent]["ranking"].append(other)
	return {row.pop("person"): row for row in found.values()}
