"""How long a record check counts, and how old an extract may be when it is seen. Pure.

Both differ from country to country, so they are settings (Record Check Rule); a rule without a country is for all
the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from libes_mentoring.mentoring_relationship.rhythm import add_months

NOTHING_FOUND, TO_BE_DISCUSSED = "Nothing found", "To be discussed"
ACCEPTED, NOT_ACCEPTED = "Accepted after discussion", "Not accepted"
# What only two people decide, never one.
OF_A_REVIEW = (ACCEPTED, NOT_ACCEPTED)
# Days before its end on which somebody is asked for a new extract.
REMIND_DAYS_BEFORE = (60, 30, 7)


@dataclass(frozen=True)
class Validity:
	"""Months counted from the day of issue; 0 for `max_age_months` sets no limit."""

	valid_months: int = 24
	max_age_months: int = 3


def rule_for(country: str | None, rules: Iterable[tuple[str | None, Validity]]) -> Validity:
	"""The country's rule, or the one that names no country, or the usual one where there is neither."""
	by_country = dict(rules)
	return by_country.get(country or "") or by_country.get("") or by_country.get(None) or Validity()


def renew_by(issued_on: date, rule: Validity) -> date:
	"""The last day on which the check counts."""
	return add_months(issued_on, rule.valid_months)


def is_too_old(issued_on: date, seen_on: date, rule: Validity) -> bool:
	"""Whether the extract was older than allowed on the day when it was seen."""
	return bool(rule.max_age_months) and seen_on > add_months(issued_on, rule.max_age_months)


def due_reminder(renew_by: date, reminded_before: int, today: date) -> int | None:
	"""Which of the reminders (days before the end) is due now, where `reminded_before` was the last one; else None.

	0 for `reminded_before` means none yet. A job that did not run for weeks gives the nearest one only.
	"""
	left = (renew_by - today).days
	if left < 0:
		return None
	reached = [days for days in REMIND_DAYS_BEFORE if left <= days]
	if not reached or (reminded_before and min(reached) >= reminded_before):
		return None
	return min(reached)
