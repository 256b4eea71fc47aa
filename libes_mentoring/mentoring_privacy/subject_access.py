"""Everything held on one person, as a workbook: for the privacy officer, and a mentee's own caregiver.

It holds what is about this person. Names of staff stand in it; of other mentees and of mentors, and what was
said by one about the other, do not.
"""

import re
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, format_date, format_datetime, now_datetime, strip_html

from libes_mentoring.access.roles import PRIVACY_OFFICER, SOCIAL_WORKER
from libes_mentoring.mentoring_privacy import access_log, persons
from libes_mentoring.mentoring_privacy.inventory import INVENTORY, MENTEE, PERSONS, is_withheld
from libes_mentoring.mentoring_privacy.persons import CASE_FILE
from libes_mentoring.spreadsheets.workbook import Sheet, workbook

# Answered by the privacy officer in person: they may be about somebody else's safety, or hold what others have said
# in confidence and what staff have weighed.
BY_HAND = (
	"Concern",
	"Candidate Refusal",
	"Interview Scorecard",
	"Matching Preference",
	"Mentor Interview",
	"Mentor Reference",
	"Mentor Shortlist",
	"Record Check Review",
	"Screening Waiver",
)
LAYOUT = frozenset(frappe.model.no_value_fields) - frozenset(("Table", "Table MultiSelect"))
ALIAS = re.compile(r"\b[A-Z][a-z]+-\d{4}\b")


@frappe.whitelist(methods=["POST"])
def export(doctype: str, name: str) -> None:
	"""Downloads the workbook `data-<name>.xlsx` on a Mentee or Mentor; the download is logged.

	For the privacy officer, and the caregiver of a mentee. Raises PermissionError, in the same words for
	somebody unknown.
	"""
	_check_may_export(doctype, name)
	sheets = sheets_of(doctype, name)
	_log(doctype, name)
	frappe.response["filename"] = f"data-{name}.xlsx"
	frappe.response["filecontent"] = workbook(sheets)
	frappe.response["type"] = "binary"


def _check_may_export(doctype: str, name: str) -> None:
	if doctype in PERSONS and frappe.db.exists(doctype, name):
		user = frappe.session.user
		roles = frappe.get_roles()
		if user == "Administrator" or PRIVACY_OFFICER in roles:
			return
		if doctype == MENTEE and SOCIAL_WORKER in roles:
			if frappe.db.get_value(MENTEE, name, "caregiver") == user:
				return
	frappe.throw(_("This is not available to you."), frappe.PermissionError)


def sheets_of(kind: str, name: str) -> list[Sheet]:
	"""`[(title, [headings, *rows])]`: one sheet a kind of record, after one that says what it is."""
	person = persons.person(kind, name)
	sheets = [_about(person)]
	for doctype, names in person.records.items():
		if doctype not in BY_HAND:
			sheets.append(_records(doctype, names, person))
	sheets += [_runs(person), _sessions(person)]
	sheets.append(_given_to(person))
	return [sheet for sheet in sheets if len(sheet[1]) > 1]


def _about(person: persons.Person) -> Sheet:
	rows = [
		[_("What this is"), ""],
		[_("Person"), person.name],
		[_("Made on"), format_datetime(now_datetime())],
		[_("Made by"), _user(frappe.session.user)],
		[_("Organisation"), frappe.db.get_single_value("Mentoring Settings", "organisation_name") or ""],
	]
	for doctype, names in person.records.items():
		why = INVENTORY[doctype].why if doctype in INVENTORY else ""
		if doctype in BY_HAND:
			why = _("Not in this workbook: ask the privacy officer.")
		rows.append([f"{_(doctype)} ({len(names)})", _(why)])
	return _("About"), rows


def _records(doctype: str, names: list[str], person: persons.Person) -> Sheet:
	meta = frappe.get_meta(doctype)
	fields = [
		df
		for df in meta.fields
		if df.fieldtype not in LAYOUT
		and not df.hidden
		and not is_withheld(doctype, df.fieldname, person.kind)
	]
	headings = [
		_("Record"),
		*(_(df.label or df.fieldname) for df in fields),
		_("Entered on"),
		_("Entered by"),
	]
	rows: list[list[Any]] = [headings]
	for name in names:
		doc = frappe.get_doc(doctype, name)
		if _is_about(doc, person.kind):
			for table in doc.meta.get_table_fields():
				# In memory alone: rows about the other one are not handed out.
				doc.set(table.fieldname, [row for row in doc.get(table.fieldname) if _is_about(row, person.kind)])
			values = [_value(doc, df, person.name) for df in fields]
			rows.append([doc.name, *values, format_datetime(doc.creation), _user(doc.owner)])
	return _(doctype), rows


def _is_about(doc, kind: str) -> bool:
	own_rows = INVENTORY[doc.doctype].own_rows if doc.doctype in INVENTORY else None
	return not own_rows or doc.get(own_rows[0]) in own_rows[1][kind]


