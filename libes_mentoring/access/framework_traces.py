"""Frappe's own functions about what hangs on a record: likes, links, tags, messages, remarks.

Each stands in for the framework's function (access/framework_doors.py). For DocTypes of others it is the
framework's own answer, unchanged, but for rows that the user may not read.
"""

import frappe

from libes_mentoring.access.guarded_names import guarded, permitted_names, refuse, require_read


@frappe.whitelist(methods=["POST"])
def toggle_like(doctype: str, name: str, add: str | bool | int = False) -> None:
	"""Likes a record, or no longer. PermissionError where the user may not read it.

	Threat: Frappe lets any login write into any row, and tells its owner.
	"""
	ours = guarded(doctype)
	if ours:
		require_read(ours, name)
	frappe.get_attr("frappe.desk.like.toggle_like")(doctype, name, add)


@frappe.whitelist()
def get_linked(doctype: str, docname: str) -> dict:
	"""Records that link to one, by DocType: those the user may read. PermissionError where not the one itself.

	Threat: early releases of Frappe 15 list them to everybody, with comments, tags and tasks.
	"""
	ours = guarded(doctype)
	if ours:
		require_read(ours, docname)
	found = frappe.get_attr("frappe.desk.form.linked_with.get")(doctype, docname) or {}
	kept = {linked: _readable(linked, rows) for linked, rows in found.items()}
	return {linked: rows for linked, rows in kept.items() if rows}


def _readable(doctype: str, rows: list) -> list:
	names = [row.get("name") for row in rows]
	try:
		readable = set(
			frappe.get_list(doctype, filters={"name": ("in", names)}, pluck="name", limit_page_length=0)
		)
	except frappe.PermissionError:
		frappe.clear_last_message()
		return []
	return [row for row in rows if row.get("name") in readable]


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list:
	"""Names of the records that carry a tag: rows of one name.

	Threat: Frappe asks for a permission on the DocType only, and names hidden rows too.
	"""
	ours = guarded(doctype)
	if ours:
		return [(name,) for name in permitted_names(ours, {"_user_tags": ("like", tag)})]
	return frappe.get_attr("frappe.desk.doctype.tag.tag.get_tagged_docs")(doctype, tag)


@frappe.whitelist(methods=["POST"])
def relink(name: str, reference_doctype: str | None = None, reference_name: str | None = None) -> None:
	"""Moves a message to another record. PermissionError where the user may not read both.

	Threat: Frappe lets any login move any message to a record of their own, and so to their own eyes.
	"""
	before = frappe.db.get_value("Communication", name, ["reference_doctype", "reference_name"]) or (
		None,
		None,
	)
	for doctype, docname in (before, (reference_doctype, reference_name)):
		ours = guarded(doctype)
		if ours:
			require_read(ours, docname)
	frappe.get_attr("frappe.email.relink")(name, reference_doctype, reference_name)


@frappe.whitelist()
def get_reviews(doctype: str, docname: str) -> list:
	"""What people said when they gave points for a record. PermissionError where the user may not read it.

	Threat: Frappe gives the words at any record to any login.
	"""
	ours = guarded(doctype)
	if ours:
		require_read(ours, docname)
	try:
		function = frappe.get_attr("frappe.social.doctype.energy_point_log.energy_point_log.get_reviews")
	except ImportError:
		# Frappe 16 knows no points.
		return []
	return function(doctype, docname)


@frappe.whitelist(methods=["POST"])
def add_website_comment(
	comment: str,
	comment_email: str,
	comment_by: str,
	reference_doctype: str,
	reference_name: str,
	route: str | None = None,
):
	"""A remark under a page of the website, as HTML. PermissionError at a record of the app.

	Threat: Frappe lets any login write a remark at any row, under any name, and mails its title to its owner.
	"""
	if guarded(reference_doctype):
		refuse()
	return frappe.get_attr("frappe.templates.includes.comments.comments.add_comment")(
		comment, comment_email, comment_by, reference_doctype, reference_name, route
	)
