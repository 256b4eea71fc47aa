"""The twenty criteria: what each is worth, what is said of it, and which weights are refused."""

from dataclasses import replace

import pytest

from libes_mentoring.mentor_matching.engine import (
	MenteeProfile,
	MentorProfile,
	Refused,
	Rules,
	Wish,
	explain_pair,
	refusal_sentence,
	scoring,
	staff_sentence,
	weights,
)
from libes_mentoring.mentor_matching.engine.criteria import MAKERS
from libes_mentoring.mentor_matching.engine.encode import encode
from libes_mentoring.mentor_matching.engine.refusals import REFUSALS

RULES = Rules(
	distances={("Hill", "Harbour"): 20, ("Hill", "Station"): 40},
	max_distance=40,
	kind_preference={"Local volunteer": 0.25},
	kind_by_phase={("Practical steps", "Survivor"): 1, ("Practical steps", "Local volunteer"): 0},
	minimum_commitment_months=6,
)
MENTOR = MentorProfile(
	id="m",
	programme="North",
	kind="Survivor",
	gender="Woman",
	languages={"English": 4},
	support_areas={"Work"},
	interests={"Chess"},
	media={"In person"},
	channels={"Calls"},
	slots={"Monday Morning", "Saturday Evening"},
	meetings_per_month=4,
	talk_length="Long",
	district="Hill",
	hours_per_month=8,
	commitment_months=12,
	completed=2,
	wishes=(Wish("Gender", "Wanted", "Man"),),
)
MENTEE = MenteeProfile(
	id="p",
	programme="North",
	gender="Man",
	languages={"English": 4},
	support_areas={"Work"},
	interests={"Chess"},
	media={"In person"},
	channels={"Calls"},
	slots={"Monday Morning"},
	good_times="Weekends",
	meetings_per_month=4,
	talk_length="Long",
	technology_ease="Not at ease",
	phase="Practical steps",
	district="Hill",
	hours_per_month=8,
	wishes=(Wish("Gender", "Wanted", "Woman"),),
)
#: For each criterion, what to change of the mentor, the value then, and the sentence that says so.
CHANGES = {
	"needs_covered": ({"support_areas": {"Housing"}}, 0, "The mentor does not offer help with Work."),
	"shared_interests": ({"interests": {"Opera"}}, 0, "They have named no interest in common."),
	"mentee_wishes": ({"gender": "Man"}, 0, "The mentee would like a mentor of another gender."),
	"mentor_wishes": (
		{"wishes": (Wish("Gender", "Wanted", "Woman"),)},
		0,
		"The mentor would like a mentee of another gender.",
	),
	"language_quality": (
		{"languages": {"English": 1}},
		0,
		"They can talk in English, but one of them only at a simple level.",
	),
	"mother_tongue": (
		{"languages": {"English": 2}},
		0,
		"There is no language in which both are at home.",
	),
	"availability": ({"slots": {"Friday Evening"}}, 0, "They have named no time of the week in common."),
	"good_times": (
		{"slots": {"Monday Morning"}},
		0,
		"The mentor has no time when the mentee likes to meet (Weekends).",
	),
	"hours_fit": (
		{"hours_per_month": 2},
		0.25,
		"The mentor has less time than the mentee would like (2 hours a month, not 8).",
	),
	"meeting_rhythm": (
		{"meetings_per_month": 1},
		0.25,
		"They would like to meet at a different rhythm (1 times a month, not 4).",
	),
	"ways_to_meet": (
		{"media": {"Synchronous"}},
		0,
		"The mentor does not offer every way of meeting that the mentee would like (In person).",
	),
	"channels": (
		{"channels": {"Video"}},
		0,
		"The mentor does not use every channel of the mentee's (Calls).",
	),
	"talk_length": ({"talk_length": "Short"}, 0, "One likes short talks, the other long ones."),
	"technology": (
		{"media": {"Synchronous"}},
		0,
		"Meeting this mentor needs technology with which the mentee is not quite at ease.",
	),
	"same_district": ({"district": "Harbour"}, 0, "They live in different districts (Harbour and Hill)."),
	"distance": ({"district": "Station"}, 0, "The way between them is rather long (40 minutes)."),
	"mentor_kind": (
		{"kind": "Local volunteer"},
		0,
		"The programme prefers other kinds of mentor at present (Local volunteer).",
	),
	"commitment": ({"commitment_months": 3}, 0.5, "The mentor can stay 3 months; the programme asks for 6."),
	"fair_load": ({"running": 1}, 0.5, "The mentor accompanies others at present (1)."),
	"experience": ({"completed": 0}, 0, "The mentor would accompany somebody for the first time."),
}
#: What is not recorded counts half; of these something is always known.
NEVER_UNKNOWN = {"fair_load", "experience", "language_quality"}


def value(name, mentor=MENTOR, mentee=MENTEE, rules=RULES):
	return scoring.criteria(encode([mentor], [mentee]), rules)[name][0, 0]


def test_there_are_twenty_each_with_a_name_and_help():
	names = set(weights.DEFAULT_WEIGHTS)
	assert len(names) == 20
	assert names == set(weights.LABELS) == set(MAKERS) == set(CHANGES) == set(scoring.CRITERIA)
	assert all(label and help_.endswith(".") for label, help_ in weights.LABELS.values())
	assert len({label for label, _help in weights.LABELS.values()}) == 20


