"""What the framework keeps of our records elsewhere: history, comments, messages, logs, tasks, tags, files.

Two ways lead there: by reference (a pair of fields that names the record, this module), and by text
(`sweep.py`). Files go with their bytes, unless another File points at the same ones.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import frappe
from frappe.query_builder import DocType
from pypika.terms import Criterion

from libes_mentoring.mentoring_privacy import words

# Pairs of plain fields. Pairs that end in a Dynamic Link are found from the DocTypes themselves.
PLAIN_PAIRS = (
	("Version", "ref_doctype", "docname"),
	("Comment", "reference_doctype", "reference_name"),
	("Email Queue", "reference_doctype", "reference_name"),
	("File", "attached_to_doctype", "attached_to_name"),
	("Deleted Document", "deleted_doctype", "deleted_name"),
	("Access Log", "export_from", "reference_document"),
	("Notification Log", "document_type", "document_name"),
	("Energy Point Log", "reference_doctype", "reference_name"),
	("DocShare", "share_doctype", "share_name"),
	("Tag Link", "document_type", "document_name"),
	("Document Follow", "ref_doctype", "ref_docname"),
	("__global_search", "doctype", "name"),
)
# A row that names the record in one of its rows goes as a whole; elsewhere the row of the table goes alone.
WHOLE_PARENTS = ("Communication", "Data Import")
# These go as a whole too, unless somebody else is linked with them as well.
PERSONAL_PARENTS = ("Address", "Contact", "Event")
# Marks that the desk writes into a record itself.
DESK_COLUMNS = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen")

Rows = dict[str, set[str]]


def table_exists(doctype: str) -> bool:
	return doctype.startswith("__") or frappe.db.table_exists(doctype)


def pairs() -> list[tuple[str, str, str]]:
	"""`(DocType, field of the DocType, field of the name)` of everything in the framework that names a record."""
	modules = frappe.get_all("Module Def", filters={"app_name": "frappe"}, pluck="name")
	doctypes = set(
		frappe.get_all("DocType", filters={"module": ("in", modules), "issingle": 0}, pluck="name")
	)
	dynamic = frappe.get_all(
		"DocField", filters={"fieldtype": "Dynamic Link"}, fields=["parent", "options", "fieldname"]
	)
	found = {(row.parent, row.options, row.fieldname) for row in dynamic if row.parent in doctypes}
	found |= set(PLAIN_PAIRS)
	return sorted(pair for pair in found if table_exists(pair[0]) and _has_columns(*pair))


def _has_columns(doctype: str, *columns: str) -> bool:
	return doctype.startswith("__") or set(columns) <= set(frappe.db.get_table_columns(doctype))


def by_reference(records: dict[str, list[str]], user: str | None = None) -> Rows:
	"""DocType → names of the framework's rows that name one of these records.

	Events, addresses and contacts that are linked with these records alone go with all that hangs on them; `user`
	is the person's own account, whose contact counts as the person's.
	"""
	alone, _shared = _linked(records, user)
	found = _naming(
		{doctype: [*records.get(doctype, ()), *alone.get(doctype, ())] for doctype in {*records, *alone}}
	)
	for doctype, names in alone.items():
		found[doctype] |= names
	return found


def shared_with_others(records: dict[str, list[str]], user: str | None = None) -> Rows:
	"""Events, addresses and contacts of these records with which somebody else is linked as well: they stay."""
	return _linked(records, user)[1]


def _naming(records: dict[str, list[str]]) -> Rows:
	found: Rows = defaultdict(set)
	for doctype, type_field, name_field in pairs():
		if doctype.startswith("__"):
			continue
		table = DocType(doctype)
		is_child = _has_columns(doctype, "parenttype")
		columns = (table.name, table.parent, table.parenttype) if is_child else (table.name,)
		for target, names in records.items():
			query = frappe.qb.from_(table).select(*columns)
			query = query.where((table[type_field] == target) & table[name_field].isin(names))
			for row in query.run():
				if is_child and row[2] in WHOLE_PARENTS:
					found[row[2]].add(row[1])
				else:
					found[doctype].add(row[0])
	_add_import_logs(found, records)
	return found


def _linked(records: dict[str, list[str]], user: str | None) -> tuple[Rows, Rows]:
	"""Events, addresses and contacts linked with the records alone, or by one another; and those others share."""
	alone: Rows = defaultdict(set)
	while True:
		known = {
			doctype: {*records.get(doctype, ()), *alone.get(doctype, ())} for doctype in {*records, *alone}
		}
		shared: Rows = defaultdict(set)
		more = False
		for (doctype, name), of_others in _parents(known, user).items():
			if of_others:
				shared[doctype].add(name)
			elif name not in known.get(doctype, ()):
				alone[doctype].add(name)
				more = True
		if not more:
			return alone, shared


def _parents(known: dict[str, set[str]], user: str | None) -> dict[tuple[str, str], bool]:
	"""Events, addresses and contacts with a row for one of the known records → whether a row names another one."""
	found: dict[tuple[str, str], bool] = {}
	for child, type_field, name_field in pairs():
		if child.startswith("__") or not _has_columns(child, "parenttype"):
			continue
		table = DocType(child)
		own = Criterion.any(
			(table[type_field] == doctype) & table[name_field].isin(list(names))
			for doctype, names in known.items()
		)
		parents = frappe.qb.from_(table).select(table.parent).where(own)
		query = frappe.qb.from_(table).select(
			table.parenttype, table.parent, table[type_field], table[name_field]
		)
		query = query.where(table.parenttype.isin(PERSONAL_PARENTS) & table.parent.isin(parents))
		for parenttype, parent, doctype, name in query.run():
			of_others = name not in known.get(doctype, ())
			found[parenttype, parent] = found.get((parenttype, parent), False) or of_others
	for doctype, name in found:
		account = frappe.db.get_value("Contact", name, "user") if doctype == "Contact" else None
		found[doctype, name] |= bool(account) and account != user
	return found


def _add_import_logs(found: Rows, records: dict[str, list[str]]) -> None:
	"""The framework's own import logs name the record without its DocType."""
	if not frappe.db.table_exists("Data Import Log"):
		return
	log, data_import = DocType("Data Import Log"), DocType("Data Import")
	for target, names in records.items():
		query = frappe.qb.from_(log).inner_join(data_import).on(data_import.name == log.data_import)
		query = query.where((data_import.reference_doctype == target) & log.docname.isin(names))
		for name, parent in query.select(log.name, data_import.name).run():
			found["Data Import Log"].add(name)
			found["Data Import"].add(parent)


