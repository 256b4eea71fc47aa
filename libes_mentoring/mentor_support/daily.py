"""The room's daily job: pauses that are over, and claims, posts and quiet flags that have waited too long."""

from frappe.utils import getdate

from libes_mentoring.mentor_support import board_reminders, expenses, pausing, wellbeing


def daily() -> None:
	"""Scheduled once a day; committed one by one, so that a stop loses nothing and a second run tells nobody twice."""
	today = getdate()
	pausing.remind(today)
	expenses.remind(today)
	board_reminders.remind(today)
	wellbeing.remind(today)
