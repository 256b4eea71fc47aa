"""Taking a person out of the records: identity and free text go, counts and dates stay.

The record keeps its name. An alias was drawn at random and a number counted up, so they say nothing; as long
as they stay, statistics hold together, an interrupted erasure can go on, and after a backup has been restored
the same erasures can be done again from a list that names nobody.
"""

from dataclasses import dataclass, field

import frappe
from frappe.utils import nowdate

from libes_mentoring.mentoring_privacy import account, imports, persons, sweep, traces
from libes_mentoring.mentoring_privacy.inventory import (
	ERASED,
	INVENTORY,
	MENTEE,
	REMOVE_ROWS,
	fate,
)
from libes_mentoring.mentoring_privacy.persons import Person


@dataclass
class Outcome:
	"""How many records of which DocType: emptied, deleted, changed in their text, and left to other apps."""

	emptied: dict[str, int] = field(default_factory=dict)
	deleted: dict[str, int] = field(default_factory=dict)
	redacted: dict[str, int] = field(default_factory=dict)
	left: dict[str, int] = field(default_factory=dict)
	# Names or numbers that somebody else bears too: text with nothing else in it has stayed.
	shared: int = 0
	# Spreadsheets that were brought in and that hold the person, or may: they go with everybody in them.
	spreadsheets: int = 0
	# DocType → how many are linked with somebody else as well, and stay.
	linked: dict[str, int] = field(default_factory=dict)


def outlook(kind: str, name: str) -> Outcome:
	"""What `erase` would do; nothing is written."""
	person = persons.person(kind, name)
	found = sweep.look(person, before=True)
	deleted = traces.by_reference(person.records, person.user)
	linked = traces.shared_with_others(person.records, person.user)
	for doctype, names in (*found.delete.items(), *persons.mentions(kind, name).items()):
		deleted.setdefault(doctype, set()).update(names)
	if person.user:
		deleted["User"] = {person.user}
	return _counted(person, deleted, found, len(imports.of_person(person)), linked)


def erase(kind: str, name: str) -> Outcome:
	"""Pseudonymises a person in one transaction. The caller has asked whether it may be, and holds the lock.

	Everything is found before anything is emptied: afterwards nobody would know what to look for.
	"""
	_let_waiting_rows_in()
	person = persons.person(kind, name)
	user = frappe.db.get_value(kind, name, "user") if kind != MENTEE else None
	spreadsheets = imports.of_person(person)
	urls = imports.forget(person, spreadsheets)
	by_reference = traces.by_reference(person.records, person.user)
	linked = traces.shared_with_others(person.records, person.user)
	mentions = persons.mentions(kind, name)
	urls += traces.delete(by_reference)
	traces.delete_search(person.records)
	traces.clear_desk_columns(person.records)
	for doctype, rows in mentions.items():
		frappe.db.delete(doctype, {"name": ("in", rows)})
	_empty(person)
	if person.user:
		urls += account.erase(person.user)
	elif user:
		account.leave_programme(user)
	found = sweep.look(person)
	urls += sweep.act(found)
	_mark(kind, name)
	for doctype, names in (*found.delete.items(), *mentions.items()):
		by_reference.setdefault(doctype, set()).update(names)
	outcome = _counted(person, by_reference, found, len(spreadsheets), linked)
	frappe.clear_document_cache(kind, name)
	traces.unlink(dict.fromkeys(urls))
	return outcome


def empty_text(doctype: str, names: list[str], kind: str | None = None) -> None:
	"""Empties what the inventory says of these records and their rows."""
	meta = frappe.get_meta(doctype)
	_set(doctype, {"name": names}, _emptied(meta, kind))
	for df in meta.get_table_fields():
		of_parent = {"parenttype": [doctype], "parentfield": [df.fieldname], "parent": names}
		if fate(doctype, df.fieldname, df.fieldtype, kind) == REMOVE_ROWS:
			frappe.db.delete(df.options, {column: ("in", values) for column, values in of_parent.items()})
		else:
			_set(df.options, of_parent, _emptied(frappe.get_meta(df.options), kind))
	for name in names:
		frappe.clear_document_cache(doctype, name)


def _emptied(meta, kind: str | None) -> dict[str, str | None]:
	fields = persons.text_fields(meta.name, kind)
	return {name: ERASED if meta.get_field(name).reqd else None for name in fields}


def _set(doctype: str, where: dict[str, list[str]], values: dict[str, str | None]) -> None:
	if not values:
		return
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table)
	for column, value in values.items():
		query = query.set(table[column], value)
	for column, wanted in where.items():
		query = query.where(table[column].isin(wanted))
	query.run()


def _empty(person: Person) -> None:
	for doctype, names in person.records.items():
		if doctype in INVENTORY and INVENTORY[doctype].delete:
			traces.delete({doctype: set(names)})
		else:
			empty_text(doctype, names, person.kind)


def _mark(kind: str, name: str) -> None:
	"""Whoever is erased has left, and says so to a second erasure."""
	stage = "status" if kind == MENTEE else "stage"
	left_on = frappe.db.get_value(kind, name, "left_on") or nowdate()
	values = {stage: "Left", "left_on": left_on, "erased_on": nowdate(), "waiting_since": None}
	frappe.db.set_value(kind, name, values, update_modified=False)


def _let_waiting_rows_in() -> None:
	"""Logs and list settings wait in memory before they reach the database: they would come after us."""
	from frappe.deferred_insert import save_to_db
	from frappe.model.utils.user_settings import sync_user_settings
	from frappe.utils.global_search import sync_global_search

	save_to_db()
	sync_user_settings()
	frappe.cache.delete_value("_user_settings")
	sync_global_search()


def _counted(
	person: Person, deleted: traces.Rows, found: sweep.Found, spreadsheets: int, linked: traces.Rows
) -> Outcome:
	gone = {doctype: len(names) for doctype, names in deleted.items() if names}
	for table, rows in found.delete_plain.items():
		gone[table.strip("_").removeprefix("tab")] = len(rows)
	emptied = {}
	for doctype, names in person.records.items():
		(gone if doctype in INVENTORY and INVENTORY[doctype].delete else emptied)[doctype] = len(names)
	redacted: dict[str, int] = {}
	for table, _condition in {
		(table, tuple(condition.values())) for table, condition, *_rest in found.redact
	}:
		redacted[table.removeprefix("tab")] = redacted.get(table.removeprefix("tab"), 0) + 1
	still_linked = {doctype: len(names) for doctype, names in linked.items()}
	return Outcome(emptied, gone, redacted, dict(found.left), len(person.shared), spreadsheets, still_linked)
