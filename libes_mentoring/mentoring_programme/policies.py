"""Versions of the texts that people agree to.

Source: handbook, "Internal policies".
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import nowdate

DRAFT, IN_FORCE, REPLACED = "Draft", "In force", "Replaced"
CONSENT_OF_MENTEES = "Consent of mentees"


def check(policy) -> None:
	"""Refuses any change to a text that somebody may have agreed to."""
	before = policy.get_doc_before_save()
	if before and before.status != DRAFT and not policy.flags.by_procedure:
		frappe.throw(_("A text that is or was in force never changes. Make a new version instead."))
	if (before or policy).status != policy.status and not policy.flags.by_procedure:
		policy.status = before.status
	if not before:
		policy.status = DRAFT
	languages = [row.language for row in policy.texts]
	if len(set(languages)) < len(languages):
		frappe.throw(_("There are two texts in the same language."))
	policy.text_hash = fingerprint(policy)


def fingerprint(policy) -> str:
	"""SHA-256 over kind, languages and texts, in order of language: the same words give the same value."""
	parts = [policy.policy_kind, *(f"{row.language}\n{row.text}" for row in sorted_texts(policy))]
	return hashlib.sha256("\n\n".join(parts).encode()).hexdigest()


def sorted_texts(policy) -> list:
	return sorted(policy.texts, key=lambda row: row.language)


@frappe.whitelist(methods=["POST"])
def put_in_force(policy: str) -> int:
	"""Puts a draft in force from today and gives its version; the one before of the same kind is replaced.

	Raises PermissionError for who may not write it, ValidationError where it is no draft.
	"""
	doc = frappe.get_doc("Policy Document", policy)
	doc.check_permission("write")
	if doc.status != DRAFT:
		frappe.throw(_("Only a draft is put in force."))
	versions = frappe.get_all("Policy Document", {"policy_kind": doc.policy_kind}, pluck="version")
	for name in frappe.get_all(
		"Policy Document", {"policy_kind": doc.policy_kind, "status": IN_FORCE}, pluck="name"
	):
		older = frappe.get_doc("Policy Document", name)
		older.status, older.flags.by_procedure = REPLACED, True
		older.save()
	doc.status, doc.version, doc.in_force_from = IN_FORCE, max(versions, default=0) + 1, nowdate()
	doc.flags.by_procedure = True
	doc.save()
	return doc.version
