"""Versions of the texts that people agree to.

Source: handbook, "Internal policies".
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring.mentoring_programme.policy_rules import Version, pick_language, text_fingerprint

DRAFT, IN_FORCE, REPLACED = "Draft", "In force", "Replaced"
CONSENT_OF_MENTEES, VOLUNTEER_AGREEMENT, OTHER = "Consent of mentees", "Volunteer agreement", "Other"
# Agreed to in another way: by a mentee's consent, and as part of the agreement that a mentor signs.
NOT_ASKED_OF_MENTORS = (CONSENT_OF_MENTEES, VOLUNTEER_AGREEMENT)


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
	if policy.status == DRAFT:
		# Given when it is put in force, and by nobody before.
		policy.version, policy.in_force_from = 0, None
	if policy.policy_kind in NOT_ASKED_OF_MENTORS:
		policy.asked_of_mentors = 0
	if (policy.grace_days or 0) < 0:
		frappe.throw(_("The days to accept a new version cannot be fewer than 0."))
	policy.text_hash = fingerprint(policy)


def refuse_deletion(policy) -> None:
	"""A text that somebody may have agreed to stays; a draft may go."""
	if policy.status != DRAFT:
		frappe.throw(_("A text that is or was in force is not deleted."), frappe.PermissionError)


def fingerprint(policy) -> str:
	"""SHA-256 over kind, languages and texts, in order of language: the same words give the same value."""
	parts = [policy.policy_kind, *(f"{row.language}\n{row.text}" for row in sorted_texts(policy))]
	return hashlib.sha256("\n\n".join(parts).encode()).hexdigest()


def sorted_texts(policy) -> list:
	return sorted(policy.texts, key=lambda row: row.language)


@frappe.whitelist(methods=["POST"])
def put_in_force(policy: str) -> int:
	"""Puts a draft in force from today and gives its version; the one before of the same kind is replaced.

	Raises PermissionError for who may not write it, ValidationError where it is no draft or has no text.
	"""
	doc = frappe.get_doc("Policy Document", policy)
	doc.check_permission("write")
	# Locked together: of two drafts that are put in force at the same moment, the second replaces the first.
	rows = frappe.db.get_values(
		"Policy Document", _series(doc), ["name", "status", "version"], as_dict=True, for_update=True
	)
	stored = {row.name: row for row in rows}
	if stored[doc.name].status != DRAFT:
		frappe.throw(_("Only a draft is put in force."))
	if not any((row.text or "").strip() for row in doc.texts):
		frappe.throw(_("Write the text in at least one language first."), frappe.MandatoryError)
	for row in rows:
		if row.status == IN_FORCE:
			older = frappe.get_doc("Policy Document", row.name)
			older.status, older.flags.by_procedure = REPLACED, True
			older.save()
	doc.status, doc.in_force_from = IN_FORCE, nowdate()
	doc.version = max((row.version or 0 for row in rows), default=0) + 1
	doc.flags.by_procedure = True
	doc.save()
	return doc.version


@frappe.whitelist(methods=["POST"])
def new_version(policy: str) -> str:
	"""A draft with the words of this version, to be changed and put in force; gives its name.

	Raises PermissionError for who may not make one.
	"""
	doc = frappe.get_doc("Policy Document", policy)
	doc.check_permission("read")
	draft = frappe.copy_doc(doc)
	draft.preset = None
	draft.insert()
	return draft.name


def in_force(kind: str) -> str | None:
	"""The text of a kind that is in force now; None where there is none."""
	return frappe.db.get_value(
		"Policy Document",
		{"policy_kind": kind, "status": IN_FORCE},
		"name",
		order_by="in_force_from desc, name desc",
	)


def asked_of_mentors() -> list[frappe._dict]:
	"""`[{"name", "title", "policy_kind", "version", "versions": [Version], "numbers"}]`: what mentors accept now.

	`versions` are all that were asked in this series up to the one in force, the oldest first; `numbers` gives the
	number of each by the name of its record.
	"""
	rows = frappe.get_all(
		"Policy Document",
		filters={"asked_of_mentors": 1, "status": ("in", (IN_FORCE, REPLACED))},
		fields=["name", "title", "policy_kind", "version", "status", "in_force_from", "grace_days"],
		order_by="version asc, name asc",
	)
	series: dict[tuple[str, ...], list] = {}
	for row in rows:
		series.setdefault(series_of(row), []).append(row)
	found = []
	for members in series.values():
		if members[-1].status == IN_FORCE:
			versions = [
				Version(row.version, getdate(row.in_force_from), row.grace_days or 0) for row in members
			]
			numbers = {row.name: row.version for row in members}
			found.append(frappe._dict(members[-1], versions=versions, numbers=numbers))
	return sorted(found, key=lambda row: (row.policy_kind, row.title))


def series_of(row) -> tuple[str, ...]:
	"""What the versions of one text have in common: the kind, and among the others the title too."""
	return (row.policy_kind, row.title) if row.policy_kind == OTHER else (row.policy_kind,)


def _series(policy) -> dict[str, str]:
	return dict(zip(("policy_kind", "title"), series_of(policy), strict=False))


def text_in(policy: str, wishes: list[str | None]) -> frappe._dict:
	"""`{"title", "version", "language", "languages", "text", "text_hash"}` in the first language wished for.

	`languages` are all that there is a text in. Raises ValueError where there is none at all.
	"""
	doc = frappe.get_cached_doc("Policy Document", policy)
	texts = {row.language: row.text for row in doc.texts}
	language = pick_language(list(texts), wishes)
	return frappe._dict(
		title=doc.title,
		version=doc.version,
		language=language,
		languages=list(texts),
		text=texts[language],
		text_hash=text_fingerprint(doc.title, language, texts[language]),
	)


def language_of_code(code: str | None) -> str | None:
	"""The Mentoring Language of a code such as "fr" or "fr-BE"; None where there is none."""
	if not code:
		return None
	return frappe.db.get_value("Mentoring Language", {"code": code.split("-")[0].lower()}, "name")
