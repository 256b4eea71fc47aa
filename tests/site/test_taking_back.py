"""Matches that are taken back: as if they had not been, closed where somebody was told, and never after a contact."""

import factories
import frappe
import pytest
from factories import as_user
from frappe.utils import add_days, formatdate, getdate, nowdate
from match_run_helpers import one, pairs_of, start

from libes_mentoring.mentor_matching import making, profiles, runs
from libes_mentoring.mentoring_relationship import first_meeting as meeting
from libes_mentoring.mentoring_relationship import papers as relationship_papers
from libes_mentoring.mentoring_relationship import taking_back
from libes_mentoring.portal import matches, papers

pytestmark = pytest.mark.usefixtures("nothing_is_committed")


@pytest.mark.req("M5")
def test_taken_back_before_the_first_contact_as_if_it_had_not_been(house):
	mentee = house.mentees[0]
	frappe.db.set_value("Mentee", mentee.name, "waiting_since", add_days(nowdate(), -40))
	state = runs.accept(start(house)["run"], "all")
	mentor = one(state, mentee.name)["mentor"]
	match = one(state, mentee.name)["match"]
	user = factories.volunteer(frappe.get_doc("Mentor", mentor)).name
	with as_user(user):
		assert [row["alias"] for row in matches.my_matches()] == [mentee.name]
	state = runs.undo(state["run"], mentor, mentee.name)
	assert (one(state, mentee.name)["state"], state["notes"]) == ("Undone", [])
	assert not frappe.db.exists("Match", match)
	for doctype in ("CheckIn", "Closure"):
		assert not frappe.db.count(doctype, {"mentoring_match": match})
	assert not frappe.db.exists("Deleted Document", {"deleted_name": match})
	assert str(frappe.db.get_value("Mentee", mentee.name, "waiting_since")) == add_days(nowdate(), -40)
	with as_user(user):
		assert matches.my_matches() == []
	assert frappe.db.get_value("Mentor", mentor, "waiting_since")
	# Both may be planned again.
	assert pairs_of(start(house)) == [(mentor, mentee.name)]


@pytest.mark.req("M5")
def test_a_whole_run_is_taken_back(house):
	run = runs.accept(start(house)["run"], "all")["run"]
	state = runs.undo(run)
	assert (state["status"], len(pairs_of(state, "Undone"))) == ("Undone", 3)
	assert frappe.db.count("Match", {"programme": house.programme.name}) == 0


@pytest.mark.req("M5", "M7")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_matches_of_one_mentor_taken_back_leave_both_clocks_as_they_were(order):
	house = factories.pool(mentors=0, mentees=2)
	mentor = factories.mentor(programme=house.programme, capacity=2)
	since = add_days(nowdate(), -100)
	frappe.db.set_value("Mentor", mentor.name, "waiting_since", since)
	made = [making.make(mentee.name, mentor.name) for mentee in house.mentees]
	# Made one after the other, as the clock of the database counts.
	for number, name in enumerate(made):
		frappe.db.set_value("Match", name, "creation", f"{nowdate()} 10:00:0{number}", update_modified=False)
	taking_back.take_back(made[order[0]])
	kept = frappe.get_doc("Match", made[order[1]])
	assert (kept.mentor_waited_days, str(frappe.db.get_value("Mentor", mentor.name, "waiting_since"))) == (
		100,
		nowdate(),
	)
	taking_back.take_back(kept.name)
	assert str(frappe.db.get_value("Mentor", mentor.name, "waiting_since")) == since


@pytest.mark.req("M5", "P8")
def test_a_match_of_which_somebody_was_told_is_closed_and_the_mentor_hears_of_it(house, outgoing_mail):
	mentee = house.mentees[0]
	frappe.db.set_value("Mentee", mentee.name, "waiting_since", add_days(nowdate(), -40))
	state = runs.accept(start(house)["run"], "all")
	row = one(state, mentee.name)
	user = factories.volunteer(frappe.get_doc("Mentor", row["mentor"])).name
	frappe.db.set_value("Match", row["match"], "mentor_briefed_on", nowdate())
	frappe.db.delete("Email Queue")
	state = runs.undo(state["run"], row["mentor"], mentee.name)
	assert (one(state, mentee.name)["state"], state["notes"]) == ("Undone", [])
	assert frappe.db.get_value("Match", row["match"], ["stage", "closed_on"]) == ("Closed", getdate())
	closure = frappe.get_doc("Closure", {"mentoring_match": row["match"]})
	assert (closure.status, closure.other_reason) == ("Completed", "Taken back before the first meeting")
	assert not frappe.db.count("CheckIn", {"mentoring_match": row["match"], "status": "Due"})
	assert str(frappe.db.get_value("Mentee", mentee.name, "waiting_since")) == add_days(nowdate(), -40)
	assert frappe.db.get_value("Mentee", mentee.name, "status") == "Ready"
	(mail,) = outgoing_mail()
	assert "something new on your page" in mail and user in mail and mentee.name not in mail
	with as_user(user):
		assert matches.my_matches() == []


