"""Nobody becomes available with a step missing, and staff read why."""

from datetime import date, timedelta

import factories
import frappe
import pytest

from libes_mentoring.mentor_recruitment import portal_account, screening


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


@pytest.mark.req("S3")
def test_a_stranger_cannot_invite():
	mentor = factories.mentor()
	with factories.as_user(factories.coordinator().name), pytest.raises(frappe.PermissionError):
		portal_account.invite(mentor.name)
