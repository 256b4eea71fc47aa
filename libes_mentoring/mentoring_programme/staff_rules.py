"""Who accompanies a programme's mentors, and whether they may turn to the professional at the mentee's side.

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
		"No contact": _(
			"To leave all contact with professionals around the mentee to the coordinator.", lang
		),
	}[rule]


def supervisor_of(programme) -> str:
	"""Who holds the talks with mentors: the supervisor among the programme's staff, else its coordinator."""
	named = (row.user for row in programme.staff if row.duty == "Supervisor")
	return next(named, programme.coordinator)
