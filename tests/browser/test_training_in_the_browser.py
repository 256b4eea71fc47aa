"""Training from both sides: the volunteer answers and enters the code, the coordinator invites and ticks the list."""

from types import SimpleNamespace

import factories
import frappe
import pytest

pytestmark = pytest.mark.req("R13")


@pytest.fixture(scope="module")
def sessions(people):
	"""One session that runs now, and one next week; the volunteer is on both lists."""
	programme = frappe.get_doc("Mentoring Programme", people.programme)
	first, second, third = (row.module for row in programme.training_modules)
	mentor = frappe.db.get_value("Mentor", {"user": people.volunteer})
	candidate = factories.mentor(programme=programme, stage="Applied")
	candidate.stage = "Screening"
	candidate.save()
	with factories.as_user(people.coordinator):
		now = factories.training_session(programme, first, begins_in_minutes=-30, trainer=people.coordinator)
		week = factories.training_session(programme, second, third, trainer=people.coordinator, places=12)
	factories.on_the_list(now, mentor, candidate)
	factories.on_the_list(week, mentor)
	frappe.db.commit()
	return SimpleNamespace(now=now.name, code=now.attendance_code, week=week.name, candidate=candidate.name)


def test_the_volunteer_answers_enters_the_code_and_reads(phone, sessions):
	phone.open("/mentoring/training")
	phone.photo("training")
	assert phone.fits()
	page = phone.page
	card = page.locator(f'[data-invitation="{sessions.week}"]')
	card.get_by_role("button", name="I am coming").click()
	card.get_by_text("You are coming. See you there!").wait_for()
	code = page.locator("form[data-code]")
	code.get_by_label("The code shown in the room").fill("wrong1")
	code.get_by_role("button", name="I am here").click()
	code.get_by_text("This code does not fit").wait_for()
	phone.photo("training-wrong-code")
	code.get_by_label("The code shown in the room").fill(sessions.code.lower())
	code.get_by_role("button", name="I am here").click()
	page.get_by_text("You are on the list. Thank you for coming!").wait_for()
	material = page.locator("details.material").first
	material.locator("summary").click()
	phone.photo("training-material")
	material.get_by_role("button", name="I have read and understood this").click()
	material.get_by_text("Thank you. It is noted that you have read this.").wait_for()
	phone.open("/mentoring/training")
	assert phone.fits()
	page.screenshot(path=phone.photos / "volunteer-training-whole.png", full_page=True)
	assert page.get_by_role("link", name="Training certificate (PDF)").count() == 1


def test_the_coordinator_invites_and_ticks_the_list(desk, sessions):
	desk.open(f"training-session/{sessions.week}")
	desk.at_form("Training Session")
	desk.next_step()
	desk.photo("training-session")
	desk.press("Invite")
	desk.dialog().get_by_text("needs before a match").wait_for()
	desk.photo("training-invite")
	desk.answer("Invite")
	desk.page.get_by_text("1 invited.").wait_for()
	desk.settle()
	desk.open(f"training-session/{sessions.now}")
	desk.at_form("Training Session")
	desk.choose("On the day", "Show code")
	desk.dialog().locator("[data-code]").wait_for()
	desk.photo("training-code")
	desk.page.keyboard.press("Escape")
	desk.page.wait_for_timeout(600)
	desk.press("Record attendance")
	desk.dialog().locator("[data-all]").click()
	desk.photo("training-record")
	desk.answer("Save")
	desk.at_form("Training Session", "Held")
	desk.photo("training-held")
	desk.open(f"mentor/{sessions.candidate}")
	desk.at_form("Mentor")
	desk.choose("Screening", "Training")
	desk.dialog().get_by_text("Before a match").first.wait_for()
	desk.photo("training-plan")
	desk.page.keyboard.press("Escape")
	for path, name in (
		("training-session/view/list", "training-sessions"),
		("training-session/view/calendar/default", "training-calendar"),
		("training-module", "training-modules"),
		("query-report/Continuing Training", "training-report"),
	):
		desk.open(path)
		desk.photo(name)
	desk.open("mentoring")
	desk.page.get_by_role("link", name="Materials acknowledged").scroll_into_view_if_needed()
	desk.photo("training-workspace")
	desk.open(f"training-session/{sessions.now}")
	desk.at_form("Training Session")
	with desk.context.expect_page() as opened:
		desk.choose("On the day", "Attendance sheet")
	opened.value.wait_for_load_state()
	desk.photo("training-sheet", opened.value)
	assert sessions.code in opened.value.locator("body").inner_text()
