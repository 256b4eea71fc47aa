"""The form and the status page as a browser meets them: tokens, limits, the clock, two clicks at once."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import factories
import frappe
import pytest

from libes_mentoring.mentor_recruitment import status_link
from libes_mentoring.portal import application, status

pytestmark = [pytest.mark.commits, pytest.mark.req("R3")]
APPLY = "libes_mentoring.portal.application.apply"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture
def programme():
	made = factories.programme()
	frappe.db.commit()
	factories.forget_rates()
	return made


@pytest.fixture
def guest(login, programme):
	return login()


def stored(email: str) -> int:
	frappe.db.rollback()  # a new look at what the server has stored
	return frappe.db.count("Mentor", {"email": email})


def test_a_guest_applies_with_the_token_of_the_page(guest, programme):
	page = guest.get("/mentoring/apply", headers={"Accept": "text/html"})
	assert page.headers["Cache-Control"] == "no-store"
	[token] = TOKEN.findall(page.text)
	answers = factories.application(programme, form_token="")
	refused = guest.call(APPLY, **answers)
	assert refused.status_code == 417 and set(refused.json()["field_errors"]) == {"form_token"}
	assert "load it again" in refused.text and "Traceback" not in refused.text
	assert stored(answers["email"].lower()) == 0
	assert guest.message(APPLY, **{**answers, "form_token": token})["thanks"]
	assert stored(answers["email"].lower()) == 1


def test_a_volunteer_who_is_logged_in_applies_as_well(login, programme):
	client = login(factories.user().name)
	page = client.get("/mentoring/apply", headers={"Accept": "text/html"})
	client.headers["X-Frappe-CSRF-Token"] = re.search(r'name="csrf-token" content="(\w+)"', page.text)[1]
	assert client.message(APPLY, **factories.application(programme))["thanks"]


def test_known_and_unknown_wait_equally_long(guest, programme):
	known = factories.mentor(programme=programme)
	frappe.db.commit()
	took, said = [], []
	for email in (known.email, "somebody.new@example.org"):
		started = time.monotonic()
		said.append(guest.call(APPLY, **factories.application(programme, email=email)).text)
		took.append(time.monotonic() - started)
	assert said[0] == said[1]
	assert min(took) >= application.LEAST_SECONDS


def test_two_clicks_at_once_make_one_record(login, programme):
	answers = factories.application(programme)
	clients = [login(), login()]
	with ThreadPoolExecutor(2) as pool:
		answered = list(pool.map(lambda client: client.call(APPLY, **answers), clients))
	assert [answer.status_code for answer in answered] == [200, 200]
	assert stored(answers["email"].lower()) == 1


def test_of_two_hundred_posts_in_a_minute_most_are_told_to_wait(login, programme):
	sent = [factories.application(programme) for _number in range(200)]
	clients = [login() for _number in range(8)]
	with ThreadPoolExecutor(8) as pool:
		answered = list(
			pool.map(lambda number: clients[number % 8].call(APPLY, **sent[number]), range(len(sent)))
		)
	frappe.db.rollback()
	taken = [answer for answer in answered if answer.status_code == 200]
	refused = [answer for answer in answered if answer.status_code == 429]
	# The framework counts without a lock: of eight that come at the very first moment, some may slip by.
	limit = application.APPLICATIONS_PER_HOUR
	assert limit <= len(taken) <= limit + len(clients) and len(taken) + len(refused) == 200
	assert all("try again in an hour" in answer.text and "Traceback" not in answer.text for answer in refused)
	# Nothing half-written: each that was taken is whole, of the others there is nothing.
	made = frappe.get_all("Mentor", {"programme": programme.name}, pluck="name")
	assert len(made) == len(taken)
	for child in ("Mentor Motivation", "Mentoring Availability Slot", "Mentoring Language Skill"):
		assert frappe.db.count(child, {"parent": ("in", made)}) == len(made)


def test_the_status_page_opens_for_its_link_and_guessing_ends(guest, programme):
	mentor = factories.mentor(programme=programme, stage="Applied")
	path = "/mentoring/status?key=" + status_link.renew(mentor.name).partition("key=")[2]
	frappe.db.commit()
	page = guest.get(path, headers={"Accept": "text/html"})
	assert page.status_code == 200 and "this comes next" in page.text
	assert page.headers["Cache-Control"] == "no-store" and 'content="noindex"' in page.text
	assert mentor.full_name not in page.text and mentor.name not in page.text
	wrong = guest.get("/mentoring/status?key=guess", headers={"Accept": "text/html"})
	assert wrong.status_code == 404 and "does not work any more" in wrong.text
	for _look in range(status.LOOKS_PER_HOUR):
		last = guest.get("/mentoring/status?key=guess", headers={"Accept": "text/html"})
	assert last.status_code == 429 and "wait a little" in last.text