@pytest.mark.req("M2", "M5", "C4")
def test_a_match_that_was_told_and_taken_back_is_no_experience_and_nothing_to_thank_for(house):
	mentor = house.mentors[0]
	match = making.make(house.mentees[0].name, mentor.name)
	frappe.db.set_value("Match", match, "mentor_briefed_on", nowdate())
	user = factories.volunteer(mentor).name
	assert taking_back.take_back(match) == "closed"
	assert profiles.mentor_profiles([mentor.name])[0].completed == 0
	with as_user(user):
		assert papers.my_certificates() == []
	[first, *_rest] = relationship_papers.reference_letter_facts(mentor.name).paragraphs
	assert "has prepared to be a volunteer mentor" in first


@pytest.mark.req("M5", "M6")
@pytest.mark.parametrize(("told", "leads_to"), [(False, "Mentoring Programme"), (True, "Match")])
def test_whoever_was_to_be_at_the_first_meeting_hears_that_it_is_off(house, told, leads_to):
	mentee = house.mentees[0]
	match = making.make(mentee.name, house.mentors[0].name)
	day = add_days(nowdate(), 3)
	meeting.plan_meeting("Match", match, day, "15:00", "Town hall", mentee.caregiver)
	if told:
		frappe.db.set_value("Match", match, "mentor_briefed_on", nowdate())
	taking_back.take_back(match)
	notices = frappe.get_all(
		"Notification Log", {"for_user": mentee.caregiver}, ["subject", "document_type"], order_by="creation desc"
	)
	words = f"The meeting on {formatdate(day, 'd MMMM yyyy')} that you take part in does not take place"
	assert notices[0] == {"subject": words, "document_type": leads_to}


def check_in_held(match):
	factories.check_ins(match)[0].update({"status": "Done"}).save(ignore_permissions=True)


def first_meeting(match):
	match.first_meeting_on = nowdate()
	match.save(ignore_permissions=True)


CONTACTS = {
	"a check-in was held": check_in_held,
	"there is a record of it: Meeting Log": factories.meeting_log,
	"the first meeting has taken place": first_meeting,
	"there is a record of it: Concern": factories.concern,
}


@pytest.mark.req("M5")
@pytest.mark.parametrize("why", CONTACTS)
def test_after_the_first_contact_a_match_is_closed_not_taken_back(why):
	house = factories.pool(mentors=1, mentees=1)
	with as_user(house.coordinator):
		state = runs.accept(runs.start(house.programme.name)["run"], "all")
	match = frappe.get_doc("Match", state["pairs"][0]["match"])
	CONTACTS[why](match)
	with as_user(house.coordinator):
		state = runs.undo(state["run"], match.mentor, match.mentee)
	assert why in state["notes"][0]
	assert (state["pairs"][0]["state"], state["pairs"][0]["match"]) == ("Accepted", match.name)
	assert frappe.db.exists("Match", match.name)


@pytest.mark.req("M5", "M6")
def test_who_was_told_of_a_meeting_that_was_moved_then_has_been_told_of_the_match(house):
	mentor, mentee = house.mentors[0].name, house.mentees[0].name
	match = making.make(mentee, mentor)
	for day in (3, 5):
		values = {
			"day": add_days(nowdate(), day),
			"at": "15:00",
			"place": "Town hall",
			"staff": house.coordinator,
		}
		meeting.plan_meeting("Match", match, **values)
		if day == 3:
			meeting.mark_briefed(match, "Mentor")
	assert not frappe.db.get_value("Match", match, "mentor_briefed_on")
	assert taking_back.take_back(match) == "closed"


@pytest.mark.commits
@pytest.mark.req("M5")
def test_what_was_recorded_while_a_match_is_being_taken_back_is_not_lost(login):
	match = factories.match()
	volunteer = factories.volunteer(frappe.get_doc("Mentor", match.mentor)).name
	client = login(volunteer)
	# This request has begun to read, before the mentor notes a meeting.
	assert not frappe.get_all("Meeting Log", {"mentoring_match": match.name})
	answer = client.call(
		"libes_mentoring.portal.meetings.log_meeting",
		match=match.name,
		met_on=nowdate(),
		length_minutes=60,
		medium="In person",
	)
	assert answer.status_code == 200
	with pytest.raises(frappe.ValidationError, match="there is a record of it: Meeting Log"):
		taking_back.take_back(match.name)
	frappe.db.rollback()
	assert frappe.db.exists("Match", match.name) and frappe.db.count("Meeting Log") == 1
