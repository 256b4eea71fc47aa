"""From a suggestion to a match, and what comes with it."""

from datetime import timedelta

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_matching import suggestions


@pytest.fixture
def programme():
	return factories.programme(purpose="Prescriptive")


@pytest.mark.req("M2", "M3")
def test_suggestions_are_ranked_and_explained(programme):
	close = factories.mentor(programme=programme, interests=[{"interest": "Cooking"}, {"interest": "Music"}])
	far = factories.mentor(programme=programme, interests=[{"interest": "Sport"}], district="South")
	factories.mentor(programme=programme, stage="Applied")
	mentee = factories.mentee(
		programme=programme, interests=[{"interest": "Cooking"}, {"interest": "Music"}], wishes=[]
	)
	with factories.as_user(programme.coordinator):
		found = suggestions.suggest_mentors(mentee.name)
	assert [row["mentor"] for row in found["suggestions"]] == [close.name, far.name]
	assert found["blockers"] == [] and found["looked_at"] == 2
	first, second = found["suggestions"]
	assert first["score"] > second["score"]
	assert "Both are interested in Cooking, Music." in first["reasons_for"]
	assert "They have named no interest in common." in second["reasons_against"]
	assert "No safety exclusion keeps them apart." in first["checked"]


WISHES = {
	"gender": {"about": "Gender", "strength": "Refused", "gender": "Female"},
	"co-national": {"about": "Co-national", "strength": "Refused"},
	"kind": {"about": "Mentor kind", "strength": "Refused", "mentor_kind": "Local volunteer"},
}


@pytest.mark.req("E5", "M3")
@pytest.mark.parametrize("wish", WISHES)
def test_a_refusal_of_the_mentee_is_absolute_on_every_path(programme, wish):
	mentor = factories.mentor(programme=programme)
	mentee = factories.mentee(programme=programme, wishes=[WISHES[wish]])
	assert suggestions.suggest_mentors(mentee.name)["suggestions"] == []
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
		suggestions.accept(mentee.name, mentor.name)
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
		factories.match(mentor, mentee)
	assert not frappe.db.count("Match", {"mentee": mentee.name})


@pytest.mark.req("E5", "M3")
def test_refused_persons_and_safety_exclusions_are_absolute(programme):
	mentor = factories.mentor(programme=programme)
	refusing = factories.mentee(
		programme=programme, wishes=[{"about": "Person", "strength": "Refused", "mentor": mentor.name}]
	)
	kept_apart = factories.mentee(programme=programme, excluded_mentors=[{"mentor": mentor.name}])
	for mentee in (refusing, kept_apart):
		assert suggestions.suggest_mentors(mentee.name)["suggestions"] == []
		with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
			factories.match(mentor, mentee)


@pytest.mark.req("E5", "M3")
def test_a_refusal_of_the_mentor_counts_as_much(programme):
	mentor = factories.mentor(
		programme=programme, wishes=[{"about": "Gender", "strength": "Refused", "gender": "Male"}]
	)
	mentee = factories.mentee(programme=programme, gender="Male")
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
		factories.match(mentor, mentee)


@pytest.mark.req("M3")
def test_no_shared_language_and_another_programme_are_refused(programme):
	mentor = factories.mentor(programme=programme)
	silent = factories.mentee(programme=programme, languages=[{"language": "Edo", "level": "Mother tongue"}])
	elsewhere = factories.mentee()
	for mentee in (silent, elsewhere):
		with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
			factories.match(mentor, mentee)


@pytest.mark.req("M1", "M6", "L2", "C1")
def test_a_match_brings_its_checklist_its_rhythm_and_its_closure(programme):
	mentor, mentee = factories.mentor(programme=programme), factories.mentee(programme=programme)
	with factories.as_user(programme.coordinator):
		match = frappe.get_doc("Match", suggestions.accept(mentee.name, mentor.name, way="Self-matching"))
	today = getdate()
	assert (match.stage, match.way, match.programme) == ("Initiation", "Self-matching", programme.name)
	assert len(match.checklist) == 9 and not any(row.done for row in match.checklist)
	check_ins = factories.check_ins(match)
	assert [row.contact_kind for row in check_ins[:3]] == ["First contact", "Second contact", "Building"]
	assert [getdate(row.due_on) - today for row in check_ins[:3]] == [
		timedelta(14),
		timedelta(30),
		timedelta(44),
	]
	assert getdate(check_ins[-1].due_on) <= getdate(match.planned_end)
	assert 178 <= (getdate(match.planned_end) - today).days <= 185
	assert factories.closure_of(match).status == "Not started"
	assert match.reasons_for and match.score > 0


