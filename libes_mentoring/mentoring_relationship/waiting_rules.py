"""How long somebody waits for a match. Pure.

Days count while a match is possible for the person. A pause, or a consent that no longer holds, stops the clock; what
was waited before counts again afterwards. A match sets it back to zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median


@dataclass(frozen=True)
class Waiting:
	"""`since` while waiting, as if it had been without a break; `before` are days waited, while it stands still."""

	since: date | None = None
	before: int = 0


NOT_YET = Waiting()


def waiting_days(since: date | None, today: date) -> int:
	"""Whole days from `since` to `today`; 0 for somebody who does not wait, and never less."""
	return max((today - since).days, 0) if since else 0


def carry_on(now: Waiting, waits: bool, today: date) -> Waiting:
	"""What is kept after a change: the clock runs on, starts (with the days from before), or stands still."""
	if waits:
		return now if now.since else Waiting(today - timedelta(days=now.before))
	return Waiting(before=waiting_days(now.since, today)) if now.since else now


def summary(days: Iterable[int]) -> tuple[int, float | None, int | None]:
	"""How many, their median, and the longest."""
	values = list(days)
	return (len(values), median(values), max(values)) if values else (0, None, None)
