"""How a mentor may reach the professional at the mentee's side: the programme's rule, in words.

Source: handbook, "Staff involved".
"""

from frappe import _


def contact_in_words(rule: str, lang: str | None = None) -> str:
	"""The programme's rule on a mentor's contact with the professional at the mentee's side, as a promise.

	`lang` is the code of the language to write in; the reader's own unless given.
	"""
	return {
		"Direct contact": _(
			"To turn to the professional who accompanies the mentee where it helps, and to tell the coordinator.",
			lang,
		),
		"Only through the coordinator": _(
			"To reach the professional who accompanies the mentee through the coordinator only.", lang
		),
		"No contact": _("To leave all contact with professionals around the mentee to the coordinator.", lang),
	}[rule]
