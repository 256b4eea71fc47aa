"""The volunteers' pages for themselves, among themselves and for their expenses, over HTTP."""

import re

import factories
import frappe
import pytest

HTML = {"Accept": "text/html"}
PAGES = ("/mentoring/care", "/mentoring/peers", "/mentoring/expenses")


@pytest.fixture(scope="module")
def place(site):
	"""One volunteer with a match, a post with markup, a claim that was sent back and a get-together."""
	mentor = factories.mentor()
	volunteer = factories.volunteer(mentor).name
	match = factories.match(mentor, growing=True)
	factories.peer_post(mentor, '<script>alert("post")</script>')
	claim = factories.expense(mentor, status="Sent back", purpose='"><script>alert("claim")</script>')
	factories.get_together(mentor, title="<u>Soup</u> & stories")
	candidate = factories.mentor(stage="Applied")
	candidate.stage = "Screening"
	candidate.save()
	frappe.db.commit()
	return frappe._dict(
		volunteer=volunteer,
		alias=match.mentee,
		claim=claim.name,
		candidate=factories.volunteer(candidate).name,
		staff=factories.coordinator().name,
	)


@pytest.mark.req("R12", "R14", "R15", "S6")
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_for_volunteers_and_light(place, login, path):
	guest = login().get(path, headers=HTML, allow_redirects=False)
	assert guest.status_code in (301, 302)
	assert guest.headers["Location"].endswith(f"/login?redirect-to={path}")
	staff = login(place.staff).get(path, headers=HTML)
	assert staff.status_code == 403
	assert "This page is for volunteers" in staff.text
	page = login(place.volunteer).get(path, headers=HTML)
	assert page.status_code == 200
	assert page.headers["Cache-Control"] == "no-store"
	assert ".bundle." not in page.text
	assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
	assert place.alias not in page.text
	assert re.search(rf'href="{path}" aria-current="page"', page.text)


@pytest.mark.req("R12", "R15")
@pytest.mark.parametrize("path", PAGES)
def test_what_people_wrote_is_text(place, login, path):
	text = login(place.volunteer).get(path, headers=HTML).text
	assert "<script>alert" not in text
	assert "<u>Soup" not in text
	assert "Traceback" not in text


@pytest.mark.req("R15")
def test_a_sign_of_markup_is_shown_as_it_was_typed(place, login):
	text = login(place.volunteer).get("/mentoring/peers", headers=HTML).text
	assert "&lt;u&gt;Soup&lt;/u&gt; &amp; stories" in text


@pytest.mark.req("R12")
def test_a_claim_can_be_sent_again_from_the_page(place, login):
	text = login(place.volunteer).get("/mentoring/expenses", headers=HTML).text
	assert f'data-again="{place.claim}"' in text
	assert "Please have another look." in text


@pytest.mark.req("R15")
def test_a_candidate_finds_a_kind_word_in_place_of_the_board(place, login):
	text = login(place.candidate).get("/mentoring/peers", headers=HTML).text
	assert "Once your preparation is complete" in text
	assert "data-board" not in text
