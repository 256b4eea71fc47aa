"""How long people wait: the clock of each, what a match keeps of it, and the figures, which name nobody."""

import factories
import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentee_preparation import consent
from libes_mentoring.mentor_matching import profiles
from libes_mentoring.mentoring_evaluation import waiting_figures, ways
from libes_mentoring.mentoring_relationship import taking_back
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.patches.v1 import meetings_and_waiting


@pytest.fixture
def programme():
	return factories.programme()


def clock(doc):
	since, before = frappe.db.get_value(doc.doctype, doc.name, ["waiting_since", "waited_days"])
	return (getdate(since) - getdate()).days if since else None, before


def waits(doc, days):
	"""As if the clock had started so many days ago."""
	frappe.db.set_value(
		doc.doctype, doc.name, "waiting_since", add_days(nowdate(), -days), update_modified=False
	)
	return factories.fresh(doc)


@pytest.mark.req("M7")
def test_a_mentee_waits_from_ready_to_matched_and_a_pause_stops_the_clock(programme):
	mentee = factories.mentee(programme=programme)
	assert clock(mentee) == (0, 0)
	mentee = waits(mentee, 23)
	assert next_step("Mentee", mentee.name)["text"].endswith("Waiting for 23 days.")
	mentee.status = "Paused"
	mentee.save()
	assert clock(mentee) == (None, 23)
	mentee = factories.fresh(mentee)
	mentee.status = "Ready"
	mentee.save()
	assert clock(mentee) == (-23, 0)
	match = factories.match(mentee=mentee)
	assert match.mentee_waited_days == 23 and clock(mentee) == (None, 0)
	factories.close(match)
	assert clock(mentee) == (None, 0)
	mentee = factories.fresh(mentee)
	mentee.status = "Ready"
	mentee.save()
	assert clock(mentee) == (0, 0)
	mentee.status = "Left"
	mentee.save()
	assert clock(mentee) == (None, 0)


@pytest.mark.req("M7", "E2")
def test_a_consent_that_is_withdrawn_stops_the_clock(programme):
	mentee = waits(factories.mentee(programme=programme), 10)
	with factories.as_user(mentee.caregiver):
		consent.withdraw(mentee.name)
	assert clock(mentee) == (None, 10)
	factories.consent(mentee)
	assert clock(mentee) == (-10, 0)


@pytest.mark.req("M7")
def test_a_mentor_waits_while_a_place_is_left(programme):
	mentor = factories.mentor(programme=programme, capacity=2)
	assert clock(mentor) == (0, 0)
	mentor = waits(mentor, 40)
	assert "Waiting for 40 days." in next_step("Mentor", mentor.name)["text"]
	first = factories.match(mentor, factories.mentee(programme=programme))
	assert first.mentor_waited_days == 40
	# One place is left: the wait for that one begins anew.
	assert clock(mentor) == (0, 0)
	factories.match(mentor, factories.mentee(programme=programme))
	assert clock(mentor) == (None, 0)
	factories.close(first)
	assert clock(mentor) == (0, 0)
	mentor = waits(mentor, 5)
	mentor.stage = "Paused"
	mentor.save()
	assert clock(mentor) == (None, 5)


@pytest.mark.req("M7", "M5")
def test_a_match_taken_back_in_a_pause_takes_nobody_a_day(programme):
	mentee = waits(factories.mentee(programme=programme), 60)
	match = factories.match(mentee=mentee)
	mentee = factories.fresh(mentee)
	mentee.status = "Paused"
	mentee.save()
	assert taking_back.take_back(match.name) == "deleted"
	assert clock(mentee) == (None, 60)
	mentee = factories.fresh(mentee)
	mentee.status = "Ready"
	mentee.save()
	assert clock(mentee) == (-60, 0)


@pytest.mark.req("M7", "M5")
def test_the_days_of_a_match_that_was_taken_back_count_once(programme):
	mentor, mentee = factories.mentor(programme=programme), waits(factories.mentee(programme=programme), 30)
	match = factories.match(mentor, mentee)
	match.db_set("mentor_briefed_on", nowdate())
	assert taking_back.take_back(match.name) == "closed"
	assert factories.fresh(match).taken_back
	factories.match(mentor, factories.fresh(mentee))
	mentees, _mentors = figures(programme.coordinator)
	assert (mentees["matched"], mentees["median_matched"]) == (1, 30)
	with factories.as_user(programme.coordinator):
		[row] = ways.rows()
	assert (row["programme"], row["matches"], row["running"], row["ended_early"]) == (programme.programme_name, 1, 1, 0)