@pytest.mark.req("M3")
def test_capacity_is_never_exceeded(programme):
	mentor = factories.mentor(programme=programme, capacity=2)
	for _ in range(2):
		factories.match(mentor, factories.mentee(programme=programme))
	third = factories.mentee(programme=programme)
	assert suggestions.suggest_mentors(third.name)["suggestions"] == []
	with pytest.raises(frappe.ValidationError, match=r"all places are taken \(2 of 2\)"):
		factories.match(mentor, third)


@pytest.mark.req("M3")
def test_a_mentee_has_one_running_match_and_a_new_one_after_its_end(programme):
	mentor = factories.mentor(programme=programme)
	match = factories.match(mentor, factories.mentee(programme=programme))
	other = factories.mentor(programme=programme)
	with pytest.raises(frappe.ValidationError, match="has a running match"):
		factories.match(other, match.mentee)
	factories.close(match)
	with pytest.raises(frappe.ValidationError, match="status is Preparing"):
		factories.match(mentor, match.mentee)
	mentee = frappe.get_doc("Mentee", match.mentee)
	mentee.status = "Ready"
	mentee.save()
	again = factories.match(mentor, match.mentee)
	assert again.previous_match == match.name


@pytest.mark.req("L1")
def test_the_relationship_starts_with_a_completed_first_meeting(programme):
	match = factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	match.stage = "Growth and maintenance"
	with pytest.raises(frappe.ValidationError, match="starts with the first meeting"):
		match.save()
	match.reload()
	match.stage, match.first_meeting_on = "Growth and maintenance", nowdate()
	with pytest.raises(frappe.ValidationError, match="points of the first meeting are open"):
		match.save()
	match.reload()
	for row in match.checklist:
		row.done = 1
	match.first_meeting_on, match.stage = nowdate(), "Growth and maintenance"
	with pytest.raises(frappe.ValidationError, match=r"how often they agreed to meet.*one goal that the two share"):
		match.save()
	match.reload()
	for row in match.checklist:
		row.done = 1
	match.update({"agreed_meetings_per_month": 2, "agreed_length_minutes": 60, "agreed_medium": "In person"})
	match.append("goals", {"goal": "Cook together.", "whose": "Shared"})
	match.first_meeting_on, match.stage = nowdate(), "Growth and maintenance"
	match.save()
	assert [row.stage for row in match.stage_log] == ["Initiation", "Growth and maintenance"]
	assert {row.moved_by for row in match.stage_log} == {frappe.session.user}
	assert all(row.done_by and row.done_on for row in match.checklist)


@pytest.mark.req("L1", "C1")
@pytest.mark.parametrize("stage", ["Closure", "Closed"])
def test_no_match_is_closed_by_hand(programme, stage):
	match = factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	match.stage = stage
	with pytest.raises(frappe.ValidationError):
		match.save()


@pytest.mark.req("M3")
def test_a_match_is_not_dated_in_the_future(programme):
	mentor, mentee = factories.mentor(programme=programme), factories.mentee(programme=programme)
	with pytest.raises(frappe.ValidationError, match="in the future"):
		factories.match(mentor, mentee, matched_on=add_days(nowdate(), 1))


@pytest.mark.req("S3", "M2")
@pytest.mark.parametrize("who", [factories.social_worker, factories.coordinator, factories.manager])
def test_only_the_programmes_coordinator_gets_suggestions(programme, who):
	mentor, mentee = factories.mentor(programme=programme), factories.mentee(programme=programme)
	with factories.as_user(who().name):
		with pytest.raises(frappe.PermissionError):
			suggestions.suggest_mentors(mentee.name)
		with pytest.raises(frappe.PermissionError):
			suggestions.accept(mentee.name, mentor.name)


@pytest.mark.req("M2")
def test_suggestions_take_as_many_queries_for_many_as_for_few(programme, count_queries):
	mentee = factories.mentee(programme=programme)
	for _ in range(2):
		factories.mentor(programme=programme)
	suggestions.suggest_mentors(mentee.name)
	with count_queries() as few:
		suggestions.suggest_mentors(mentee.name)
	for _ in range(8):
		factories.mentor(programme=programme)
	with count_queries() as many:
		found = suggestions.suggest_mentors(mentee.name)
	assert len(found["suggestions"]) == 10 and many.count <= few.count


@pytest.mark.req("L3")
@pytest.mark.parametrize(
	("values", "message"),
	[
		({"met_on": "2999-01-01"}, "in the future"),
		({"met_on": "2001-01-01"}, "before the match"),
		({"length_minutes": 0}, "between 1 minute and 24 hours"),
		({"length_minutes": 1441}, "between 1 minute and 24 hours"),
		({"next_meeting_on": "2001-01-01"}, "before this one"),
	],
)
def test_impossible_meetings_are_refused_and_nothing_is_written(programme, values, message):
	match = factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	with pytest.raises(frappe.ValidationError, match=message):
		factories.meeting_log(match, **values)
	assert not frappe.db.count("Meeting Log", {"mentoring_match": match.name})
