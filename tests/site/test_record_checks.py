"""A record check is written down without what it says; a finding is decided by people, and the end comes in time."""

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, nowdate

from libes_mentoring.mentor_recruitment import record_check_reviews as reviews
from libes_mentoring.mentoring_relationship import next_steps, record_check_reminders

pytestmark = pytest.mark.req("R5")


def seen(issued: int | None = 30, days_ago: int = 30, outcome: str = "Nothing found") -> dict:
	"""A record check that was issued and seen so many days ago."""
	issued_on = None if issued is None else add_days(nowdate(), -issued)
	return {
		"record_check_issued_on": issued_on,
		"record_check_seen_on": add_days(nowdate(), -days_ago),
		"record_check_outcome": outcome,
	}


def stored(mentor, field: str):
	return frappe.db.get_value("Mentor", mentor.name, field)


def told(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")


def rule(country: str, valid: int, age: int) -> None:
	settings = frappe.get_single("Mentoring Settings")
	settings.append(
		"record_check_rules",
		{"country": country, "valid_months": valid, "max_age_at_inspection_months": age},
	)
	settings.save()


# What is written down -------------------------------------------------------------------------------


def test_there_is_nowhere_to_put_an_extract_or_an_offence():
	fields = [
		field for field in frappe.get_meta("Mentor").fields if field.fieldname.startswith("record_check")
	]
	assert {field.fieldtype for field in fields} <= {"Date", "Link", "Select", "Int"}
	review = factories.finding()
	for doctype, name in (("Record Check Review", review.name), ("Mentor", review.mentor)):
		scan = {"doctype": "File", "file_name": "extract.txt", "is_private": 1, "content": "x"}
		at = {"attached_to_doctype": doctype, "attached_to_name": name}
		with pytest.raises(frappe.PermissionError, match="No copy of an extract is kept"):
			frappe.get_doc({**scan, **at}).insert()
		moved = frappe.get_doc(scan).insert()
		with pytest.raises(frappe.PermissionError, match="No copy of an extract is kept"):
			moved.update(at).save()
	with pytest.raises(frappe.PermissionError):
		review.add_comment("Comment", "x")


def test_the_end_follows_from_the_country_of_the_programme():
	day = add_days(nowdate(), -30)
	usual = factories.mentor(stage="Applied", **seen())
	assert stored(usual, "record_check_renew_by") == getdate(add_months(day, 24))
	rule("Belgium", 12, 2)
	here = factories.mentor(stage="Applied", programme=factories.programme(country="Belgium"), **seen())
	assert stored(here, "record_check_renew_by") == getdate(add_months(day, 12))
	coordinator = frappe.db.get_value("Mentoring Programme", here.programme, "coordinator")
	with factories.as_user(coordinator):
		mine = factories.fresh(here)
		mine.record_check_renew_by = "2099-01-01"
		mine.save()
	assert stored(here, "record_check_renew_by") == getdate(add_months(day, 12))


@pytest.mark.parametrize(
	("values", "reason"),
	[
		({"issued": 130}, "more than 3 months old"),
		({"issued": 20}, "seen before it was issued"),
		({"days_ago": -1}, "in the future"),
		({"issued": None}, "when the extract was issued"),
		({"outcome": "Accepted after discussion"}, "review by two people"),
		({"outcome": "Not accepted"}, "review by two people"),
	],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(values, reason):
	candidate = factories.mentor(stage="Applied")
	candidate.update(seen(**values))
	with pytest.raises(frappe.ValidationError, match=reason):
		candidate.save()
	assert not stored(candidate, "record_check_outcome")
	with pytest.raises(frappe.ValidationError, match=reason):
		factories.mentor(stage="Applied", **seen(**values))


def test_who_saw_it_and_when_is_filled_in():
	programme = factories.programme()
	with factories.as_user(programme.coordinator):
		candidate = frappe.get_doc("Mentor", factories.mentor(stage="Applied", programme=programme).name)
		candidate.update({**seen(), "record_check_seen_on": None})
		candidate.save()
	assert candidate.record_check_seen_by == programme.coordinator
	assert getdate(candidate.record_check_seen_on) == getdate()


@pytest.mark.parametrize(("country", "months", "reason"), [("", 12, "two lines"), ("Italy", 0, "one month")])
def test_the_settings_hold_one_line_for_each_country(country, months, reason):
	assert len(frappe.get_single("Mentoring Settings").record_check_rules) == 1
	with pytest.raises(frappe.ValidationError, match=reason):
		rule(country, months, 3)


# A finding ------------------------------------------------------------------------------------------


@pytest.fixture
def house():
	"""A review of a candidate whose check shows something, and who may have to do with it."""
	programme = factories.programme()
	mentor = factories.mentor(programme=programme, stage="Screening", mentor_kind="Survivor")
	with factories.as_user(programme.coordinator):
		review = factories.finding(mentor)
	people = {
		"coordinator": programme.coordinator,
		"second": factories.social_worker().name,
		"manager": factories.manager().name,
		"outsider": factories.coordinator().name,
	}
	with factories.as_user(programme.coordinator):
		mine = frappe.get_doc("Record Check Review", review.name)
		mine.reviewer_2 = people["second"]
		mine.save()
	return frappe._dict(people, mentor=mentor, review=review.name)


def decide(house, person: str, decision: str, conditions: str = "") -> str:
	with factories.as_user(house[person]):
		return reviews.decide(house.review, decision, conditions)


def readers(house) -> set[str]:
	found = set()
	for person in ("coordinator", "second", "manager", "outsider"):
		with factories.as_user(house[person]):
			if frappe.get_list("Record Check Review", {"name": house.review}):
				found.add(person)
	return found


@pytest.mark.req("R7")
def test_a_finding_refuses_nobody_and_two_people_decide_alike(house):
	assert stored(house.mentor, "stage") == "Screening" and not stored(house.mentor, "turned_down_on")
	assert readers(house) == {"coordinator", "second"}
	assert told(house.second) == ["A decision waits for you"]
	assert decide(house, "coordinator", "Accept") == "Open"
	assert stored(house.mentor, "record_check_outcome") == "To be discussed"
	with pytest.raises(frappe.ValidationError, match="You have decided already"):
		decide(house, "coordinator", "Accept")
	assert decide(house, "second", "Accept", "Begins with a task in the office.") == "Completed"
	review = frappe.get_doc("Record Check Review", house.review)
	assert (review.outcome, review.conditions_2) == (
		"Accepted after discussion",
		"Begins with a task in the office.",
	)
	assert stored(house.mentor, "record_check_outcome") == "Accepted after discussion"
	assert readers(house) == {"coordinator", "second"}
	with pytest.raises(frappe.ValidationError, match="completed"):
		decide(house, "second", "Do not accept")


@pytest.mark.req("R7")
@pytest.mark.parametrize(
	("third", "outcome"), [("Accept", "Accepted after discussion"), ("Do not accept", "Not accepted")]
)
def test_where_two_differ_a_manager_is_the_third(house, third, outcome):
	with pytest.raises(frappe.PermissionError):
		decide(house, "manager", "Accept")
	decide(house, "coordinator", "Accept")
	assert decide(house, "second", "Do not accept") == "Disagreement"
	assert stored(house.mentor, "record_check_outcome") == "To be discussed"
	assert told(house.manager) == ["A decision waits for you"]
	assert readers(house) == {"coordinator", "second", "manager"}
	for person in ("coordinator", "second", "outsider"):
		with pytest.raises(frappe.PermissionError):
			decide(house, person, third)
	assert decide(house, "manager", third) == "Completed"
	assert stored(house.mentor, "record_check_outcome") == outcome
	assert stored(house.mentor, "stage") == "Screening"
	assert readers(house) == {"coordinator", "second", "manager"}


@pytest.mark.req("R7")
@pytest.mark.parametrize("person", ["manager", "outsider"])
def test_nobody_else_decides_or_learns_that_there_is_a_review(house, person):
	with factories.as_user(house[person]):
		for function in (
			lambda: reviews.decide(house.review, "Accept"),
			lambda: reviews.before_deciding(house.review),
		):
			with pytest.raises(frappe.PermissionError) as refused:
				function()
			assert str(refused.value) == "Not permitted"
		with pytest.raises(frappe.PermissionError, match="Not permitted"):
			reviews.decide("no such review", "Accept")


@pytest.mark.req("R7")
def test_the_principle_stands_at_the_point_of_decision_and_more_so_for_a_survivor(house):
	with factories.as_user(house.coordinator):
		found = reviews.before_deciding(house.review)
	assert found["may_decide"] and found["emphasised"]
	assert found["mentor_name"] == house.mentor.full_name
	assert any("not to be punished" in text for text in found["principle"])
	# Who decides without seeing the mentor's record reads the principle, and does not learn the kind of mentor.
	with factories.as_user(house.second):
		assert not frappe.get_list("Mentor", {"name": house.mentor.name})
		elsewhere = reviews.before_deciding(house.review)
	assert elsewhere == {**found, "emphasised": False}
	house.mentor.db_set("mentor_kind", None)
	with factories.as_user(house.coordinator):
		unknown = reviews.before_deciding(house.review)
	assert unknown["principle"] == found["principle"] and not unknown["emphasised"]


@pytest.mark.req("R7")
def test_the_outcome_is_not_set_by_hand_nor_the_decisions(house):
	with factories.as_user(house.coordinator):
		for outcome in ("Accepted after discussion", "Nothing found", None):
			mine = factories.fresh(house.mentor)
			mine.record_check_outcome = outcome
			with pytest.raises(frappe.ValidationError):
				mine.save()
		review = frappe.get_doc("Record Check Review", house.review)
		review.update({"decision_1": "Accept", "decision_2": "Accept", "status": "Completed"})
		review.save()
	decision, status = frappe.db.get_value("Record Check Review", house.review, ["decision_2", "status"])
	assert (decision or None, status) == (None, "Open")


@pytest.mark.req("R7")
def test_reviewers_are_two_of_the_staff_and_who_has_decided_stays(house):
	def choose(field, user):
		with factories.as_user(house.coordinator):
			review = frappe.get_doc("Record Check Review", house.review)
			review.set(field, user)
			review.save()

	with pytest.raises(frappe.ValidationError, match="Two different people"):
		choose("reviewer_2", house.coordinator)
	for user in (factories.volunteer().name, factories.privacy_officer().name):
		with pytest.raises(frappe.ValidationError, match="A reviewer is"):
			choose("reviewer_2", user)
	choose("reviewer_2", house.outsider)
	choose("reviewer_2", house.second)
	decide(house, "second", "Accept")
	with pytest.raises(frappe.ValidationError, match="Who has decided stays"):
		choose("reviewer_2", house.outsider)


@pytest.mark.req("R7")
def test_what_was_decided_stays_until_a_newer_extract_is_seen(house):
	for person in ("coordinator", "second"):
		decide(house, person, "Do not accept")
	mentor = factories.fresh(house.mentor)
	mentor.record_check_outcome = "Nothing found"
	with pytest.raises(frappe.ValidationError, match="until a newer extract"):
		mentor.save()
	mentor = factories.fresh(house.mentor)
	mentor.db_set({field: value for field, value in seen().items() if field != "record_check_outcome"})
	newer = {"record_check_issued_on": nowdate(), "record_check_seen_on": nowdate()}
	mentor = factories.fresh(house.mentor)
	mentor.update(newer)
	with pytest.raises(frappe.ValidationError, match="another extract"):
		mentor.save()
	mentor = factories.fresh(house.mentor)
	mentor.update({**newer, "record_check_outcome": "To be discussed"})
	mentor.save()
	assert frappe.db.count("Record Check Review", {"mentor": mentor.name}) == 2
	factories.fresh(mentor).save()
	assert frappe.db.count("Record Check Review", {"mentor": mentor.name}) == 2


@pytest.mark.req("R7")
@pytest.mark.commits
def test_of_two_decisions_at_the_same_moment_none_is_lost(house, login):
	from test_races import at_once

	frappe.db.commit()
	clients = [login(house.coordinator), login(house.second)]
	method = "libes_mentoring.mentor_recruitment.record_check_reviews.decide"
	answers = at_once(
		[
			lambda client=client: client.call(method, review=house.review, decision="Accept")
			for client in clients
		]
	)
	frappe.db.rollback()
	assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
	assert stored(house.mentor, "record_check_outcome") == "Accepted after discussion"


# The end --------------------------------------------------------------------------------------------


@pytest.mark.req("R5", "S5")
def test_the_end_is_announced_three_times_and_then_each_match_reaches_the_coordinator_once():
	end = getdate(add_days(nowdate(), 100))
	mentor = factories.mentor(
		record_check_renew_by=end,
		record_check_issued_on=add_months(end, -24),
		record_check_seen_on=add_months(end, -24),
		capacity=2,
	)
	account = factories.volunteer(mentor).name
	matches = [factories.match(mentor).name for _ in range(2)]
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	assert stored(mentor, "record_check_renew_by") == end
	frappe.db.delete("Notification Log")
	counts = {}
	for left in (61, 60, 59, 30, 30, 8, 7, 0, -1, -1, -9):
		record_check_reminders.handle(mentor.name, getdate(add_days(end, -left)))
		counts[left] = len(told(coordinator))
	assert counts == {61: 0, 60: 1, 59: 1, 30: 2, 8: 2, 7: 3, 0: 3, -1: 6, -9: 6}
	links = frappe.get_all("Notification Log", {"for_user": coordinator}, ["document_type", "document_name"])
	assert {row.document_name for row in links if row.document_type == "Match"} == set(matches)
	assert told(account) == []
	said = " ".join(told(coordinator))
	assert mentor.full_name not in said and "record" not in said.lower()
	renewed = factories.fresh(mentor)
	renewed.update({"record_check_issued_on": nowdate(), "record_check_seen_on": nowdate()})
	renewed.save()
	assert stored(mentor, "record_check_reminded") == 0
	later = getdate(stored(mentor, "record_check_renew_by"))
	record_check_reminders.handle(mentor.name, getdate(add_days(later, -60)))
	assert len(told(coordinator)) == 7


@pytest.mark.req("R5", "M3")
def test_after_the_end_the_match_says_so_and_no_new_one_is_made():
	mentor = factories.mentor(capacity=2)
	match = factories.match(mentor)
	mentor.db_set("record_check_renew_by", add_days(nowdate(), -1))
	found = next_steps.next_step("Match", match.name)
	assert found["late"] and "The mentor's record check has run out" in found["text"]
	with pytest.raises(frappe.ValidationError, match="the record check expired on"):
		factories.match(mentor)


@pytest.mark.req("S5")
def test_who_has_left_or_whose_programme_asks_for_no_check_is_left_alone():
	gone = factories.mentor(record_check_renew_by=add_days(nowdate(), 5))
	gone.stage = "Left"
	gone.save()
	without = factories.mentor(record_check_renew_by=add_days(nowdate(), 5))
	programme = frappe.get_doc("Mentoring Programme", without.programme)
	programme.screening_steps = [row for row in programme.screening_steps if row.step != "Record check"]
	programme.save()
	frappe.db.delete("Notification Log")
	for mentor in (gone, without):
		record_check_reminders.handle(mentor.name, getdate())
	assert not frappe.db.count("Notification Log", {"type": "Alert"})


@pytest.mark.req("S5")
@pytest.mark.commits
def test_the_nightly_job_survives_a_stop_half_way(monkeypatch):
	mentors = [factories.mentor(record_check_renew_by=add_days(nowdate(), 20)) for _ in range(2)]
	frappe.db.delete("Notification Log")
	frappe.db.commit()
	handle, calls = record_check_reminders.handle, []

	def stop_after_one(name, today):
		if calls:
			raise KeyboardInterrupt
		calls.append(name)
		handle(name, today)

	monkeypatch.setattr(record_check_reminders, "handle", stop_after_one)
	with pytest.raises(KeyboardInterrupt):
		record_check_reminders.daily(getdate())
	frappe.db.rollback()
	assert frappe.db.count("Notification Log", {"type": "Alert"}) == 1
	monkeypatch.undo()
	record_check_reminders.daily(getdate())
	record_check_reminders.daily(getdate())
	assert frappe.db.count("Notification Log", {"type": "Alert"}) == len(mentors)


def test_a_finding_is_saved_where_the_coordinator_is_a_mentor_too():
	mentor = factories.mentor()
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	other = factories.mentor()
	other.db_set("user", coordinator)
	mentor.record_check_outcome = "To be discussed"
	mentor.save()
	review = frappe.get_doc("Record Check Review", {"mentor": mentor.name})
	assert (review.status, review.reviewer_1) == ("Open", None)
