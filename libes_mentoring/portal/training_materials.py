"""What a volunteer is given to read, and that it was read."""

import re

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from libes_mentoring.mentor_recruitment import training_modules, training_records
from libes_mentoring.mentor_recruitment.training_rules import EXCUSED
from libes_mentoring.portal import scope

FILE_PATH = "/api/method/libes_mentoring.portal.training_materials.material_file"


@frappe.whitelist(methods=["GET"])
def my_materials() -> list[dict]:
	"""Materials of the modules that the volunteer is asked to attend, is invited to or has attended.

	`[{"module" (its title), "materials": [{"material", "title", "language", "text", "link", "file_url",
	"needs_acknowledgement", "fingerprint", "acknowledged_on"}]}]`, in the order of the modules. Where a module has
	materials in several languages, the volunteer's own and those for everybody; where it has none in that language,
	all of them. Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	if scope.has_left(mentor):
		return []
	read = _acknowledged(mentor)
	found = []
	for module in _modules(mentor):
		shown = [_shown(row, read) for row in _in_own_language(module.materials)]
		if shown:
			found.append({"module": module.title, "materials": shown})
	return found


@frappe.whitelist(methods=["POST"])
def acknowledge(material: str, fingerprint: str) -> dict:
	"""Records that the volunteer has read one of the own materials, in the version with this fingerprint.

	Returns `{"material", "acknowledged_on"}`; twice is once. Raises PermissionError for a material that is not among
	the own ones, ValidationError where it was changed in the meantime.
	"""
	mentor, module, row = _own(material)
	if not row.needs_acknowledgement:
		scope.refuse()
	current = training_modules.fingerprint(row)
	if current != fingerprint:
		frappe.throw(
			_("This text was changed a moment ago. Please load the page again and read the new one.")
		)
	# Two taps arrive at the same moment: the second waits for the first here and then finds its line.
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	version = {"mentor": mentor, "material": row.name, "text_hash": current}
	known = frappe.db.get_value("Training Acknowledgement", version, "acknowledged_at", for_update=True)
	now = now_datetime()
	if not known:
		frappe.get_doc(
			{
				"doctype": "Training Acknowledgement",
				**version,
				"module": module.name,
				"material_title": row.title,
				"acknowledged_at": now,
			}
		).insert(
			ignore_permissions=True
		)  # a volunteer has no DocPerm; that it is the own material was checked above
	return {"material": row.name, "acknowledged_on": getdate(known or now)}


@frappe.whitelist(methods=["GET"])
def material_file(material: str) -> None:
	"""Downloads the file of one of the own materials. Raises PermissionError otherwise."""
	_mentor, module, row = _own(material)
	name = row.file and frappe.db.get_value(
		"File",
		{"file_url": row.file, "attached_to_doctype": "Training Module", "attached_to_name": module.name},
	)
	if not name:
		scope.refuse()
	file = frappe.get_doc("File", name)
	# It stands in a heading of the answer.
	frappe.local.response.filename = (
		re.sub(r"[^\w.-]+", "_", file.file_name or "", flags=re.ASCII) or "material"
	)
	frappe.local.response.filecontent = file.get_content()
	# Always saved, and never shown by the browser as a page of this site.
	frappe.local.response.type = "binary"


def _own(material: str):
	"""`(mentor, module, row)` of a material that the volunteer is given; "not yours" and "not there" are one answer."""
	mentor = scope.own_mentor()
	if not scope.has_left(mentor):
		for module in _modules(mentor):
			for row in module.materials:
				if row.name == str(material):
					return mentor, module, row
	return scope.refuse()


def _modules(mentor: str) -> list:
	"""Modules whose materials this volunteer is given, as documents and in their order."""
	programme = frappe.db.get_value("Mentor", mentor, "programme")
	# Read past permissions: the filter is the person asking.
	sessions = frappe.get_all(
		"Training Attendance", filters={"mentor": mentor, "status": ("!=", EXCUSED)}, pluck="session"
	)
	names = set(training_records.required_modules([programme]).get(programme, ()))
	for modules in training_records.modules_of(sessions).values():
		names.update(modules)
	ordered = frappe.get_all(
		"Training Module",
		filters={"name": ("in", list(names) or [""]), "active": 1},
		pluck="name",
		order_by="sequence asc, name asc",
	)
	return [frappe.get_cached_doc("Training Module", name) for name in ordered]


def _in_own_language(materials: list) -> list:
	language = frappe.db.get_value("Mentoring Language", {"code": (frappe.local.lang or "en").split("-")[0]})
	own = [row for row in materials if language and row.language == language]
	return [row for row in materials if not row.language or not own or row.language == language]


def _acknowledged(mentor: str) -> dict[tuple[str, str], object]:
	"""(material, fingerprint) → when it was read."""
	rows = frappe.get_all(
		"Training Acknowledgement",
		filters={"mentor": mentor},
		fields=["material", "text_hash", "acknowledged_at"],
	)
	return {(row.material, row.text_hash): row.acknowledged_at for row in rows}


def _shown(row, read: dict) -> dict:
	fingerprint = training_modules.fingerprint(row)
	read_at = read.get((row.name, fingerprint))
	return {
		"material": row.name,
		"title": row.title,
		"language": row.language or "",
		"text": row.text or "",
		"link": row.link or "",
		"file_url": f"{FILE_PATH}?material={row.name}" if row.file else "",
		"needs_acknowledgement": bool(row.needs_acknowledgement),
		"fingerprint": fingerprint,
		"acknowledged_on": getdate(read_at) if read_at else None,
	}
