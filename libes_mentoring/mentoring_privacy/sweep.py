"""What holds a person's name, address or number in text, anywhere on the site.

Every text column of every table is read. What is a log or a message goes as a whole; in other records of
ours and of the framework the words are taken out; records of other apps are the organisation's own business:
they are counted and named, and not touched.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import frappe

from libes_mentoring.mentoring_privacy import traces, words
from libes_mentoring.mentoring_privacy.persons import Person, app_doctypes

LOGS = frozenset(
	(
		"Access Log",
		"Activity Log",
		"API Request Log",
		"Comment",
		"Communication",
		"Console Log",
		"Data Import Log",
		"Deleted Document",
		"Document Follow",
		"Document Share Key",
		"Email Group Member",
		"Email Queue",
		"Email Unsubscribe",
		"Energy Point Log",
		"Error Log",
		"Error Snapshot",
		"Integration Request",
		"List Filter",
		"Milestone",
		"Notification Log",
		"OAuth Bearer Token",
		"Personal Data Deletion Request",
		"Personal Data Download Request",
		"Prepared Report",
		"Reminder",
		"Route History",
		"Scheduled Job Log",
		"SMS Log",
		"Submission Queue",
		"Tag",
		"Tag Link",
		"ToDo",
		"Unhandled Email",
		"Version",
		"View Log",
		"Webhook Request Log",
	)
)
# Whole lines of free text are looked for where only accidents put them.
ACCIDENTS = frozenset(
	("Deleted Document", "Error Log", "Error Snapshot", "Integration Request", "Scheduled Job Log")
)
# What describes the site itself.
SETUP = frozenset(
	"""tabDocType tabDocField tabDocPerm tabDocType_Link tabDocType_Action tabDocType_State tabCustom_Field
	tabProperty_Setter tabCustom_DocPerm tabTranslation tabCountry tabCurrency tabLanguage tabPatch_Log tabSeries
	tabModule_Def tabRole tabForm_Tour tabForm_Tour_Step tabScheduled_Job_Type tabTransaction_Log tabGender
	tabHas_Role""".replace("_", " ").split()
)
TEXT_COLUMNS = ("char", "text", "json")
AT_ONCE = 200
NAMELESS = ("tabSessions", "tabSingles")


@dataclass
class Found:
	"""What a sweep has found, before anything is done about it."""

	delete: traces.Rows = field(default_factory=lambda: defaultdict(set))
	# table → conditions under which rows without a name of their own go
	delete_plain: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
	# (table, condition, column, new text)
	redact: list[tuple[str, dict, str, str]] = field(default_factory=list)
	# DocType → how many records stay
	left: dict[str, int] = field(default_factory=lambda: defaultdict(int))

	def __bool__(self) -> bool:
		return bool(any(self.delete.values()) or self.delete_plain or self.redact)


def look(person: Person, *, before: bool = False) -> Found:
	"""Everything that holds one of the person's terms. `before` anything is erased, the person's own records and
	account are left out: those are seen to by themselves."""
	found, ours = Found(), _ours()
	own = {doctype: set(names) for doctype, names in person.records.items()} if before else {}
	if before and person.user:
		own["User"] = own["Notification Settings"] = {person.user}
	for table, columns in _tables().items():
		doctype = table.removeprefix("tab")
		terms = _terms(person, doctype)
		if not terms:
			continue
		for row in _rows(table, columns, terms):
			hits = [column for column in columns if row.get(column) and words.holds(row[column], terms)]
			if hits and not _is_own(row, doctype, own):
				_judge(found, table, doctype, row, hits, terms, ours)
	_look_into_messages(person, found)
	_look_into_files(person, found)
	return found


def act(found: Found) -> list[str]:
	"""Does what a sweep has found to be done; gives the addresses of files whose bytes go."""
	for table, column_conditions in found.delete_plain.items():
		for condition in column_conditions:
			_run(f"delete from `{table}`", condition)
	for table, condition, column, text in found.redact:
		_run(f"update `{table}` set `{column}` = %(new_text)s", condition, new_text=text)
	return traces.delete(found.delete)


def _is_own(row: dict, doctype: str, own: dict[str, set[str]]) -> bool:
	return row.get("name") in own.get(doctype, ()) or row.get("parent") in own.get(row.get("parenttype"), ())


def _terms(person: Person, doctype: str) -> list[str]:
	terms = list(person.terms)
	if doctype in LOGS or doctype == "__UserSettings":
		terms += person.record_names
	if doctype in ACCIDENTS:
		terms += [way for line in person.sentences for way in words.writings(line)]
	return terms


def _ours() -> frozenset[str]:
	"""DocTypes of this app and of the framework."""
	modules = frappe.get_all("Module Def", filters={"app_name": "frappe"}, pluck="name")
	framework = frappe.get_all("DocType", filters={"module": ("in", modules)}, pluck="name")
	return frozenset((*framework, *app_doctypes()))


def _tables() -> dict[str, list[str]]:
	"""Table → its columns that hold text."""
	found = {}
	for table in frappe.db.get_tables(cached=False):
		if table in SETUP or not table.startswith(("tab", "__")):
			continue
		description = frappe.db.get_table_columns_description(table)
		columns = [
			row["name"] for row in description if any(kind in row["type"].lower() for kind in TEXT_COLUMNS)
		]
		if columns:
			found[table] = columns
	return found


def _rows(table: str, columns: list[str], terms: list[str]) -> list[dict]:
	"""Rows that may hold a term; the database knows no whole words, so the caller looks again."""
	values = {f"term{number}": f"%{_escaped(term)}%" for number, term in enumerate(terms)}
	conditions = [f"`{column}` like %({key})s escape '!'" for column in columns for key in values]
	# Names of tables and columns come from the database itself; what is looked for is bound.
	wanted = [
		*columns,
		*(["name"] if "name" not in columns and table.startswith("tab") and table not in NAMELESS else []),
	]
	return frappe.db.sql(
		f"select {', '.join(f'`{column}`' for column in wanted)} from `{table}` where {' or '.join(conditions)}",
		values,
		as_dict=True,
	)


def _escaped(term: str) -> str:
	return term.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _judge(
	found: Found, table: str, doctype: str, row: dict, hits: list[str], terms: list[str], ours
) -> None:
	parent = row.get("parenttype")
	if doctype in LOGS:
		found.delete[doctype].add(row["name"])
	elif parent in LOGS:
		found.delete[parent].add(row["parent"])
	elif doctype == "File":
		if row.get("attached_to_doctype") in (None, "", *ours):
			found.delete["File"].add(row["name"])
		else:
			found.left[row["attached_to_doctype"]] += 1
	elif table.startswith("__") or table == "tabSessions":
		found.delete_plain[table].append({column: row[column] for column in hits})
	elif table == "tabSingles":
		condition = {"doctype": row["doctype"], "field": row["field"]}
		found.redact.append((table, condition, "value", words.without(row["value"], terms)))
	elif doctype in ours or table == "tabDefaultValue":
		_redact(found, table, doctype, row, hits, terms)
	else:
		found.left[parent or doctype] += 1


def _redact(found: Found, table: str, doctype: str, row: dict, hits: list[str], terms: list[str]) -> None:
	for column in hits:
		if column == "name":
			# A record that is named so: renaming it is for whoever keeps it.
			found.left[doctype] += 1
		else:
			found.redact.append((table, {"name": row["name"]}, column, words.without(row[column], terms)))


def _run(statement: str, condition: dict, **values) -> None:
	where = " and ".join(f"`{column}` = %({column})s" for column in condition)
	frappe.db.sql(f"{statement} where {where}", {**condition, **values})


def _look_into_messages(person: Person, found: Found) -> None:
	"""Mails wait in the queue as they are sent: encoded, so that no query finds a word in them."""
	# A mail that the framework itself sends for a notice names no record but in its words and its link.
	terms = [*_terms(person, "Email Queue"), *person.addresses]
	queue = frappe.qb.DocType("Email Queue")
	query = frappe.qb.from_(queue).select(queue.name, queue.message).orderby(queue.name).limit(AT_ONCE)
	begin, rows = 0, query.run()
	while rows:
		for name, message in rows:
			if message and words.holds(words.text_of_message(message), terms):
				found.delete["Email Queue"].add(name)
		begin += AT_ONCE
		rows = query.offset(begin).run()


def _look_into_files(person: Person, found: Found) -> None:
	"""Finished reports and brought-in spreadsheets; other files are opened by nobody here."""
	terms = [*person.terms, *person.record_names]
	for doctype in ("Prepared Report", "Data Import"):
		rows = frappe.get_all(
			"File",
			filters={"attached_to_doctype": doctype},
			fields=["name", "file_url", "attached_to_name"],
		)
		for row in rows:
			if traces.file_holds(row.file_url, terms):
				found.delete[doctype].add(row.attached_to_name)
				found.delete["File"].add(row.name)
