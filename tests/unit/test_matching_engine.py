"""The matching engine on people made up for the purpose: scores, ranking, reasons, words."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from libes_mentoring.mentor_matching import engine
from libes_mentoring.mentor_matching.engine import (
	DEFAULT_WEIGHTS,
	Blocker,
	MenteeProfile,
	MentorProfile,
	Rules,
	Wish,
	constraints,
	explain_pair,
	for_mentor,
	mentor_sentence,
	reasons,
	scoring,
	staff_sentence,
	suggest,
	suggest_mentees,
	words,
)
from libes_mentoring.mentor_matching.engine.encode import encode
from libes_mentoring.mentor_matching.engine.people import in_week_order

MENTOR = MentorProfile(
	id="mentor-a",
	programme="North",
	kind="Local volunteer",
	gender="Woman",
	nationality="Ruritania",
	languages={"English": 4, "Ruritanian": 1},
	support_areas=frozenset({"Housing", "Work"}),
	interests=frozenset({"Chess", "Walking"}),
	media=frozenset({"In person", "Synchronous"}),
	district="Harbour",
	organisation="Friends of the Harbour",
	hours_per_month=5,
	places_left=2,
)
MENTEE = MenteeProfile(
	id="mentee-a",
	programme="North",
	gender="Man",
	nationality="Freedonia",
	languages={"English": 2, "Freedonian": 4},
	support_areas=frozenset({"Work", "Finance"}),
	interests=frozenset({"Walking"}),
	media=frozenset({"In person"}),
	district="Hill",
	hours_per_month=4,
	ready_on=date(2024, 3, 1),
)


def refused(about, value=None):
	return (Wish(about, "Refused", value),)


def wanted(about, value=None):
	return (Wish(about, "Wanted", value),)


@pytest.mark.req("E5")
def test_a_wish_raises_the_score_and_a_refusal_of_the_same_thing_wins():
	would_like = replace(MENTEE, wishes=wanted("Gender", "Woman"))
	man = replace(MENTOR, id="mentor-0", gender="Man")
	assert [s.mentor for s in suggest(would_like, [man, MENTOR])] == ["mentor-a", "mentor-0"]
	both = replace(MENTEE, wishes=wanted("Gender", "Woman") + refused("Gender", "Woman"))
	assert suggest(both, [MENTOR]) == []


@pytest.mark.req("M2")
def test_a_perfect_pair_scores_100_and_a_pair_with_nothing_in_common_0():
	rules = Rules(
		distances={("Hill", "Harbour"): 30},
		kind_by_phase={("Practical steps", "Survivor"): 1, ("Practical steps", "Local volunteer"): 0},
		minimum_commitment_months=6,
	)
	best = replace(MENTOR, languages={"English": 4}, support_areas={"Work"}, district="Hill", kind="Survivor")
	best = replace(
		best,
		slots={"Monday Morning"},
		meetings_per_month=4,
		channels={"Calls"},
		talk_length="Long",
		commitment_months=12,
		completed=1,
	)
	fit = replace(MENTEE, languages={"English": 4}, support_areas={"Work"}, phase="Practical steps")
	fit = replace(
		fit,
		slots={"Monday Morning"},
		good_times="Mornings",
		meetings_per_month=4,
		channels={"Calls"},
		talk_length="Long",
		technology_ease="Not at ease",
	)
	best = replace(best, wishes=wanted("Person", "mentee-a"))
	fit = replace(fit, wishes=wanted("Co-national", "Ruritania") + wanted("Gender", "Woman"))
	assert explain_pair(best, fit, rules=rules).score == 100
	poor = replace(
		best, support_areas={"Housing"}, interests={"Opera"}, district="Harbour", hours_per_month=0
	)
	poor = replace(poor, gender="Man", nationality="Sylvania", wishes=wanted("Person", "mentee-b"))
	poor = replace(poor, languages={"English": 0}, kind="Local volunteer", completed=0, commitment_months=0)
	poor = replace(
		poor, slots={"Sunday Evening"}, meetings_per_month=0, channels={"Video"}, talk_length="Short"
	)
	alone = {
		name: weight for name, weight in DEFAULT_WEIGHTS.items() if name not in ("ways_to_meet", "technology")
	}
	alone["fair_load"] = 0
	found = explain_pair(poor, replace(fit, languages={"English": 1}), rules=rules, weights=alone)
	assert found.score == 0
	assert not any(reason.weight for reason in found.reasons_for)


@pytest.mark.req("P5")
def test_a_programme_may_prefer_a_kind_of_mentor():
	survivor = replace(MENTOR, id="mentor-z", kind="Survivor")
	assert suggest(MENTEE, [MENTOR, survivor])[0].mentor == "mentor-a"
	rules = Rules(kind_preference={"Survivor": 1, "Local volunteer": 0})
	first, second = suggest(MENTEE, [MENTOR, survivor], rules=rules)
	assert (first.mentor, second.mentor) == ("mentor-z", "mentor-a")
	assert "kind_preferred" in {r.code for r in first.reasons_for}
	assert "kind_not_preferred" in {r.code for r in second.reasons_against}


@pytest.mark.req("M2", "M7")
def test_ties_go_to_fewest_running_then_longest_waiting_then_id():
	names = ["d", "c", "b", "a"]
	mentors = [replace(MENTOR, id=name, available_on=date(2024, 1, 1)) for name in names]
	mentors += [replace(MENTOR, id="e", available_on=date(2023, 1, 1)), replace(MENTOR, id="0", running=1)]
	mentors += [replace(MENTOR, id="f")]
	for pool in (mentors, mentors[::-1]):
		assert [s.mentor for s in suggest(MENTEE, pool)] == ["e", "a", "b", "c", "d", "f", "0"]
		assert [s.mentor for s in suggest(MENTEE, pool, limit=3)] == ["e", "a", "b"]
	mentees = [replace(MENTEE, id=name) for name in "cb"]
	mentees += [replace(MENTEE, id="a", ready_on=None), replace(MENTEE, id="z", ready_on=date(2023, 1, 1))]
	assert [s.mentee for s in suggest_mentees(MENTOR, mentees)] == ["z", "b", "c", "a"]


@pytest.mark.req("M2")
def test_a_suggestion_says_in_words_what_speaks_for_and_against():
	(found,) = suggest(replace(MENTEE, wishes=wanted("Gender", "Woman")), [MENTOR])
	assert {staff_sentence(r) for r in found.reasons_for} == {
		"The mentor can help with Work.",
		"Both are interested in Walking.",
		"The mentee would like a mentor of this gender (Woman).",
		"The mentor has enough time (5 hours a month for 4).",
		"Both speak English well.",
		"The mentor accompanies nobody else at present.",
		"The mentor can meet the way the mentee would like (In person).",
	}
	assert {staff_sentence(r) for r in found.reasons_against} == {
		"The mentor does not offer help with Finance.",
		"They live in different districts (Harbour and Hill).",
		"There is no language in which both are at home.",
		"The mentor would accompany somebody for the first time.",
	}
	assert "No safety exclusion keeps them apart." in {staff_sentence(r) for r in found.checked}
	assert all(staff_sentence(r) for r in found.checked)


@pytest.mark.req("M2")
@pytest.mark.parametrize(
	("levels", "sentence"),
	[
		((3, 2), "Both speak English well."),
		((3, 1), "They can talk in English, but one of them only at a simple level."),
		((3, 0), "Both speak English; how well is not recorded."),
	],
)
def test_how_well_they_can_talk_is_said_only_where_it_is_known(levels, sentence):
	mentor = replace(MENTOR, languages={"English": levels[0]})
	found = explain_pair(mentor, replace(MENTEE, languages={"English": levels[1]}))
	assert sentence in {staff_sentence(r) for r in (*found.reasons_for, *found.reasons_against)}


@pytest.mark.req("M2")
def test_a_blocker_is_told_in_its_own_words():
	blockers = (Blocker("paused"), Blocker("away", {"until": "May"}))
	found = explain_pair(replace(MENTOR, blockers=blockers), replace(MENTEE, blockers=blockers[:1]))

	def say(blocker):
		return {"away": "away until {until}", "paused": "taking a break"}[blocker.code].format(
			**blocker.params
		)

	told = {staff_sentence(r, blocker_words={"mentor_blocked": say}) for r in found.reasons_against}
	assert {
		"The mentor cannot be matched yet (taking a break).",
		"The mentor cannot be matched yet (away until May).",
		"The mentee cannot be matched yet (paused).",
	} <= told


@pytest.mark.req("M2")
def test_sentences_are_translated_before_they_are_filled_in():
	reason = engine.Reason("needs_covered", {"values": ("Work",)}, 1.0, "for")
	french = {"The mentor can help with {values}.": "Aide possible : {values}.", "Work": "travail"}
	assert staff_sentence(reason, lambda text: french.get(text, text)) == "Aide possible : travail."
	assert staff_sentence(reason, lambda text: text.replace("{values}", "{valeurs}")).endswith("with Work.")


@pytest.mark.req("P8", "E5")
def test_a_mentors_reasons_cannot_depend_on_anything_private():
	private = {
		"wishes": refused("Gender", "Canary")
		+ refused("Person", "mentor-a")
		+ wanted("Co-national", "Canary"),
		"excluded_mentors": frozenset({"mentor-a"}),
		"blockers": (Blocker("consent_withdrawn", {"values": ("Canary",)}),),
		"support_areas": frozenset({"Canary"}),
		"gender": "Canary",
		"nationality": "Canary",
		"district": "Canary",
		"ready_on": None,
		"max_distance": 1.0,
		"conflicting_organisations": frozenset({"Canary"}),
		"slots": frozenset({"Canary"}),
		"good_times": "Canary",
		"meetings_per_month": 1.0,
		"channels": frozenset({"Canary"}),
		"talk_length": "Canary",
		"technology_ease": "Canary",
		"phase": "Canary",
		"passed_over": 7,
	}
	plain = for_mentor(MENTOR, MENTEE)
	assert for_mentor(MENTOR, replace(MENTEE, **private)) == plain
	assert [mentor_sentence(r) for r in plain] == [
		"You both speak English.",
		"You are both interested in Walking.",
		"You can both meet this way: In person.",
	]
	assert "Canary" not in repr(replace(MENTEE, **private))


@pytest.mark.req("P8", "E5")
@pytest.mark.parametrize("code", sorted({*words.STAFF, *words.CHECKED, *constraints.CODES}))
def test_a_mentors_table_has_no_words_for_a_staff_reason(code):
	assert code not in words.MENTOR
	with pytest.raises(KeyError):
		mentor_sentence(engine.Reason(code))


@pytest.mark.req("P8")
def test_a_mentors_table_speaks_of_nothing_but_what_is_shared():
	assert {code.removeprefix("you_share_") for code in words.MENTOR} == {"languages", "interests", "media"}
	taboo = (
		"refus",
		"wish",
		"prefer",
		"would like",
		"exclu",
		"safety",
		"consent",
		"need",
		"gender",
		"national",
	)
	assert not [text for text in words.MENTOR.values() if any(word in text.lower() for word in taboo)]


@pytest.mark.req("M2")
def test_every_constraint_has_words_for_broken_and_for_kept():
	assert set(constraints.CODES) <= set(words.STAFF) & set(words.CHECKED)
	assert {code for code in constraints.CODES if "refus" in code} < constraints.PRIVATE_CODES


@pytest.mark.parametrize(
	("call", "message"),
	[
		(lambda: suggest(MENTEE, [MENTOR, MENTOR]), "Two mentors have the same id: mentor-a"),
		(lambda: suggest_mentees(MENTOR, [replace(MENTEE, id="")]), "A mentee has no id"),
		(lambda: suggest(MENTEE, [MENTOR], weights={}), "At least one criterion"),
		(lambda: suggest(MENTEE, [MENTOR], weights={"needs_covered": 0}), "At least one criterion"),
		(lambda: suggest(MENTEE, [MENTOR], weights={"charm": 1}), "no criterion called charm"),
		(lambda: suggest(MENTEE, [], weights={"needs_covered": -1}), "between 0 and 100"),
		(lambda: suggest(MENTEE, [], weights={"needs_covered": float("nan")}), "between 0 and 100"),
		(lambda: suggest(MENTEE, [], weights={"needs_covered": 101}), "between 0 and 100"),
		(lambda: suggest(MENTEE, [], weights={"needs_covered": "20"}), "between 0 and 100"),
		(lambda: suggest(MENTEE, [], weights={"needs_covered": True}), "between 0 and 100"),
		(lambda: suggest(MENTEE, [], weights={"mentor_kind": 1, "distance": 9}), "Short way, Kind of mentor"),
		(lambda: suggest(MENTEE, [], limit=-1), "zero or more"),
		(lambda: Wish("Gendre", "Refused", "Man"), "A wish is about one of"),
		(lambda: Wish("Gender", "Declined", "Man"), "A wish is one of"),
		(lambda: Rules(kind_preference={"Survivor": 2}), "between 0 and 1"),
		(lambda: Rules(kind_by_phase={("Practical steps", "Survivor"): -1}), "between 0 and 1"),
	],
)
def test_unusable_input_is_named(call, message):
	with pytest.raises(ValueError, match=message):
		call()


def test_a_bare_text_is_no_collection():
	with pytest.raises(TypeError, match="media is a collection"):
		replace(MENTOR, media="In person")


@pytest.mark.req("M2")
def test_empty_pools_and_limits():
	assert suggest(MENTEE, []) == suggest_mentees(MENTOR, []) == suggest(MENTEE, [MENTOR], limit=0) == []
	assert constraints.feasible(encode([], [])).shape == scoring.scores(encode([], [])).shape == (0, 0)
	assert len(suggest(MENTEE, [replace(MENTOR, id=str(n)) for n in range(30)])) == 10
	assert len(suggest(MENTEE, [replace(MENTOR, id=str(n)) for n in range(30)], limit=None)) == 30


def test_the_engine_is_pure():
	for path in Path(engine.__file__).parent.glob("*.py"):
		for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
			names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
			if isinstance(node, ast.ImportFrom) and not node.level:
				names = [node.module]
			assert not [name for name in names if name.split(".")[0] == "frappe"], path


@pytest.mark.req("M2")
@pytest.mark.parametrize("value", [float("inf"), float("nan"), -1])
def test_a_number_that_is_none_counts_as_not_recorded(value):
	unusable = {"hours_per_month": value, "meetings_per_month": value}
	values = scoring.criteria(encode([replace(MENTOR, **unusable)], [replace(MENTEE, **unusable)]))
	assert (values["hours_fit"][0, 0], values["meeting_rhythm"][0, 0]) == (0.5, 0.5)


def test_gaps_are_told_and_count_half():
	bare = MentorProfile(id="bare", programme="North", kind="Local volunteer", languages={"English": 0})
	found = explain_pair(bare, MENTEE)
	gaps = {r.code for r in found.checked if r.code.startswith("mentor") and r.code.endswith("_recorded")}
	names = (
		"support_areas",
		"interests",
		"media",
		"district",
		"hours",
		"language_level",
		"slots",
		"channels",
	)
	names += ("meetings", "talk_length")
	assert gaps == {f"mentor_{name}_not_recorded" for name in names}
	values = scoring.criteria(encode([bare], [MENTEE]))
	assert {values[n][0, 0] for n in ("needs_covered", "shared_interests", "hours_fit", "same_district")} == {
		0.5
	}
	assert reasons.in_common(["Chess", "opera"], ["CHESS"]) == ("Chess",)


@pytest.mark.req("M2")
def test_times_of_the_week_are_said_in_their_order():
	slots = {"Friday Morning", "Monday Evening", "Sunday Morning", "Monday Morning", "any time"}
	week = ("Monday Morning", "Monday Evening", "Friday Morning", "Sunday Morning", "any time")
	assert in_week_order(slots) == week
	both = replace(MENTOR, slots=slots), replace(MENTEE, slots=slots - {"any time"})
	[said] = [staff_sentence(reason) for reason in explain_pair(*both).reasons_for if reason.code == "times_shared"]
	assert said == "Both have time on Monday Morning, Monday Evening, Friday Morning, Sunday Morning."
