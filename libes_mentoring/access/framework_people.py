"""Frappe's own functions that give files, imports, people or names of records to any login.

Each stands in for the framework's function of its name (access/framework_doors.py), with its arguments.
"""

import frappe

from libes_mentoring.access.guarded_names import guarded, permitted_names, refuse
from libes_mentoring.access.people import is_from_outside
from libes_mentoring.access.pointer_fields import POINTERS

DATA_IMPORT = "frappe.core.doctype.data_import.data_import"
# Lists of the framework in which people and traces of our records stand.
ABOUT_PEOPLE = ("Contact", "Address", "User", *POINTERS)


@frappe.whitelist()
def zip_files(files: str | list) -> None:
	"""Answers with the named files in one archive. PermissionError where one of them may not be read.

	Threat: early releases of Frappe 15 pack any file for any login.
	"""
	for name in frappe.parse_json(files) or []:
		if not isinstance(name, str) or not frappe.has_permission("File", "read", doc=name):
			refuse()
	frappe.get_attr("frappe.core.api.file.zip_files")(frappe.as_json(frappe.parse_json(files)))


@frappe.whitelist()
def get_preview_from_template(
	data_import: str, import_file: str | None = None, google_sheets_url: str | None = None
):
	"""The rows of a file to be imported. PermissionError for who may not read the import and its file.

	Threat: Frappe shows the content of any file to any login.
	"""
	_check_import(data_import)
	return _original(
		f"{DATA_IMPORT}.get_preview_from_template",
		data_import=data_import,
		import_file=import_file,
		google_sheets_url=google_sheets_url,
	)


@frappe.whitelist()
def form_start_import(data_import: str):
	"""Starts an import. PermissionError for who may not write it."""
	_check_import(data_import, "write")
	return _original(f"{DATA_IMPORT}.form_start_import", data_import=data_import)


@frappe.whitelist()
def download_errored_template(data_import_name: str):
	"""The rows that could not be imported. PermissionError for who may not read the import."""
	_check_import(data_import_name)
	return _original(f"{DATA_IMPORT}.download_errored_template", data_import_name=data_import_name)


@frappe.whitelist()
def download_import_log(data_import_name: str):
	"""What became of each row. PermissionError for who may not read the import."""
	_check_import(data_import_name)
	return _original(f"{DATA_IMPORT}.download_import_log", data_import_name=data_import_name)


@frappe.whitelist()
def get_import_status(data_import_name: str):
	"""How far an import is. PermissionError for who may not read it."""
	_check_import(data_import_name)
	return _original(f"{DATA_IMPORT}.get_import_status", data_import_name=data_import_name)


@frappe.whitelist()
def get_import_logs(data_import: str):
	"""The log of an import. PermissionError for who may not read it."""
	_check_import(data_import)
	return _original(f"{DATA_IMPORT}.get_import_logs", data_import=data_import)


@frappe.whitelist(allow_guest=True)
def get_link_options(web_form_name: str, doctype: str, allow_read_on_all_link_options: bool | int | str = False):
	"""What a web form offers for a link. PermissionError for records about people.

	Threat: early releases of Frappe 15 name every row of any DocType to any login.
	"""
	ours = guarded(doctype)
	if ours:
		return "\n".join(permitted_names(ours))
	if doctype in ABOUT_PEOPLE and not frappe.has_permission(doctype, "read"):
		refuse()
	return _original(
		"frappe.website.doctype.web_form.web_form.get_link_options",
		web_form_name=web_form_name,
		doctype=doctype,
		allow_read_on_all_link_options=allow_read_on_all_link_options,
	)


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list[dict]:
	"""Whom a remark may mention. Nobody, for volunteers and partners and whoever has no desk.

	Threat: Frappe names the site's staff to any login.
	"""
	user = frappe.session.user
	if is_from_outside(user) or frappe.db.get_value("User", user, "user_type") != "System User":
		return []
	return _original("frappe.desk.search.get_names_for_mentions", search_term=search_term)


@frappe.whitelist()
def get_contact_details(contact: str):
	"""Name and numbers of a contact. PermissionError for who may not read it.

	Threat: Frappe gives them to any login.
	"""
	if not frappe.has_permission("Contact", "read", doc=contact):
		refuse()
	return _original("frappe.contacts.doctype.contact.contact.get_contact_details", contact=contact)


@frappe.whitelist(allow_guest=True)
def can_subscribe_doctype(doctype: str) -> bool:
	"""Whether a list may refresh itself. PermissionError for every DocType of the app.

	Threat: an open list hears of rows that are not in it (access/quiet_document.py).
	"""
	if guarded(doctype):
		refuse()
	return _original("frappe.realtime.can_subscribe_doctype", doctype=doctype)


def _check_import(name: str, ptype: str = "read") -> None:
	if not isinstance(name, str) or not frappe.has_permission("Data Import", ptype, doc=name):
		refuse()


def _original(function: str, /, **arguments):
	return frappe.call(frappe.get_attr(function), **arguments)
