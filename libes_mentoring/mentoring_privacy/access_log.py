"""Who saw which case file, when and how.

Every way to the content of a case file asks for permission first, on a form, by REST, for a print, and a
list asks which rows it may hold. The line is written there, before anything is handed out, on a connection of
its own: what the request does afterwards, or fails to do, takes nothing back. A line that cannot be written
refuses the reading.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import frappe
from frappe.model import no_value_fields
from frappe.model.document import Document
from frappe.utils import now_datetime

from libes_mentoring.access import criteria, files
from libes_mentoring.access import hooks as access

CASE_FILE = "Mentee Case File"
OPENED, PRINTED, LISTED, EXPORTED = "Opened", "Printed", "Listed", "Exported"
OPENED_WITH_REASON = "Opened with a reason"

# A form asks several times while it loads, and people go back and forth.
SAME_READING = timedelta(minutes=5)
# Whoever may change or print a record has it before their eyes; some releases ask with no word at all.
SHOWING = (None, "read", "select", "write", "print", "email")
# Of all fields these say nothing about a person.
TELLING_NOTHING = ("mentee", "import_key")
# Functions whose request says which fields they show. Any other may show all of them.
SAYING_THEIR_FIELDS = (
	"frappe.client.",
	"frappe.desk.listview.",
	"frappe.desk.reportview.",
	"frappe.desk.form.utils.get_next",
)


# What Frappe calls ------------------------------------------------------------------------------------


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	"""The policy's answer about a case file; where it is yes, the reading is noted (hook has_permission)."""
	granted = access.has_permission(doc, ptype, user)
	if granted:
		note_document(doc, ptype, user)
	return granted


def list_condition(user: str | None = None) -> str:
	"""The policy's condition; what a list shows of its files is noted (hook permission_query_conditions)."""
	user = user or frappe.session.user
	if _is_serving() and _shows_content():
		note(EXPORTED if "export" in _route() else LISTED, _files_in_reach(user), user)
	return criteria.list_condition(CASE_FILE, user)


def note_download() -> None:
	"""Notes that a file at a case file is asked for by somebody who sees the case file (hook auth_hooks).

	Comes after `files.guard_download`. The framework hands a file to the owner of its entry without asking
	anybody, so whoever opens what they have attached themselves is noted here alone.
	"""
	user = frappe.session.user
	for entries in files.requested():
		names = {entry.attached_to_name for entry in entries if entry.attached_to_doctype == CASE_FILE}
		for name in sorted(names):
			mentee = frappe.db.get_value(CASE_FILE, name, "mentee")
			if mentee and criteria.row_is_visible(CASE_FILE, name, user):
				note(OPENED, [(name, mentee)], user)


# Noting -----------------------------------------------------------------------------------------------


def note_document(doc: Document, ptype: str | None = "read", user: str | None = None) -> None:
	"""Notes that a stored case file is shown to the user, where somebody is being served."""
	if not isinstance(doc, Document) or doc.is_new() or ptype not in SHOWING or not _is_serving():
		return
	# As stored: what is in memory may come from the request.
	mentee = frappe.db.get_value(CASE_FILE, doc.name, "mentee")
	if mentee:
		note(_how(ptype), [(doc.name, mentee)], user or frappe.session.user)


def note(how: str, seen: list[tuple[str, str]], user: str) -> None:
	"""Writes a line for each `(case file, mentee)`, at once and for good; the same again within minutes is one.

	Also for what hands out case files in other ways than by a permission, such as an export of one's own.
	"""
	noted = frappe.local.flags.setdefault("case_files_noted", set())
	fresh = [row for row in seen if (user, how, row[0]) not in noted]
	if not fresh:
		return
	with _connection_of_its_own():
		known = _noted_lately(how, [file for file, _mentee in fresh], user)
		write(how, [row for row in fresh if row[0] not in known], user)
	noted.update((user, how, file) for file, _mentee in fresh)


