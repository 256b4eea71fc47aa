"""The nightly job: what has outlasted its period is erased, person by person, match by match, file by file.

Each is locked, asked again whether it is due, handled and committed by itself. A job that is stopped, runs
twice or runs beside another erases nothing twice and forgets nothing: the next run finds what is left.
"""

from datetime import date

import frappe
from frappe.query_builder.functions import Coalesce
from frappe.utils import add_days, add_months, getdate, nowdate
from pypika.queries import QueryBuilder
from pypika.terms import Term

from libes_mentoring.failures import each
from libes_mentoring.mentoring_privacy import erasure, imports, pseudonym, traces
from libes_mentoring.mentoring_privacy.inventory import (
	CANDIDATE_PERIOD,
	IMPORT_PERIOD,
	INVENTORY,
	MENTEE,
	MENTEE_PERIOD,
	MENTOR,
	MENTOR_PERIOD,
	NOTES_PERIOD,
	RUN_PERIOD,
)
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED

FAILED = "Mentoring: not erased"
# Free text about the relationship, which goes before the people do; the match's own words and goals go with it.
NOTES = ("CheckIn", "Meeting Log", "Closure")
MATCH = "Match"
CANDIDATE_STAGES = ("Applied", "Screening")
SHORTLIST, PREFERENCE, CHOICE = "Mentor Shortlist", "Matching Preference", "Matching Preference Choice"
NAMED_IN_RUNS = (
	("Match Run Pair", "mentee"),
	("Match Run Pair", "mentor"),
	("Match Run Choice", "mentee"),
	("Match Run Choice", "mentor"),
	("Match Run Unplaced", "mentee"),
)
SHORTLIST_IS_OVER = ("Nobody", "Matched", "Withdrawn")


def daily() -> None:
	"""Scheduled once a day."""
	today = getdate()
	for kind in (MENTEE, MENTOR):
		each(due_persons(kind, today), lambda name, kind=kind: erase_person(kind, name, today), FAILED)
	each(due_matches(today), lambda name: forget_notes(name, today), FAILED)
	each(due_choices(today), lambda name: forget_choice(name, today), FAILED)
	each(due_imports(today), lambda name: forget_import(name, today), FAILED)
	each(due_runs(today), lambda name: forget_run(name, today), FAILED)


def due_persons(kind: str, today: date, name: str | None = None) -> list[str]:
	"""Names of those who left long enough ago; of one person alone where a name is given."""
	table, match = frappe.qb.DocType(kind), frappe.qb.DocType("Match")
	matched = frappe.qb.from_(match).select(match[kind.lower()])
	query = frappe.qb.from_(table).select(table.name).orderby(table.name)
	query = query.where(table.erased_on.isnull() & (table.legal_hold == 0))
	if name:
		query = query.where(table.name == name)
	left = query.where(table["status" if kind == MENTEE else "stage"] == "Left")
	if kind == MENTEE:
		return _older(left, _day_of_leaving(table), MENTEE_PERIOD, today)
	without_match = table.name.notin(matched)
	# An application that nobody has touched for as long as one that was turned down is kept is over as well.
	silent = query.where(table.stage.isin(CANDIDATE_STAGES) & without_match)
	return [
		*_older(left.where(table.name.isin(matched)), _day_of_leaving(table), MENTOR_PERIOD, today),
		*_older(left.where(without_match), _day_of_leaving(table), CANDIDATE_PERIOD, today),
		*_older(silent, table.modified, CANDIDATE_PERIOD, today),
	]


def _day_of_leaving(table) -> Term:
	"""Records that left before the day was noted count from their last change."""
	return Coalesce(table.left_on, table.modified)


def _older(query: QueryBuilder, since: Term, period: str, today: date) -> list[str]:
	months = _period(period)
	if not months:
		return []
	return query.where(since < add_days(add_months(today, -months), 1)).run(pluck=True)


def erase_person(kind: str, name: str, today: date) -> bool:
	"""Erases one person, if still due and held back by nothing (a running match, a concern, a legal hold).

	A second worker waits for the lock and then finds it done: what was read before the wait does not count.
	"""
	if frappe.db.get_value(kind, name, "erased_on", for_update=True):
		return False
	if not due_persons(kind, today, name) or erasure.obstacles(kind, name):
		return False
	erasure.by_period(kind, name)
	return True


