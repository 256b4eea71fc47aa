"""The report on recruitment channels: the cohort, the steps of it, and whose numbers anybody sees."""

import factories
import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, add_months, nowdate

from libes_mentoring.mentoring_evaluation import channels
from libes_mentoring.mentoring_evaluation.report.recruitment_channels.recruitment_channels import execute

pytestmark = pytest.mark.req("R2")


@pytest.fixture
def programme():
	return factories.programme()


def candidate(programme, channel="Event", **fields):
	return factories.mentor(programme=programme, recruitment_channel=channel, stage="Applied", **fields)


def matched(programme, months_ago: int, left_after_days: int | None = None, channel="Event"):
	"""A mentor whose first match was so long ago, and who may have left since."""
	mentor = factories.mentor(
		programme=programme, recruitment_channel=channel, applied_on=add_months(nowdate(), -30)
	)
	match = factories.match(mentor)
	begun = add_months(nowdate(), -months_ago)
	frappe.db.set_value("Match", match.name, "matched_on", begun)
	if left_after_days is not None:
		frappe.db.set_value(
			"Mentor", mentor.name, {"stage": "Left", "left_on": add_days(begun, left_after_days)}
		)
	return mentor


def row(channel="Event", **filters) -> dict:
	return next((row for row in channels.rows(filters) if row["channel"] == channel), {})


def test_every_step_is_counted_once(programme):
	candidate(programme)
	factories.mentor(programme=programme, recruitment_channel="Event")
	twice = matched(programme, 3)
	twice.db_set("capacity", 2)
	factories.match(factories.fresh(twice))
	found = row(programme=programme.name)
	assert (found["applicants"], found["available"], found["matched"]) == (3, 2, 1)


def test_who_was_available_once_stays_counted(programme):
	mentor = factories.mentor(programme=programme, recruitment_channel="Event")
	assert str(mentor.available_on) == nowdate()
	mentor.stage = "Left"
	mentor.save()
	assert row(programme=programme.name)["available"] == 1


def test_staying_is_counted_of_those_who_could(programme):
	matched(programme, 3)
	matched(programme, 8)
	matched(programme, 14)
	matched(programme, 14, left_after_days=250)
	matched(programme, 14, left_after_days=20)
	found = row(programme=programme.name)
	assert (found["stayed_6"], found["could_stay_6"]) == (3, 4)
	assert (found["stayed_12"], found["could_stay_12"]) == (1, 3)


@pytest.mark.parametrize(("days", "could"), [(0, 1), (1, 0)])
def test_six_months_are_over_on_the_day(programme, days, could):
	mentor = matched(programme, 6)
	frappe.db.set_value(
		"Match", {"mentor": mentor.name}, "matched_on", add_days(add_months(nowdate(), -6), days)
	)
	assert row(programme=programme.name)["could_stay_6"] == could


def test_who_left_early_is_not_there_before_the_time_could_be_over(programme):
	matched(programme, 3, left_after_days=10)
	found = row(programme=programme.name)
	assert (found["stayed_6"], found["could_stay_6"]) == (0, 0)


def test_a_pause_is_no_leaving(programme):
	mentor = matched(programme, 8)
	mentor.db_set("stage", "Paused")
	assert row(programme=programme.name)["stayed_6"] == 1


def test_the_period_is_that_of_the_application(programme):
	candidate(programme, applied_on="2025-03-01")
	candidate(programme, applied_on="2025-03-31")
	candidate(programme, applied_on="2025-04-01")
	found = row(programme=programme.name, from_date="2025-03-01", to_date="2025-03-31")
	assert found["applicants"] == 2
	with pytest.raises(frappe.ValidationError, match="ends before it begins"):
		channels.rows({"from_date": "2025-04-01", "to_date": "2025-03-01"})


def test_channels_are_told_apart_and_none_is_made_up(programme):
	candidate(programme, "Website")
	candidate(programme, "Website")
	candidate(programme, None)
	found = [(row["channel"], row["applicants"]) for row in channels.rows({"programme": programme.name})]
	assert found == [("Website", 2), ("Not recorded", 1)]


@pytest.mark.req("S3")
def test_a_coordinator_counts_the_own_programmes_and_a_manager_all(programme):
	elsewhere = factories.programme()
	candidate(programme, "Event")
	candidate(elsewhere, "Event")
	with factories.as_user(programme.coordinator):
		assert row()["applicants"] == 1
		assert channels.rows({"programme": elsewhere.name}) == []
	with factories.as_user(factories.manager().name):
		assert row()["applicants"] >= 2
		assert run("Recruitment Channels")["result"]


@pytest.mark.req("S3")
@pytest.mark.parametrize("make", [factories.social_worker, factories.partner_user, factories.volunteer])
def test_nobody_else_opens_the_report(make):
	with factories.as_user(make().name), pytest.raises(frappe.PermissionError):
		run("Recruitment Channels")


def test_the_page_says_what_is_counted_and_the_number_of_queries_is_fixed(programme, count_queries):
	candidate(programme)
	with factories.as_user(programme.coordinator):
		answer = run("Recruitment Channels", {"programme": programme.name})
		assert "neither as there nor as lost" in answer["message"]
		with count_queries() as few:
			execute({"programme": programme.name})
		for _number in range(5):
			with factories.as_user("Administrator"):
				candidate(programme)
		with count_queries() as many:
			execute({"programme": programme.name})
	assert many.count == few.count