def delete(found: Rows) -> list[str]:
	"""Deletes these rows for good, their child rows and their files; gives the addresses of files without a row.

	Past the framework's own delete, which would keep a copy of each as a Deleted Document.
	"""
	files = set(found.get("File", ()))
	for doctype, names in found.items():
		if doctype == "File" or not names:
			continue
		files |= set(files_of(doctype, names))
		if not doctype.startswith("__"):
			for df in frappe.get_meta(doctype).get_table_fields():
				frappe.db.delete(df.options, {"parenttype": doctype, "parent": ("in", list(names))})
		frappe.db.delete(doctype, {"name": ("in", list(names))})
	# The index keeps the text of what is deleted until something is written under the same name.
	delete_search({doctype: list(names) for doctype, names in found.items() if names})
	return delete_files(files)


def delete_search(records: dict[str, list[str]]) -> None:
	for doctype, names in records.items():
		frappe.db.delete("__global_search", {"doctype": doctype, "name": ("in", names)})


def clear_desk_columns(records: dict[str, list[str]]) -> None:
	"""Tags, likes, assignments and the copies of comments that the desk keeps in the record."""
	for doctype, names in records.items():
		if frappe.get_meta(doctype).issingle:
			continue
		present = [column for column in DESK_COLUMNS if column in frappe.db.get_table_columns(doctype)]
		if present:
			table = DocType(doctype)
			query = frappe.qb.update(table).where(table.name.isin(names))
			for column in present:
				query = query.set(table[column], None)
			query.run()


def files_of(doctype: str, names: Iterable[str]) -> list[str]:
	return frappe.get_all(
		"File",
		filters={"attached_to_doctype": doctype, "attached_to_name": ("in", list(names)), "is_folder": 0},
		pluck="name",
	)


def delete_files(names: Iterable[str]) -> list[str]:
	"""Deletes File rows, with what hangs on them, and gives the addresses to which no other row points."""
	names = list(names)
	if not names:
		return []
	rows = frappe.get_all("File", filters={"name": ("in", names)}, fields=["file_url", "thumbnail_url"])
	frappe.db.delete("File", {"name": ("in", names)})
	for doctype in ("Comment", "Version"):
		pair = next(pair for pair in PLAIN_PAIRS if pair[0] == doctype)
		frappe.db.delete(doctype, {pair[1]: "File", pair[2]: ("in", names)})
	urls = {url for row in rows for url in (row.file_url, row.thumbnail_url) if url}
	return [url for url in sorted(urls) if not frappe.db.exists("File", {"file_url": url})]


def unlink(urls: Iterable[str]) -> None:
	"""Takes the bytes off the disk. The last step before the commit: what is gone cannot be rolled back, and
	whoever is stopped in between is erased by the next run."""
	for url in urls:
		path = path_of(url)
		if path and path.is_file():
			path.unlink()


def path_of(url: str) -> Path | None:
	"""Where a file of the site lies; None for an address elsewhere or outside the two folders."""
	for prefix, folder in (("/private/files/", ("private", "files")), ("/files/", ("public", "files"))):
		if url.startswith(prefix):
			root = Path(frappe.get_site_path(*folder)).resolve()
			path = (root / url.removeprefix(prefix)).resolve()
			return path if root in path.parents else None
	return None


def file_holds(url: str, terms: list[str]) -> bool:
	path = path_of(url or "")
	if not path or not path.is_file() or path.stat().st_size > words.LARGEST_FILE:
		return False
	return words.holds(words.text_of_file(path.read_bytes()), terms)
