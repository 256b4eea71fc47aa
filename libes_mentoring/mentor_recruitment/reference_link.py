"""The link that a referee gets: unguessable, kept as a hash only, for one answer and for a number of days."""

import hashlib
import secrets

import frappe
from frappe.utils import add_days, get_url, getdate

from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_programme.settings import number_set

PATH = "/mentoring/reference"
LONGEST_KEY = 100


def renew(reference) -> str:
	"""A new link for a reference (a document, not saved here); the one before works no longer.

	The key stands nowhere but in what is returned.
	"""
	# Figures and letters alone: in the plain text of a mail the framework writes a backslash before a low line.
	key = secrets.token_hex(32)
	reference.token_hash = fingerprint(key)
	reference.link_expires_on = add_days(getdate(), max(number_set("reference_link_days"), 1))
	return get_url(f"{PATH}?key={key}")


def holder(key: object) -> str | None:
	"""The reference that this key may answer today.

	None alike for a key that is unknown, used, replaced or over, and where the candidate has left or was turned
	down meanwhile.
	"""
	if not isinstance(key, str) or not key or len(key) > LONGEST_KEY:
		return None
	row = frappe.db.get_value(
		"Mentor Reference",
		{"token_hash": fingerprint(key), "status": "Asked", "link_expires_on": (">=", getdate())},
		["name", "mentor"],
		as_dict=True,
	)
	return row.name if row and is_candidate(row.mentor) else None


def is_candidate(mentor: str) -> bool:
	"""Whether references are still asked for: not of somebody who has left or was turned down."""
	_rows, facts = screening.facts_by_mentor([mentor])
	return mentor in facts and facts[mentor].stage != "Left" and not facts[mentor].excluded


def fingerprint(key: str) -> str:
	return hashlib.sha256(key.encode()).hexdigest()
