"""Where a first meeting may be: a neutral place that nobody's boundary rules out. Pure.

Source: handbook, "Preparing the mentees" (safety wishes and boundaries) and "Contemplation and initiation" (a calm and
neutral space). Free words of a wish are never interpreted: a person reads them. What counts here is what was entered as
a rule: "Not here" and "Only here" with a place or a district, and the wish to meet at the organisation's premises.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

NOT_HERE, ONLY_HERE = "Not here", "Only here"
AT_PREMISES = "Meeting at our premises"
# Wishes whose words say something about day, place or company of a meeting: somebody reads them before planning.
READ_BEFORE_PLANNING = ("Places", "Transport", AT_PREMISES, "Meeting in a group first", "Times", "Other")


@dataclass(frozen=True)
class Place:
	"""A place of the programme. `at_premises` is None where nothing is known of it (a place typed by hand)."""

	name: str
	district: str | None = None
	neutral: bool = True
	at_premises: bool | None = None
	step_free: bool = False
	child_friendly: bool = False


@dataclass(frozen=True)
class Boundary:
	"""One wish of a mentee, without its words."""

	about: str
	rule: str | None = None
	place: str | None = None


def is_ruled_out(place: Place, boundaries: Iterable[Boundary]) -> bool:
	"""Whether a boundary keeps a meeting from this place. Of several people, give the boundaries of all of them."""
	rules = list(boundaries)
	if any(row.rule == NOT_HERE and _names(row.place, place) for row in rules):
		return True
	only = [row for row in rules if row.rule == ONLY_HERE and _plain(row.place)]
	# Several places that one person likes are a choice; that they are several people's is asked one by one.
	if only and not any(_names(row.place, place) for row in only):
		return True
	# Somebody who named a place has said where: the wish for the premises speaks where nothing else does.
	wants_premises = not only and any(row.about == AT_PREMISES and row.rule != NOT_HERE for row in rules)
	return wants_premises and not place.at_premises


def suggested(
	places: Iterable[Place], people: Iterable[Iterable[Boundary]], district: str | None = None
) -> list[Place]:
	"""The neutral places that suit everybody, those of `district` first, then as the programme lists them."""
	boundaries = [list(rows) for rows in people]
	fitting = [
		place
		for place in places
		if place.neutral and not any(is_ruled_out(place, rows) for rows in boundaries)
	]
	near = _plain(district)
	return sorted(fitting, key=lambda place: not (near and _plain(place.district) == near))


def find(name: str | None, places: Iterable[Place]) -> Place:
	"""The programme's place of this name; one that the programme does not list is a place of which nothing is known."""
	wanted = _plain(name)
	return next((place for place in places if _plain(place.name) == wanted), Place(name or "", neutral=False))


def names_a_place(words: str | None) -> bool:
	"""Whether anything of this can be compared with a place."""
	return bool(_plain(words))


def _names(words: str | None, place: Place) -> bool:
	"""Whether what was written is this place's name or part of it in whole words, or its district."""
	written, name = _plain(words), _plain(place.name)
	if not written:
		return False
	return written == _plain(place.district) or f" {written} " in f" {name} " or f" {name} " in f" {written} "


def _plain(text: str | None) -> str:
	"""Words alone: no accents, no capitals, no marks."""
	decomposed = unicodedata.normalize("NFKD", (text or "").casefold())
	kept = "".join(char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
	return " ".join(kept.split())
