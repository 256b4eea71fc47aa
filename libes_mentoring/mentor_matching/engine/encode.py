"""People as arrays: one pass over the pool, after which everything is done on whole sets at once.

Vocabularies are sorted, counts are whole numbers, and no sum runs over people: so a pair's result depends on
the pair alone, not on the order of the rows or on who else is in the pool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .people import MenteeProfile, MentorProfile, check_unique, key

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[Any]
#: Pairs of row numbers: the wisher's, the other person's.
Pairs = tuple[Ints, Ints]

UNKNOWN = -1
#: A spoken language without a level counts as this one when quality is judged.
ASSUMED_LEVEL = 2
#: What only mentees are asked, one answer each.
ANSWERS = ("good_times", "technology_ease", "phase")
#: So many cells a block of a pool has at most: one matrix of it is a megabyte in single precision.
BLOCK_CELLS = 1 << 18

#: The subjects of a wish that are a property of the other person, and where that property is kept.
PROPERTIES = {
	"Gender": "gender",
	"Co-national": "nationality",
	"Mentor kind": "kind",
	"Organisation": "organisation",
}
#: The subjects each side may speak about; a mentee has neither a mentor kind nor an organisation.
SUBJECTS_OF = {"mentee": tuple(PROPERTIES), "mentor": ("Gender", "Co-national")}


@dataclass(frozen=True, eq=False, repr=False)
class WishTable:
	"""Who named which values of one property. `unsure`: own nationality needed, but not recorded."""

	values: Bools
	named: Bools
	unsure: Bools

	def __getitem__(self, rows: slice) -> WishTable:
		return WishTable(self.values[rows], self.named[rows], self.unsure[rows])

	def hits(self, codes: Ints) -> Bools:
		"""(others × wishers): the other's value is one that the wisher named. An unknown value never hits."""
		padded = np.vstack([self.values.T, np.zeros((1, len(self.named)), dtype=bool)])
		return padded[codes]

	def not_known(self, codes: Ints) -> Bools:
		"""(others × wishers): the wisher named something, and whether the other is that cannot be told."""
		return (self.named[None, :] & (codes == UNKNOWN)[:, None]) | self.unsure[None, :]


@dataclass(frozen=True, eq=False, repr=False)
class Answers:
	"""One answer of every mentee: the answers that occur, and each person's position among them."""

	words: tuple[str, ...]
	codes: Ints


@dataclass(frozen=True, eq=False, repr=False)
class Side:
	"""The mentors, or the mentees, of a pool: row n is person n. Codes are positions in a vocabulary."""

	programme: Ints
	codes: dict[str, Ints]
	district: Ints
	levels: NDArray[np.int8]
	level_unknown: Bools
	areas: Floats
	interests: Floats
	media: Floats
	hours: Floats
	blocked: Bools
	refuses: dict[str, WishTable]
	wants: dict[str, WishTable]
	refuses_person: Pairs
	wants_person: Pairs
	wants_a_person: Bools
	unclear: Bools
	# Ties of a mentor to organisations; of a mentee, those in conflict.
	organisations: Floats
	slots: Floats
	channels: Floats
	meetings: Floats
	talk_length: Ints

	def of(self, rows: slice, of_pairs: Callable[[Pairs], Pairs]) -> Side:
		"""The same for some of the people; `of_pairs` does it for pairs of people."""
		found: dict[str, Any] = {}
		for name in (field.name for field in fields(self)):
			value = getattr(self, name)
			if isinstance(value, tuple):
				found[name] = of_pairs(value)
			elif isinstance(value, dict):
				found[name] = {about: part[rows] for about, part in value.items()}
			else:
				found[name] = value[rows]
		return Side(**found)


