"""The people as the engine sees them: no names, no past, only what matching needs.

Two rules hold for every field. What is not recorded is unknown (`None`, an empty set, an empty text) and is
never read as a "no" or guessed from something else. And nothing follows from a gender or a nationality: they
only matter where somebody has said that they do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from libes_mentoring.blocker import Blocker

from .refusals import Refused

MENTOR_KINDS = ("Local volunteer", "Survivor", "Migrant background")
MEDIA = ("In person", "Synchronous", "Asynchronous")
WISH_SUBJECTS = ("Gender", "Co-national", "Mentor kind", "Person", "Organisation")
WISH_STRENGTHS = ("Wanted", "Refused")
CHANNELS = ("Calls", "Video", "Messages", "Voice messages")
TALK_LENGTHS = ("Short", "Long")
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_PARTS = ("Morning", "Afternoon", "Evening")
GOOD_TIMES = ("Mornings", "Afternoons", "Evenings", "Weekends")
TECHNOLOGY_EASE = ("At ease", "With some help", "Not at ease")
PHASES = ("Company and language", "Practical steps")

#: What `MentorProfile.organisation` holds for a mentor known to come through no partner association.
#: (`None` says that nobody recorded it, and cannot stand up to a refusal of an organisation.)
IN_HOUSE = "In-house"

#: Answers that are recorded but tell nothing; a refusal cannot be checked against them.
UNTOLD = frozenset(
	{"", "unknown", "not known", "not recorded", "not stated", "prefer not to say", "no preference"}
)


def key(value: str | None) -> str | None:
	"""The form in which two values are compared: spelling variants agree, and an untold value is None."""
	if value is None:
		return None
	folded = " ".join(unicodedata.normalize("NFC", value).casefold().split())
	return None if folded in UNTOLD else folded


def in_week_order(slots: Iterable[str]) -> tuple[str, ...]:
	"""Times of the week ("Monday Morning") from Monday to Sunday; what is no such time comes last."""
	places = {f"{day} {part}": place for place, (day, part) in enumerate(product(WEEK, DAY_PARTS))}
	return tuple(sorted(slots, key=lambda slot: (places.get(slot, len(places)), slot)))


@dataclass(frozen=True)
class Wish:
	"""One thing that a person said about whom they want to be matched with, or never.

	`value` is the gender, mentor kind, person's id or organisation meant. "Co-national" means the person's own
	nationality; a value there names one more nationality. "Refused" is absolute. "Wanted" only adds to the score.
	"""

	about: str
	strength: str
	value: str | None = None

	def __post_init__(self) -> None:
		if self.about not in WISH_SUBJECTS:
			raise ValueError(f"A wish is about one of {', '.join(WISH_SUBJECTS)}, not {self.about!r}.")
		if self.strength not in WISH_STRENGTHS:
			raise ValueError(f"A wish is one of {', '.join(WISH_STRENGTHS)}, not {self.strength!r}.")

	@property
	def refused(self) -> bool:
		"""True for a refusal, False for something wanted."""
		return self.strength == "Refused"


@dataclass(frozen=True, kw_only=True, repr=False)
class MentorProfile:
	"""A volunteer. `languages` maps a language to 1 (basic) … 4 (native), or 0 where no level is recorded.

	`blockers` come from screening, training and availability. `running` counts the matches the mentor has now,
	`completed` those closed earlier; `available_on` is the day they became available, which only settles ties.
	`slots` are times of the week ("Monday Morning"), `commitment_months` how long the mentor can stay.
	`other_organisations` are ties beside `organisation` (work, association, family): an organisation that a mentee
	refuses, or whose people must not meet the mentee, is looked for in both.
	"""

	id: str
	programme: str
	kind: str
	gender: str | None = None
	nationality: str | None = None
	languages: Mapping[str, int] = field(default_factory=dict)
	support_areas: frozenset[str] = frozenset()
	interests: frozenset[str] = frozenset()
	media: frozenset[str] = frozenset()
	district: str | None = None
	organisation: str | None = None
	other_organisations: frozenset[str] = frozenset()
	hours_per_month: float | None = None
	meetings_per_month: float | None = None
	commitment_months: int | None = None
	slots: frozenset[str] = frozenset()
	channels: frozenset[str] = frozenset()
	talk_length: str | None = None
	places_left: int = 1
	blockers: tuple[Blocker, ...] = ()
	wishes: tuple[Wish, ...] = ()
	running: int = 0
	completed: int = 0
	available_on: date | None = None

	def __post_init__(self) -> None:
		sets = ("support_areas", "interests", "media", "slots", "channels", "other_organisations")
		_freeze(self, sets, ("blockers", "wishes"))

	def __repr__(self) -> str:
		return _brief(self)


@dataclass(frozen=True, kw_only=True, repr=False)
class MenteeProfile:
	"""A person waiting for a mentor. `support_areas` are the needs, `hours_per_month` the time wished for.

	`blockers` come from consent, readiness and running matches. `excluded_mentors` are safety exclusions
	(mentors' ids), `conflicting_organisations` those whose people must not meet the person. `max_distance` is the
	person's own limit, in the unit of `Rules.distances`. `phase` is what comes first now; nothing is assumed.
	`passed_over`: in how many last runs in a row nobody was found.
	"""

	id: str
	programme: str
	gender: str | None = None
	nationality: str | None = None
	languages: Mapping[str, int] = field(default_factory=dict)
	support_areas: frozenset[str] = frozenset()
	interests: frozenset[str] = frozenset()
	media: frozenset[str] = frozenset()
	district: str | None = None
	hours_per_month: float | None = None
	meetings_per_month: float | None = None
	slots: frozenset[str] = frozenset()
	good_times: str | None = None
	channels: frozenset[str] = frozenset()
	talk_length: str | None = None
	technology_ease: str | None = None
	phase: str | None = None
	ready_on: date | None = None
	blockers: tuple[Blocker, ...] = ()
	wishes: tuple[Wish, ...] = ()
	excluded_mentors: frozenset[str] = frozenset()
	conflicting_organisations: frozenset[str] = frozenset()
	max_distance: float | None = None
	passed_over: int = 0

	def __post_init__(self) -> None:
		sets = ("support_areas", "interests", "media", "slots", "channels")
		_freeze(self, (*sets, "excluded_mentors", "conflicting_organisations"), ("blockers", "wishes"))

	def __repr__(self) -> str:
		return _brief(self)


@dataclass(frozen=True)
class Rules:
	"""What the programme decided, and its coordinator for a run.

	`kinds`: the mentor kinds it works with (empty: all). `kind_by_phase`: how well a kind suits a mentee's phase,
	0 to 1; `kind_preference`: the same in any phase, where the first says nothing (both empty: no preference).
	`minimum_commitment_months`: how long a mentor should stay. `vetoed`: pairs (mentor's id, mentee's id) that the
	coordinator set aside. `distances`: known distances between two districts, either way round;
	`max_distance`: the farthest a pair may live apart (None: only a mentee's own limit counts).
	"""

	kinds: frozenset[str] = frozenset()
	kind_preference: Mapping[str, float] = field(default_factory=dict)
	distances: Mapping[tuple[str, str], float] = field(default_factory=dict)
	max_distance: float | None = None
	kind_by_phase: Mapping[tuple[str, str], float] = field(default_factory=dict)
	minimum_commitment_months: int | None = None
	vetoed: frozenset[tuple[str, str]] = frozenset()

	def __post_init__(self) -> None:
		_freeze(self, ("kinds", "vetoed"), ())
		by_phase = [(f"{kind} ({phase})", fit) for (phase, kind), fit in self.kind_by_phase.items()]
		for kind, fit in (*self.kind_preference.items(), *by_phase):
			if not 0 <= fit <= 1:
				raise ValueError(f"The preference for {kind} must lie between 0 and 1, not {fit}.")


def check_unique(people: Iterable[MentorProfile | MenteeProfile], what: str) -> None:
	"""Raises Refused where two people carry the same id: a refusal could then hit the wrong one."""
	seen: set[str | None] = set()
	for person in people:
		if key(person.id) is None:
			raise Refused(f"{what}_without_id")
		if key(person.id) in seen:
			raise Refused(f"{what}_twice", id=person.id)
		seen.add(key(person.id))


def _brief(person: MentorProfile | MenteeProfile) -> str:
	"""A person in a log or a traceback: the id, and nothing that was said in confidence."""
	return f"{type(person).__name__}({person.id!r})"


def _freeze(person: object, sets: tuple[str, ...], tuples: tuple[str, ...]) -> None:
	"""Take lists where sets or tuples are meant, but not a bare text, whose letters would become the values."""
	for names, build in ((sets, frozenset), (tuples, tuple)):
		for name in names:
			value = getattr(person, name)
			if isinstance(value, str):
				raise TypeError(f"{name} is a collection, not a text.")
			object.__setattr__(person, name, build(value))