def due_matches(today: date) -> list[str]:
	"""Matches closed long ago of which words are left."""
	months = _period(NOTES_PERIOD)
	if not months:
		return []
	closed = frappe.get_all(
		"Match",
		filters={"stage": CLOSED, "closed_on": ("<=", add_months(today, -months))},
		pluck="name",
		order_by="name",
	)
	return [name for name in closed if _notes_left(name) and not _is_held(name)]


def _is_held(match: str) -> bool:
	mentor, mentee = frappe.db.get_value("Match", match, ["mentor", "mentee"])
	if frappe.db.get_value(MENTEE, mentee, "legal_hold") or frappe.db.get_value(MENTOR, mentor, "legal_hold"):
		return True
	return erasure.has_open_concern([match], None)


def _notes_left(match: str) -> dict[str, list[str]]:
	found = {}
	for doctype in NOTES:
		fields = INVENTORY[doctype].free_text
		rows = frappe.get_all(
			doctype,
			filters={"mentoring_match": match},
			or_filters=[[fieldname, "is", "set"] for fieldname in fields],
			fields=["name", *fields],
		)
		from_words = [
			row.name
			for row in rows
			if any(row[fieldname] not in (None, "", "Erased") for fieldname in fields)
		]
		if from_words:
			found[doctype] = from_words
	words = frappe.db.get_value(MATCH, match, INVENTORY[MATCH].free_text)
	if any(words) or frappe.db.exists("Match Goal", {"parenttype": MATCH, "parent": match}):
		found[MATCH] = [match]
	return found


def forget_notes(match: str, today: date) -> bool:
	"""Empties the notes of one match, and what the desk keeps of them elsewhere."""
	frappe.db.get_value("Match", match, "name", for_update=True)
	found = _notes_left(match)
	if not found:
		return False
	named = traces.by_reference(found)
	# Papers that hang on the match itself stay until one of the two is erased.
	papers = set(traces.files_of(MATCH, [match]))
	named["File"] = named.get("File", set()) - papers
	urls = traces.delete(named)
	traces.delete_search(found)
	traces.clear_desk_columns(found)
	for doctype, names in found.items():
		# The mentor's name in the match goes with the mentor.
		pseudonym.empty_text(doctype, names, MENTEE if doctype == MATCH else None)
	traces.unlink(urls)
	return True


def due_choices(today: date) -> list[str]:
	"""Shortlists and what people said after sessions, of which the words go as notes do.

	"Rather not" is a refusal, and stays like one in a person's own record: as long as both are known here.
	The time counts from the answer; of a shortlist that nobody ever answered, from when it was last worked on.
	"""
	months = _period(NOTES_PERIOD)
	if not months:
		return []
	before = add_months(today, -months)
	held = _held()
	rows = frappe.get_all(
		SHORTLIST,
		filters={"mentee": ("not in", list(held) or [""])},
		fields=["name", "status", "chosen_on", "modified"],
	)
	cards = frappe.get_all("Mentor Shortlist Card", {"parenttype": SHORTLIST}, ["parent", "mentor"])
	with_cards = {row.parent for row in cards} - {row.parent for row in cards if row.mentor in held}
	shortlists = [
		row.name
		for row in rows
		if row.name in with_cards
		and getdate((row.status in SHORTLIST_IS_OVER and row.chosen_on) or row.modified) <= before
	]
	sessions = frappe.get_all("Matching Session", {"held_on": ("<=", before)}, pluck="name")
	said = frappe.get_all(PREFERENCE, {"session": ("in", sessions or [""])}, ["name", "mentor", "mentee"])
	said = [row.name for row in said if not {row.mentor, row.mentee} & held]
	with_an_order = set(_choices_in(said, rather_not=0))
	binding = set(_choices_in(said, rather_not=1))
	return sorted([*shortlists, *(name for name in said if name in with_an_order or name not in binding)])


