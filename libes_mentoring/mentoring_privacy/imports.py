"""Spreadsheets that people were brought in with: the file, and the lines about one person."""

import frappe

from libes_mentoring.mentoring_privacy import traces
from libes_mentoring.mentoring_privacy.persons import Person


def of_person(person: Person) -> list[str]:
	"""Imports that brought the person in, or whose file names the person."""
	row = frappe.qb.DocType("Mentoring Import Row")
	brought = frappe.qb.from_(row).select(row.parent).distinct().where(row.record.isin(person.record_names))
	found = set(brought.run(pluck=True))
	for name, workbook in frappe.get_all(
		"Mentoring Import", filters={"workbook": ("is", "set")}, fields=["name", "workbook"], as_list=True
	):
		if name not in found and traces.file_holds(workbook, person.terms):
			found.add(name)
	return sorted(found)


def forget(person: Person) -> list[str]:
	"""Empties the lines about the person and takes the files away; gives addresses to unlink."""
	names = of_person(person)
	row = frappe.qb.DocType("Mentoring Import Row")
	query = frappe.qb.update(row).set(row.message, None).set(row.record, None)
	query.where(row.record.isin(person.record_names)).run()
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
