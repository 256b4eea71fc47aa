"""Our own texts and lists, as versioned data of the app (`presets/`): a start that an organisation makes its own."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import frappe
from frappe import _

from libes_mentoring.mentoring_programme.policies import NOT_ASKED_OF_MENTORS
from libes_mentoring.mentoring_programme.policy_rules import as_html, pick_language

FOLDER = Path(__file__).parent / "presets"


@cache
def texts() -> tuple[dict[str, Any], ...]:
	"""Every text of `presets/policies`: key, version, policy_kind, title, and blocks by language."""
	return tuple(json.loads(path.read_text()) for path in sorted((FOLDER / "policies").glob("*.json")))


@cache
def _lists(name: str) -> dict[str, Any]:
	return json.loads((FOLDER / f"{name}.json").read_text())


def lists(name: str, *languages: str | None) -> tuple[int, dict[str, Any]]:
	"""The version and the words of `presets/<name>.json` in the first of the languages that it knows."""
	preset = _lists(name)
	return preset["version"], preset["languages"][pick_language(list(preset["languages"]), languages)]


@frappe.whitelist(methods=["POST"])
def use_our_texts() -> list[str]:
	"""Makes a draft of each of our texts that the site has none of yet, and gives the drafts' names.

	Raises PermissionError for who may not make a Policy Document.
	"""
	if not frappe.has_permission("Policy Document", "create"):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	return create_drafts()


def create_drafts() -> list[str]:
	"""Drafts of our texts: none twice in the same version of ours. Nobody is asked for one before it is in force."""
	made = []
	for text in texts():
		preset = f"{text['key']} {text['version']}"
		if frappe.db.exists("Policy Document", {"preset": preset}):
			continue
		doc = frappe.get_doc(
			{
				"doctype": "Policy Document",
				"title": text["title"],
				"policy_kind": text["policy_kind"],
				"asked_of_mentors": int(text["policy_kind"] not in NOT_ASKED_OF_MENTORS),
				"preset": preset,
				"texts": [
					{"language": language, "text": as_html(blocks)}
					for language, blocks in text["texts"].items()
				],
			}
		)
		# Set-up runs before anybody has a role; the function that a browser calls has asked before.
		made.append(doc.insert(ignore_permissions=True).name)
	return made