@pytest.mark.req("M5", "V1")
def test_two_programmes_that_are_called_the_same_outside_are_counted_apart():
	coordinator = factories.coordinator()
	for name in ("Spring", "Autumn"):
		programme = factories.programme(coordinator=coordinator.name, programme_name=factories.unique(name), public_name="Side by side")
		factories.match(mentee=factories.mentee(programme=programme))
	with factories.as_user(coordinator.name):
		assert [row["matches"] for row in ways.rows()] == [1, 1]


@pytest.mark.req("M7")
def test_what_is_in_memory_or_was_sent_does_not_turn_the_clock(programme):
	mentee = factories.mentee(programme=programme)
	stale = factories.fresh(mentee)
	factories.match(mentee=mentee)
	stale.reload()
	stale.waiting_since, stale.waited_days = add_days(nowdate(), -400), 400
	stale.save()
	assert clock(mentee) == (None, 0)
	stale.flags.ignore_permissions = True
	stale.waiting_since = add_days(nowdate(), -400)
	stale.save()
	assert clock(mentee) == (None, 0)


@pytest.mark.req("M7", "M2")
def test_who_waits_longer_comes_first_in_lists_and_in_the_tie_break(programme):
	short, long = (waits(factories.mentee(programme=programme), days) for days in (3, 30))
	with factories.as_user(programme.coordinator):
		names = frappe.get_list(
			"Mentee", {"waiting_since": ("is", "set")}, order_by="waiting_since asc", pluck="name"
		)
	assert names == [long.name, short.name]
	by_name = {person.id: person.ready_on for person in profiles.mentee_profiles([short.name, long.name])}
	assert by_name[long.name] < by_name[short.name]
	mentor = waits(factories.mentor(programme=programme), 12)
	assert profiles.mentor_profiles([mentor.name])[0].available_on == getdate(add_days(nowdate(), -12))


@pytest.mark.commits
@pytest.mark.req("M7")
def test_a_form_that_is_saved_while_a_match_is_made_does_not_set_the_clock_back(programme, login):
	mentee = waits(factories.mentee(programme=programme), 40)
	mentor = waits(factories.mentor(programme=programme, capacity=1), 12)
	client = login(programme.coordinator)
	# This request has begun to read before the match is made.
	assert clock(mentee) == (-40, 0) and not frappe.db.count("Match")
	client.message("libes_mentoring.mentor_matching.suggestions.accept", mentee=mentee.name, mentor=mentor.name)
	assert not frappe.db.count("Match"), "and still reads what was there then"
	for doc in (mentee, mentor):
		doc.save()
	frappe.db.commit()
	assert clock(mentee) == clock(mentor) == (None, 0)


@pytest.mark.commits
@pytest.mark.req("M7")
def test_of_two_matches_of_one_mentor_made_at_once_the_wait_counts_for_the_first(programme, login):
	mentor = waits(factories.mentor(programme=programme, capacity=2), 40)
	mentees = [factories.mentee(programme=programme).name for _number in range(2)]
	client = login(programme.coordinator)
	assert clock(mentor) == (-40, 0) and not frappe.db.count("Match")
	client.message("libes_mentoring.mentor_matching.suggestions.accept", mentee=mentees[0], mentor=mentor.name)
	# What was read of the mentor is the same still, but for the clock.
	second = factories.match(mentor, mentees[1])
	frappe.db.commit()
	assert (second.mentor_waited_days, clock(mentor)) == (0, (None, 0))


def figures(user, **filters):
	with factories.as_user(user):
		return waiting_figures.rows(filters)


