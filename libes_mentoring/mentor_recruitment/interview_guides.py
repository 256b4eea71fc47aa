"""Versions of the interview guide. One that was in force stays as it was, since scorecards were filled in by it."""

import frappe
from frappe import _
from frappe.utils import getdate

GUIDE = "Interview Guide"
DRAFT, IN_FORCE, REPLACED = "Draft", "In force", "Replaced"
TABLES = {
	"questions": ("topic", "question", "listen_for"),
	"qualities": ("quality", "anchor_1", "anchor_2", "anchor_3", "anchor_4"),
	"signs": ("sign", "talk_about"),
}


def check(guide) -> None:
	"""Refuses a change of a guide that is or was in force, and a quality or sign that stands there twice."""
	before = guide.get_doc_before_save()
	if not guide.flags.by_procedure:
		if before and before.status != DRAFT:
			frappe.throw(_("A guide that is or was in force never changes. Make a new version instead."))
		guide.update({"status": DRAFT, "in_force_from": None})
		guide.version = before.version if before else 1
		guide.preset = before.preset if before else None
	for table, field in (("qualities", "quality"), ("signs", "sign")):
		values = [(row.get(field) or "").strip().lower() for row in guide.get(table)]
		if len(set(values)) < len(values):
			frappe.throw(_("A quality or a sign stands there twice."))


@frappe.whitelist(methods=["POST"])
def put_in_force(guide: str) -> None:
	"""Puts a draft in force from today; the version before of the same title is replaced.

	Raises PermissionError for who may not write it, ValidationError where it is no draft.
	"""
	doc = frappe.get_doc(GUIDE, guide)
	doc.check_permission("write")
	versions = _locked_versions(doc.guide_title)
	doc = frappe.get_doc(GUIDE, guide, for_update=True)
	if doc.status != DRAFT:
		frappe.throw(_("Only a draft is put in force."))
	for name in [row.name for row in versions if row.status == IN_FORCE]:
		older = frappe.get_doc(GUIDE, name, for_update=True)
		older.status, older.flags.by_procedure = REPLACED, True
		older.save()
	doc.update({"status": IN_FORCE, "in_force_from": getdate()})
	doc.flags.by_procedure = True
	doc.save()


@frappe.whitelist(methods=["POST"])
def new_version(guide: str) -> str:
	"""A draft with the same content and the next number, and its name; a draft that is there already is given.

	Raises PermissionError for who may not write guides.
	"""
	doc = frappe.get_doc(GUIDE, guide)
	doc.check_permission("write")
	versions = _locked_versions(doc.guide_title)
	if draft := next((row.name for row in versions if row.status == DRAFT), None):
		return draft
	latest = max(row.version for row in versions)
	made = frappe.get_doc(
		{
			"doctype": GUIDE,
			"guide_title": doc.guide_title,
			"introduction": doc.introduction,
			"status": DRAFT,
			"version": latest + 1,
			**{
				table: [{field: row.get(field) for field in fields} for row in doc.get(table)]
				for table, fields in TABLES.items()
			},
		}
	)
	made.flags.by_procedure = True
	return made.insert().name


def _locked_versions(title: str) -> list[frappe._dict]:
	"""All versions of a guide as they are now: of two who move one at the same moment, the second waits here."""
	fields = ["name", "status", "version"]
	return frappe.db.get_values(
		GUIDE, {"guide_title": title}, fields, as_dict=True, for_update=True, order_by="name asc"
	)


def guide_for(programme: str) -> str | None:
	"""The guide for a programme's next interview: its own or the version that has replaced it, else the newest in force."""
	chosen = frappe.db.get_value("Mentoring Programme", programme, "interview_guide")
	filters = {"status": IN_FORCE}
	if chosen:
		title = frappe.db.get_value(GUIDE, chosen, "guide_title")
		if own := frappe.db.get_value(GUIDE, {**filters, "guide_title": title}):
			return own
	return frappe.db.get_value(GUIDE, filters, order_by="in_force_from desc, creation desc")
