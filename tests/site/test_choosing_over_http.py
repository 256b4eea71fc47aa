"""The page with the cards and the volunteers' page, as a browser gets them: who gets what, and nothing that names."""

import factories
import frappe
import pytest

pytestmark = [pytest.mark.req("M4", "P8", "S3")]

HTML = {"Accept": "text/html"}
RECORD = "libes_mentoring.mentor_matching.choosing.record"


@pytest.fixture(scope="module")
def house(site):
	"""A shortlist that may be shown, and a session to which its first mentor is invited."""
	programme = factories.programme()
	mentors = [factories.mentor(programme=programme, full_name=name) for name in ("Ottilie Quenby", "Rufus Brayshaw")]
	mentee = factories.mentee(programme=programme)
	shortlist = factories.shortlist(mentee, *mentors)
	session = factories.matching_session(programme, mentors, [mentee], place="The blue room")
	session.mentors[0].db_set("invited_on", frappe.utils.nowdate())
	volunteers = [factories.volunteer(factories.fresh(mentor)).name for mentor in mentors]
	stranger = factories.social_worker().name
	frappe.db.commit()
	return frappe._dict(
		programme=programme, mentee=mentee, shortlist=shortlist.name, volunteers=volunteers, stranger=stranger
	)


def page(client, shortlist):
	return client.get(f"/mentoring/cards?list={shortlist}", headers=HTML, allow_redirects=False)


def test_the_page_holds_cards_and_no_name(house, login):
	for user in (house.mentee.caregiver, house.programme.coordinator):
		answer = page(login(user), house.shortlist)
		assert answer.status_code == 200 and "soup" in answer.text and 'data-letter="B"' in answer.text
		for secret in ("Quenby", "Brayshaw", "MTR-", house.mentee.name, user, "Open Door", "href=\"/app"):
			assert secret not in answer.text, secret
		assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_else_gets_the_page_and_it_is_the_same_as_for_one_that_is_not_there(house, login):
	guest = page(login(), house.shortlist)
	assert guest.status_code in (301, 302) and "/login" in guest.headers["Location"]
	for user in (house.stranger, house.volunteers[0]):
		answer, nothing = page(login(user), house.shortlist), page(login(user), "SHL-99999")
		assert answer.status_code == nothing.status_code == 403
		assert "soup" not in answer.text and "This is not available to you." in answer.text


def test_the_volunteers_page_says_when_and_where_and_nothing_of_others(house, login):
	invited = login(house.volunteers[0]).get("/mentoring", headers=HTML).text
	assert "You are invited" in invited and "The blue room" in invited
	assert house.mentee.name not in invited and "Brayshaw" not in invited
	assert "You are invited" not in login(house.volunteers[1]).get("/mentoring", headers=HTML).text


def test_a_choice_comes_in_as_the_page_sends_it(house, login):
	answer = login(house.mentee.caregiver).call(
		RECORD, shortlist=house.shortlist, choices=["B", "A"], present=["Caregiver"], nobody=False, wish=""
	)
	assert answer.status_code == 200 and answer.json()["message"] == {"status": "Chosen"}
	frappe.db.rollback()
	rows = frappe.get_all("Mentor Shortlist Card", {"parent": house.shortlist}, ["letter", "choice"], order_by="idx")
	assert [(row.letter, row.choice) for row in rows] == [("A", 2), ("B", 1)]
