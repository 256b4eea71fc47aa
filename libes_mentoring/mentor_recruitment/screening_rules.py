"""What stands between a mentor and a match. Pure: facts in, blockers out.

Sources: handbook, "Recruitment tools and channels" (steps), "What makes a good mentor?" (minors, time).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from libes_mentoring.blocker import Blocker

ADULT_AGE = 18
# More is a slip of the keyboard, by hand as in a spreadsheet.
MAX_CAPACITY = 20

APPLICATION, RECORD_CHECK, REFERENCES = "Application", "Record check", "References"
INTERVIEW, TRAINING, AGREEMENT = "Interview", "Training", "Agreement"
STEPS = (APPLICATION, RECORD_CHECK, REFERENCES, INTERVIEW, TRAINING, AGREEMENT)

CLEARED_RECORD = ("Nothing found", "Accepted after discussion")
REFUSED_RECORD = "Not accepted"
# A waiver stands in for what was not done in time. What a person has decided, or must decide, it never overturns.
WAIVABLE = (
	"step_missing",
	"step_expired",
	"record_check_missing",
	"record_check_no_expiry",
	"record_check_expired",
)


@dataclass(frozen=True)
class Step:
	"""The outcome of one screening step, with the day after which it no longer counts."""

	outcome: str = "Open"
	done_on: date | None = None
	valid_until: date | None = None


@dataclass(frozen=True)
class MentorFacts:
	"""What the rules need to know of a mentor. Dates are calendar days, hours are per month."""

	stage: str
	birth_date: date | None = None
	hours_per_month: float | None = None
	record_check_outcome: str | None = None
	record_check_renew_by: date | None = None
	excluded: bool = False
	steps: Mapping[str, Step] = field(default_factory=dict)
	# Step → the last day on which a manager's waiver stands in for it.
	waivers: Mapping[str, date] = field(default_factory=dict)
	# What other rooms have found: policies to be read anew, for one. `params["step"]` names the step it belongs to.
	extra: tuple[Blocker, ...] = ()


def age_on(birth_date: date, day: date) -> int:
	"""Age in whole years on a day; who is born on 29 February comes of age on 1 March."""
	return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def screening_blockers(
	mentor: MentorFacts, required: tuple[str, ...], minimum_hours: float, today: date
) -> list[Blocker]:
	"""Every blocker of the screening itself, whatever the stage; empty where nothing is missing."""
	found = []
	if mentor.excluded:
		found.append(Blocker("excluded"))
	if mentor.birth_date is None:
		found.append(Blocker("no_birth_date"))
	elif age_on(mentor.birth_date, today) < ADULT_AGE:
		found.append(Blocker("minor"))
	if mentor.hours_per_month is not None and mentor.hours_per_month < minimum_hours:
		found.append(Blocker("too_little_time", {"hours": mentor.hours_per_month, "minimum": minimum_hours}))
	for name in required:
		found.extend(step_blockers(mentor, name, today))
	return [*found, *mentor.extra]


def step_blockers(mentor: MentorFacts, name: str, today: date) -> list[Blocker]:
	"""What is missing of one step; nothing where a waiver stands in for it today."""
	found = _record_check(mentor, today) if name == RECORD_CHECK else _step(name, mentor.steps.get(name), today)
	until = mentor.waivers.get(name)
	if until and today <= until:
		return [blocker for blocker in found if blocker.code not in WAIVABLE]
	return found


def matching_blockers(
	mentor: MentorFacts, required: tuple[str, ...], minimum_hours: float, today: date
) -> list[Blocker]:
	"""Every blocker to a new match: the screening's, and the mentor's own stage."""
	found = screening_blockers(mentor, required, minimum_hours, today)
	if mentor.stage != "Available":
		found.insert(0, Blocker("not_available", {"stage": mentor.stage}))
	return found


def _record_check(mentor: MentorFacts, today: date) -> list[Blocker]:
	if not mentor.record_check_outcome:
		return [Blocker("record_check_missing")]
	if mentor.record_check_outcome == REFUSED_RECORD:
		return [Blocker("record_check_not_accepted")]
	if mentor.record_check_outcome not in CLEARED_RECORD:
		return [Blocker("record_check_open")]
	if mentor.record_check_renew_by is None:
		return [Blocker("record_check_no_expiry")]
	if mentor.record_check_renew_by < today:
		return [Blocker("record_check_expired", {"date": mentor.record_check_renew_by})]
	return []


def _step(name: str, step: Step | None, today: date) -> list[Blocker]:
	if step is None or step.outcome == "Open":
		return [Blocker("step_missing", {"step": name})]
	if step.outcome != "Passed":
		return [Blocker("step_not_passed", {"step": name})]
	if step.valid_until and step.valid_until < today:
		return [Blocker("step_expired", {"step": name, "date": step.valid_until})]
	return []
