"""What leaves the house says nothing of why people take part: the site's own list of words on top of ours."""

import frappe

from libes_mentoring.mentoring_programme.telling_words import telling_words_in


def telling_words(*texts: str | None) -> list[str]:
	"""The telling words of these texts, the organisation's further ones included; empty where there is none."""
	further = (frappe.db.get_single_value("Mentoring Settings", "telling_words") or "").splitlines()
	return telling_words_in("\n".join(filter(None, texts)), further)
