"""Each hard constraint of the matching engine by itself, on people made up for the purpose."""

from dataclasses import replace
from datetime import date

import pytest

from libes_mentoring.mentor_matching.engine import (
	IN_HOUSE,
	Blocker,
	MenteeProfile,
	MentorProfile,
	Rules,
	Wish,
	constraints,
	explain_pair,
	suggest,
	suggest_mentees,
)
from libes_mentoring.mentor_matching.engine.encode import encode

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
TABLE = {("Hill", "Harbour"): 12.0}
PLAIN = Rules()


def refused(about, value=None):
	return (Wish(about, "Refused", value),)


def broken(mentor=MENTOR, mentee=MENTEE, rules=PLAIN):
	found = constraints.violations(encode([mentor], [mentee]), rules)
	return {code for code, matrix in found.items() if matrix[0, 0]}


SAME_NATION = {"nationality": "Freedonia"}
ONE_BROKEN = [
	("programme_differs", {"programme": "South"}, {}, PLAIN),
	("programme_differs", {"programme": ""}, {"programme": ""}, PLAIN),
	("mentor_kind_not_in_programme", {}, {}, Rules(kinds=frozenset({"Survivor"}))),
	("mentor_kind_not_in_programme", {"kind": ""}, {}, Rules(kinds=frozenset({"Survivor"}))),
	("mentor_blocked", {"blockers": (Blocker("training_missing"),)}, {}, PLAIN),
	("mentor_full", {"places_left": 0}, {}, PLAIN),
	("mentor_full", {"places_left": -1}, {}, PLAIN),
	("mentee_blocked", {}, {"blockers": (Blocker("consent_withdrawn"),)}, PLAIN),
	("mentee_refuses_gender", {}, {"wishes": refused("Gender", "Woman")}, PLAIN),
	("mentee_refuses_gender", {}, {"wishes": refused("Gender", " woman ")}, PLAIN),
	("mentee_refuses_gender_not_known", {"gender": None}, {"wishes": refused("Gender", "Man")}, PLAIN),
	("mentee_refuses_gender_not_known", {"gender": ""}, {"wishes": refused("Gender", "Man")}, PLAIN),
	(
		"mentee_refuses_gender_not_known",
		{"gender": "Prefer not to say"},
		{"wishes": refused("Gender", "Man")},
		PLAIN,
	),
	("mentee_refuses_co_national", SAME_NATION, {"wishes": refused("Co-national")}, PLAIN),
	("mentee_refuses_co_national", {}, {"wishes": refused("Co-national", "Ruritania")}, PLAIN),
	(
		"mentee_refuses_co_national_not_known",
		{"nationality": None},
		{"wishes": refused("Co-national")},
		PLAIN,
	),
	(
		"mentee_refuses_co_national_not_known",
		{},
		{"nationality": "", "wishes": refused("Co-national")},
		PLAIN,
	),
	("mentee_refuses_mentor_kind", {}, {"wishes": refused("Mentor kind", "Local volunteer")}, PLAIN),
	(
		"mentee_refuses_mentor_kind_not_known",
		{"kind": ""},
		{"wishes": refused("Mentor kind", "Survivor")},
		PLAIN,
	),
	("mentee_refuses_organisation", {}, {"wishes": refused("Organisation", "Friends of the Harbour")}, PLAIN),
	(
		"mentee_refuses_organisation_not_known",
		{"organisation": None},
		{"wishes": refused("Organisation", "Friends of the Hill")},
		PLAIN,
	),
	("mentee_refuses_person", {}, {"wishes": refused("Person", "mentor-a")}, PLAIN),
	("mentee_refusal_unclear", {}, {"wishes": refused("Gender")}, PLAIN),
	("mentee_refusal_unclear", {}, {"wishes": refused("Person", " ")}, PLAIN),
	("mentor_refuses_gender", {"wishes": refused("Gender", "Man")}, {}, PLAIN),
	("mentor_refuses_gender_not_known", {"wishes": refused("Gender", "Man")}, {"gender": None}, PLAIN),
	("mentor_refuses_co_national", {**SAME_NATION, "wishes": refused("Co-national")}, {}, PLAIN),
	(
		"mentor_refuses_co_national_not_known",
		{"wishes": refused("Co-national")},
		{"nationality": None},
		PLAIN,
	),
	("mentor_refuses_person", {"wishes": refused("Person", "mentee-a")}, {}, PLAIN),
	("mentor_refusal_unclear", {"wishes": refused("Mentor kind", "Survivor")}, {}, PLAIN),
	(
		"mentee_refuses_organisation",
		{"organisation": IN_HOUSE, "other_organisations": frozenset({"Friends of the Hill"})},
		{"wishes": refused("Organisation", "friends of the hill")},
		PLAIN,
	),
	("organisation_conflict", {}, {"conflicting_organisations": {"friends of the harbour"}}, PLAIN),
	(
		"organisation_conflict",
		{"other_organisations": frozenset({"Employment office"})},
		{"conflicting_organisations": frozenset({"Employment office"})},
		PLAIN,
	),
	(
		"organisation_conflict_not_known",
		{"organisation": None},
		{"conflicting_organisations": frozenset({"Employment office"})},
		PLAIN,
	),
	("vetoed", {}, {}, Rules(vetoed=frozenset({("mentor-a", "mentee-a")}))),
	("safety_exclusion", {}, {"excluded_mentors": frozenset({"mentor-a"})}, PLAIN),
	("language_not_known", {"languages": {}}, {}, PLAIN),
	("language_not_known", {}, {"languages": {}}, PLAIN),
	("no_shared_language", {"languages": {"Ruritanian": 4}}, {}, PLAIN),
	("no_shared_language", {"languages": {"English": 1}}, {}, PLAIN),
	("no_shared_medium", {"media": frozenset({"Asynchronous"})}, {}, PLAIN),
	("too_far", {}, {}, Rules(distances=TABLE, max_distance=10)),
	("too_far", {}, {"max_distance": 10}, Rules(distances=TABLE)),
	("too_far", {}, {"max_distance": 10}, Rules(distances=TABLE, max_distance=50)),
]
NOTHING_BROKEN = [
	({}, {"conflicting_organisations": frozenset({"Employment office"})}, PLAIN),
	({"other_organisations": frozenset({"Employment office"})}, {}, PLAIN),
	({}, {}, Rules(vetoed=frozenset({("mentor-b", "mentee-a"), ("mentor-a", "mentee-b")}))),
	({}, {}, PLAIN),
	(
		{"gender": None, "nationality": None, "organisation": None},
		{"gender": None, "nationality": None},
		PLAIN,
	),
	({}, {"wishes": refused("Gender", "Man") + refused("Co-national")}, PLAIN),
	({"organisation": IN_HOUSE}, {"wishes": refused("Organisation", "Friends of the Hill")}, PLAIN),
	({}, {"wishes": refused("Person", "mentor-b"), "excluded_mentors": {"mentor-b"}}, PLAIN),
	({"languages": {"English": 0}}, {"languages": {"english": 1}}, PLAIN),
	({"media": frozenset()}, {}, PLAIN),
	({}, {"media": frozenset()}, PLAIN),
	({}, {}, Rules(kinds=frozenset({"Local volunteer"}), distances=TABLE, max_distance=12)),
	({"district": None}, {}, Rules(distances=TABLE, max_distance=1)),
	({"district": "Elsewhere"}, {}, Rules(distances=TABLE, max_distance=1)),
	({"district": "Hill"}, {}, Rules(distances=TABLE, max_distance=0)),
	({}, {"max_distance": 1}, PLAIN),
]


