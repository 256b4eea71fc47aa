"""The screening board: where each candidate stands is computed here and kept on Mentor, to be listed and counted.

Written on each save of a mentor, and every night, since steps, checks and waivers run out without anybody saving.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe.utils import getdate

from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment import screening, screening_board_rules
from libes_mentoring.mentor_recruitment.screening_board_rules import NOT_ON_BOARD, Place

BOARD_FIELDS = ("screening_column", "blocked_by", "blocked_since", "blocked_code")
REMINDERS = ("screening_reminded_on", "screening_escalated_on")
# As many are looked at with one set of queries.
BATCH = 500
# The length of the field.
LONGEST = 140


def put_on_board(mentor) -> None:
	"""Sets what the board shows on a mentor that is being saved (a document)."""
	steps, hours = screening.terms_of(mentor.programme)
	mentor.update(_shown(mentor, screening.facts_of(mentor), steps, hours, getdate()))


def refresh(name: str, *, leave_mark: bool = False) -> bool:
	"""Computes one stored mentor's place anew and writes it where it changed; whether it did.

	Under a lock, so that a save at the same moment waits or has been read. `leave_mark` makes the change one of
	the record itself, which a match that is being made looks for.
	"""
	column = frappe.db.get_value("Mentor", name, "screening_column", for_update=True)
	if column is None and not frappe.db.exists("Mentor", name):
		return False
	rows, facts = screening.facts_by_mentor([name])
	new = _differences([name], rows, facts).get(name, {})
	if new or leave_mark:
		# Computed, and no decision of whoever is logged in.
		frappe.db.set_value("Mentor", name, new or {"screening_column": column}, update_modified=leave_mark)
	return bool(new)


def refresh_all(programme: str | None = None) -> int:
	"""Brings the board up to date, of one programme or of all; how many stood somewhere else than before.

	Committed mentor by mentor: a stop loses nothing, and a second run, or one beside it, finds the work done.
	"""
	filters = {"programme": programme} if programme else {}
	names = frappe.get_all("Mentor", filters=filters, pluck="name", order_by="name asc")
	moved = 0
	for start in range(0, len(names), BATCH):
		batch = names[start : start + BATCH]
		changed = _differences(batch, *screening.facts_by_mentor(batch))
		moved += sum(each(changed, refresh, "Mentoring: board not brought up to date"))
	return moved


def after_programme_change(programme, method: str | None = None) -> None:
	"""Other steps, another order, more hours: every candidate is looked at again, by a worker (hook on_update)."""
	before = programme.get_doc_before_save()
	if before and _terms(before) != _terms(programme):
		frappe.enqueue(
			"libes_mentoring.mentor_recruitment.screening_board.refresh_all",
			queue="long",
			enqueue_after_commit=True,
			programme=programme.name,
		)


def _terms(programme) -> tuple:
	return [row.step for row in programme.screening_steps], programme.hours_per_month or 0


def _differences(names: list[str], rows: dict, facts: dict) -> dict[str, dict]:
	"""Name → the fields that must change, of those among the names where any must."""
	stored = frappe.get_all(
		"Mentor", filters={"name": ("in", names)}, fields=["name", "applied_on", *BOARD_FIELDS, *REMINDERS]
	)
	terms = {
		programme: screening.terms_of(programme) for programme in {row.programme for row in rows.values()}
	}
	today, found = getdate(), {}
	for row in stored:
		if row.name not in facts:
			continue
		new = _shown(row, facts[row.name], *terms[rows[row.name].programme], today)
		if changed := {
			field: value for field, value in new.items() if (row.get(field) or None) != (value or None)
		}:
			found[row.name] = changed
	return found


def _shown(row, facts, steps: tuple[str, ...], hours: float, today: date) -> dict:
	"""The board's fields for a mentor of whom `row` holds what is stored now."""
	place = screening_board_rules.place(facts, steps, hours, today)
	values = {
		"screening_column": place.column or NOT_ON_BOARD,
		"blocked_by": _words(place),
		"blocked_since": since(row, place, facts, today),
		"blocked_code": place.code or None,
	}
	if (row.get("blocked_code") or None) != values["blocked_code"]:
		# Something else blocks now: whoever was told of the last thing is told again.
		values.update(dict.fromkeys(REMINDERS))
	return values


def since(row, place: Place, facts, today: date) -> date | None:
	"""Since when this place's blocker blocks, for a mentor of whom `row` holds what is stored now."""
	if not place.blocker:
		return None
	if place.since:
		return place.since
	if row.get("blocked_code") == place.code and row.get("blocked_since"):
		return getdate(row.get("blocked_since"))
	if row.get("blocked_code") or row.get("screening_column"):
		return today
	applied_on = row.get("applied_on")
	return screening_board_rules.first_day(facts, getdate(applied_on) if applied_on else None, today)


def _words(place: Place) -> str | None:
	if not place.blocker:
		return None
	with _in_the_language_of_the_site():
		words = screening.under_its_step(place.blocker)
	return (words[:1].upper() + words[1:])[:LONGEST]


@contextmanager
def _in_the_language_of_the_site() -> Iterator[None]:
	"""What is stored is read by everybody, so it is not in the language of whoever happened to save."""
	before = frappe.local.lang
	frappe.local.lang = frappe.db.get_single_value("System Settings", "language") or "en"
	try:
		yield
	finally:
		frappe.local.lang = before
