"""What the framework, another app or an earlier time may have left of our records in DocTypes of the framework."""

from __future__ import annotations

import json

import frappe
from frappe.model.naming import set_new_name

# DocType of the framework → its fields, where <doctype> and <name> are our record's and <text> is the canary.
LEFTOVERS: dict[str, dict[str, str]] = {
	"Error Log": {
		"method": "A job that failed",
		"error": "<text>",
		"reference_doctype": "<doctype>",
		"reference_name": "<name>",
	},
	"Email Queue": {
		"sender": "office@example.org",
		"status": "Sent",
		"message": "Subject: <text>\n\n<text>",
		"reference_doctype": "<doctype>",
		"reference_name": "<name>",
	},
	"Deleted Document": {"deleted_doctype": "<doctype>", "deleted_name": "<name>", "data": '{"x": "<text>"}'},
	"Version": {"ref_doctype": "<doctype>", "docname": "<name>", "data": '{"changed": [["x", "", "<text>"]]}'},
	"Access Log": {"export_from": "<doctype>", "reference_document": "<name>", "filters": '{"x": "<text>"}'},
	"Activity Log": {
		"subject": "<text>",
		"status": "Success",
		"reference_doctype": "<doctype>",
		"reference_name": "<name>",
	},
	"Comment": {
		"comment_type": "Comment",
		"content": "<text>",
		"reference_doctype": "<doctype>",
		"reference_name": "<name>",
	},
	"Communication": {
		"communication_type": "Communication",
		"communication_medium": "Email",
		"subject": "<text>",
		"content": "<text>",
		"reference_doctype": "<doctype>",
		"reference_name": "<name>",
	},
	"Data Import": {
		"reference_doctype": "<doctype>",
		"import_type": "Insert New Records",
		"template_warnings": "<text>",
	},
	"Notification Log": {
		"subject": "<text>",
		"for_user": "<caregiver>",
		"document_type": "<doctype>",
		"document_name": "<name>",
	},
}
OF = ("Mentee Case File", "Mentee")
REPORT = "Partner Overview"
WEB_FORM = "about-mentees"


def leave(cast) -> None:
	"""One of each at our mentee and case file; a finished report; a form that somebody made of mentees."""
	for doctype in OF:
		name = cast.name(doctype)
		for kind, fields in LEFTOVERS.items():
			text = cast.vault.text(f"{doctype} ({kind})", "text")
			filled = {
				"<doctype>": doctype,
				"<name>": name,
				"<text>": text,
				"<caregiver>": cast.users["caregiver"],
			}
			row = frappe.get_doc({"doctype": kind, **{key: _fill(value, filled) for key, value in fields.items()}})
			set_new_name(row)
			if kind == "Communication":
				row.sender, row.owner = cast.users["caregiver"], cast.users["caregiver"]
			# As it lay there before the app came: none of its doors was asked.
			row.db_insert()
			cast.leftovers.setdefault(kind, []).append(row.name)
	_finished_report(cast)
	_web_form(cast)


def _fill(value: str, filled: dict[str, str]) -> str:
	for placeholder, text in filled.items():
		value = value.replace(placeholder, text)
	return value


def _finished_report(cast) -> None:
	"""The manager's, kept by the framework with its rows in a file."""
	from frappe.utils.file_manager import save_file

	text = cast.vault.text("Mentor (prepared report)", "rows")
	report = frappe.get_doc(
		{
			"doctype": "Prepared Report",
			"report_name": REPORT,
			"status": "Completed",
			"filters": json.dumps({"x": cast.vault.text("Mentor (prepared report)", "filters")}),
		}
	)
	set_new_name(report)
	report.owner = cast.users["manager"]
	report.db_insert()
	rows = json.dumps({"columns": [], "result": [{"mentor": text}]})
	file = save_file(f"{report.name}.json", rows.encode(), "Prepared Report", report.name, is_private=1)
	cast.leftovers["Prepared Report"] = [report.name]
	cast.report_file = file.file_url


def _web_form(cast) -> None:
	"""A site may build one on any DocType, careless as it likes."""
	frappe.get_doc(
		{
			"doctype": "Web Form",
			"title": "About mentees",
			"route": WEB_FORM,
			"doc_type": "Mentee",
			"module": "Website",
			"published": 1,
			"login_required": 0,
			"allow_multiple": 0,
			"show_list": 0,
			"web_form_fields": [{"fieldname": "goals", "fieldtype": "Small Text", "label": "Goals"}],
		}
	).insert(ignore_permissions=True)
