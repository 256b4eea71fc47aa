"""How much each criterion counts: the defaults, presets, names for a page of sliders, and what is refused. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Real
from types import MappingProxyType

from .people import Rules
from .refusals import Refused, _

#: The weights of a programme that has set none, 0 to 100. Only their proportions matter.
DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
	{
		"needs_covered": 25,
		"shared_interests": 20,
		"mentee_wishes": 20,
		"mentor_wishes": 5,
		"language_quality": 15,
		"mother_tongue": 5,
		"availability": 10,
		"good_times": 5,
		"hours_fit": 10,
		"meeting_rhythm": 5,
		"ways_to_meet": 5,
		"channels": 3,
		"talk_length": 3,
		"technology": 3,
		"same_district": 5,
		"distance": 5,
		"mentor_kind": 5,
		"commitment": 5,
		"fair_load": 3,
		"experience": 2,
	}
)
CRITERIA = tuple(DEFAULT_WEIGHTS)


def _with(**changes: float) -> Mapping[str, float]:
	return MappingProxyType({**DEFAULT_WEIGHTS, **changes})


#: Starting points for the sliders. The names are shown, and translated.
PRESETS: Mapping[str, Mapping[str, float]] = MappingProxyType(
	{
		_("Balanced"): DEFAULT_WEIGHTS,
		_("Everyday support first"): _with(
			needs_covered=50, hours_fit=15, availability=15, shared_interests=10, experience=5
		),
		_("Friendship first"): _with(
			shared_interests=45,
			mentee_wishes=30,
			mentor_wishes=10,
			needs_covered=10,
			talk_length=8,
			channels=6,
		),
		_("Close by"): _with(distance=35, same_district=25, ways_to_meet=15, availability=15),
		_("Language first"): _with(language_quality=45, mother_tongue=25),
	}
)

#: Each criterion's name beside its slider, and one sentence of help.
LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
	{
		"needs_covered": (
			_("Needs covered"),
			_("How much of what the mentee would like help with the mentor offers."),
		),
		"shared_interests": (
			_("Shared interests"),
			_("Interests that both have named. Three are enough for full marks."),
		),
		"mentee_wishes": (
			_("The mentee's wishes"),
			_("Wishes that are no refusals. A refusal always counts, whatever this weight."),
		),
		"mentor_wishes": (
			_("The mentor's wishes"),
			_("Wishes that are no refusals. A refusal always counts, whatever this weight."),
		),
		"language_quality": (
			_("Language level"),
			_("How well they can talk in their best shared language, by the one who speaks it less well."),
		),
		"mother_tongue": (
			_("At home in one language"),
			_("A language that both speak fluently or as their mother tongue."),
		),
		"availability": (
			_("Times in common"),
			_("Times of the week when both are free. Three are enough for full marks."),
		),
		"good_times": (
			_("Good times"),
			_("Whether the mentor has time when the mentee likes to meet: mornings, evenings, weekends."),
		),
		"hours_fit": (
			_("Enough time"),
			_("Whether the mentor can give as many hours a month as the mentee would like."),
		),
		"meeting_rhythm": (
			_("Rhythm of meetings"),
			_("How close they are in how often they would like to meet."),
		),
		"ways_to_meet": (
			_("Ways to meet"),
			_("In person, by call, by message: how many of the mentee's ways the mentor can use too."),
		),
		"channels": (
			_("Ways to keep in touch"),
			_("Calls, video, messages: how many of the mentee's channels the mentor uses too."),
		),
		"talk_length": (
			_("Length of talks"),
			_("Whether both prefer short talks, or both long ones."),
		),
		"technology": (
			_("Ease with technology"),
			_("Who is not at ease with technology is best with a mentor who can meet in person."),
		),
		"same_district": (
			_("Same district"),
			_("Whether both live in the same district."),
		),
		"distance": (
			_("Short way"),
			_("The nearer, the better, by the programme's table of distances."),
		),
		"mentor_kind": (
			_("Kind of mentor"),
			_(
				"How well the kind of mentor suits what comes first for the mentee now, as the programme sees it."
			),
		),
		"commitment": (
			_("Staying long enough"),
			_("Whether the mentor can stay as long as the programme asks for."),
		),
		"fair_load": (
			_("Fair load"),
			_("Mentors who accompany fewer people at present come first."),
		),
		"experience": (
			_("Experience"),
			_("Mentors who have accompanied somebody before come first."),
		),
	}
)


def check_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
	"""All criteria with their weights; a criterion left out weighs nothing, and no weights at all mean the defaults.

	Raises Refused (a ValueError with `code` and `params`) where they cannot be used.
	"""
	if weights is None:
		return {name: float(weight) for name, weight in DEFAULT_WEIGHTS.items()}
	unknown = sorted(set(weights) - set(CRITERIA))
	if unknown:
		raise Refused("criterion_unknown", names=", ".join(unknown))
	for name, weight in weights.items():
		number = isinstance(weight, Real) and not isinstance(weight, bool)
		if not (number and math.isfinite(weight) and 0 <= weight <= 100):
			raise Refused("weight_not_a_number", name=LABELS[name][0])
	if not any(weights.values()):
		raise Refused("weights_all_zero")
	return {name: float(weights.get(name, 0)) for name in CRITERIA}


def without_data(rules: Rules | None) -> frozenset[str]:
	"""The criteria that say nothing in this programme, because it keeps no data for them."""
	rules = rules or Rules()
	kept = {
		"distance": rules.distances,
		"mentor_kind": rules.kind_by_phase or rules.kind_preference,
		"commitment": rules.minimum_commitment_months,
	}
	return frozenset(name for name, data in kept.items() if not data)


def shares(weights: Mapping[str, float] | None, rules: Rules | None = None) -> dict[str, float]:
	"""The points, of 100, that each criterion can bring; those without data in this programme bring none.

	Raises Refused (a ValueError) for unusable weights, and where nothing is left that weighs anything.
	"""
	chosen = check_weights(weights)
	silent = without_data(rules)
	total = sum(weight for name, weight in chosen.items() if name not in silent)
	if not total:
		named = [LABELS[name][0] for name in CRITERIA if chosen[name]]
		raise Refused("weights_without_effect", names=", ".join(named))
	return {name: 0.0 if name in silent else 100 * weight / total for name, weight in chosen.items()}