@pytest.mark.req("M3", "E5")
@pytest.mark.parametrize(("code", "mentor", "mentee", "rules"), ONE_BROKEN)
def test_each_constraint_alone_makes_the_pair_impossible(code, mentor, mentee, rules):
	mentor, mentee = replace(MENTOR, **mentor), replace(MENTEE, **mentee)
	assert broken(mentor, mentee, rules) == {code}
	assert suggest(mentee, [mentor], rules=rules) == suggest_mentees(mentor, [mentee], rules=rules) == []
	explained = explain_pair(mentor, mentee, rules=rules)
	assert not explained.feasible and explained.score is None
	assert code in {r.code for r in explained.reasons_against}
	told = {r.code for r in explained.checked + explained.reasons_against} | {"too_far", "vetoed"}
	assert set(constraints.CODES) <= told


@pytest.mark.req("M3")
def test_every_constraint_has_a_row_in_the_table():
	assert {row[0] for row in ONE_BROKEN} == set(constraints.CODES)


@pytest.mark.req("M3", "E5")
@pytest.mark.parametrize(("mentor", "mentee", "rules"), NOTHING_BROKEN)
def test_nothing_is_assumed_from_what_nobody_said(mentor, mentee, rules):
	assert broken(replace(MENTOR, **mentor), replace(MENTEE, **mentee), rules) == set()


@pytest.mark.req("M2")
def test_everything_that_stands_in_the_way_is_reported():
	mentee = replace(MENTEE, wishes=refused("Gender", "Woman"), excluded_mentors={"MENTOR-A"}, languages={})
	assert broken(replace(MENTOR, places_left=0), mentee) == {
		"mentee_refuses_gender",
		"safety_exclusion",
		"language_not_known",
		"mentor_full",
	}
