"""How far apart people live: what a programme enters, what is refused of it, and what a suggestion says."""

import factories
import frappe
import pytest

from libes_mentoring.mentor_matching import distances, suggestions

pytestmark = pytest.mark.req("M2")


def line(one: str, other: str, minutes=20) -> dict:
	return {"one_district": one, "other_district": other, "minutes": minutes}


@pytest.fixture
def programme():
	return factories.programme(purpose="Prescriptive", district_distances=[line("North", "South", 35)])


def against(found: dict, mentor) -> list[str]:
	return next(row for row in found["suggestions"] if row["mentor"] == mentor.name)["reasons_against"]


@pytest.mark.parametrize(
	("rows", "message"),
	[
		(
			[line("North", "South"), line("South", "North", 30)],
			"North and South|South and North.* lines 1 and 2",
		),
		([line("North", "South"), line(" SOUTH ", "north")], "is there twice: in lines 1 and 2"),
		([line("Müllerstraße", "South"), line("MÜLLERSTRASSE", "south")], "is there twice"),
		([line("North", "north ")], "one and the same district"),
		([line("North", "South", -5)], "how many minutes is it between North and South"),
		([line("North", "South", 0)], "how many minutes is it between North and South"),
		([line("North", "South", "soon")], "how many minutes is it between North and South"),
		([line("North", "  ")], "line 1: please name both districts"),
		([line("North", "unknown")], "line 1: please name both districts"),
	],
)
def test_distances_that_cannot_be_are_refused_and_nothing_changes(programme, rows, message):
	programme.set("district_distances", [])
	for row in rows:
		programme.append("district_distances", row)
	with pytest.raises(frappe.ValidationError, match=message):
		programme.save()
	stored = frappe.get_all(
		"Programme District Distance", {"parent": programme.name}, ["one_district", "minutes"]
	)
	assert [(row.one_district, row.minutes) for row in stored] == [("North", 35)]


@pytest.mark.req("P5")
@pytest.mark.parametrize(
	("rows", "message"),
	[
		([{"fit_percent": 50}], "line 1: please choose the kind"),
		([{"mentor_kind": "Survivor"}], "from 1 to 100, not 0"),
		([{"mentor_kind": "Survivor", "fit_percent": 101}], "from 1 to 100, not 101"),
		([{"mentor_kind": "Survivor", "fit_percent": 50}] * 2, "lines 1 and 2 are about the same kind"),
	],
)
def test_preferences_that_cannot_be_are_refused(programme, rows, message):
	for row in rows:
		programme.append("kind_preferences", dict(row))
	with pytest.raises(frappe.ValidationError, match=message):
		programme.save()


def test_a_suggestion_says_how_far_apart_they_live_however_it_is_written(programme):
	near = factories.mentor(programme=programme, district=" NORTH")
	far = factories.mentor(programme=programme, district="south ")
	unknown = factories.mentor(programme=programme, district="Elsewhere")
	mentee = factories.mentee(programme=programme, district="north")
	with factories.as_user(programme.coordinator):
		found = suggestions.suggest_mentors(mentee.name)
	assert found["suggestions"][0]["mentor"] == near.name
	words = {
		row["mentor"]: " ".join(row["reasons_for"] + row["reasons_against"]) for row in found["suggestions"]
	}
	assert "35 minutes" in words[far.name] and "minutes" not in words[unknown.name]


@pytest.mark.req("M2", "M3", "E5")
@pytest.mark.parametrize("whose", ["programme", "mentee"])
def test_a_limit_keeps_apart_who_lives_farther_and_nobody_of_whom_it_is_not_known(programme, whose):
	if whose == "programme":
		programme.max_distance_minutes = 30
		programme.save()
	far = factories.mentor(programme=programme, district="South")
	unknown = factories.mentor(programme=programme, district="Elsewhere")
	mentee = factories.mentee(programme=programme, max_distance_minutes=30 if whose == "mentee" else 0)
	assert [row["mentor"] for row in suggestions.suggest_mentors(mentee.name)["suggestions"]] == [
		unknown.name
	]
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched: They live too far apart"):
		factories.match(far, mentee)
	relaxed = factories.mentee(programme=programme)
	if whose == "mentee":
		assert len(suggestions.suggest_mentors(relaxed.name)["suggestions"]) == 2, (
			"the limit is one person's own"
		)


