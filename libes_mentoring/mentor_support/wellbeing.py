"""How mentors are: signs of strain asked in check-ins, a quiet flag, and the talk that takes it down.

Source: handbook, "Vicarious trauma and self-care". The notes are a matter between the mentor and the coordinators of
the programme. They stand in a record of their own, since a check-in and a mentor are read by others too.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, nowdate

from libes_mentoring.failures import each
from libes_mentoring.mentor_support.presets import preset
from libes_mentoring.mentor_support.wellbeing_rules import ANSWERS, NOT_NOTICED, raises_flag
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

NOTE = "Mentor Wellbeing Note"
NOTHING, FLAG, TALKED = "Nothing noticed", "Quiet flag", "Talked about"
WITH_THE_MENTOR = ("Mentor", "Both")
LONGEST_NOTE = 2000
REMIND_AFTER_DAYS = 7


@frappe.whitelist(methods=["GET", "POST"])
def signs() -> dict:
	"""What is asked, for the dialog: `{"signs": [{"key", "text"}], "answers": [str]}`.

	For coordinators. Raises PermissionError for everybody else.
	"""
	frappe.has_permission(NOTE, "read", throw=True)
	return {
		"signs": [
			{"key": sign["key"], "text": _(sign["text"])} for sign in preset("wellbeing_signs")["signs"]
		],
		"answers": list(ANSWERS),
	}


@frappe.whitelist(methods=["POST"])
def note(answers: dict | str, check_in: str | None = None, mentor: str | None = None) -> dict:
	"""Keeps how a mentor is, as asked in a check-in with the mentor or in passing.

	`answers` is `{key of the sign: one of ANSWERS}`; what is left out was not noticed. Returns `{"note", "flag"}`. A
	check-in has one note: asked again, it gives the first.

	Raises PermissionError where the caller does not coordinate the mentor's programme, ValidationError with the reason
	for answers that were not offered and for a check-in in which the mentor took no part.
	"""
	if check_in:
		mentor = _mentor_of(check_in)
	if not mentor or not frappe.db.exists("Mentor", mentor):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	programme, name = frappe.db.get_value("Mentor", mentor, ["programme", "full_name"])
	rows = _rows(frappe.parse_json(answers) or {})
	doc = frappe.get_doc(
		{
			"doctype": NOTE,
			"mentor": mentor,
			"mentor_name": name,
			"programme": programme,
			"check_in": check_in,
			"noted_on": nowdate(),
			"noted_by": frappe.session.user,
			"answers": rows,
			"signs_version": preset("wellbeing_signs")["version"],
			"status": FLAG if _raises_flag(rows) else NOTHING,
		}
	)
	_check_may_note(doc)
	# A locking read: a plain one would not see what the first click has stored meanwhile.
	if check_in and (
		first := frappe.db.get_value(
			NOTE, {"check_in": check_in}, ["name", "status"], as_dict=True, for_update=True
		)
	):
		return {"note": first.name, "flag": first.status == FLAG}
	doc.flags.by_procedure = True
	# Nobody has the right to make one by hand; that the caller coordinates the programme was asked above.
	doc.insert(ignore_permissions=True)
	return {"note": doc.name, "flag": doc.status == FLAG}


@frappe.whitelist(methods=["POST"])
def talked(mentor: str, what_was_agreed: str = "") -> int:
	"""Takes down every quiet flag of a mentor by a recorded talk, and returns how many there were.

	Raises PermissionError where the caller does not coordinate the mentor's programme.
	"""
	words = (what_was_agreed or "").strip()
	if len(words) > LONGEST_NOTE:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(LONGEST_NOTE))
	# The list asks for permission: a note of another programme's mentor is not found.
	names = frappe.get_list(
		NOTE, filters={"mentor": mentor, "status": FLAG}, pluck="name", order_by="creation asc"
	)
	if not names and not frappe.get_list(NOTE, filters={"mentor": mentor}, limit=1):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	for name in names:
		doc = frappe.get_doc(NOTE, name)
		doc.check_permission("write")
		doc.update(
			{"status": TALKED, "talked_on": nowdate(), "talked_by": frappe.session.user, "talk_note": words}
		)
		doc.flags.by_procedure = True
		doc.save()
	return len(names)


@frappe.whitelist(methods=["GET", "POST"])
def flagged_mentors() -> list[str]:
	"""Mentors with a quiet flag, of programmes that the caller coordinates; nothing for everybody else."""
	if not frappe.has_permission(NOTE, "read"):
		return []
	return sorted(set(frappe.get_list(NOTE, filters={"status": FLAG}, pluck="mentor", limit_page_length=0)))


def remind(today: date) -> None:
	"""Reminds the coordinators once of each quiet flag that has waited for a talk for a week. Safe to run again."""
	waiting = frappe.get_all(
		NOTE,
		filters={
			"status": FLAG,
			"reminded_on": ("is", "not set"),
			"noted_on": ("<=", add_days(today, -REMIND_AFTER_DAYS)),
		},
		pluck="name",
		order_by="noted_on asc, name asc",
	)
	each(waiting, lambda name: _remind(name, today), "Mentoring: quiet flag not reminded of")


def _remind(name: str, today: date) -> None:
	# The lock makes a second worker wait here and then find the work done.
	fields = ["programme", "status", "reminded_on"]
	row = frappe.db.get_value(NOTE, name, fields, as_dict=True, for_update=True)
	if not row or row.status != FLAG or row.reminded_on:
		return
	tell_coordinator(row.programme, _("A talk still waits for you"), NOTE, name)
	frappe.db.set_value(NOTE, name, "reminded_on", today, update_modified=False)


def _mentor_of(check_in: str) -> str:
	# Locked: the second of two clicks waits here and then finds the first one's note.
	frappe.db.get_value("CheckIn", check_in, "name", for_update=True)
	if not frappe.has_permission("CheckIn", "write") or not frappe.db.exists("CheckIn", check_in):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	doc = frappe.get_doc("CheckIn", check_in)
	doc.check_permission("write")
	if doc.contact_with not in WITH_THE_MENTOR:
		frappe.throw(_("This check-in was not with the mentor."))
	return frappe.db.get_value("Match", doc.mentoring_match, "mentor")


def _check_may_note(doc) -> None:
	"""Writing in the mentor's own record is what a coordinator of the programme may do, and nobody else."""
	frappe.get_doc("Mentor", doc.mentor).check_permission("write")
	frappe.has_permission(NOTE, "write", throw=True)


def _rows(answers: dict) -> list[dict]:
	texts = {sign["key"]: sign["text"] for sign in preset("wellbeing_signs")["signs"]}
	if not isinstance(answers, dict) or set(answers) - set(texts) or set(answers.values()) - set(ANSWERS):
		frappe.throw(_("Please choose the answers from the list."))
	return [
		{"sign_key": key, "sign": _(text), "answer": answers.get(key) or NOT_NOTICED}
		for key, text in texts.items()
	]


def _raises_flag(rows: list[dict]) -> bool:
	return raises_flag((row["answer"] for row in rows), preset("wellbeing_signs")["flag"])
