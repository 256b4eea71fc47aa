"""The coordinator's contacts with a match: planned from the programme's rhythm, ended with the match."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.rhythm import RHYTHM_FIELDS, Rhythm, contacts, next_contact


def rhythm_of(programme: str) -> Rhythm:
	"""The programme's contact rhythm. Raises ValueError for figures that make none (see `rhythm_from`)."""
	return rhythm_from(frappe.db.get_value("Mentoring Programme", programme, list(RHYTHM_FIELDS), as_dict=True))


def rhythm_from(values) -> Rhythm:
	"""A rhythm from a programme's own figures, as they stand: zero is zero."""
	return Rhythm(**{field: cint(values.get(field)) for field in RHYTHM_FIELDS})


def plan(match) -> None:
	"""Writes the match's check-ins up to its planned end."""
	planned = contacts(getdate(match.matched_on), getdate(match.planned_end), rhythm_of(match.programme))
	for contact in planned:
		_add(match.name, contact.kind, contact.due_on)


def extend_running_matches(today: date) -> int:
	"""Gives each running match without an open check-in its next one; returns how many. Safe to run again."""
	open_for = set(frappe.get_all("CheckIn", filters={"status": "Due"}, pluck="mentoring_match"))
	added = 0
	for match in frappe.get_all("Match", filters={"stage": ("in", RUNNING)}, fields=["name", "programme"]):
		if match.name in open_for:
			continue
		# The lock makes a second worker wait here and then find the check-in.
		frappe.db.get_value("Match", match.name, "name", for_update=True)
		if _has_open(match.name):
			continue
		contact = next_contact(today, rhythm_of(match.programme))
		_add(match.name, contact.kind, contact.due_on)
		added += 1
	return added


def _has_open(match: str) -> bool:
	"""A locking read: a plain one would show what was there before the lock."""
	check_in = frappe.qb.DocType("CheckIn")
	query = frappe.qb.from_(check_in).select(check_in.name)
	query = query.where((check_in.mentoring_match == match) & (check_in.status == "Due"))
	return bool((query if frappe.db.db_type == "sqlite" else query.for_update()).run())


def check(check_in) -> None:
	"""Refuses a talk that cannot have been, and any change that would hide a late one."""
	before = check_in.get_doc_before_save()
	stage = frappe.db.get_value("Match", check_in.mentoring_match, "stage")
	opened = check_in.status == "Due" and (before is None or before.status != "Due")
	if opened and stage not in RUNNING:
		frappe.throw(_("This match is closed: there is nothing more to check."))
	if before and check_in.status == "Cancelled" != before.status and not check_in.flags.ignore_permissions:
		frappe.throw(_("Check-ins are cancelled by closing the match. If nobody was reached, note that and mark it done."))
	if check_in.status == "Done":
		check_in.done_on = check_in.done_on or nowdate()
		check_in.done_by = check_in.done_by or frappe.session.user
	if check_in.done_on and getdate(check_in.done_on) > getdate():
		frappe.throw(_("A check-in cannot have been done in the future."))


def cancel_open(match: str) -> None:
	"""Takes back what is still due once a match is closed."""
	for name in frappe.get_all("CheckIn", filters={"mentoring_match": match, "status": "Due"}, pluck="name"):
		check_in = frappe.get_doc("CheckIn", name)
		check_in.status = "Cancelled"
		# Follows from the closure, whose own permission was asked.
		check_in.save(ignore_permissions=True)


def _add(match: str, kind: str, due_on: date) -> None:
	frappe.get_doc(
		{
			"doctype": "CheckIn",
			"mentoring_match": match,
			"contact_kind": kind,
			"contact_with": "Mentor" if kind == "First contact" else "Both",
			"due_on": due_on,
		}
		# Follows from making the match, or from the nightly job: nobody writes it by hand.
	).insert(ignore_permissions=True)