def _choices_in(preferences: list[str], rather_not: int) -> list[str]:
	filters = {"parenttype": PREFERENCE, "parent": ("in", preferences or [""]), "rather_not": rather_not}
	return frappe.get_all(CHOICE, filters, pluck="parent")


def _held() -> set[str]:
	"""Mentees and mentors of whom nothing may be deleted at present."""
	return {name for kind in (MENTEE, MENTOR) for name in frappe.get_all(kind, {"legal_hold": 1}, pluck="name")}


def forget_choice(name: str, today: date) -> bool:
	"""Takes the words of one shortlist, whose outcome stays, or what one person said but for whom they refuse."""
	kind = SHORTLIST if frappe.db.get_value(SHORTLIST, name, "name", for_update=True) else PREFERENCE
	frappe.db.get_value(kind, name, "name", for_update=True)
	if name not in due_choices(today):
		return False
	if kind == SHORTLIST:
		if frappe.db.get_value(SHORTLIST, name, "status") not in SHORTLIST_IS_OVER:
			frappe.db.set_value(SHORTLIST, name, "status", "Withdrawn", update_modified=False)
		traces.clear_desk_columns({SHORTLIST: [name]})
		pseudonym.empty_text(SHORTLIST, [name])
	elif _choices_in([name], rather_not=1):
		frappe.db.delete(CHOICE, {"parenttype": PREFERENCE, "parent": name, "rather_not": 0})
	else:
		traces.unlink(traces.delete({PREFERENCE: {name}}))
	return True


def due_imports(today: date) -> list[str]:
	days = _period(IMPORT_PERIOD)
	if not days:
		return []
	return frappe.get_all(
		"Mentoring Import",
		filters={"creation": ("<", add_days(today, -days)), "workbook": ("is", "set")},
		pluck="name",
		order_by="name",
	)


def forget_import(name: str, today: date) -> bool:
	"""Takes the spreadsheet of one import away, and its lines."""
	if not frappe.db.get_value("Mentoring Import", name, "workbook", for_update=True):
		return False
	urls = traces.delete(traces.by_reference({"Mentoring Import": [name]}))
	urls += imports.delete_files([name])
	frappe.db.delete("Mentoring Import Row", {"parenttype": "Mentoring Import", "parent": name})
	traces.unlink(dict.fromkeys(urls))
	return True


def due_runs(today: date, name: str | None = None) -> list[str]:
	"""Runs that nobody has worked on for long enough, decided or not; one alone where a name is given."""
	run = frappe.qb.DocType("Match Run")
	query = frappe.qb.from_(run).select(run.name).orderby(run.name)
	due = _older(query.where(run.name == name) if name else query, run.modified, RUN_PERIOD, today)
	held = list(_held()) or [""]
	kept = {
		parent
		for rows, person in NAMED_IN_RUNS
		for parent in frappe.get_all(rows, {person: ("in", held), "parent": ("in", due or [""])}, pluck="parent")
	}
	return [name for name in due if name not in kept]


def forget_run(name: str, today: date) -> bool:
	"""Deletes a run with its rows; the matches that came of it stay and forget the run."""
	frappe.db.get_value("Match Run", name, "name", for_update=True)
	if not due_runs(today, name):
		return False
	frappe.db.set_value("Match", {"match_run": name}, "match_run", None, update_modified=False)
	frappe.db.set_value("Match Run", {"previous_run": name}, "previous_run", None, update_modified=False)
	traces.unlink(traces.delete(traces.by_reference({"Match Run": [name]})))
	traces.unlink(traces.delete({"Match Run": {name}}))
	return True


def note_leaving(doc, method: str | None = None) -> None:
	"""Notes when a mentee or mentor left: from that day the period runs (hook validate).

	Whoever is erased comes back as a new record, under a new alias.
	"""
	before = doc.get_doc_before_save()
	if before and before.erased_on:
		frappe.throw(frappe._("This person was erased. A new beginning is a new record."))
	left = doc.get("status" if doc.doctype == MENTEE else "stage") == "Left"
	doc.left_on = (doc.left_on or nowdate()) if left else None


def _period(fieldname: str) -> int:
	return frappe.db.get_single_value("Mentoring Settings", fieldname) or 0
