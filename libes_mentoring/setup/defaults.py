"""Records that a site starts with. Every function may run again: what exists is left as it is."""

import json
from pathlib import Path

import frappe
from frappe.utils import getdate

from libes_mentoring.mentor_recruitment.record_check_rules import Validity
from libes_mentoring.mentor_recruitment.screening_board_rules import AVAILABLE, COLUMNS, PAUSED
from libes_mentoring.mentor_support.presets import preset
from libes_mentoring.setup.word_lists import GENDERS, INTERESTS, LANGUAGES, SUPPORT_AREAS

SCREENING_BOARD, BOARD_FIELD = "Mentor Screening", "screening_column"
COLUMN_COLOURS = {AVAILABLE: "Green", PAUSED: "Gray"}
# Under this name the site remembers which of its genders the app has brought.
ADDED_GENDERS = "libes_mentoring_added_genders"


def create_word_lists() -> None:
	for name, code, aliases in LANGUAGES:
		_add("Mentoring Language", name, {"language_name": name, "code": code, "aliases": aliases})
	for name, aliases in SUPPORT_AREAS:
		_add("Mentoring Support Area", name, {"area_name": name, "aliases": aliases})
	for name, aliases in INTERESTS:
		_add("Mentoring Interest", name, {"interest_name": name, "aliases": aliases})


def create_genders() -> None:
	"""The ones that Frappe's own set-up wizard makes, on a site where it has not run yet; noted as ours."""
	if not frappe.db.count("Gender"):
		for name in GENDERS:
			_add("Gender", name, {"gender": name})
		frappe.db.set_global(ADDED_GENDERS, json.dumps(GENDERS))


def create_care_resources() -> None:
	"""Tips for mentors' own care. One that was there once is not made again, whatever became of its words."""
	for position, tip in enumerate(preset("self_care")["resources"], start=1):
		if not frappe.db.exists("Self-care Resource", {"preset_key": tip["key"]}):
			values = {"title": tip["title"], "text": tip["text"], "position": 10 * position, "enabled": 1}
			# Set-up runs as part of an installation, before anybody has a role.
			frappe.get_doc(
				{"doctype": "Self-care Resource", "preset_key": tip["key"], **values}
			).insert(ignore_permissions=True)


def create_settings() -> None:
	settings = frappe.get_single("Mentoring Settings")
	if not settings.organisation_name:
		settings.organisation_name = frappe.db.get_default("company") or ""
		settings.save(ignore_permissions=True)


def create_record_check_rule() -> None:
	"""The usual rule, for every country that has none of its own; a table that holds lines is left alone."""
	settings = frappe.get_single("Mentoring Settings")
	if not settings.record_check_rules:
		usual = Validity()
		settings.append(
			"record_check_rules",
			{
				# Said to be empty: else the framework fills in the country of the site.
				"country": "",
				"valid_months": usual.valid_months,
				"max_age_at_inspection_months": usual.max_age_months,
			},
		)
		settings.save(ignore_permissions=True)


def create_screening_board() -> None:
	"""The board of the screening, which every coordinator sees; a board that is there stays as it was arranged."""
	if frappe.db.exists("Kanban Board", SCREENING_BOARD):
		return
	board = frappe.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": SCREENING_BOARD,
			"reference_doctype": "Mentor",
			"field_name": BOARD_FIELD,
			# A board that is not private is seen by everybody; its cards are asked for with each user's own rights.
			"private": 0,
			"show_labels": 0,
			"filters": json.dumps([["Mentor", BOARD_FIELD, "is", "set"]]),
			"fields": json.dumps(["blocked_by", "blocked_since"]),
			"columns": [
				{"column_name": column, "status": "Active", "indicator": COLUMN_COLOURS.get(column, "Blue")}
				for column in COLUMNS
			],
		}
	)
	board.insert(ignore_permissions=True)
	for column in board.columns:
		# The framework keeps names in an order of its own; here those who wait longest come first.
		column.db_set("order", "[]")


def create_training_modules() -> None:
	"""The modules of training_modules.json, by their keys: what the organisation has changed stays as it is."""
	modules = json.loads((Path(__file__).parent / "training_modules.json").read_text())["modules"]
	known = set(frappe.get_all("Training Module", filters={"preset_key": ("is", "set")}, pluck="preset_key"))
	for number, module in enumerate(modules, start=1):
		if module["preset_key"] not in known:
			values = {**module, "topics": "\n".join(module["topics"]), "sequence": number, "active": 1}
			frappe.get_doc({"doctype": "Training Module", **values}).insert(ignore_permissions=True)
def create_interview_guide() -> None:
	"""The guide of interview_guide.json, by its key: in force where no other is, else a draft to look at."""
	values = json.loads((Path(__file__).parent / "interview_guide.json").read_text())
	if frappe.db.exists("Interview Guide", {"preset": values["preset"]}):
		return
	# A guide of the organisation's own under the same title counts on.
	versions = frappe.get_all("Interview Guide", {"guide_title": values["guide_title"]}, pluck="version")
	first = not frappe.db.exists("Interview Guide", {"status": "In force"})
	guide = frappe.get_doc(
		{
			"doctype": "Interview Guide",
			**values,
			"version": max(versions, default=0) + 1,
			"status": "In force" if first else "Draft",
			"in_force_from": getdate() if first else None,
		}
	)
	guide.flags.by_procedure = True
	# Set-up runs as part of an installation, before anybody has a role.
	guide.insert(ignore_permissions=True)


def _add(doctype: str, name: str, values: dict) -> None:
	if not frappe.db.exists(doctype, name):
		# Set-up runs as part of an installation, before anybody has a role.
		frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
