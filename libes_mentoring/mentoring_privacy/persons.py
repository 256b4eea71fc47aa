"""Everything of the app that is held about one person: which records, and by which words the person is known.

DocTypes are found by their links, not from a list, so that a new one is never forgotten.
"""

import json
from dataclasses import dataclass, field
from urllib.parse import quote

import frappe

from libes_mentoring.mentoring_privacy import account, words
from libes_mentoring.mentoring_privacy.inventory import EMPTY, INVENTORY, MENTEE, PERSONS, fate

CASE_FILE = "Mentee Case File"
# Where the names and addresses of other people stand: what one of them bears too is nobody's mark.
BEARERS = {
	"Mentor": ("full_name", "email", "mobile"),
	CASE_FILE: ("full_name", "known_as", "email", "phone"),
	"User": ("full_name", "email", "mobile_no", "phone"),
}
NAMES = ("full_name", "known_as")
CONTACTS = ("email", "phone", "mobile")


@dataclass
class Person:
	"""A mentee or mentor with all that is held: `records` by DocType, and the terms to look for."""

	kind: str
	name: str
	records: dict[str, list[str]] = field(default_factory=dict)
	# Names, addresses and numbers of this person alone.
	terms: list[str] = field(default_factory=list)
	# Borne by somebody else too, so that text that holds only these stays.
	shared: list[str] = field(default_factory=list)
	# Beginnings of the free text.
	sentences: list[str] = field(default_factory=list)
	user: str | None = None

	@property
	def record_names(self) -> list[str]:
		"""Names of records by which text about the person is known; those of its many notes are left out."""
		wanted = (self.kind, CASE_FILE, "Match", "Closure")
		return [name for doctype in wanted for name in self.records.get(doctype, ())]

	@property
	def addresses(self) -> list[str]:
		"""Names of all records and the ways in which a link writes them: a mail may carry nothing else."""
		found: list[str] = []
		for doctype, names in self.records.items():
			ways = (doctype.lower().replace(" ", "-"), quote(doctype), doctype)
			for name in names:
				# A number alone is met everywhere.
				found += [name] if len(name) >= words.SHORTEST and not name.isdigit() else []
				found += [f"{way}/{quote(name)}" for way in ways]
		return list(dict.fromkeys(found))


def person(kind: str, name: str) -> Person:
	found = Person(kind, name, records_of(kind, name))
	if kind != MENTEE:
		user = frappe.db.get_value(kind, name, "user")
		# An account that serves something else too is not the programme's, and neither are its name and address.
		found.user = user if user and account.is_of_the_portal_only(user) else None
	_learn_words(found)
	return found


def app_doctypes(**filters) -> list[str]:
	modules = frappe.get_all("Module Def", filters={"app_name": "libes_mentoring"}, pluck="name")
	return frappe.get_all(
		"DocType", filters={"module": ("in", modules), **filters}, pluck="name", order_by="name"
	)


def links_to(target: str, *, istable: int = 0) -> list[tuple[str, str]]:
	"""`[(DocType, field)]`: the app's links to a DocType."""
	return [
		(doctype, df.fieldname)
		for doctype in app_doctypes(istable=istable, issingle=0)
		for df in frappe.get_meta(doctype).get("fields", {"fieldtype": "Link", "options": target})
	]


def records_of(kind: str, name: str) -> dict[str, list[str]]:
	"""DocType → names of the records about this person, the person's own first.

	A link from one person's record to another (who was wished for, who recommended whom) makes neither the
	other's record.
	"""
	found: dict[str, set[str]] = {kind: {name}}
	matches = frappe.get_all("Match", filters={kind.lower(): name}, pluck="name")
	for target, values in ((kind, [name]), ("Match", matches)):
		for doctype, fieldname in links_to(target) if values else ():
			if doctype in PERSONS or (target == "Match" and doctype == "Match"):
				continue
			rows = frappe.get_all(doctype, filters={fieldname: ("in", values)}, pluck="name")
			found.setdefault(doctype, set()).update(rows)
	return {
		doctype: kept
		for doctype, names in found.items()
		if (kept := _about(kind, doctype, sorted(map(str, names))))
	}


def _about(kind: str, doctype: str, names: list[str]) -> list[str]:
	"""Leaves out rows about somebody else: the talk with the mentee is not the mentor's."""
	own_rows = INVENTORY[doctype].own_rows if doctype in INVENTORY else None
	if not own_rows or kind == MENTEE or not names:
		# A talk with the mentor is a talk about the mentee.
		return names
	fieldname, values = own_rows
	return frappe.get_all(
		doctype,
		filters={"name": ("in", names), fieldname: ("in", values[kind])},
		pluck="name",
		order_by="name",
	)


def mentions(kind: str, name: str) -> dict[str, list[str]]:
	"""Rows in the tables of other people's records that name this person: wishes, exclusions."""
	found = {}
	for doctype, fieldname in links_to(kind, istable=1):
		if rows := frappe.get_all(doctype, filters={fieldname: name}, pluck="name"):
			found.setdefault(doctype, []).extend(rows)
	return found


def text_fields(doctype: str, kind: str) -> list[str]:
	"""Fields of the DocType that erasing a person of this kind empties."""
	meta = frappe.get_meta(doctype)
	return [
		df.fieldname
		for df in meta.fields
		if _stored(df) and fate(doctype, df.fieldname, df.fieldtype, kind) == EMPTY
	]


def _stored(df) -> bool:
	return df.fieldtype not in frappe.model.no_value_fields and not df.get("is_virtual")


def _learn_words(found: Person) -> None:
	identity = _identity(found)
	marks = [name for name in identity if words.stands_for_a_person(name)]
	marks = [mark for mark in dict.fromkeys(marks) if words.writings(mark)]
	found.shared = [mark for mark in marks if _borne_by_another(found, mark)]
	found.terms = list(
		dict.fromkeys(way for mark in marks if mark not in found.shared for way in words.writings(mark))
	)
	found.sentences = words.sentences(_free_text(found))


def _identity(found: Person) -> list[str]:
	"""Names, addresses and numbers of today and, where a history was kept, of before."""
	doctype = CASE_FILE if found.kind == MENTEE else found.kind
	fields = [df for df in (*NAMES, *CONTACTS) if frappe.get_meta(doctype).has_field(df)]
	values: list[str] = []
	for name in found.records.get(doctype, ()):
		values += frappe.db.get_value(doctype, name, fields) or ()
		for data in frappe.get_all(
			"Version", filters={"ref_doctype": doctype, "docname": name}, pluck="data"
		):
			changed = (json.loads(data) or {}).get("changed") if data else None
			values += [value for row in changed or () if row[0] in fields for value in row[1:3]]
	if found.user:
		values += [found.user, *frappe.db.get_value("User", found.user, ["full_name", "mobile_no", "phone"])]
	return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def _free_text(found: Person) -> list[str]:
	texts: list[str] = []
	for doctype, names in found.records.items():
		if fields := text_fields(doctype, found.kind):
			rows = frappe.get_all(doctype, filters={"name": ("in", names)}, fields=fields, as_list=True)
			texts += [value for row in rows for value in row if isinstance(value, str)]
	return texts


def _borne_by_another(found: Person, mark: str) -> bool:
	own = {doctype: set(names) for doctype, names in found.records.items()}
	own["User"] = {found.user}
	for doctype, fields in BEARERS.items():
		rows = frappe.get_all(doctype, or_filters={fieldname: mark for fieldname in fields}, pluck="name")
		if set(rows) - own.get(doctype, set()):
			return True
	return False
