"""The link that a referee gets: unguessable, kept as a hash only, for one answer and for a number of days."""

import frappe
from frappe.utils import add_days, get_url, getdate

from libes_mentoring.mentor_recruitment import link_key, screening
from libes_mentoring.mentoring_programme.settings import number_set

PATH = "/mentoring/reference"


def renew(reference) -> str:
	"""A new link for a reference (a document, not saved here); the one before works no longer.

	The record keeps a hash of the key. The key itself stands in what is returned, and in the mail queue where it is
	mailed: there until the framework clears the queue, or the candidate is erased.
	"""
	key = link_key.new()
	reference.token_hash = link_key.fingerprint(key)
	reference.link_expires_on = add_days(getdate(), max(number_set("reference_link_days"), 1))
	return get_url(f"{PATH}?key={key}")


def holder(key: object) -> str | None:
	"""The reference that this key may answer today.

	None alike for a key that is unknown, used, replaced or over, and where the candidate has left or was turned
	down meanwhile.
	"""
	if not link_key.is_one(key):
		return None
	row = frappe.db.get_value(
		"Mentor Reference",
		{"token_hash": link_key.fingerprint(key), "status": "Asked", "link_expires_on": (">=", getdate())},
		["name", "mentor"],
		as_dict=True,
	)
	return row.name if row and is_candidate(row.mentor) else None


def is_candidate(mentor: str) -> bool:
	"""Whether references are still asked for: not of somebody who has left or was turned down."""
	_rows, facts = screening.facts_by_mentor([mentor])
	return mentor in facts and facts[mentor].stage != "Left" and not facts[mentor].excluded