@dataclass(frozen=True, eq=False, repr=False)
class Pool:
	"""An encoded pool of M mentors and N mentees; every matrix made from it is M × N."""

	mentors: tuple[MentorProfile, ...]
	mentees: tuple[MenteeProfile, ...]
	mentor: Side
	mentee: Side
	places_left: Ints
	excluded: Pairs
	max_distance: Floats
	districts: tuple[str, ...]
	kinds: tuple[str, ...]
	slots: tuple[str, ...]
	media: tuple[str, ...]
	answers: dict[str, Answers]
	mentor_keys: tuple[str | None, ...]
	mentee_rows: dict[str | None, int]
	# Of the mentors: months they can stay, running and completed matches.
	months: Floats
	running: Ints
	completed: Ints

	@property
	def shape(self) -> tuple[int, int]:
		"""(number of mentors, number of mentees)."""
		return len(self.mentors), len(self.mentees)

	def pairs(self, pairs: Pairs, *, of_mentee: bool) -> Bools:
		"""An M × N matrix that is True at these pairs (given mentee first if `of_mentee`)."""
		matrix = np.zeros(self.shape, dtype=bool)
		matrix[pairs[::-1] if of_mentee else pairs] = True
		return matrix

	def blocks(self) -> Iterator[tuple[slice, Pool]]:
		"""The pool in pieces of some mentors and all mentees, small enough that their matrices stay in the cache."""
		mentors, mentees = self.shape
		size = max(1, BLOCK_CELLS // max(mentees, 1))
		if size >= mentors:
			yield slice(0, mentors), self
			return
		for start in range(0, mentors, size):
			rows = slice(start, min(start + size, mentors))
			yield rows, self._of_mentors(rows)

	def _of_mentors(self, rows: slice) -> Pool:
		def pairs(pairs: Pairs, mentor: int) -> Pairs:
			inside = (pairs[mentor] >= rows.start) & (pairs[mentor] < rows.stop)
			kept = [part[inside] for part in pairs]
			kept[mentor] = kept[mentor] - rows.start
			return kept[0], kept[1]

		mentee = self.mentee
		return replace(
			self,
			mentors=self.mentors[rows],
			mentor_keys=self.mentor_keys[rows],
			mentor=self.mentor.of(rows, lambda found: pairs(found, 0)),
			mentee=replace(
				mentee,
				refuses_person=pairs(mentee.refuses_person, 1),
				wants_person=pairs(mentee.wants_person, 1),
			),
			places_left=self.places_left[rows],
			excluded=pairs(self.excluded, 1),
			months=self.months[rows],
			running=self.running[rows],
			completed=self.completed[rows],
		)


class _Keys(dict):
	"""Remembers each value's comparison form during one encoding, and no longer."""

	def __missing__(self, value: str | None) -> str | None:
		self[value] = found = key(value)
		return found

	def all(self, values: Iterable[str]) -> set[str]:
		found = set(map(self.__getitem__, values))
		found.discard(None)
		return found


def encode(mentors: Iterable[MentorProfile], mentees: Iterable[MenteeProfile]) -> Pool:
	"""Encode a pool. Raises Refused (a ValueError) when two people of one side have the same id, or one has none."""
	mentors, mentees = tuple(mentors), tuple(mentees)
	check_unique(mentors, "mentor")
	check_unique(mentees, "mentee")
	keys = _Keys()
	everyone = (*mentors, *mentees)
	wishes = [wish for person in everyone for wish in person.wishes]
	words = {
		"programme": _vocabulary(keys, (p.programme for p in everyone)),
		"district": _vocabulary(keys, (p.district for p in everyone)),
		"languages": _vocabulary(keys, (v for p in everyone for v in p.languages)),
		"support_areas": _vocabulary(keys, (v for p in everyone for v in p.support_areas)),
		"interests": _vocabulary(keys, (v for p in everyone for v in p.interests)),
		"media": _vocabulary(keys, (v for p in everyone for v in p.media)),
		"slots": _vocabulary(keys, (v for p in everyone for v in p.slots)),
		"channels": _vocabulary(keys, (v for p in everyone for v in p.channels)),
		"talk_length": _vocabulary(keys, (p.talk_length for p in everyone)),
	}
	for about, name in PROPERTIES.items():
		values = [getattr(p, name, None) for p in everyone]
		if name == "organisation":
			values += [value for p in everyone for value in ties(p)]
		words[name] = _vocabulary(keys, values + [w.value for w in wishes if w.about == about])
	rows = {"mentor": _rows(keys, mentors), "mentee": _rows(keys, mentees)}
	return Pool(
		mentors=mentors,
		mentees=mentees,
		mentor=_side(keys, words, mentors, "mentor", rows["mentee"]),
		mentee=_side(keys, words, mentees, "mentee", rows["mentor"]),
		places_left=np.array([p.places_left for p in mentors], dtype=np.int64),
		excluded=_pairs(keys, ((n, p.excluded_mentors) for n, p in enumerate(mentees)), rows["mentor"]),
		max_distance=_numbers(p.max_distance for p in mentees),
		districts=tuple(words["district"]),
		kinds=tuple(words["kind"]),
		slots=tuple(words["slots"]),
		media=tuple(words["media"]),
		answers={name: _answers(keys, [getattr(p, name) for p in mentees]) for name in ANSWERS},
		mentor_keys=tuple(rows["mentor"]),
		mentee_rows=rows["mentee"],
		months=_numbers(p.commitment_months for p in mentors),
		running=np.array([p.running for p in mentors], dtype=np.int64),
		completed=np.array([p.completed for p in mentors], dtype=np.int64),
	)


def ties(person: MentorProfile | MenteeProfile) -> set[str]:
	"""The organisations that matter about somebody: a mentor's own and all ties; a mentee's conflicts."""
	if isinstance(person, MenteeProfile):
		return set(person.conflicting_organisations)
	return {*person.other_organisations, person.organisation or ""}


def _side(keys: _Keys, words: dict, people: Sequence, side: str, others: dict[str, int]) -> Side:
	levels, level_unknown = _languages(keys, words["languages"], people)
	refused = [[w for w in p.wishes if w.refused] for p in people]
	wanted = [[w for w in p.wishes if not w.refused] for p in people]
	return Side(
		programme=_codes(keys, words["programme"], (p.programme for p in people)),
		codes={
			name: _codes(keys, words[name], (getattr(p, name, None) for p in people))
			for name in PROPERTIES.values()
		},
		district=_codes(keys, words["district"], (p.district for p in people)),
		levels=levels,
		level_unknown=level_unknown,
		areas=_indicator(keys, words["support_areas"], [p.support_areas for p in people]),
		interests=_indicator(keys, words["interests"], [p.interests for p in people]),
		media=_indicator(keys, words["media"], [p.media for p in people]),
		hours=_numbers(p.hours_per_month for p in people),
		blocked=np.array([bool(p.blockers) for p in people], dtype=bool),
		refuses={about: _wish_table(keys, words, people, refused, about) for about in SUBJECTS_OF[side]},
		wants={about: _wish_table(keys, words, people, wanted, about) for about in SUBJECTS_OF[side]},
		refuses_person=_pairs(keys, enumerate(_names(keys, refused)), others),
		wants_person=_pairs(keys, enumerate(_names(keys, wanted)), others),
		wants_a_person=np.array([any(names) for names in _names(keys, wanted)], dtype=bool),
		unclear=np.array([any(unclear(keys, w, side) for w in ws) for ws in refused], dtype=bool),
		organisations=_indicator(keys, words["organisation"], [ties(p) for p in people]),
		slots=_indicator(keys, words["slots"], [p.slots for p in people]),
		channels=_indicator(keys, words["channels"], [p.channels for p in people]),
		meetings=_numbers(p.meetings_per_month for p in people),
		talk_length=_codes(keys, words["talk_length"], (p.talk_length for p in people)),
	)


def unclear(keys: Any, wish: Any, side: str) -> bool:
	"""A refusal that cannot be checked: it does not say of what, or its subject does not exist opposite."""
	if wish.about == "Co-national":
		return False
	return keys[wish.value] is None or wish.about not in (*SUBJECTS_OF[side], "Person")


def _wish_table(keys: _Keys, words: dict, people: Sequence, wishes: list, about: str) -> WishTable:
	vocabulary = words[PROPERTIES[about]]
	values = np.zeros((len(people), len(vocabulary)), dtype=bool)
	named = np.zeros(len(people), dtype=bool)
	unsure = np.zeros(len(people), dtype=bool)
	for row, own_wishes in enumerate(wishes):
		for wish in own_wishes:
			if wish.about != about:
				continue
			meant = {keys[wish.value]}
			if about == "Co-national":
				own = keys[people[row].nationality]
				meant.add(own)
				unsure[row] |= own is None
				named[row] = True
			for value in meant - {None}:
				values[row, vocabulary[value]] = True
				named[row] = True
	return WishTable(values, named, unsure)


def _vocabulary(keys: _Keys, values: Iterable[str | None]) -> dict[str, int]:
	return {value: n for n, value in enumerate(sorted(keys.all(values)))}


def _answers(keys: _Keys, values: Sequence[str | None]) -> Answers:
	vocabulary = _vocabulary(keys, values)
	return Answers(tuple(vocabulary), _codes(keys, vocabulary, values))


def _rows(keys: _Keys, people: Sequence) -> dict[str, int]:
	return {keys[person.id]: row for row, person in enumerate(people)}


def _codes(keys: _Keys, vocabulary: dict[str, int], values: Iterable[str | None]) -> Ints:
	return np.array([vocabulary.get(keys[value], UNKNOWN) for value in values], dtype=np.int64)


def _indicator(keys: _Keys, vocabulary: dict[str, int], sets: Sequence[Iterable[str]]) -> Floats:
	"""Rows of 0 and 1, a column for each value that occurs."""
	matrix = np.zeros((len(sets), len(vocabulary)), dtype=np.float32)
	width = len(vocabulary)
	cells = [row * width + vocabulary[value] for row, values in enumerate(sets) for value in keys.all(values)]
	matrix.ravel()[cells] = 1
	return matrix


def _languages(keys: _Keys, vocabulary: dict[str, int], people: Sequence) -> tuple[NDArray[np.int8], Bools]:
	"""Levels (0 not spoken, 1 … 4), and where a level was put in because none is recorded."""
	levels = np.zeros((len(people), len(vocabulary)), dtype=np.int8)
	unknown = np.zeros(levels.shape, dtype=bool)
	for row, person in enumerate(people):
		for language, level in person.languages.items():
			column = vocabulary.get(keys[language], UNKNOWN)
			if column == UNKNOWN:
				continue
			known = bool(level) and level > 0
			levels[row, column] = max(levels[row, column], min(int(level), 4) if known else ASSUMED_LEVEL)
			unknown[row, column] |= not known
	return levels, unknown


def _numbers(values: Iterable[float | None]) -> Floats:
	"""Numbers with NaN for unknown; a negative one is no answer either, nor one without end."""
	return np.array([np.nan if v is None or not 0 <= v < np.inf else v for v in values], dtype=np.float64)


def _names(keys: _Keys, wishes: list) -> list[set[str]]:
	"""For each person, the persons named in these wishes."""
	return [keys.all(w.value for w in own_wishes if w.about == "Person") for own_wishes in wishes]


def _pairs(keys: _Keys, named: Iterable[tuple[int, Iterable[str]]], others: dict[str, int]) -> Pairs:
	cells = [(row, others[value]) for row, values in named for value in keys.all(values) if value in others]
	rows, columns = zip(*cells, strict=True) if cells else ((), ())
	return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
