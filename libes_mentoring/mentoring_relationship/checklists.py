"""The checklists of a match: what the first meeting covers, and how a match is closed.

Sources: handbook, "Contemplation and initiation" and "Closure".
"""

from frappe import _


def first_meeting() -> list[str]:
	"""Items of the first meeting, in order, in the language of whoever makes the match."""
	return [
		_("Quiet, neutral place booked"),
		_("Member of staff will be there"),
		_("Mentor told what to expect"),
		_("Mentee told what to expect"),
		_("Hopes and goals of both talked through"),
		_("How often and how to meet agreed"),
		_("Papers signed"),
		_("Dates for check-ins agreed"),
		_("Talked about how a match ends"),
	]


def closure() -> list[str]:
	"""Steps that prepare the end of a match, in order."""
	return [
		_("Talk with the mentor alone"),
		_("Talk with the mentee alone"),
		_("Talk with both together"),
		_("Feedback written down"),
		_("Farewell held"),
		_("Ways to stay in touch agreed"),
		_("What both gave has been acknowledged"),
	]