@pytest.mark.req("M7", "V1")
def test_figures_are_median_and_longest_within_what_one_is_entitled_to(programme):
	for days in (2, 10, 60):
		waits(factories.mentee(programme=programme), days)
	matched = waits(factories.mentee(programme=programme), 14)
	factories.match(factories.mentor(programme=programme), matched)
	other = factories.programme()
	waits(factories.mentee(programme=other), 99)
	mentees, mentors = figures(programme.coordinator)
	assert (mentees["who"], mentees["waiting"], mentees["median_now"], mentees["longest_now"]) == (
		"Mentee",
		3,
		10,
		60,
	)
	assert (mentees["matched"], mentees["median_matched"]) == (1, 14)
	assert (mentors["who"], mentors["waiting"], mentors["matched"]) == ("Mentor", 0, 1)
	assert figures(programme.coordinator, programme=other.name) == []
	manager = factories.manager().name
	[seen, _mentors] = figures(manager, programme=other.name)
	assert seen["longest_now"] == 99
	tomorrow = add_days(nowdate(), 1)
	assert figures(manager, programme=programme.name, from_date=tomorrow)[0]["matched"] == 0
	with pytest.raises(frappe.ValidationError, match="ends before it begins"):
		figures(manager, from_date=tomorrow, to_date=nowdate())


@pytest.mark.req("M7", "S6")
def test_by_gender_a_small_group_says_nothing_and_cannot_be_worked_out(programme):
	for number, gender in ((6, "Female"), (7, "Male"), (1, "Non-Conforming")):
		for day in range(number):
			waits(factories.mentee(programme=programme, gender=gender), day)
	shown = {
		row["gender"]: row["waiting"]
		for row in figures(factories.manager().name, programme=programme.name, by_gender=1)
		if row["who"] == "Mentee"
	}
	assert shown == {"Female": None, "Male": 7, "Non-Conforming": None}


@pytest.mark.req("M7", "S3")
def test_the_report_is_for_managers_and_coordinators(programme):
	waits(factories.mentee(programme=programme), 8)
	for user in (factories.manager().name, programme.coordinator):
		with factories.as_user(user):
			result = run("Waiting Time", {"programme": programme.name})["result"]
		assert result[0]["longest_now"] == 8
	for user in (factories.volunteer().name, factories.social_worker().name, factories.partner_user().name):
		with factories.as_user(user), pytest.raises(frappe.PermissionError):
			run("Waiting Time", {"programme": programme.name})


@pytest.mark.req("M7", "M6")
def test_what_was_stored_before_is_brought_along(programme):
	mentee, mentor = factories.mentee(programme=programme), factories.mentor(programme=programme)
	match = factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	for doc, values in (
		(mentee, {"ready_on": add_days(nowdate(), -9), "waiting_since": None}),
		(mentor, {"available_on": add_days(nowdate(), -70), "waiting_since": None}),
		(frappe.get_doc("Mentor", match.mentor), {"available_on": add_days(nowdate(), -12)}),
		(
			match,
			{
				"mentee_ready_on": add_days(nowdate(), -5),
				"mentee_waited_days": 0,
				"meeting_expected_by": None,
			},
		),
	):
		frappe.db.set_value(doc.doctype, doc.name, values, update_modified=False)
	# A site on which it has never been done.
	frappe.db.delete("Patch Log", {"patch": meetings_and_waiting.__name__})
	for _ in range(2):
		meetings_and_waiting.execute()
	assert clock(mentee) == (-9, 0) and clock(mentor) == (-70, 0)
	assert frappe.db.get_value("Match", match.name, ["mentee_waited_days", "mentor_waited_days"]) == (5, 12)
	assert str(frappe.db.get_value("Match", match.name, "meeting_expected_by")) == add_days(nowdate(), 14)
	assert [row.place for row in factories.fresh(programme).meeting_places] == ["Community library"]


@pytest.mark.req("M7")
def test_bringing_it_along_a_second_time_leaves_what_was_counted_since(programme):
	values = {"doctype": "Patch Log", "patch": meetings_and_waiting.__name__}
	frappe.db.delete("Patch Log", {"patch": values["patch"]})
	frappe.get_doc(values).insert(ignore_permissions=True)
	frappe.db.set_value("Patch Log", {"patch": values["patch"]}, "creation", add_days(nowdate(), -1))
	# Handed on within a team, say: ready for long, and no day of it spent waiting for this match.
	match = factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	frappe.db.set_value("Match", match.name, {"mentee_ready_on": add_days(nowdate(), -90), "mentee_waited_days": 0})
	meetings_and_waiting.execute()
	assert frappe.db.get_value("Match", match.name, "mentee_waited_days") == 0
