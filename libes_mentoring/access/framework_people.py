"""Frappe's own functions that give files, imports, people or names of records to any login.

Each stands in for the framework's function of its name (access/framework_doors.py), with its arguments.
"""

import frappe

from libes_mentoring.access.framework_calls import original
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
	files = {"import_file": import_file, "google_sheets_url": google_sheets_url}
	return _of_import("get_preview_from_template", data_import, data_import=data_import, **files)


@frappe.whitelist()
def form_start_import(data_import: str):
	"""Starts an import. PermissionError for who may not write it."""
	return _of_import("form_start_import", data_import, "write", data_import=data_import)


@frappe.whitelist()
def download_errored_template(data_import_name: str):
	"""The rows that could not be imported. PermissionError for who may not read the import."""
	return _of_import("download_errored_template", data_import_name, data_import_name=data_import_name)


@frappe.whitelist()
def download_import_log(data_import_name: str):
	"""What became of each row. PermissionError for who may not read the import."""
	return _of_import("download_import_log", data_import_name, data_import_name=data_import_name)


@frappe.whitelist()
def get_import_status(data_import_name: str):
	"""How far an import is. PermissionError for who may not read it."""
	return _of_import("get_import_status", data_import_name, data_import_name=data_import_name)


@frappe.whitelist()
def get_import_logs(data_import: str):
	"""The log of an import. PermissionError for who may not read it."""
	return _of_import("get_import_logs", data_import, data_import=data_import)


@frappe.whitelist(allow_guest=True)
def get_link_options(web_form_name: str, doctype: str, allow_read_on_all_link_options: bool | int | str = False):
	"""What a web form offers for a link. PermissionError for records about people.

	Threat: early releases of Frappe 15 name every row of any DocType to any login.
	"""
	name = "frappe.website.doctype.web_form.web_form.get_link_options"
	if frappe.get_attr(name) not in frappe.whitelisted:
		# Later releases keep it to themselves.
		refuse()
	ours = guarded(doctype)
	if ours:
		return "\n".join(permitted_names(ours))
	if doctype in ABOUT_PEOPLE and not frappe.has_permission(doctype, "read"):
		refuse()
	return original(
		name,
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
	return original("frappe.desk.search.get_names_for_mentions", search_term=search_term)


@frappe.whitelist()
def get_contact_details(contact: str):
	"""Name and numbers of a contact. PermissionError for who may not read it.

	Threat: Frappe gives them to any login.
	"""
	if not frappe.has_permission("Contact", "read", doc=contact):
		refuse()
	return original("frappe.contacts.doctype.contact.contact.get_contact_details", contact=contact)


@frappe.whitelist()
def can_subscribe_doctype(doctype: str) -> bool:
	"""Whether a list may refresh itself. PermissionError for every DocType of the app.

	Threat: an open list hears of rows that are not in it (access/quiet_document.py).
	"""
	if guarded(doctype):
		refuse()
	return original("frappe.realtime.can_subscribe_doctype", doctype=doctype)


def _of_import(function: str, name: str, ptype: str = "read", **arguments):
	"""What Frappe answers about an import, to those who may read or write it."""
	if not isinstance(name, str) or not frappe.has_permission("Data Import", ptype, doc=name):
		refuse()
	return original(f"{DATA_IMPORT}.{function}", **arguments)