def test_a_limit_of_nought_is_none(programme):
	mentor, mentee = (
		factories.mentor(programme=programme, district="South"),
		factories.mentee(programme=programme),
	)
	assert [row["mentor"] for row in suggestions.suggest_mentors(mentee.name)["suggestions"]] == [mentor.name]


@pytest.mark.req("P5")
def test_the_preferred_kind_of_mentor_hangs_on_what_comes_first_and_shuts_nobody_out():
	first = {"shared_interests": 0, "mentor_kind": 100}
	programme = factories.programme(
		purpose="Prescriptive",
		match_weights=[{"criterion": name, "weight": weight} for name, weight in first.items()],
		kind_preferences=[
			{"mentor_kind": "Survivor", "fit_percent": 90, "phase": "Practical steps"},
			{"mentor_kind": "Local volunteer", "fit_percent": 20, "phase": "Practical steps"},
			{"mentor_kind": "Local volunteer", "fit_percent": 90, "phase": "Company and language"},
			{"mentor_kind": "Survivor", "fit_percent": 20, "phase": "Company and language"},
		],
	)
	survivor = factories.mentor(programme=programme, mentor_kind="Survivor")
	local = factories.mentor(programme=programme, mentor_kind="Local volunteer")

	def ranked(**said) -> list[str]:
		found = suggestions.suggest_mentors(factories.mentee(programme=programme, **said).name)
		return [row["mentor"] for row in found["suggestions"]]

	assert ranked(phase="Practical steps") == [survivor.name, local.name]
	assert ranked(phase="Company and language") == [local.name, survivor.name]
	refusing = {"about": "Mentor kind", "strength": "Refused", "mentor_kind": "Survivor"}
	assert ranked(phase="Practical steps", wishes=[refusing]) == [local.name]


def test_the_coordinator_sees_which_distances_are_missing(programme):
	for district in ("South", "south ", "East", None):
		factories.mentor(programme=programme, district=district)
	for district in ("North", "EAST", None):
		factories.mentee(programme=programme, district=district)
	factories.mentor(programme=programme, district="Far away", stage="Applied")
	gone = factories.mentee(programme=programme, district="Left behind", ready=False)
	gone.status = "Left"
	gone.save()
	with factories.as_user(programme.coordinator):
		found = distances.missing(programme.name)
	# North and South have their distance; within one district there is none to enter.
	pairs = [{place.casefold() for place in row.values()} for row in found["pairs"]]
	assert pairs[0] == {"east", "south"}, "what concerns most people comes first"
	assert {frozenset(pair) for pair in pairs} == {
		frozenset(pair)
		for pair in (("east", "south"), ("east", "north"), ("far away", "north"), ("far away", "east"))
	}
	assert (found["more"], found["without_district"]) == (0, 2)


@pytest.mark.req("M2", "S3", "P8")
def test_nobody_but_its_coordinator_learns_where_mentees_live(programme, as_user):
	mentee = factories.mentee(programme=programme, district="Quiet lane")
	factories.mentor(programme=programme, district="South")
	refused = set()
	others = (factories.manager(), factories.coordinator(), factories.volunteer())
	for user in (*(other.name for other in others), mentee.caregiver, "Guest"):
		with as_user(user):
			for name in (programme.name, "PRG-999"):
				with pytest.raises(frappe.PermissionError) as found:
					distances.missing(name)
				refused.add(str(found.value))
	assert len(refused) == 1 and "Quiet" not in refused.pop()
