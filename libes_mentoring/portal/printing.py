"""A print format of the app as a PDF in the answer to a volunteer."""

import frappe
from bs4 import BeautifulSoup


def send_pdf(doctype: str, name: str, print_format: str, file_name: str) -> None:
	"""Answers the request with the PDF. Whoever calls has checked that the record is the volunteer's own."""
	# Imported here: on Frappe 16 this module opens a log file, which only works from within the sites folder.
	from frappe.utils.pdf import get_pdf

	frappe.local.response.filename = file_name
	frappe.local.response.filecontent = get_pdf(page(doctype, name, print_format))
	frappe.local.response.type = "pdf"


def page(doctype: str, name: str, print_format: str) -> str:
	"""The print format as HTML, whatever the user may print in the desk.

	Only the format itself is kept: the desk's frame loads style sheets from the site, and a site that cannot
	reach its own address would print nothing. It also notes the user's e-mail address, which is nobody's matter.
	"""
	before = frappe.flags.ignore_print_permissions
	# Print permission comes with a role's DocPerm, and volunteers have none. The format prints named facts only.
	frappe.flags.ignore_print_permissions = True
	try:
		framed = frappe.get_print(doctype, name, print_format, no_letterhead=1)
	finally:
		frappe.flags.ignore_print_permissions = before
	paper = BeautifulSoup(framed, "html5lib").find(class_="print-format")
	# Without the frame's own element: its margins are the paper's, and would be added to them.
	return (
		'<!DOCTYPE html><html><head><meta charset="utf-8"><style>body { margin: 0; }</style></head>'
		f"<body>{paper.decode_contents()}</body></html>"
	)
