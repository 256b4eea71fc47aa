"""The contact rhythm: when a coordinator speaks with the people of a match. Pure.

Source: handbook, "Contemplation and initiation": a first contact within two weeks of the match, follow-up at
short intervals for some months, then about once a month once the relationship stands. The second contact
falls within the first month. All figures are the programme's own.
"""

from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import date, timedelta

FIRST, SECOND, BUILDING, STEADY = "First contact", "Second contact", "Building", "Steady"


@dataclass(frozen=True)
class Rhythm:
	"""First and second contact in days after the match, then weeks, then months."""

	first_contact_days: int = 14
	second_contact_days: int = 30
	building_interval_weeks: int = 2
	building_months: int = 3
	steady_interval_months: int = 1

	def __post_init__(self) -> None:
		if self.second_contact_days < self.first_contact_days:
			raise ValueError("the second contact cannot come before the first")
		if min(self.first_contact_days, self.building_months) < 0:
			raise ValueError("a rhythm has no negative figures")
		if min(self.building_interval_weeks, self.steady_interval_months) < 1:
			raise ValueError("an interval is at least one week or one month")


# A programme's fields of the same names hold its own figures.
RHYTHM_FIELDS = tuple(field.name for field in fields(Rhythm))


@dataclass(frozen=True)
class Contact:
	"""A contact due on `due_on`, of the phase `kind`."""

	kind: str
	due_on: date


def add_months(day: date, months: int) -> date:
	"""The same day `months` later, or the last day of that month where it has no such day."""
	years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
	return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def contacts(matched_on: date, until: date, rhythm: Rhythm) -> list[Contact]:
	"""All contacts from the match to `until` (inclusive), in order.

	The first is always there, even where the match is shorter than its interval.
	"""
	first = matched_on + timedelta(days=rhythm.first_contact_days)
	second = matched_on + timedelta(days=rhythm.second_contact_days)
	found = [Contact(FIRST, first)]
	if second > first and second <= until:
		found.append(Contact(SECOND, second))
	due, building_ends = second, add_months(matched_on, rhythm.building_months)
	while (due := due + timedelta(weeks=rhythm.building_interval_weeks)) <= min(building_ends, until):
		found.append(Contact(BUILDING, due))
	found.extend(_steady(found[-1].due_on, until, rhythm))
	return found


def next_contact(after: date, rhythm: Rhythm) -> Contact:
	"""The next steady contact after `after`, for a match that outlasts its plan."""
	return Contact(STEADY, add_months(after, rhythm.steady_interval_months))


def _steady(last: date, until: date, rhythm: Rhythm) -> list[Contact]:
	found, step = [], rhythm.steady_interval_months
	while (due := add_months(last, step)) <= until:
		found.append(Contact(STEADY, due))
		step += rhythm.steady_interval_months
	return found
