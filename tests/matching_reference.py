"""People made up by Hypothesis, and the rules and criteria of the engine written out pair by pair."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from libes_mentoring.mentor_matching.engine import (
	DEFAULT_WEIGHTS,
	IN_HOUSE,
	Blocker,
	MenteeProfile,
	MentorProfile,
	Rules,
	Wish,
)

GENDERS = ["Woman", "Man", "Non-binary"]
NATIONS = ["Ruritania", "Freedonia"]
KINDS = ["Local volunteer", "Survivor", "Migrant background"]
PLACES = ["Harbour", "Hill", "Station"]
ORGANISATIONS = ["Friends of the Harbour", "Friends of the Hill"]
SLOTS = ["Monday Morning", "Monday Evening", "Friday Afternoon", "Saturday Morning", "Sunday Evening"]
PHASES = ["Company and language", "Practical steps"]
ABOUT = {
	"Gender": GENDERS,
	"Co-national": NATIONS,
	"Mentor kind": KINDS,
	"Organisation": ORGANISATIONS,
	"Person": [f"{kind}-{n}" for kind in ("mentor", "mentee") for n in range(3)],
}


def maybe(values, *unknown):
	return st.sampled_from([*values, None, "", *unknown])


def some(values):
	return st.frozensets(st.sampled_from(values), max_size=len(values))


WISHES = st.lists(
	st.sampled_from(sorted(ABOUT)).flatmap(
		lambda about: st.builds(
			Wish,
			about=st.just(about),
			strength=st.sampled_from(["Wanted", "Wanted", "Refused"]),
			value=st.sampled_from([*ABOUT[about], *ABOUT[about], None]),
		)
	),
	max_size=3,
).map(tuple)
SHARED = {
	"programme": st.sampled_from(["North", "North", "North", "South", ""]),
	"gender": maybe(GENDERS, "Prefer not to say"),
	"nationality": maybe(NATIONS),
	"languages": st.dictionaries(st.sampled_from(["English", "French", "Dutch"]), st.integers(0, 4)),
	"support_areas": some(["Housing", "Work", "Finance"]),
	"interests": some(["Chess", "Walking", "Opera", "Football"]),
	"media": some(["In person", "Synchronous", "Asynchronous"]),
	"district": maybe(PLACES),
	"slots": some(SLOTS),
	"meetings_per_month": st.sampled_from([None, 0, 1, 2, 4.5]),
	"channels": some(["Calls", "Video", "Messages"]),
	"talk_length": maybe(["Short", "Long"], "No preference"),
	"hours_per_month": st.sampled_from([None, 0, 2, 4, 6.5]),
	"blockers": st.sampled_from([(), (), (), (Blocker("paused"),)]),
	"wishes": WISHES,
}
DAYS = st.none() | st.integers(0, 2).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


def numbered(people, name):
	return [replace(person, id=f"{name}-{n}") for n, person in enumerate(people)]


MENTOR = st.builds(
	MentorProfile,
	id=st.just("x"),
	kind=st.sampled_from([*KINDS, ""]),
	organisation=st.sampled_from([*ORGANISATIONS, IN_HOUSE, None]),
	other_organisations=st.sampled_from([(), (), (ORGANISATIONS[0],)]).map(frozenset),
	commitment_months=st.sampled_from([None, 0, 3, 12]),
	completed=st.integers(0, 1),
	places_left=st.sampled_from([0, 1, 1, 3]),
	running=st.integers(0, 1),
	available_on=DAYS,
	**SHARED,
)
MENTEE = st.builds(
	MenteeProfile,
	id=st.just("x"),
	ready_on=DAYS,
	excluded_mentors=some(ABOUT["Person"][:3]),
	conflicting_organisations=st.sampled_from([(), (), (), (ORGANISATIONS[0],)]).map(frozenset),
	good_times=maybe(["Mornings", "Afternoons", "Evenings", "Weekends"], "No preference"),
	technology_ease=maybe(["At ease", "With some help", "Not at ease"]),
	phase=maybe(PHASES),
	passed_over=st.integers(0, 2),
	max_distance=st.sampled_from([None, None, 0, 5, 20]),
	**SHARED,
)
MENTORS = st.lists(MENTOR, max_size=7).map(lambda people: numbered(people, "mentor"))
MENTEES = st.lists(MENTEE, max_size=7).map(lambda people: numbered(people, "mentee"))
RULES = st.builds(
	Rules,
	kinds=st.sampled_from([frozenset(), frozenset(), frozenset(KINDS[:2])]),
	kind_preference=st.dictionaries(st.sampled_from(KINDS), st.sampled_from([0, 0.5, 1])),
	distances=st.sampled_from([{}, {("Hill", "Harbour"): 10.0, ("Harbour", "Station"): 3.0}]),
	max_distance=st.sampled_from([None, 5, 15]),
	kind_by_phase=st.dictionaries(
		st.tuples(st.sampled_from(PHASES), st.sampled_from(KINDS)), st.sampled_from([0, 0.5, 1])
	),
	minimum_commitment_months=st.sampled_from([None, 6]),
	vetoed=st.frozensets(
		st.tuples(st.sampled_from(ABOUT["Person"][:3]), st.sampled_from(ABOUT["Person"][3:])), max_size=2
	),
)
# One criterion that every programme keeps data for always counts: weights without any effect are refused.
WEIGHTS = st.none() | st.dictionaries(
	st.sampled_from(sorted(DEFAULT_WEIGHTS)), st.integers(0, 9), min_size=1
).map(
	lambda weights: {**weights, "fair_load": 1} if not sum(weights.values()) else {**weights, "experience": 1}
)


def told(value):
	return value if value not in (None, "", "Prefer not to say", "No preference") else None


def possible(mentor, mentee, rules):
	"""The hard rules once more, in the plainest way."""
	if not mentor.programme or mentor.programme != mentee.programme:
		return False
	if rules.kinds and mentor.kind not in rules.kinds:
		return False
	if mentor.blockers or mentee.blockers or mentor.places_left < 1 or mentor.id in mentee.excluded_mentors:
		return False
	for wisher, other in ((mentee, mentor), (mentor, mentee)):
		for wish in wisher.wishes:
			if wish.strength == "Refused" and refusal_hits(wish, wisher, other):
				return False
	if (mentor.id, mentee.id) in rules.vetoed:
		return False
	if mentee.conflicting_organisations and (
		mentor.organisation is None or mentee.conflicting_organisations & ties(mentor)
	):
		return False
	if not any(can_talk(mentor.languages[name], mentee.languages.get(name)) for name in mentor.languages):
		return False
	if mentor.media and mentee.media and not mentor.media & mentee.media:
		return False
	apart = distance(mentor.district, mentee.district, rules)
	limits = [limit for limit in (rules.max_distance, mentee.max_distance) if limit is not None]
	return apart is None or not limits or apart <= min(limits)


def refusal_hits(wish, wisher, other):
	"""True too where it cannot be told: doubt is on the side of the person who refused."""
	if wish.about == "Person":
		return wish.value in (None, other.id)
	if wish.about == "Co-national":
		own, theirs = told(wisher.nationality), told(other.nationality)
		return own is None or theirs is None or theirs in (own, wish.value)
	name = {"Gender": "gender", "Mentor kind": "kind", "Organisation": "organisation"}[wish.about]
	if wish.value is None or not hasattr(other, name):
		return True
	if name == "organisation" and wish.value in other.other_organisations:
		return True
	return told(getattr(other, name)) in (None, wish.value)


def ties(mentor):
	return {mentor.organisation, *mentor.other_organisations}


def can_talk(one, other):
	if other is None:
		return False
	return one == 0 or other == 0 or min(one, other) >= 2


def distance(one, other, rules):
	if not rules.distances or not one or not other:
		return None
	if one == other:
		return 0
	return rules.distances.get((one, other), rules.distances.get((other, one)))


def score(mentor, mentee, weights, rules):
	"""The criteria once more, in the plainest way."""
	values = criteria(mentor, mentee, rules)
	weights = dict(DEFAULT_WEIGHTS if weights is None else weights)
	for name, data in (
		("mentor_kind", rules.kind_preference or rules.kind_by_phase),
		("distance", rules.distances),
		("commitment", rules.minimum_commitment_months),
	):
		if not data:
			weights[name] = 0
	return 100 * sum(weights[name] * values[name] for name in weights) / sum(weights.values())


def criteria(mentor, mentee, rules):
	spoken = mentor.languages.keys() & mentee.languages.keys()
	levels = [min(mentor.languages[name] or 2, mentee.languages[name] or 2) for name in spoken]
	apart = distance(mentor.district, mentee.district, rules)
	return {
		"needs_covered": share(mentor.support_areas, mentee.support_areas),
		"shared_interests": share(mentor.interests, mentee.interests, 3),
		"mentee_wishes": wishes_met(
			mentee, mentor, {"Gender", "Co-national", "Mentor kind", "Organisation", "Person"}
		),
		"mentor_wishes": wishes_met(mentor, mentee, {"Gender", "Co-national", "Person"}),
		"language_quality": (max(levels, default=1) - 1) / 3,
		"mother_tongue": at_home(mentor.languages, mentee.languages),
		"availability": share(mentor.slots, mentee.slots, 3),
		"good_times": good_times(mentor.slots, mentee.good_times),
		"hours_fit": enough(mentor.hours_per_month, mentee.hours_per_month),
		"meeting_rhythm": close(mentor.meetings_per_month, mentee.meetings_per_month),
		"ways_to_meet": share(mentor.media, mentee.media),
		"channels": share(mentor.channels, mentee.channels),
		"talk_length": same(told(mentor.talk_length), told(mentee.talk_length)),
		"technology": technology(mentor.media, mentee),
		"same_district": same(mentor.district, mentee.district),
		"distance": nearness(apart, mentee, rules),
		"mentor_kind": rules.kind_by_phase.get(
			(mentee.phase, mentor.kind), rules.kind_preference.get(mentor.kind, 0.5)
		),
		"commitment": enough(mentor.commitment_months, rules.minimum_commitment_months),
		"fair_load": 1 / (1 + mentor.running),
		"experience": 1 if mentor.completed else 0,
	}


def share(has, named, most=99):
	return min(1, len(has & named) / min(most, len(named))) if has and named else 0.5


def enough(given, wanted):
	return 0.5 if None in (given, wanted) else min(1, given / wanted) if wanted else 1


def close(one, other):
	if None in (one, other):
		return 0.5
	return min(one, other) / max(one, other) if max(one, other) else 1


def same(one, other):
	return float(one == other) if one and other else 0.5


def at_home(one, other):
	if not one or not other:
		return 0.5
	pairs = [(one[name], other[name]) for name in one.keys() & other.keys()]
	if any(min(levels) >= 3 for levels in pairs):
		return 1
	return 0.5 if any(all(level in (0, 3, 4) for level in levels) for levels in pairs) else 0


def good_times(slots, wanted):
	words = {"Mornings": "Morning", "Afternoons": "Afternoon", "Evenings": "Evening", "Weekends": "S"}
	if not slots or wanted not in words:
		return 0.5
	if wanted == "Weekends":
		return float(any(slot.startswith(("Saturday", "Sunday")) for slot in slots))
	return float(any(slot.endswith(words[wanted]) for slot in slots))


def technology(media, mentee):
	fits = {"At ease": (1, 1, 1), "With some help": (1, 0.75, 0.5), "Not at ease": (1, 0.5, 0)}
	if not media or mentee.technology_ease not in fits:
		return 0.5
	ways = zip(("In person", "Synchronous", "Asynchronous"), fits[mentee.technology_ease], strict=True)
	return max((fit for way, fit in ways if way in media and way in (mentee.media or media)), default=0)


def nearness(apart, mentee, rules):
	if apart is None:
		return 0.5
	limits = [limit for limit in (mentee.max_distance, rules.max_distance) if limit is not None]
	limit = min(limits) if limits else max(rules.distances.values())
	return 1 if not apart else max(0, 1 - apart / limit) if limit else 0


def wishes_met(wisher, other, subjects):
	asked = {}
	for wish in wisher.wishes:
		if wish.strength == "Refused" or wish.about not in subjects:
			continue
		if wish.about == "Co-national":
			own, actual = told(wisher.nationality), told(other.nationality)
			meant, unknown = {own, wish.value} - {None}, own is None
		elif wish.value is None:
			continue
		else:
			name = {"Gender": "gender", "Mentor kind": "kind", "Organisation": "organisation", "Person": "id"}
			meant, actual, unknown = {wish.value}, told(getattr(other, name[wish.about])), False
		worth = 1 if actual in meant else 0.5 if unknown or actual is None else 0
		asked[wish.about] = max(asked.get(wish.about, 0), worth)
	return sum(asked.values()) / len(asked) if asked else 0.5
