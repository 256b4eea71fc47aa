"""What leaves the house says nothing of why people take part: the site's own list of words on top of ours."""

import frappe
from frappe import _

from libes_mentoring.mentoring_programme.telling_words import telling_words_in


def telling_words(*texts: str | None) -> list[str]:
	"""The telling words of these texts, the organisation's further ones included; empty where there is none."""
	further = (frappe.db.get_single_value("Mentoring Settings", "telling_words") or "").splitlines()
	return telling_words_in("\n".join(filter(None, texts)), further)


def refuse_telling_words(*texts: str | None, where: str | None = None) -> None:
	"""Refuses texts for volunteers that say why people take part. Raises ValidationError with the words.

	`where` names the place of the texts, where a record has several.
	"""
	if found := telling_words(*texts):
		words = ", ".join(dict.fromkeys(found))
		frappe.throw(
			_("{0} says why people take part: {1}. Volunteers read it.").format(where, words)
			if where
			else _("Volunteers read this, and it says why people take part: {0}.").format(words),
			title=_("Please choose other words"),
		)
