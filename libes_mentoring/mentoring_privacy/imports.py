"""Spreadsheets that people were brought in with: the file, and the lines about one person.

Which alias became of which row is not kept anywhere. A person is found again in a spreadsheet by the key that
the import gave them, which outlasts a correction of the name, by the key of today's name, and by the text.
"""

import frappe
from frappe.utils import getdate

from libes_mentoring.mentoring_privacy import traces
from libes_mentoring.mentoring_privacy.inventory import MENTEE
from libes_mentoring.mentoring_privacy.persons import CASE_FILE, Person
from libes_mentoring.spreadsheets import site_words
from libes_mentoring.spreadsheets.checking import ALREADY_HERE, people_in
from libes_mentoring.spreadsheets.problems import WorkbookError
from libes_mentoring.spreadsheets.reading import read_workbook


def of_person(person: Person) -> list[str]:
	"""Imports that brought the person in, or whose file holds the person or may do so."""
	row = frappe.qb.DocType("Mentoring Import Row")
	brought = frappe.qb.from_(row).select(row.parent).distinct().where(row.record.isin(person.record_names))
	found = set(brought.run(pluck=True))
	programme = frappe.db.get_value(person.kind, person.name, "programme")
	keys, has_key = _keys_of(person)
	for stored in frappe.get_all(
		"Mentoring Import",
		filters={"workbook": ("is", "set")},
		fields=["name", "workbook", "programme"],
	):
		if stored.name in found:
			continue
		if traces.file_holds(stored.workbook, person.terms):
			found.add(stored.name)
		elif (here := _keys_in(stored.workbook)) is not None and here & keys:
			found.add(stored.name)
		elif stored.programme == programme and (
			# What cannot be read may hold anybody. Somebody who was entered by hand has no key of then: a row
			# that met them would not be known again after their name was corrected.
			here is None or (not has_key and _met_somebody(stored.name))
		):
			found.add(stored.name)
	return sorted(found)


def _keys_of(person: Person) -> tuple[set[str], bool]:
	"""The keys by which a spreadsheet knows the person, and whether an import has given one of them."""
	doctype = CASE_FILE if person.kind == MENTEE else person.kind
	fields = ["import_key", "full_name", "birth_date", *([] if person.kind == MENTEE else ["email"])]
	rows = frappe.get_all(
		doctype, filters={"name": ("in", person.records.get(doctype) or [""])}, fields=fields
	)
	keys = site_words.keys_of_rows(person.kind, rows)
	return {key for key in keys if key}, any(row.import_key for row in rows)


def _keys_in(workbook: str) -> set[str] | None:
	"""The keys of everybody in a stored spreadsheet; None where it cannot be read."""
	path = traces.path_of(workbook)
	if not path or not path.is_file():
		return set()
	try:
		return people_in(read_workbook(path.name, path.read_bytes()), site_words.salt(), getdate())
	except WorkbookError:
		return None


def _met_somebody(name: str) -> bool:
	return bool(frappe.db.exists("Mentoring Import Row", {"parent": name, "verdict": ALREADY_HERE}))


def forget(person: Person, names: list[str]) -> list[str]:
	"""Empties the lines of these imports, takes their files away, and gives addresses to unlink.

	Which line is a mentee's is not known, so what is said goes from all of them.
	"""
	row = frappe.qb.DocType("Mentoring Import Row")
	frappe.qb.update(row).set(row.record, None).where(row.record.isin(person.record_names)).run()
	if names:
		frappe.qb.update(row).set(row.message, None).where(row.parent.isin(names)).run()
	return delete_files(names)


def delete_files(names: list[str]) -> list[str]:
	"""Takes the file of each import away; what was counted stays."""
	if not names:
		return []
	workbooks = frappe.get_all("Mentoring Import", filters={"name": ("in", names)}, pluck="workbook")
	# A file counts as the import's own by its address too: it may have been uploaded before the import was saved.
	files = set(traces.files_of("Mentoring Import", names))
	file, wanted = frappe.qb.DocType("File"), [url for url in workbooks if url]
	if wanted:
		query = frappe.qb.from_(file).select(file.name).where(file.file_url.isin(wanted))
		free = file.attached_to_doctype.isnull() | file.attached_to_doctype.isin(("", "Mentoring Import"))
		files |= set(query.where(free).run(pluck=True))
	table = frappe.qb.DocType("Mentoring Import")
	frappe.qb.update(table).set(table.workbook, "").where(table.name.isin(names)).run()
	urls = traces.delete_files(files)
	# A workbook without any File row lies on the disk all the same.
	return urls + [
		url for url in wanted if url not in urls and not frappe.db.exists("File", {"file_url": url})
	]
