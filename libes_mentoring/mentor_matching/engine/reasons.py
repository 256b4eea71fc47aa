"""What speaks for a pair, what against, and what was checked: codes with parameters, no sentences.

There are two sets of reasons that never mix. Staff reasons may hold anything. A mentor's are built by themselves,
from what both people have in common and from nothing else: no wish, refusal, exclusion or blocker is even read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .constraints import CONVERSATION_LEVEL, slug
from .criteria import FLUENT, NEUTRAL
from .encode import PROPERTIES, SUBJECTS_OF, ties
from .people import MenteeProfile, MentorProfile, Rules, in_week_order, key


@dataclass(frozen=True)
class Reason:
	"""One reason. `weight`: the points it brings or costs; 0 for what was only checked or is not recorded."""

	code: str
	params: Mapping[str, Any] = field(default_factory=dict)
	weight: float = 0.0
	side: Literal["for", "against", "checked"] = "checked"


@dataclass(frozen=True, repr=False)
class Pair:
	"""One pair with what the matrices say about it, for staff. `apart`: the distance, where the programme knows it."""

	mentor: MentorProfile
	mentee: MenteeProfile
	broken: Mapping[str, bool]
	values: Mapping[str, float]
	points: Mapping[str, float]
	rules: Rules
	apart: float | None = None

	def gain(self, criterion: str, code: str, **params: Any) -> Reason:
		"""What the criterion brings, as a reason for the pair."""
		return Reason(code, params, round(self.points[criterion] * self.values[criterion], 1), "for")

	def loss(self, criterion: str, code: str, **params: Any) -> Reason:
		"""What the criterion costs, as a reason against the pair."""
		return Reason(
			code, params, round(self.points[criterion] * (1 - self.values[criterion]), 1), "against"
		)


def for_staff(pair: Pair) -> list[Reason]:
	"""All reasons of a pair, those that weigh most first. Not for the eyes of a mentor or a mentee."""
	found = [*_constraints(pair), *_common_ground(pair), *_habits(pair), *_of_the_mentor(pair), *_gaps(pair)]
	return sorted(found, key=lambda r: (r.side, -r.weight, r.code, sorted(map(str, r.params.items()))))


def for_mentor(mentor: MentorProfile, mentee: MenteeProfile) -> list[Reason]:
	"""What a mentor may read about a match: what the two have in common."""
	common = {
		"you_share_languages": in_common(mentor.languages, mentee.languages),
		"you_share_interests": in_common(mentor.interests, mentee.interests),
		"you_share_media": in_common(mentor.media, mentee.media),
	}
	return [Reason(code, {"values": values}, side="for") for code, values in common.items() if values]


def in_common(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
	"""The values of `one` that `other` has too, sorted."""
	known = {key(value) for value in other} - {None}
	return tuple(sorted(value for value in one if key(value) in known))


def _constraints(pair: Pair) -> Iterable[Reason]:
	mentor, mentee = pair.mentor, pair.mentee
	for code, broken in pair.broken.items():
		if code == "vetoed" and not pair.rules.vetoed:
			continue
		if not broken:
			if code == "too_far" and not pair.rules.distances:
				code = "distance_not_checked"
			yield Reason(code)
		elif code in ("mentor_blocked", "mentee_blocked"):
			blockers = (mentor if code == "mentor_blocked" else mentee).blockers
			for blocker in blockers:
				params = {"blocker": blocker.code, "details": dict(blocker.params)}
				yield Reason(code, params, 100.0, "against")
		else:
			yield Reason(code, _broken_params(pair, code), 100.0, "against")


def _broken_params(pair: Pair, code: str) -> dict[str, Any]:
	mentor, mentee = pair.mentor, pair.mentee
	if code == "programme_differs":
		return {"mentor_programme": mentor.programme, "mentee_programme": mentee.programme}
	if code in ("mentor_kind_not_in_programme", "mentee_refuses_mentor_kind"):
		return {"value": mentor.kind}
	if code == "mentee_refuses_organisation":
		refused = [w.value or "" for w in mentee.wishes if w.refused and w.about == "Organisation"]
		return {"values": in_common(ties(mentor), refused)}
	if code == "organisation_conflict":
		return {"values": in_common(ties(mentor), ties(mentee))}
	if code.endswith("refuses_gender"):
		return {"value": (mentor if code.startswith("mentee") else mentee).gender}
	if code.endswith("refuses_co_national"):
		return {"value": (mentor if code.startswith("mentee") else mentee).nationality}
	if code == "too_far":
		return {"mentor_district": mentor.district, "mentee_district": mentee.district}
	return {}


def _common_ground(pair: Pair) -> Iterable[Reason]:
	mentor, mentee, gain, loss = pair.mentor, pair.mentee, pair.gain, pair.loss
	if mentor.support_areas and mentee.support_areas:
		covered = in_common(mentee.support_areas, mentor.support_areas)
		missing = tuple(sorted(set(mentee.support_areas) - set(covered)))
		if covered:
			yield gain("needs_covered", "needs_covered", values=covered)
		if missing:
			yield loss("needs_covered", "needs_missing", values=missing)
	if mentor.interests and mentee.interests:
		shared = in_common(mentee.interests, mentor.interests)
		if shared:
			yield gain("shared_interests", "interests_shared", values=shared)
		else:
			yield loss("shared_interests", "interests_differ")
	spoken = in_common(mentee.languages, mentor.languages)
	if spoken:
		levels = _levels(mentor, mentee, spoken)
		well = tuple(name for name, level in levels.items() if level >= CONVERSATION_LEVEL)
		if well:
			yield gain("language_quality", "language_good", values=well)
		elif levels:
			yield loss("language_quality", "language_basic", values=tuple(levels))
		else:
			yield gain("language_quality", "language_shared", values=spoken)
		home = tuple(name for name, level in levels.items() if level >= FLUENT)
		if home:
			yield gain("mother_tongue", "at_home_together", values=home)
		elif pair.points["mother_tongue"] and pair.values["mother_tongue"] == 0:
			yield loss("mother_tongue", "not_at_home_together")
	if key(mentor.district) and key(mentee.district):
		if pair.values["same_district"] == 1:
			yield gain("same_district", "district_same", value=mentee.district)
		else:
			districts = {"mentor_district": mentor.district, "mentee_district": mentee.district}
			yield loss("same_district", "district_differs", **districts)
	if pair.apart is not None and pair.points["distance"]:
		near = pair.values["distance"] >= NEUTRAL
		yield (gain if near else loss)("distance", "way_short" if near else "way_long", apart=pair.apart)
	yield from _wishes(pair, "mentee", mentee, mentor)
	yield from _wishes(pair, "mentor", mentor, mentee)


def _habits(pair: Pair) -> Iterable[Reason]:
	"""Times, rhythm, and ways to meet and to keep in touch: only what both were asked, and what counts."""
	mentor, mentee, gain, loss = pair.mentor, pair.mentee, pair.gain, pair.loss
	if _told(mentor.hours_per_month) and _told(mentee.hours_per_month):
		hours = {"offered": mentor.hours_per_month, "wanted": mentee.hours_per_month}
		enough = pair.values["hours_fit"] == 1
		yield (gain if enough else loss)("hours_fit", "hours_enough" if enough else "hours_short", **hours)
	if pair.points["availability"] and mentor.slots and mentee.slots:
		times = in_week_order(in_common(mentee.slots, mentor.slots))
		yield (
			gain("availability", "times_shared", times=times)
			if times
			else loss("availability", "times_differ")
		)
	if pair.points["good_times"] and mentor.slots and pair.values["good_times"] != NEUTRAL:
		met = pair.values["good_times"] == 1
		yield (gain if met else loss)(
			"good_times", "good_times_met" if met else "good_times_not_met", value=mentee.good_times
		)
	if (
		pair.points["meeting_rhythm"]
		and _told(mentor.meetings_per_month)
		and _told(mentee.meetings_per_month)
	):
		meetings = {"offered": mentor.meetings_per_month, "wanted": mentee.meetings_per_month}
		near = pair.values["meeting_rhythm"] > NEUTRAL
		yield (gain if near else loss)(
			"meeting_rhythm", "rhythm_near" if near else "rhythm_differs", **meetings
		)
	for criterion, name, code in (("ways_to_meet", "media", "ways"), ("channels", "channels", "channels")):
		of_mentor, of_mentee = getattr(mentor, name), getattr(mentee, name)
		if pair.points[criterion] and of_mentor and of_mentee:
			shared = in_common(of_mentee, of_mentor)
			missing = tuple(sorted(set(of_mentee) - set(shared)))
			if shared:
				yield gain(criterion, f"{code}_shared", values=shared)
			if missing:
				yield loss(criterion, f"{code}_missing", values=missing)
	if pair.points["talk_length"] and key(mentor.talk_length) and key(mentee.talk_length):
		alike = pair.values["talk_length"] == 1
		yield (gain if alike else loss)("talk_length", "talks_alike" if alike else "talks_differ")
	if pair.points["technology"] and mentor.media and key(mentee.technology_ease):
		fits = pair.values["technology"] == 1
		yield (gain if fits else loss)("technology", "technology_fits" if fits else "technology_hard")


def _of_the_mentor(pair: Pair) -> Iterable[Reason]:
	"""What speaks for or against this mentor in this programme, now."""
	mentor, gain, loss = pair.mentor, pair.gain, pair.loss
	if pair.points["mentor_kind"]:
		if pair.values["mentor_kind"] > NEUTRAL:
			yield gain("mentor_kind", "kind_preferred", value=mentor.kind)
		elif pair.values["mentor_kind"] < NEUTRAL:
			yield loss("mentor_kind", "kind_not_preferred", value=mentor.kind)
	if pair.points["commitment"] and _told(mentor.commitment_months):
		months = {"months": mentor.commitment_months, "minimum": pair.rules.minimum_commitment_months}
		long = pair.values["commitment"] == 1
		yield (gain if long else loss)("commitment", "stays_long" if long else "stays_short", **months)
	if pair.points["fair_load"]:
		if mentor.running > 0:
			yield loss("fair_load", "accompanies_others", running=mentor.running)
		else:
			yield gain("fair_load", "accompanies_nobody")
	if pair.points["experience"]:
		yield gain("experience", "experienced") if mentor.completed > 0 else loss("experience", "first_time")


def _wishes(pair: Pair, side: str, wisher: Any, other: Any) -> Iterable[Reason]:
	"""For each subject on which this side wants something: met, not met, or not known."""
	outcomes = []
	for about in (*SUBJECTS_OF[side], "Person"):
		wishes = [w for w in wisher.wishes if w.about == about and not w.refused]
		meant = {key(w.value) for w in wishes}
		if wishes and about == "Co-national":
			meant.add(key(wisher.nationality))
			unsure = key(wisher.nationality) is None
		else:
			unsure = False
			meant.discard(None)
			if not meant:
				continue
		actual = other.id if about == "Person" else getattr(other, PROPERTIES[about])
		if key(actual) in meant - {None}:
			outcomes.append((about, "met", actual))
		elif unsure or key(actual) is None:
			outcomes.append((about, "not_known", None))
		else:
			outcomes.append((about, "not_met", None))
	points = pair.points[f"{side}_wishes"] / max(len(outcomes), 1)
	for about, outcome, value in outcomes:
		params = {} if value is None or about == "Person" else {"value": value}
		sided: Literal["for", "against"] = "for" if outcome == "met" else "against"
		# What is not known costs half.
		weight = points * NEUTRAL if outcome == "not_known" else points
		yield Reason(f"{side}_wish_{slug(about)}_{outcome}", params, round(weight, 1), sided)


def _gaps(pair: Pair) -> Iterable[Reason]:
	"""What nobody recorded, and what therefore was neither held against the pair nor counted for it."""
	points = pair.points
	for side, person in (("mentor", pair.mentor), ("mentee", pair.mentee)):
		# Support areas, interests, media, district, hours and levels are told even where they do not count.
		empty = [name for name in ("support_areas", "interests", "media") if not getattr(person, name)]
		empty += ["district"] * (not key(person.district)) + ["hours"] * (not _told(person.hours_per_month))
		if points["availability"] or points["good_times"]:
			empty += ["slots"] * (not person.slots)
		if points["channels"]:
			empty += ["channels"] * (not person.channels)
		if points["meeting_rhythm"]:
			empty += ["meetings"] * (not _told(person.meetings_per_month))
		if points["talk_length"]:
			empty += ["talk_length"] * (person.talk_length in (None, ""))
		for name in empty:
			yield Reason(f"{side}_{name}_not_recorded")
		levelless = tuple(sorted(name for name, level in person.languages.items() if not level))
		if levelless:
			yield Reason(f"{side}_language_level_not_recorded", {"values": levelless})
	if points["commitment"] and not _told(pair.mentor.commitment_months):
		yield Reason("mentor_commitment_not_recorded")
	asked = {"good_times": "good_times", "technology_ease": "technology"}
	if pair.rules.kind_by_phase:
		asked["phase"] = "mentor_kind"
	for name, criterion in asked.items():
		if points[criterion] and getattr(pair.mentee, name) in (None, ""):
			yield Reason(f"mentee_{name}_not_recorded")


def _told(hours: float | None) -> bool:
	return hours is not None and hours >= 0


def _levels(mentor: MentorProfile, mentee: MenteeProfile, spoken: tuple[str, ...]) -> dict[str, int]:
	"""Each shared language with the lower of the two levels; without those of which a level is not recorded."""
	of_mentor = {key(name): level or 0 for name, level in mentor.languages.items()}
	of_mentee = {key(name): level or 0 for name, level in mentee.languages.items()}
	lower = {name: min(of_mentor[key(name)], of_mentee[key(name)]) for name in spoken}
	return {name: level for name, level in lower.items() if level}
