"""Nobody becomes available with a step missing, and staff read why."""

from datetime import date, timedelta

import factories
import frappe
import pytest
from frappe.utils import getdate

from libes_mentoring.mentor_recruitment import portal_account, screening, screening_steps


@pytest.mark.req("R5")
def test_the_first_record_shows_every_step_open():
	candidate = factories.mentor(stage="Applied")
	assert {row.step for row in candidate.screening_steps} == {
		"Application",
		"References",
		"Interview",
		"Training",
		"Agreement",
	}
	candidate.stage = "Available"
	with pytest.raises(
		frappe.ValidationError, match=r"not available yet: .*the record check has not been seen"
	):
		candidate.save()
	assert frappe.db.get_value("Mentor", candidate.name, "stage") == "Applied"


@pytest.mark.req("R5")
def test_only_a_coordinator_makes_a_mentor_available():
	programme = factories.programme()
	candidate = factories.mentor(stage="Screening", programme=programme, **factories._screening())
	with factories.as_user(programme.coordinator):
		mine = frappe.get_doc("Mentor", candidate.name)
		mine.stage = "Available"
		mine.save()
	assert frappe.db.get_value("Mentor", candidate.name, "stage") == "Available"


@pytest.mark.req("R5", "M3")
def test_an_expired_check_is_said_with_its_day():
	mentor = factories.mentor(record_check_renew_by="2026-03-03", stage="Screening")
	mentor.db_set("stage", "Available")
	mentee = factories.mentee(programme=mentor.programme)
	with pytest.raises(frappe.ValidationError) as refused:
		factories.match(mentor, mentee)
	assert str(refused.value) == "This mentor cannot be matched: the record check expired on 3 March 2026."
	assert not frappe.db.exists("Match", {"mentor": mentor.name})


@pytest.mark.req("R6")
@pytest.mark.parametrize(
	("values", "reason"),
	[
		({"birth_date": date.today() - timedelta(days=17 * 365)}, "18 or older"),
		({"hours_per_month": 2}, "2 hours a month is less than the 4"),
		({"turned_down_on": date.today()}, "turned down"),
	],
)
def test_unsuitable_candidates_are_stopped(values, reason):
	with pytest.raises(frappe.ValidationError, match=reason):
		factories.mentor(**values)


@pytest.mark.req("S7", "M3")
@pytest.mark.parametrize(
	("values", "reason"),
	[
		({"capacity": -1}, "cannot take -1 mentees"),
		({"birth_date": date.today() + timedelta(days=2)}, "in the future"),
	],
)
def test_impossible_values_are_refused(values, reason):
	with pytest.raises(frappe.ValidationError, match=reason):
		factories.mentor(**values)


@pytest.mark.req("R5")
def test_ready_mentors_move_by_themselves_and_only_once():
	ready = factories.mentor(stage="Screening", **factories._screening())
	waiting = factories.mentor(stage="Applied")
	assert screening.move_ready_mentors([ready.name, waiting.name]) == [ready.name]
	assert screening.move_ready_mentors([ready.name, waiting.name]) == []


@pytest.mark.req("R5")
def test_many_mentors_are_screened_with_as_many_queries_as_one(count_queries):
	mentors = [factories.mentor().name]
	programme = frappe.db.get_value("Mentor", mentors[0], "programme")
	with count_queries() as for_one:
		screening.blockers_by_mentor(mentors)
	mentors += [factories.mentor(programme=programme).name for _ in range(5)]
	with count_queries() as for_six:
		found = screening.blockers_by_mentor(mentors)
	assert for_six.count <= for_one.count and set(found) == set(mentors)


@pytest.mark.req("S6", "S3")
def test_an_invited_mentor_gets_the_portal_and_nothing_else():
	programme = factories.programme()
	mentor = factories.mentor(programme=programme)
	with factories.as_user(programme.coordinator):
		user = portal_account.invite(mentor.name)
		assert portal_account.invite(mentor.name) == user
	account = frappe.get_doc("User", user)
	assert account.user_type == "Website User"
	assert [row.role for row in account.roles] == ["Mentoring Volunteer"]


