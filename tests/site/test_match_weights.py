"""What counts is the programme's to decide: weights, mixtures, and what is refused of them."""

import factories
import frappe
import pytest

from libes_mentoring.mentor_matching import suggestions, weights
from libes_mentoring.mentor_matching.engine.weights import CRITERIA, DEFAULT_WEIGHTS, LABELS, PRESETS
from libes_mentoring.mentor_matching.rules import rules_of

pytestmark = pytest.mark.req("M2")


def programme_with(chosen: dict[str, int], **fields):
	rows = [{"criterion": name, "weight": weight} for name, weight in chosen.items()]
	return factories.programme(purpose="Prescriptive", match_weights=rows, **fields)


def refuse(message: str, chosen: dict[str, int] | list, **fields) -> None:
	before = frappe.db.count("Mentoring Programme")
	rows = chosen if isinstance(chosen, list) else [{"criterion": n, "weight": w} for n, w in chosen.items()]
	with pytest.raises(frappe.ValidationError, match=message):
		factories.programme(match_weights=rows, **fields)
	assert frappe.db.count("Mentoring Programme") == before


def test_a_programme_that_has_chosen_nothing_has_the_usual_mixture():
	programme = factories.programme()
	assert weights.weights_of(programme.name) == {
		name: float(DEFAULT_WEIGHTS.get(name, 0)) for name in CRITERIA
	}
	assert programme.weights_preset is None


def test_what_is_not_named_counts_nothing():
	programme = programme_with({"shared_interests": 40, "distance": 10})
	found = weights.weights_of(programme.name)
	assert {name: weight for name, weight in found.items() if weight} == {
		"shared_interests": 40,
		"distance": 10,
	}
	assert set(found) == set(CRITERIA) and len(CRITERIA) == 20
	assert programme.weights_preset is None


@pytest.mark.parametrize("preset", PRESETS)
def test_a_mixture_is_known_by_its_name(preset):
	programme = programme_with({name: int(weight) for name, weight in PRESETS[preset].items()})
	assert programme.weights_preset == preset
	assert weights.choices(programme.name)["preset"] == preset


def test_presets_can_be_stored_as_they_are():
	"""Whole numbers from 0 to 100, of criteria that exist: a programme keeps nothing else."""
	for preset in PRESETS.values():
		assert set(preset) <= set(CRITERIA)
		assert all(0 <= weight <= 100 and weight == int(weight) for weight in preset.values())


def test_the_table_offers_what_the_engine_knows():
	options = frappe.get_meta("Match Criterion Weight").get_field("criterion").options.split("\n")
	assert [option for option in options if option] == list(CRITERIA)
	assert set(LABELS) == set(CRITERIA)


@pytest.mark.parametrize(
	("chosen", "message"),
	[
		({"star_sign": 10}, "There is no criterion called star_sign"),
		([{"criterion": "", "weight": 10}], "Weights, line 1: please choose what it is about"),
		(
			[{"criterion": "experience", "weight": 1}, {"criterion": "experience", "weight": 2}],
			"is there twice, in lines 1 and 2",
		),
		({"experience": -1}, "The weight of Experience must be a number between 0 and 100"),
		({"experience": 101}, "The weight of Experience must be a number between 0 and 100"),
		({"experience": "a lot"}, "The weight of Experience must be a number between 0 and 100"),
		({"experience": 0, "distance": 0}, "At least one criterion must weigh more than zero"),
		({"distance": 50, "mentor_kind": 20}, r"keeps no data \(Short way, Kind of mentor\)"),
	],
)
def test_weights_that_cannot_be_are_refused_in_words(chosen, message):
	refuse(message, chosen)


def test_what_rests_may_count_alone_once_there_is_data_for_it():
	row = {"one_district": "North", "other_district": "South", "minutes": 20}
	programme = programme_with({"distance": 50}, district_distances=[row])
	assert {
		r["label"]: r["share"]
		for r in weights.shown(weights.weights_of(programme.name), rules_of(programme.name))
	} == {weights.label("distance"): 100.0}
	programme.district_distances = []
	with pytest.raises(frappe.ValidationError, match="keeps no data"):
		programme.save()
	assert frappe.db.count("Programme District Distance", {"parent": programme.name}) == 1


