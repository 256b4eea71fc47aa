"""Threat: a private file is opened by whoever knows its address.

The framework lets everybody make a second entry for an address, and the owner of any entry for a file reads
the file. An address in an attachment field makes such an entry too. So an address is accepted only from
somebody who may already read what is there. Files at records of the app are private, always, and go with the
record: who no longer sees it does not read its files, not even those they brought themselves.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_url

from libes_mentoring.access import pointers
from libes_mentoring.access.policy import GUARDED_DOCTYPES
from libes_mentoring.access.request_values import texts

PRIVATE = "/private/files/"
# What an extract says is kept nowhere. Nothing else needs a file at a mentor either: what is signed has records of its
# own.
WITHOUT_FILES = ("Mentor", "Record Check Review")
# How the framework names an entry: a random word.
NAME_OF_ENTRY = re.compile(r"^[0-9a-z]{10}$")


def path_of(url: str | None) -> str:
	"""The address without the site's name, encoding and detours, as the disk will be asked for it."""
	path = url or ""
	while (plain := unquote(path)) != path:
		path = plain
	path = path.strip()
	# A site has several names, and a job knows another one than a request: whichever is written, the disk is ours.
	if path.lower().startswith(("http://", "https://")) and PRIVATE in path:
		path = path[path.index(PRIVATE) :]
	elif path.startswith(get_url()):
		path = path[len(get_url()) :]
	return posixpath.normpath("/" + path.lstrip("/")) if path.startswith("/") else path


def entries_of(path: str, besides: str | None = None) -> list[Document]:
	"""All entries for exactly this file; the database would take capitals for small letters."""
	rows = frappe.get_all("File", filters={"file_url": path}, fields=["name", "file_url"])
	names = [row.name for row in rows if row.file_url == path and row.name != besides]
	return [frappe.get_doc("File", name) for name in names]


def may_use_address(url: str | None, user: str, besides: str | None = None) -> bool:
	"""Whether the user may read a file of this address already, or nobody has an entry for it."""
	path = path_of(url)
	if user == "Administrator" or not path.startswith(PRIVATE):
		return True
	entries = entries_of(path, besides)
	return not entries or any(_may_read(entry, user) for entry in entries)


def _may_read(entry: Document, user: str) -> bool:
	return bool(frappe.has_permission("File", "read", doc=entry, user=user))


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	"""What `pointers` says; and a new entry for a file that is there needs leave to read it.

	Asked before the framework has looked at the content, so two people may still upload the same bytes.
	"""
	user = user or frappe.session.user
	is_new = isinstance(doc, Document) and (ptype == "create" or doc.is_new())
	if is_new and not may_use_address(doc.get("file_url"), user, doc.name):
		return False
	return pointers.has_permission(doc, ptype, user)


def guard_download() -> None:
	"""Refuse a request that names a file at a record that the user does not see (hook auth_hooks, on each request).

	The framework sends the bytes to the owner of any entry without asking the hooks, and some of its functions
	read any file that is named to them. This is the first place where it knows who asks, by whatever kind of login.
	"""
	for entries in requested():
		if not any(entry.attached_to_doctype in GUARDED_DOCTYPES for entry in entries):
			continue
		if not any(_may_read(entry, frappe.session.user) for entry in entries):
			frappe.throw(_("You may not read this file."), frappe.PermissionError)


def requested() -> Iterator[list[Document]]:
	"""The entries for each private file that the request names, by its address or by the name of its entry."""
	words = {frappe.request.path, *texts(frappe.form_dict)}
	for path in {path_of(word) for word in words if PRIVATE in unquote(word)}:
		yield entries_of(path)
	if names := [word for word in words if NAME_OF_ENTRY.match(word)]:
		for name in frappe.get_all("File", {"name": ("in", names)}, pluck="name"):
			yield [frappe.get_doc("File", name)]


def check_entry(doc: Document, method: str | None = None) -> None:
	"""Doc event before_validate of File: runs before the framework moves a file from private to public."""
	if doc.is_folder:
		return
	user, before = frappe.session.user, doc.get_doc_before_save()
	if not before and not doc.file_url and not doc.get("content"):
		# The framework would look for it on the disk and fail.
		frappe.throw(_("This file is empty. Choose the file again."), title=_("Not uploaded"))
	if not before and path_of(doc.file_url).startswith(PRIVATE):
		# Early releases make a second entry for an attachment field and forget to say that it is private.
		doc.is_private = 1
	if doc.attached_to_doctype in WITHOUT_FILES:
		frappe.throw(
			_("Nothing is attached here. No copy of an extract is kept: give it back to the person."),
			frappe.PermissionError,
		)
	if doc.attached_to_doctype in GUARDED_DOCTYPES:
		_check_attached(doc, user)
	if before and path_of(before.file_url) != path_of(doc.file_url):
		_check_address(doc, user)
	elif not before and doc.flags.ignore_permissions and not doc.flags.brought_bytes and _is_ours(doc):
		# Nobody has asked has_permission: an address from the field of some record comes along here.
		# (`brought_bytes`: the app stores what the user has sent, not an address.)
		_check_address(doc, user)
	if not cint(doc.is_private) and _is_ours(before or doc):
		_refuse_public()


def check_attachment_fields(doc: Document, method: str | None = None) -> None:
	"""Doc event validate of every DocType: an address in a field becomes an entry, or takes one over."""
	user = frappe.session.user
	if user == "Administrator" or doc.doctype == "File":
		return
	for field in doc.meta.get("fields", {"fieldtype": ("in", ("Attach", "Attach Image"))}):
		url = doc.get(field.fieldname)
		if not isinstance(url, str) or not path_of(url).startswith(PRIVATE):
			continue
		before = doc.get_doc_before_save()
		if (not before or before.get(field.fieldname) != url) and not may_use_address(url, user):
			_refuse_address()


def _check_attached(doc: Document, user: str) -> None:
	if not cint(doc.is_private):
		_refuse_public()
	name = str(doc.attached_to_name or "")
	if doc.flags.ignore_permissions or name.startswith(pointers.UNSAVED):
		return
	if not pointers.is_visible(doc.attached_to_doctype, name, user):
		frappe.throw(_("You may not attach a file to this record."), frappe.PermissionError)


def _is_ours(doc: Document) -> bool:
	"""Whether the file hangs at a record of the app, by this entry or by another one."""
	path = path_of(doc.file_url)
	return path.startswith(PRIVATE) and any(
		entry.attached_to_doctype in GUARDED_DOCTYPES for entry in entries_of(path, doc.name)
	)


def _check_address(doc: Document, user: str) -> None:
	if not may_use_address(doc.file_url, user, doc.name):
		_refuse_address()


def _refuse_address() -> None:
	frappe.throw(_("You may not use this file. Upload your own copy of it."), frappe.PermissionError)


def _refuse_public() -> None:
	frappe.throw(
		_("Files of the mentoring programme are private. Attach the file again as a private one."),
		frappe.PermissionError,
	)
