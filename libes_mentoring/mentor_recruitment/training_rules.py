"""Which training counts, for how long, and when an attendance code works. Pure.

Source: handbook, "Training": before the first meeting, in a group or one to one, and on from there; nobody is
held up because the group has moved on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from libes_mentoring.mentoring_relationship.rhythm import add_months

INVITED, SIGNED_UP, ATTENDED, ABSENT, EXCUSED = STATUSES = (
	"Invited",
	"Signed up",
	"Attended",
	"Absent",
	"Excused",
)
# Still expected: nothing has been said of whether they came.
EXPECTED = (INVITED, SIGNED_UP)

PLANNED, HELD, CANCELLED = ("Planned", "Held", "Cancelled")
GROUP, INDIVIDUAL = ("Group", "Individual")

# A code works a little before and after, for those who are early and those whose phone was empty.
CODE_BEFORE, CODE_AFTER = timedelta(minutes=15), timedelta(minutes=30)
# Neither read nor typed wrongly: no 0 and O, no 1, I and L, no 5 and S, no 8 and B.
CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXYZ234679"
CODE_LENGTH = 6

# Whoever has hours to catch up on hears of it while there are still four months of the year.
REMIND_FROM_MONTH = 9


@dataclass(frozen=True)
class Attended:
	"""A module that somebody has attended on a day; `valid_months` of 0 counts for good."""

	module: str
	on: date
	valid_months: int = 0

	@property
	def valid_until(self) -> date | None:
		"""The last day on which it counts; None for ever."""
		return add_months(self.on, self.valid_months) if self.valid_months else None


@dataclass(frozen=True)
class Standing:
	"""Where somebody stands with the modules that are asked for before a match.

	`counts` holds, for each of them that is attended and still valid, what counts longest.
	"""

	required: tuple[str, ...] = ()
	counts: Mapping[str, Attended] = field(default_factory=dict)

	@property
	def missing(self) -> tuple[str, ...]:
		return tuple(module for module in self.required if module not in self.counts)

	@property
	def complete(self) -> bool:
		"""Everything asked for is attended. Where nothing is asked for, a person decides and no rule does."""
		return bool(self.required) and not self.missing

	@property
	def done_on(self) -> date | None:
		return max((row.on for row in self.counts.values()), default=None)

	@property
	def valid_until(self) -> date | None:
		"""The first of the last days: the whole counts until a part of it no longer does."""
		return min((row.valid_until for row in self.counts.values() if row.valid_until), default=None)


def standing(required: Iterable[str], attended: Iterable[Attended], today: date) -> Standing:
	"""What counts today of what was attended. Of a module attended twice, the time that counts longest."""
	required, counts = tuple(dict.fromkeys(required)), {}
	for row in sorted(attended, key=lambda row: row.on):
		if row.module not in required or (row.valid_until and row.valid_until < today):
			continue
		known = counts.get(row.module)
		if not known or (known.valid_until and (not row.valid_until or row.valid_until > known.valid_until)):
			counts[row.module] = row
	return Standing(required, counts)


def code_works(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
	return starts_at - CODE_BEFORE <= now <= ends_at + CODE_AFTER


def tidy_code(text: object) -> str:
	"""What was typed, as codes are stored: capitals, without blanks and hyphens."""
	return "".join(char for char in str(text or "").upper() if char.isalnum())


def asked_hours(begun_on: date | None, year: int, hours: float) -> float:
	"""Hours of continuing training asked in a calendar year: from the year after the first training on.

	Calendar years, since sessions are planned and reported by them; who begins in autumn owes nothing for the
	few weeks that are left.
	"""
	return hours if begun_on and begun_on.year < year else 0
