"""When a meeting of the two should have come: from the rhythm they agreed on, with time to spare. Pure.

Source: handbook, "Contemplation and initiation" (frequency agreed at the first meeting) and "Consolidation" (contact
that stays consistent). Nobody is late for a week: what matters is that somebody asks when it has become quiet.
"""

from datetime import date, timedelta
from math import ceil

DAYS_IN_A_MONTH = 30.44
# Nobody counts days: a meeting that slips a week is no sign of anything.
LEAST_GRACE_DAYS = 7
# Of a first meeting, time to write down that it took place.
NOTING_DAYS = 3
LEAST_A_MONTH, MOST_A_MONTH = 0.1, 31


def gap_days(meetings_per_month: float) -> int:
	"""Days from one meeting to the next. Raises ValueError for a rhythm that is none."""
	if not LEAST_A_MONTH <= meetings_per_month <= MOST_A_MONTH:
		raise ValueError(f"{meetings_per_month} meetings a month are no rhythm")
	return ceil(DAYS_IN_A_MONTH / meetings_per_month)


def grace_days(meetings_per_month: float) -> int:
	"""Days to spare after the expected day: half the gap again, a week at least."""
	return max(gap_days(meetings_per_month) // 2, LEAST_GRACE_DAYS)


def expected_by(last_met: date, meetings_per_month: float, planned: date | None = None) -> date:
	"""The last day on which the next meeting is still in time; quiet begins the day after.

	`planned` is the day for which the two have arranged the next one: a longer break that was agreed is no silence.
	"""
	by = last_met + timedelta(days=gap_days(meetings_per_month) + grace_days(meetings_per_month))
	return max(by, planned + timedelta(days=LEAST_GRACE_DAYS)) if planned and planned > last_met else by


def first_expected_by(matched_on: date, within_days: int, planned: date | None) -> date | None:
	"""By when a first meeting is planned, or, once it is, noted. None where the programme sets no time."""
	if planned:
		return planned + timedelta(days=NOTING_DAYS)
	return matched_on + timedelta(days=within_days) if within_days > 0 else None


def days_late(expected: date | None, today: date) -> int:
	"""Days since a meeting should have come; zero or less is in time, and 0 where nothing is expected."""
	return (today - expected).days if expected else 0