@pytest.mark.req("S3")
def test_a_member_of_staff_is_never_made_a_volunteer():
	staff = factories.social_worker()
	mentor = factories.mentor(email=staff.email)
	with pytest.raises(frappe.ValidationError, match="member of staff"):
		portal_account.invite(mentor.name)
	candidate = factories.mentor(stage="Applied")
	with pytest.raises(frappe.ValidationError, match="available"):
		portal_account.invite(candidate.name)


@pytest.mark.req("S6")
def test_whoever_is_in_the_screening_is_invited_unless_turned_down():
	"""What is read, learnt and signed before a match is done on the portal."""
	assert portal_account.invite(factories.mentor(stage="Screening").name)
	turned_down = factories.mentor(stage="Screening", turned_down_on=date.today())
	with pytest.raises(frappe.ValidationError, match="in the screening or available"):
		portal_account.invite(turned_down.name)


@pytest.mark.req("R5")
def test_a_procedure_writes_what_became_of_a_step():
	candidate = factories.mentor(stage="Applied")
	record = {"done_on": getdate("2026-03-02"), "valid_until": getdate("2027-03-02"), "note": "Two answers."}
	for _ in range(2):
		screening_steps.record_outcome(candidate.name, "References", "Passed", **record)
	candidate = factories.fresh(candidate)
	(step,) = (row for row in candidate.screening_steps if row.step == "References")
	assert (step.outcome, step.done_on, step.valid_until, step.note, step.decided_by) == (
		"Passed",
		*record.values(),
		frappe.session.user,
	)
	assert candidate.stage == "Screening"
	assert "References" not in {
		blocker.params.get("step") for blocker in screening.open_screening_of(candidate)
	}
	screening_steps.record_outcome(candidate.name, "References", "Open")
	candidate = factories.fresh(candidate)
	(step,) = (row for row in candidate.screening_steps if row.step == "References")
	assert (step.outcome, step.done_on, step.decided_by) == ("Open", None, None)
	assert "References" in {blocker.params.get("step") for blocker in screening.open_screening_of(candidate)}


@pytest.mark.req("R5")
def test_a_step_that_the_mentor_does_not_have_is_refused():
	"""The record check has fields of its own, and is no row."""
	candidate = factories.mentor(stage="Applied")
	with pytest.raises(frappe.ValidationError, match="no such step"):
		screening_steps.record_outcome(candidate.name, "Record check", "Passed")


@pytest.mark.req("S3")
def test_a_stranger_cannot_invite():
	mentor = factories.mentor()
	with factories.as_user(factories.coordinator().name), pytest.raises(frappe.PermissionError):
		portal_account.invite(mentor.name)


@pytest.mark.req("R5")
@pytest.mark.parametrize(
	("capacity", "message"),
	[("abc", "whole number"), ("1.5", "whole number"), ("nan", "whole number"), (-1, "cannot take -1"), (21, "between 0 and 20")],
)
def test_a_capacity_that_is_none_is_refused_in_words(capacity, message):
	before = frappe.db.count("Mentor")
	with pytest.raises(frappe.ValidationError, match=message):
		factories.mentor(capacity=capacity)
	assert frappe.db.count("Mentor") == before
	assert factories.mentor(capacity="3").capacity == 3


@pytest.mark.req("S3")
@pytest.mark.commits
@pytest.mark.parametrize("doctype", ["Mentor", "Mentee"])
def test_a_record_without_its_programme_is_refused_in_words(login, doctype):
	client = login(factories.programme().coordinator)
	answer = client.post(f"/api/resource/{doctype}", json={"full_name": "Nova Example", "capacity": 1})
	assert answer.status_code == 403
	assert "Please fill in first: Programme" in answer.text
