"""The portal over HTTP: who gets which page, what the page carries, and what is limited."""

import re

import factories
import frappe
import pytest
from frappe.utils import nowdate

from libes_mentoring.portal.application import APPLICATIONS_PER_HOUR

HTML = {"Accept": "text/html"}
CALL = "/api/method/libes_mentoring.portal."


@pytest.fixture(scope="module")
def place(site):
	"""One volunteer with a match, for all tests of the module: a server sees only what is committed."""
	mentor = factories.mentor()
	volunteer = factories.volunteer(mentor).name
	match = factories.match(mentor, growing=True)
	staff = factories.coordinator().name
	frappe.db.commit()
	return frappe._dict(volunteer=volunteer, match=match.name, alias=match.mentee, staff=staff)


@pytest.fixture
def no_rate_yet():
	factories.forget_rates()
	yield
	factories.forget_rates()


@pytest.mark.req("S6")
def test_a_guest_is_sent_to_the_login_and_back(place, login):
	answer = login().get("/mentoring", headers=HTML, allow_redirects=False)
	# Early releases of Frappe 15 know no other redirect than the permanent one.
	assert answer.status_code in (301, 302)
	assert answer.headers["Location"].endswith("/login?redirect-to=/mentoring")


@pytest.mark.req("S6", "P8")
def test_who_is_no_volunteer_gets_a_kind_page(place, login):
	answer = login(place.staff).get("/mentoring", headers=HTML)
	assert answer.status_code == 403
	assert "This page is for volunteers" in answer.text
	assert place.alias not in answer.text


@pytest.mark.req("S6")
def test_a_volunteer_lands_on_a_light_page_of_the_own(place, login):
	client = login(place.volunteer)
	assert (
		client.post("/api/method/login", data={"usr": place.volunteer, "pwd": factories.PASSWORD})
		.json()["home_page"]
		.strip("/")
		== "mentoring"
	)
	answer = client.get("/mentoring", headers=HTML)
	assert answer.status_code == 200
	assert place.alias in answer.text
	assert answer.headers["Cache-Control"] == "no-store"
	assert ".bundle." not in answer.text
	assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", answer.text)


@pytest.mark.req("S6", "L3")
def test_a_write_needs_a_post_and_the_pages_token(place, login):
	client = login(place.volunteer)
	meeting = {"match": place.match, "met_on": nowdate(), "length_minutes": 60, "medium": "In person"}
	assert client.get(CALL + "meetings.log_meeting", params=meeting).status_code == 403
	page = client.get("/mentoring", headers=HTML).text
	token = re.search(r'<meta name="csrf-token" content="(\w+)">', page)[1]
	wrong = client.post(CALL + "meetings.log_meeting", json=meeting, headers={"X-Frappe-CSRF-Token": "wrong"})
	assert wrong.status_code == 400
	right = client.post(CALL + "meetings.log_meeting", json=meeting, headers={"X-Frappe-CSRF-Token": token})
	assert right.status_code == 200
	assert right.json()["message"]["length_minutes"] == 60


@pytest.mark.req("S6", "S3")
def test_refusals_over_http_are_alike_and_carry_no_traceback(place, login):
	client = login(place.volunteer)
	closed = factories.match(growing=True).name
	frappe.db.commit()
	answers = [
		client.get(CALL + "papers.agreement", params={"match": name}) for name in (closed, "MATCH-99999")
	]
	assert [answer.status_code for answer in answers] == [403, 403]
	# The framework numbers each refusal; that is all that differs.
	one, other = (re.sub(r"exc_id[^,}]*", "", answer.text) for answer in answers)
	assert one == other
	assert "Traceback" not in answers[0].text
	for function in ("matches.my_matches", "papers.my_certificates"):
		assert login().get(CALL + function).status_code == 403


@pytest.mark.req("S6", "S4")
def test_the_agreement_comes_as_a_pdf_under_a_neutral_name(place, login):
	answer = login(place.volunteer).get(CALL + "papers.agreement", params={"match": place.match})
	assert answer.status_code == 200
	assert answer.content.startswith(b"%PDF")
	assert "agreement-about-this-match.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.req("R3")
def test_the_form_is_open_to_guests_and_limited(place, login, no_rate_yet):
	client = login()
	page = client.get("/mentoring/apply", headers=HTML)
	assert page.status_code == 200
	assert ".bundle." not in page.text
	token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
	empty = client.post(CALL + "application.apply", json={"form_token": token})
	assert empty.status_code == 417
	assert {"full_name", "email", "birth_date", "consent"} <= set(empty.json()["field_errors"])
	for _attempt in range(APPLICATIONS_PER_HOUR - 1):
		client.post(CALL + "application.apply", json={})
	assert client.post(CALL + "application.apply", json={}).status_code == 429