def write(how: str, seen: list[tuple[str, str]], user: str, reason: str = "") -> None:
	"""Adds the lines by the present connection; the controller refuses every other way to add one."""
	if not seen:
		return
	log, now = frappe.qb.DocType("Case File Access"), now_datetime()
	query = frappe.qb.into(log).columns(
		"name",
		"owner",
		"creation",
		"modified_by",
		"modified",
		"opened_at",
		"user",
		"how",
		"case_file",
		"mentee",
		"reason",
	)
	for case_file, mentee in seen:
		query = query.insert(
			frappe.generate_hash(length=20), user, now, user, now, now, user, how, case_file, mentee, reason
		)
	query.run()


@contextmanager
def _connection_of_its_own() -> Iterator[None]:
	"""A second connection whose writing is committed at the end, whatever becomes of the request's own.

	Frappe rolls back what a GET request has written. SQLite lets one connection write at a time: there the
	request's own is used, and committed with it.
	"""
	if frappe.db.db_type == "sqlite":
		frappe.local.flags.commit = True
		yield
		return
	of_request = frappe.local.db
	try:
		frappe.connect(set_admin_as_user=False)
		yield
		frappe.db.commit()
	finally:
		if frappe.local.db is not of_request:
			frappe.local.db.close()
			frappe.local.db = of_request


def _noted_lately(how: str, names: list[str], user: str) -> set[str]:
	since: datetime = now_datetime() - SAME_READING
	log = frappe.qb.DocType("Case File Access")
	rows = (
		frappe.qb.from_(log)
		.select(log.case_file)
		.where((log.user == user) & (log.how == how) & (log.opened_at > since))
		.where(log.case_file.isin(names))
		.run()
	)
	return {row[0] for row in rows}


def _files_in_reach(user: str) -> list[tuple[str, str]]:
	"""Every case file that the user's list may hold; one empty pair where it may hold all."""
	visible = criteria.criterion(CASE_FILE, user)
	if visible is None:
		return [("", "")]
	table = frappe.qb.DocType(CASE_FILE)
	return list(frappe.qb.from_(table).select(table.name, table.mentee).where(visible).run())


# Reading the request ----------------------------------------------------------------------------------


def _is_serving() -> bool:
	"""Whether somebody is answered, by the web server or by a job that was asked for."""
	return bool(getattr(frappe.local, "request", None) or getattr(frappe.local, "job", None))


def _route() -> str:
	"""The function that the request calls, or else its path, or the function of the job."""
	if request := getattr(frappe.local, "request", None):
		if request.path.startswith(files.PRIVATE):
			# What a file is called says nothing about the way.
			return ""
		return str(frappe.form_dict.get("cmd") or request.path.split("/method/")[-1])
	return str(getattr(frappe.local, "job", {}).get("method") or "")


def _how(ptype: str | None) -> str:
	route = _route()
	if ptype == "print" or "print" in route:
		return PRINTED
	return EXPORTED if "export" in route else OPENED


def _shows_content() -> bool:
	"""Whether a list may show, or be filtered or sorted by, more than names.

	Not when it is proven to: a function that does not say its fields in the request counts as showing all.
	"""
	route = _route()
	if not route.startswith(SAYING_THEIR_FIELDS) and not re.match(r"/api/(v\d/)?(resource|document)/", route):
		return True
	said = " ".join(_texts(dict(frappe.form_dict)))
	return "*" in said or bool(_content_fields() & set(re.findall(r"\w+", said.lower())))


def _content_fields() -> set[str]:
	fields = frappe.get_meta(CASE_FILE).fields
	return {
		field.fieldname.lower()
		for field in fields
		if field.fieldtype not in no_value_fields and field.fieldname not in TELLING_NOTHING
	}


def _texts(value: object) -> Iterator[str]:
	"""Every text in the arguments, also inside JSON, where a word can be written in more than one way."""
	if isinstance(value, dict):
		for key, item in value.items():
			yield str(key)
			yield from _texts(item)
	elif isinstance(value, list | tuple):
		for item in value:
			yield from _texts(item)
	elif isinstance(value, str):
		try:
			inside = json.loads(value)
		except ValueError:
			inside = None
		if isinstance(inside, dict | list | str) and inside != value:
			yield from _texts(inside)
		else:
			yield value