@pytest.mark.req("M2")
@pytest.mark.parametrize("name", sorted(CHANGES))
def test_each_criterion_is_worth_its_weight_and_told_both_ways(name):
	alone = {name: 10}
	best = explain_pair(MENTOR, MENTEE, weights=alone, rules=RULES)
	assert value(name) == 1 and best.score == 100
	assert sum(reason.weight for reason in best.reasons_for) == 100
	assert not any(reason.weight for reason in best.reasons_against)
	change, worth, sentence = CHANGES[name]
	found = explain_pair(replace(MENTOR, **change), MENTEE, weights=alone, rules=RULES)
	assert value(name, replace(MENTOR, **change)) == worth
	told = {staff_sentence(reason): reason.weight for reason in found.reasons_against}
	assert told[sentence] == 100 * (1 - worth)


@pytest.mark.req("M2")
@pytest.mark.parametrize("name", sorted(set(CHANGES) - NEVER_UNKNOWN))
def test_what_nobody_recorded_counts_half(name):
	bare = MentorProfile(id="bare", programme="North", kind="")
	unasked = MenteeProfile(id="unasked", programme="North")
	assert value(name, bare, unasked) == value(name, bare) == 0.5
	if name not in ("commitment", "mentor_kind"):
		assert value(name, MENTOR, unasked) == 0.5


@pytest.mark.req("P5")
def test_the_kind_of_mentor_goes_by_the_phase_and_then_by_what_suits_in_any():
	local = replace(MENTOR, kind="Local volunteer")
	assert value("mentor_kind", local) == 0
	assert value("mentor_kind", local, replace(MENTEE, phase=None)) == 0.25
	assert value("mentor_kind", local, replace(MENTEE, phase="Company and language")) == 0.25
	assert value("mentor_kind", MENTOR, replace(MENTEE, phase=None)) == 0.5


@pytest.mark.req("M2")
@pytest.mark.parametrize(
	("of_mentor", "of_mentee", "rules", "worth"),
	[
		("Harbour", {}, RULES, 0.5),
		("Harbour", {"max_distance": 10}, RULES, 0),
		("Harbour", {"max_distance": 25}, RULES, 0.2),
		("Harbour", {}, replace(RULES, max_distance=None), 0.5),
		("Harbour", {}, Rules(), 0.5),
		("Elsewhere", {}, RULES, 0.5),
		("Hill", {"max_distance": 0}, RULES, 1),
		("Harbour", {"max_distance": 0}, RULES, 0),
	],
)
def test_nearer_is_better_up_to_the_limit(of_mentor, of_mentee, rules, worth):
	found = value("distance", replace(MENTOR, district=of_mentor), replace(MENTEE, **of_mentee), rules)
	assert found == pytest.approx(worth, abs=1e-6)


@pytest.mark.req("P6")
@pytest.mark.parametrize(
	("media", "ease", "worth"),
	[
		({"In person", "Asynchronous"}, "Not at ease", 1),
		({"Synchronous"}, "Not at ease", 0.5),
		({"Asynchronous"}, "Not at ease", 0),
		({"Asynchronous"}, "With some help", 0.5),
		({"Asynchronous"}, "At ease", 1),
		({"Asynchronous"}, None, 0.5),
	],
)
def test_who_is_not_at_ease_with_technology_is_best_met_in_person(media, ease, worth):
	person = replace(MENTEE, technology_ease=ease, media=())
	assert value("technology", replace(MENTOR, media=media), person) == worth


@pytest.mark.req("M2")
def test_criteria_without_data_in_the_programme_drop_out_and_the_rest_shares_the_points():
	shares = weights.shares(None, Rules())
	assert {name for name, points in shares.items() if not points} == {
		"distance",
		"mentor_kind",
		"commitment",
	}
	assert sum(shares.values()) == pytest.approx(100)
	assert all(weights.shares(None, RULES).values())
	halves = weights.shares({"needs_covered": 30, "channels": 30, "distance": 40}, Rules())
	assert (halves["needs_covered"], halves["channels"]) == (50, 50)


@pytest.mark.req("M2")
def test_the_presets_differ_and_can_be_used():
	names = ("Balanced", "Everyday support first", "Friendship first", "Close by", "Language first")
	assert tuple(weights.PRESETS) == names
	assert len({tuple(preset.values()) for preset in weights.PRESETS.values()}) == len(names)
	first = {name: max(preset, key=preset.get) for name, preset in weights.PRESETS.items()}
	assert first == dict(
		zip(
			names,
			("needs_covered", "needs_covered", "shared_interests", "distance", "language_quality"),
			strict=True,
		)
	)
	for preset in weights.PRESETS.values():
		assert weights.check_weights(preset) == dict(preset)


@pytest.mark.req("M2")
@pytest.mark.parametrize(
	("chosen", "code", "words"),
	[
		({}, "weights_all_zero", "At least one criterion must weigh more than zero."),
		({"channels": 0}, "weights_all_zero", "At least one criterion must weigh more than zero."),
		({"charm": 3}, "criterion_unknown", "There is no criterion called charm."),
		({"channels": 101}, "weight_not_a_number", "The weight of Ways to keep in touch must be a number"),
		({"channels": None}, "weight_not_a_number", "The weight of Ways to keep in touch must be a number"),
		({"distance": 5}, "weights_without_effect", "Only criteria weigh something for which the programme"),
	],
)
def test_weights_that_cannot_be_used_are_refused_in_words(chosen, code, words):
	with pytest.raises(Refused) as refused:
		weights.shares(chosen, Rules())
	assert refused.value.code == code
	assert refusal_sentence(refused.value).startswith(words)
	template = REFUSALS[code]
	in_french = refusal_sentence(refused.value, lambda text: "Impossible." if text == template else text)
	assert in_french == "Impossible."