def _value(doc, df, own: str) -> Any:
	value = doc.get(df.fieldname)
	if df.fieldtype in ("Table", "Table MultiSelect"):
		return "\n".join(_row(row, own) for row in value or ())
	if value in (None, ""):
		return ""
	if df.fieldtype == "Check":
		return _("Yes") if cint(value) else _("No")
	if isinstance(value, datetime):
		return format_datetime(value)
	if isinstance(value, date):
		return format_date(value)
	if df.fieldtype == "Link" and df.options == "User":
		return _user(value)
	if not isinstance(value, str):
		return value
	if df.fieldtype == "Select":
		return _(value)
	text = strip_html(value) if df.fieldtype in ("Text Editor", "HTML Editor") else value
	return _without_others(text, own)


def _row(row, own: str) -> str:
	shown = []
	for df in row.meta.fields:
		if df.fieldtype in LAYOUT or df.hidden or row.get(df.fieldname) in (None, "", 0):
			continue
		shown.append(f"{_(df.label)}: {_value(row, df, own)}")
	return "; ".join(shown)


def _without_others(text: str, own: str) -> str:
	"""The text without the aliases of other mentees."""

	def name_or_nothing(found: re.Match) -> str:
		alias = found.group()
		return _("[another person]") if alias != own and frappe.db.exists(MENTEE, alias) else alias

	return ALIAS.sub(name_or_nothing, text)


def _given_to(person: persons.Person) -> Sheet:
	"""To whom something about the person has gone, as far as the site knows."""
	rows: list[list[Any]] = [[_("When"), _("How"), _("To whom"), _("About which record")]]
	for match in person.records.get("Match", ()):
		values = frappe.db.get_value("Match", match, ["matched_on", "mentor"], as_dict=True)
		if person.kind == MENTEE:
			to_whom = _("The mentor {0}: alias, what they have in common, meetings").format(values.mentor)
			rows.append([format_date(values.matched_on), _("Portal"), to_whom, match])
	for doctype, names in person.records.items():
		if is_withheld(doctype, "referee_email", person.kind):
			# Mails to referees: who was asked is withheld.
			continue
		mails = frappe.get_all(
			"Communication",
			filters={"reference_doctype": doctype, "reference_name": ("in", names)},
			fields=["creation", "communication_medium", "recipients", "cc", "reference_name"],
			order_by="creation",
		)
		for mail in mails:
			to_whom = ", ".join(filter(None, (mail.recipients, mail.cc)))
			rows.append(
				[
					format_datetime(mail.creation),
					mail.communication_medium or "",
					to_whom,
					mail.reference_name,
				]
			)
		for mail in frappe.get_all(
			"Email Queue",
			filters={"reference_doctype": doctype, "reference_name": ("in", names)},
			fields=["name", "creation", "reference_name"],
			order_by="creation",
		):
			recipients = frappe.get_all(
				"Email Queue Recipient", filters={"parent": mail.name}, pluck="recipient"
			)
			rows.append(
				[format_datetime(mail.creation), _("E-mail"), ", ".join(recipients), mail.reference_name]
			)
	return _("Given to"), rows


def _runs(person: persons.Person) -> Sheet:
	"""In which runs the person was matched with others in view, and what came of it; the other one is not named."""
	rows: list[list[Any]] = [[_("Record"), _("Made on"), _("What it said of this person")]]
	field = "mentee" if person.kind == MENTEE else "mentor"
	for table in ("Match Run Pair", "Match Run Unplaced", "Match Run Choice"):
		if not frappe.get_meta(table).has_field(field):
			continue
		said = next((name for name in ("state", "choice") if frappe.get_meta(table).has_field(name)), None)
		for row in frappe.get_all(
			table, filters={"parenttype": "Match Run", field: person.name}, fields=["parent", *([said] if said else [])]
		):
			made_on = frappe.db.get_value("Match Run", row.parent, "made_on")
			what = _(row[said]) if said else _("Nobody was found")
			rows.append([row.parent, format_datetime(made_on), what])
	return _("Match Run"), [rows[0], *sorted(rows[1:])]


def _sessions(person: persons.Person) -> Sheet:
	"""To which meetings of a group the person was asked, and whether they came; nobody else is named."""
	field = "mentee" if person.kind == MENTEE else "mentor"
	rows: list[list[Any]] = [[_("Record"), _("Date and time"), _("Place"), _("Attendance")]]
	for row in frappe.get_all(
		f"Matching Session {person.kind}", filters={field: person.name}, fields=["parent", "came"], order_by="parent"
	):
		held_on, place = frappe.db.get_value("Matching Session", row.parent, ["held_on", "place"])
		rows.append([row.parent, format_datetime(held_on), place or "", _(row.came) if row.came else ""])
	return _("Matching Session"), rows


def _user(user: str) -> str:
	return frappe.db.get_value("User", user, "full_name") or user


def _log(kind: str, name: str) -> None:
	"""In the log of case files, and in the framework's own log of what was exported."""
	from frappe.core.doctype.access_log.access_log import make_access_log

	if kind == MENTEE:
		files = frappe.get_all(CASE_FILE, filters={"mentee": name}, fields=["name", "mentee"])
		access_log.note(
			access_log.EXPORTED, [(file.name, file.mentee) for file in files], frappe.session.user
		)
	make_access_log(doctype=kind, document=name, file_type="XLSX", method="Subject access")
