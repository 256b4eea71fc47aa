"""What becomes of cards, sessions and what was said when somebody is erased, asks for their data, or time passes."""

import factories
import frappe
import pytest
from erasure_helpers import request_for
from frappe.utils import add_to_date, getdate

from libes_mentoring.mentor_matching import choosing, shortlists
from libes_mentoring.mentoring_privacy import erasure, retention, subject_access
from libes_mentoring.mentoring_relationship.next_steps import next_step

pytestmark = [pytest.mark.req("P8", "M4"), pytest.mark.usefixtures("nothing_is_committed")]


@pytest.fixture
def house():
	programme = factories.programme()
	mentors = [factories.mentor(programme=programme) for _number in range(3)]
	mentee = factories.mentee(programme=programme)
	shortlist = factories.shortlist(mentee, *mentors)
	choosing.record(shortlist.name, nobody=True, wish="Somebody who sings.", present=["Caregiver"])
	session = factories.matching_session(programme, mentors[:2], [mentee], held=True)
	of_mentee = factories.preference(session, mentee, mentors[0], rather_not=[mentors[1]])
	of_mentor = factories.preference(session, mentors[0], mentee)
	of_other = factories.preference(session, mentors[1], rather_not=[mentee])
	return frappe._dict(
		programme=programme,
		mentors=mentors,
		mentee=mentee,
		shortlist=shortlist,
		session=session,
		of_mentee=of_mentee,
		of_mentor=of_mentor,
		of_other=of_other,
	)


def erase(doc) -> dict:
	with factories.as_user(factories.privacy_officer().name):
		request = request_for(doc)
		erasure.preview(request.name)
		return erasure.erase(request.name, doc.name)


@pytest.mark.commits
def test_with_a_mentee_goes_what_was_chosen_and_said(house):
	done = erase(house.mentee)
	assert {"Mentor Shortlist", "Matching Preference"} <= {row["what"] for row in done["items"]}
	shortlist = factories.fresh(house.shortlist)
	assert not shortlist.cards and not shortlist.wish and not shortlist.present
	assert not frappe.db.exists("Matching Preference", house.of_mentee.name)
	assert factories.fresh(house.of_other).choices == [], "nobody's record names the person"
	session = factories.fresh(house.session)
	assert not session.mentees and len(session.mentors) == 2


@pytest.mark.commits
def test_cards_that_nobody_will_choose_from_any_more_say_so(house):
	# Beside the one of whom they would rather not hear again.
	doc = factories.shortlist(house.mentee, house.mentors[0], house.mentors[2])
	choosing.record(doc.name, ["A"], present=["Caregiver"])
	erase(house.mentee)
	with factories.as_user(house.programme.coordinator):
		step = next_step("Mentor Shortlist", doc.name)
		assert step == {"text": "The mentee has left: withdraw this shortlist.", "late": True}
		shortlists.withdraw(doc.name)
		assert next_step("Mentor Shortlist", doc.name)["text"] == "Withdrawn."


@pytest.mark.commits
def test_with_a_mentor_goes_their_card_and_what_they_said(house):
	mentor = house.mentors[0]
	erase(mentor)
	shortlist = factories.fresh(house.shortlist)
	assert [row.mentor for row in shortlist.cards] == [row.name for row in house.mentors[1:]]
	assert shortlist.wish == "Somebody who sings.", "the mentee's own words stay"
	assert not frappe.db.exists("Matching Preference", house.of_mentor.name)
	left = factories.fresh(house.of_mentee)
	assert [row.mentor for row in left.choices] == [house.mentors[1].name]
	assert [row.mentor for row in factories.fresh(house.session).mentors] == [house.mentors[1].name]


@pytest.mark.commits
def test_a_card_that_became_a_match_goes_with_its_mentor(house):
	mentee = factories.mentee(programme=house.programme)
	doc = factories.shortlist(mentee, *house.mentors[1:])
	choosing.record(doc.name, ["A"], present=["Caregiver"])
	match = choosing.accept(doc.name, "A")
	factories.close(frappe.get_doc("Match", match))
	erase(house.mentors[1])
	doc = factories.fresh(doc)
	assert [row.mentor for row in doc.cards] == [house.mentors[2].name]
	assert doc.present == "Caregiver"


def test_nobody_gets_what_others_said_with_their_own_data(house):
	for person in (house.mentee, house.mentors[0]):
		titles = [title for title, _rows in subject_access.sheets_of(person.doctype, person.name)]
		assert "About" in titles
		assert "Matching Preference" not in titles and "Mentor Shortlist" not in titles
		[session] = [rows for title, rows in subject_access.sheets_of(person.doctype, person.name) if title == "Matching Session"]
		assert [row[0] for row in session[1:]] == [house.session.name] and session[1][3] == "Came"
		others = [house.mentee.name, *(row.full_name for row in house.mentors), *(row.name for row in house.mentors)]
		assert not [word for word in others if word in str(session)]


@pytest.mark.commits
def test_after_the_period_what_was_said_is_forgotten(house):
	today = getdate()
	months = frappe.db.get_single_value("Mentoring Settings", "keep_notes_months")
	assert months and not retention.due_choices(today)
	long_ago = add_to_date(None, months=-months, days=-1)
	house.session.db_set("held_on", long_ago)
	house.shortlist.db_set("chosen_on", long_ago)
	house.mentors[2].db_set("legal_hold", 1)
	assert house.shortlist.name not in retention.due_choices(today), "a mentor on hold stands on a card"
	house.mentors[2].db_set("legal_hold", 0)
	frappe.db.commit()
	retention.daily()
	said = {
		row.parent: (row.mentor or row.mentee, row.rather_not)
		for row in frappe.get_all("Matching Preference Choice", {}, ["parent", "mentor", "mentee", "rather_not"])
	}
	assert said == {
		house.of_mentee.name: (house.mentors[1].name, 1),
		house.of_other.name: (house.mentee.name, 1),
	}, "whom somebody refuses is not forgotten, and nothing but that is kept"
	assert not frappe.db.exists("Matching Preference", house.of_mentor.name)
	shortlist = factories.fresh(house.shortlist)
	assert (shortlist.status, shortlist.nobody) == ("Nobody", 1), "that there was an answer stays"
	assert not shortlist.cards and not shortlist.wish
	assert retention.due_choices(today) == [], "and a second run finds nothing"
	erase(house.mentors[1])
	assert retention.due_choices(today) == [house.of_mentee.name], "nobody is left of whom it speaks"


@pytest.mark.commits
@pytest.mark.parametrize("shown", [False, True])
def test_cards_that_nobody_ever_chose_from_are_forgotten_too(shown):
	doc = factories.shortlist(shown=shown)
	today = getdate()
	months = frappe.db.get_single_value("Mentoring Settings", "keep_notes_months")
	assert doc.name not in retention.due_choices(today)
	doc.db_set("modified", add_to_date(None, months=-months, days=-1), update_modified=False)
	frappe.db.commit()
	retention.daily()
	doc = factories.fresh(doc)
	assert doc.status == "Withdrawn" and not doc.cards


@pytest.mark.commits
def test_a_shortlist_that_is_taken_up_again_while_the_job_runs_keeps_its_cards(house):
	today = getdate()
	months = frappe.db.get_single_value("Mentoring Settings", "keep_notes_months")
	house.shortlist.db_set("chosen_on", add_to_date(None, months=-months, days=-1))
	assert retention.due_choices(today) == [house.shortlist.name]
	shortlists.take_back(house.shortlist.name)
	assert not retention.forget_choice(house.shortlist.name, today)
	assert len(factories.fresh(house.shortlist).cards) == 3
