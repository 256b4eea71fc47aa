"""A browser, the people of one story, and their windows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

CHROMIUM = "/usr/bin/chromium"
# Nothing but the site is asked for anything.
FLAGS = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--no-proxy-server",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
)


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
	"""Where the screenshots go: $LIBES_SCREENSHOTS, or a folder that pytest throws away later."""
	chosen = os.environ.get("LIBES_SCREENSHOTS")
	folder = Path(chosen).expanduser() if chosen else tmp_path_factory.mktemp("screenshots")
	folder.mkdir(parents=True, exist_ok=True)
	return folder.absolute()


@pytest.fixture(scope="module")
def browser() -> Iterator:
	from playwright.sync_api import sync_playwright

	program = shutil.which("chromium") or CHROMIUM
	with sync_playwright() as playwright:
		launched = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
		yield launched
		launched.close()


@pytest.fixture(scope="module")
def people(site: str) -> SimpleNamespace:
	"""A programme with its staff, mentors to choose from, two who wait, and two pairs who have met."""
	import factories
	import frappe
	from frappe.utils.password import update_password

	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True
	coordinator, social_worker = factories.coordinator(), factories.social_worker()
	programme = factories.programme(coordinator=coordinator)
	here, in_caseload = {"programme": programme}, {"programme": programme, "caregiver": social_worker}
	for district in ("North", "South"):
		factories.mentor(capacity=2, district=district, **here)
	wish = {"strength": "Wanted", "about": "Gender", "gender": "Female"}
	waiting, unsure = factories.mentee(wishes=[wish], **in_caseload), factories.mentee(**in_caseload)
	association = factories.partner_organisation()
	partner = factories.partner_user(association)
	buddy, leaver = factories.mentor(partner_organisation=association, **here), factories.mentor(**here)
	volunteer = factories.volunteer(buddy)
	growing = factories.match(buddy, factories.mentee(**in_caseload), growing=True)
	ending = factories.match(leaver, factories.mentee(**in_caseload), growing=True)
	for user in (coordinator, social_worker, volunteer, partner):
		update_password(user.name, factories.PASSWORD)
	frappe.db.commit()
	return SimpleNamespace(
		password=factories.PASSWORD,
		coordinator=coordinator.name,
		social_worker=social_worker.name,
		volunteer=volunteer.name,
		partner=partner.name,
		programme=programme.name,
		waiting=waiting.name,
		unsure=unsure.name,
		growing=SimpleNamespace(match=growing.name, mentee=growing.mentee, mentor=buddy.full_name),
		ending=SimpleNamespace(match=ending.name, mentee=ending.mentee, mentor=leaver.full_name),
	)


@pytest.fixture(scope="module")
def desks(browser, server, people, photos) -> Iterator[dict]:
	"""The windows of staff, by user: each logs in once."""
	windows: dict = {}
	yield windows
	for desk in windows.values():
		desk.context.close()


@pytest.fixture
def desk_of(desks, browser, server, people, photos) -> Iterator[Callable]:
	"""`desk_of(user, "name in the photos")`; a script that fails on one of its pages fails the test."""
	from browser_pages import DESK_SCREEN, Desk

	def window(user: str, who: str):
		if user not in desks:
			context = browser.new_context(viewport=DESK_SCREEN)
			desks[user] = Desk(context, server.url, photos, who)
			desks[user].log_in(user, people.password, "/app/mentoring")
		return desks[user]

	yield window
	errors = [error for desk in desks.values() for error in desk.errors]
	for desk in desks.values():
		desk.errors.clear()
	assert errors == []


@pytest.fixture
def desk(desk_of, people):
	"""The coordinator's desk."""
	return desk_of(people.coordinator, "coordinator")


@pytest.fixture
def phone_of(browser, server, people, photos) -> Iterator[Callable]:
	"""`phone_of(user)`: a volunteer's phone, logged in; a script that fails on one of its pages fails the test."""
	from browser_pages import PHONE_SCREEN, Phone

	phones = []

	def logged_in(user: str):
		context = browser.new_context(viewport=PHONE_SCREEN, is_mobile=True, has_touch=True)
		phones.append(Phone(context, server.url, photos, "volunteer"))
		phones[-1].log_in(user, people.password, "/mentoring")
		return phones[-1]

	yield logged_in
	for phone in phones:
		phone.context.close()
	assert [error for phone in phones for error in phone.errors] == []


@pytest.fixture
def phone(phone_of, people):
	"""The phone of the volunteer whose match is growing."""
	return phone_of(people.volunteer)
