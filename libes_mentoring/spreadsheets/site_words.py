"""What an import needs to know of the site: its word lists, who is already here, and the uploaded file."""

from __future__ import annotations

import hashlib
import hmac
import inspect
from collections import Counter
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import getdate
from frappe.utils.password import get_encryption_key

from libes_mentoring.access.roles import SOCIAL_WORKER
from libes_mentoring.spreadsheets.columns import MENTEE, MENTOR
from libes_mentoring.spreadsheets.keys import keys_of
from libes_mentoring.spreadsheets.people import Lookups
from libes_mentoring.spreadsheets.vocabulary import folded


def lookups(default_caregiver: str | None) -> Lookups:
	"""The word lists of the site by every spelling that they know."""
	return Lookups(
		languages=_word_list("Mentoring Language", "language_name", "code"),
		interests=_word_list("Mentoring Interest", "interest_name"),
		support_areas=_word_list("Mentoring Support Area", "area_name"),
		countries={folded(name): name for name in frappe.get_all("Country", pluck="name")},
		caregivers=_caregivers(),
		partner_organisations={
			folded(row.organisation_name): row.name
			for row in frappe.get_all(
				"Partner Organisation", filters={"active": 1}, fields=["name", "organisation_name"]
			)
		},
		default_caregiver=default_caregiver,
	)


def _word_list(doctype: str, *fields: str) -> dict[str, str]:
	found: dict[str, str] = {}
	rows = frappe.get_all(doctype, fields=["name", "aliases", *fields], order_by="name asc")
	# Names come before other spellings: an alias never takes a word from the record of that name.
	for row in rows:
		found[folded(row.name)] = row.name
	for row in rows:
		for word in (*(row.get(field) or "" for field in fields), *(row.aliases or "").split(",")):
			if key := folded(word):
				found.setdefault(key, row.name)
	return found


def _caregivers() -> dict[str, str]:
	"""Enabled users with the role, by e-mail address and by full name where only one has it."""
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	rows = (
		frappe.qb.from_(user)
		.inner_join(role)
		.on((role.parent == user.name) & (role.parenttype == "User"))
		.select(user.name, user.email, user.full_name)
		.where((user.enabled == 1) & (role.role == SOCIAL_WORKER))
		.run(as_dict=True)
	)
	names = Counter(folded(row.full_name or "") for row in rows)
	found = {folded(row.full_name): row.name for row in rows if names[folded(row.full_name or "")] == 1}
	for row in rows:
		found[folded(row.name)] = row.name
		if row.email:
			found[folded(row.email)] = row.name
	found.pop("", None)
	return found


def salt() -> bytes:
	"""The site's own secret for keys of people, so that keys of two sites cannot be compared."""
	return hmac.new(get_encryption_key().encode(), b"libes_mentoring spreadsheets", hashlib.sha256).digest()


def known_keys(programme: str) -> set[str]:
	"""The keys of everybody in a programme, also of those who were entered by hand.

	Only this programme: an import must not tell who is in another one. The rows are read with a lock, which
	shows what an import that ran a moment ago has stored.
	"""
	mentor, mentee = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentee")
	case_file = frappe.qb.DocType("Mentee Case File")
	mentors = (
		frappe.qb.from_(mentor)
		.select(mentor.import_key, mentor.full_name, mentor.birth_date, mentor.email)
		.where(mentor.programme == programme)
	)
	# Read past permissions: nothing but whether a row of the importer's own sheet is here leaves this room.
	mentees = (
		frappe.qb.from_(case_file)
		.inner_join(mentee)
		.on(mentee.name == case_file.mentee)
		.select(case_file.import_key, case_file.full_name, case_file.birth_date)
		.where(mentee.programme == programme)
	)
	found = set(keys_of_rows(MENTOR, _locked(mentors))) | set(keys_of_rows(MENTEE, _locked(mentees)))
	return found - {None, ""}


def _locked(query) -> list[dict]:
	if frappe.db.db_type == "mariadb":
		query = query.for_update()
	return query.run(as_dict=True)


def keys_of_rows(side: str, rows: Iterable[dict]) -> Iterable[str | None]:
	"""Every key of people who are here: as imported, and as they are written now."""
	secret = salt()
	for row in rows:
		yield row.import_key
		born = getdate(row.birth_date) if row.birth_date else None
		yield from keys_of(side, secret, row.full_name or "", born, row.get("email"))


def adopt_upload(doc) -> None:
	"""The file that its user has just uploaded for this import hangs at it from now on.

	It was uploaded before the import had a name. Early releases would make a second, public entry for it.
	"""
	rows = frappe.get_all(
		"File",
		filters={"file_url": doc.workbook, "owner": frappe.session.user, "is_private": 1},
		fields=["name", "attached_to_doctype", "attached_to_name"],
	)
	for row in rows:
		unsaved = row.attached_to_doctype == doc.doctype and str(row.attached_to_name).startswith("new-")
		if unsaved or not row.attached_to_name:
			place = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
			frappe.db.set_value("File", row.name, {**place, "attached_to_field": "workbook"})


def content_of(doc) -> tuple[str, bytes]:
	"""Name and bytes of the import's own file. It must be private and uploaded by the user who imports it.

	An entry of one's own is taken where it hangs at this import, or where nobody else has one for the same file.
	"""
	url = doc.workbook or ""
	rows = frappe.get_all(
		"File",
		filters={"file_url": url},
		fields=["name", "file_url", "owner", "is_private", "attached_to_doctype", "attached_to_name"],
		order_by="is_private desc, creation desc",
	)
	# The database compares addresses without regard to capitals; the disk does not.
	rows = [row for row in rows if row.file_url == url]
	own = [row for row in rows if row.owner == frappe.session.user]
	here = [row for row in own if (row.attached_to_doctype, row.attached_to_name) == (doc.doctype, doc.name)]
	files = here or (own if len(own) == len(rows) else [])
	if url.startswith("/files/") or (files and not files[0].is_private):
		frappe.throw(_("This file is public. Delete it, then attach it again as a private file."))
	if not files or not url.startswith("/private/files/"):
		frappe.throw(_("Attach the file to this import yourself, as a private file."), frappe.PermissionError)
	file = frappe.get_doc("File", files[0].name)
	# Some versions try text encodings until one fits, which would spoil a workbook.
	plain = {"encodings": ()} if "encodings" in inspect.signature(file.get_content).parameters else {}
	content = file.get_content(**plain)
	return file.file_name, content.encode() if isinstance(content, str) else content