def test_the_form_learns_what_really_counts_and_what_rests():
	programme = programme_with({"distance": 50, "mentor_kind": 30, "needs_covered": 15, "experience": 5})
	rows = {row["criterion"]: row for row in weights.choices(programme.name)["criteria"]}
	assert list(rows) == list(CRITERIA)
	assert (rows["needs_covered"]["share"], rows["experience"]["share"]) == (75.0, 25.0)
	for name, field in weights.FED_BY.items():
		assert rows[name]["fed_by"] == field and rows[name]["rests"].startswith("Rests:")
		assert frappe.get_meta("Mentoring Programme").has_field(field)
	assert (rows["distance"]["share"], rows["mentor_kind"]["share"]) == (0, 0)
	assert not [row for row in rows.values() if not (row["label"] and row["help"].endswith("."))]
	assert sum(row["share"] for row in rows.values()) == pytest.approx(100, abs=0.5)


def test_what_rests_is_what_the_engine_leaves_out():
	"""The form counts live by `fed_by`; the engine by the rules. They must not come apart."""
	full = factories.programme(
		district_distances=[{"one_district": "North", "other_district": "South", "minutes": 20}],
		kind_preferences=[{"mentor_kind": "Survivor", "fit_percent": 70, "phase": "Practical steps"}],
	)
	fields = {row["criterion"]: row for row in weights.choices(full.name)["criteria"]}
	assert all(fields[name]["share"] for name in weights.FED_BY if fields[name]["weight"])
	fresh = {row["criterion"]: row for row in weights.choices()["criteria"]}
	resting = {name for name, row in fresh.items() if row["weight"] and not row["share"]}
	assert resting == {name for name in weights.FED_BY if fresh[name]["weight"]}


def test_weights_change_who_comes_first_and_the_dialogue_says_by_what():
	programme = programme_with({"shared_interests": 90, "same_district": 10})
	interests = [{"interest": "Cooking"}, {"interest": "Music"}]
	alike = factories.mentor(programme=programme, interests=interests, district="South")
	near = factories.mentor(programme=programme, interests=[{"interest": "Sport"}], district="North")
	mentee = factories.mentee(programme=programme, interests=interests, district="North")
	with factories.as_user(programme.coordinator):
		by_interests = suggestions.suggest_mentors(mentee.name)
	assert [row["share"] for row in by_interests["counts"]] == [90.0, 10.0]
	assert [(row["mentor"], row["score"]) for row in by_interests["suggestions"]] == [
		(alike.name, 90),
		(near.name, 10),
	]
	for row in programme.match_weights:
		row.weight = {"shared_interests": 10, "same_district": 90}[row.criterion]
	programme.save()
	by_place = suggestions.suggest_mentors(mentee.name)["suggestions"]
	assert [(row["mentor"], row["score"]) for row in by_place] == [(near.name, 90), (alike.name, 10)]
	# The match keeps the same number.
	assert frappe.db.get_value("Match", suggestions.accept(mentee.name, near.name), "score") == 90


@pytest.mark.req("M2", "S3")
def test_only_who_reads_the_programme_learns_its_weights(as_user):
	programme = programme_with({"experience": 10})
	mentee = factories.mentee(programme=programme)
	for user in (programme.coordinator, factories.manager().name, mentee.caregiver):
		with as_user(user):
			assert weights.choices(programme.name)["criteria"]
	refused = set()
	for user in (
		factories.coordinator().name,
		factories.social_worker().name,
		factories.volunteer().name,
		"Guest",
	):
		with as_user(user):
			for name in (programme.name, "PRG-999"):
				with pytest.raises(frappe.PermissionError) as found:
					weights.choices(name)
				refused.add(str(found.value))
	assert len(refused) == 1
