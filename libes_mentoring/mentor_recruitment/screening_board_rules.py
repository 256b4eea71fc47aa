"""Where a candidate stands on the screening board: what blocks now, and since when. Pure: facts in, a place out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentor_recruitment.screening_rules import (
	AGREEMENT,
	APPLICATION,
	RECORD_CHECK,
	STEPS,
	MentorFacts,
	screening_blockers,
)

AVAILABLE, PAUSED, NOT_ON_BOARD = "Available", "Paused", ""
COLUMNS = (*STEPS, AVAILABLE, PAUSED)
# What stands in the application itself, and is put right there.
OF_THE_APPLICATION = ("no_birth_date", "minor", "too_little_time")
READY = Blocker("to_be_made_available")


@dataclass(frozen=True)
class Place:
	"""A column of the board, and what keeps the person there; nothing where the person can be matched or pauses.

	`since` is given where the facts say on which day it began to block, and is None where they do not.
	"""

	column: str
	blocker: Blocker | None = None
	since: date | None = None

	@property
	def code(self) -> str:
		"""The same for as long as the same thing blocks."""
		return f"{self.column}: {self.blocker.code}" if self.blocker else ""


def place(mentor: MentorFacts, required: Sequence[str], minimum_hours: float, today: date) -> Place:
	"""The column of a mentor: the first open step in the programme's order, or Available, or Paused.

	Who has left or was turned down is not on the board. Somebody available whose step has run out stands under
	that step again, since no new match is made until it is done.
	"""
	if mentor.stage == "Left" or mentor.excluded:
		return Place(NOT_ON_BOARD)
	if mentor.stage == "Paused":
		return Place(PAUSED)
	found = open_in_order(mentor, required, minimum_hours, today)
	if found:
		step, blocker = found[0]
		return Place(step, blocker, _since(mentor, step, blocker, today))
	if mentor.stage == "Available":
		return Place(AVAILABLE)
	return Place(required[-1] if required else APPLICATION, READY)


def open_in_order(
	mentor: MentorFacts, required: Sequence[str], minimum_hours: float, today: date
) -> list[tuple[str, Blocker]]:
	"""Everything that blocks, each with its step, in the programme's order; being turned down is no step."""
	order = {step: index for index, step in enumerate(required)}
	# What stands in the application comes first where the programme has no step of that name; the rest comes last.
	order.setdefault(APPLICATION, -1)
	found = [
		(step_of(blocker), blocker)
		for blocker in screening_blockers(mentor, tuple(required), minimum_hours, today)
		if blocker.code != "excluded"
	]
	return sorted(found, key=lambda pair: order.get(pair[0], len(order)))


def step_of(blocker: Blocker) -> str:
	"""The step under which a blocker is shown."""
	if blocker.params.get("step") in STEPS:
		return blocker.params["step"]
	if blocker.code.startswith("record_check_"):
		return RECORD_CHECK
	return APPLICATION if blocker.code in OF_THE_APPLICATION else AGREEMENT


def first_day(mentor: MentorFacts, applied_on: date | None, today: date) -> date:
	"""Since when somebody stands where they stand who is put on the board for the first time."""
	days = [step.done_on for step in mentor.steps.values() if step.done_on]
	return min(max([*days, *([applied_on] if applied_on else [])], default=today), today)


def _since(mentor: MentorFacts, step: str, blocker: Blocker, today: date) -> date | None:
	"""The day after the one on which a check, a step or a waiver ran out."""
	ends = [day for day in (blocker.params.get("date"), mentor.waivers.get(step)) if isinstance(day, date)]
	over = [day for day in ends if day < today]
	return max(over) + timedelta(days=1) if over else None
