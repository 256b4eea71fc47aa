"""From the form on a phone to the answer: a candidate applies, sees what comes next, and is turned down kindly."""

import factories
import frappe
import pytest
from browser_pages import PHONE_SCREEN, Phone

from libes_mentoring.mentor_recruitment import status_link

EMAIL = "nora.nieuwkerk@example.org"


@pytest.fixture
def candidate(browser, server, people, photos):
	"""The phone of somebody without an account, who has asked for nothing in the last hour."""
	factories.forget_rates()
	context = browser.new_context(viewport=PHONE_SCREEN, is_mobile=True, has_touch=True)
	phone = Phone(context, server.url, photos, "candidate")
	yield phone
	context.close()
	assert phone.errors == []


@pytest.mark.req("R3", "R4", "S6")
def test_somebody_applies_from_a_phone(candidate, people):
	page = candidate.page
	candidate.open("/mentoring/apply")
	candidate.photo("form")
	assert candidate.fits()
	page.get_by_role("button", name="Send my application").tap()
	page.get_by_text("Please look at these answers again").wait_for()
	candidate.photo("form-gaps")
	page.fill("#full_name", "Nora Nieuwkerk")
	page.fill("#email", EMAIL)
	page.fill("#birth_date", "1990-04-01")
	page.fill("#district", "North")
	page.fill("#personality", "Calm, curious.")
	page.locator("label.chip", has_text="Giving something back").tap()
	page.fill("#motivation", "I have time and like people.")
	page.fill("#expectations", "To learn.")
	page.locator("label.chip", has_text="Cooking").tap()
	page.locator("label.chip", has_text="Housing").first.tap()
	page.select_option("select[name=language]", "English")
	page.select_option("select[name=level]", "Good")
	programmes = page.locator("input[name=programme]")
	if not programmes.first.is_checked():
		programmes.first.check()
	page.fill("#hours_per_month", "6")
	for day, part in (("Monday", "Evening"), ("Saturday", "Morning")):
		page.locator(f'.slot:has([data-weekday="{day}"][data-day-part="{part}"])').tap()
	page.locator(".week").scroll_into_view_if_needed()
	candidate.photo("week")
	sizes = page.locator(".slot").evaluate_all(
		"slots => slots.map(slot => slot.getBoundingClientRect().height)"
	)
	assert min(sizes) >= 44 and candidate.fits()
	page.select_option("#recruitment_channel", "Website")
	page.locator("input[name=consent]").check()
	# The page lay open for days: a new token comes by itself, and nothing that was written is lost.
	page.evaluate("() => { document.querySelector('[name=form_token]').value = '1.old.token'; }")
	page.get_by_role("button", name="Send my application").tap()
	page.get_by_text("Your application has arrived").wait_for()
	candidate.photo("thanks")
	frappe.db.rollback()
	mentor = frappe.get_doc("Mentor", {"email": EMAIL})
	assert mentor.stage == "Applied"
	assert [(row.weekday, row.day_part) for row in mentor.availability_slots] == [
		("Monday", "Evening"),
		("Saturday", "Morning"),
	]


@pytest.mark.req("R3", "R5")
def test_the_candidate_sees_what_comes_next(candidate, people):
	name = frappe.db.get_value("Mentor", {"email": EMAIL})
	path = "/mentoring/status" + status_link.renew(name).partition("/mentoring/status")[2]
	frappe.db.commit()
	candidate.open(path)
	candidate.page.get_by_text("this comes next").wait_for()
	candidate.photo("status")
	assert candidate.fits()
	candidate.open("/mentoring/status?key=guess")
	candidate.page.get_by_text("does not work any more").wait_for()
	candidate.photo("status-guess")


@pytest.mark.req("R4", "R6", "S6")
def test_coordinator_goes_back_to_the_motivation_and_turns_somebody_down(desk, people, candidate):
	mentor = factories.mentor(programme=people.programme, stage="Screening")
	frappe.db.commit()
	desk.open(f"mentor/{mentor.name}")
	desk.at_form("Mentor")
	desk.choose("Application", "Revisit motivation")
	desk.dialog().get_by_text("Likes to meet people.").wait_for()
	desk.dialog().locator("[data-fieldname=own_words] textarea").fill("Glad of the first talks.")
	desk.photo("motivation")
	desk.answer("Add")
	desk.page.wait_for_function("() => cur_frm.doc.motivations.length === 2")
	desk.settle()
	desk.page.locator(".form-tabs .nav-link", has_text="Application").click()
	desk.photo("motivations")
	desk.choose("Application", "Turn down")
	desk.dialog().locator("[data-fieldname=reason] select").select_option("Too little time")
	desk.dialog().locator("[data-fieldname=note] textarea").fill("Two hours a month at most.")
	desk.dialog().get_by_role("checkbox", name="Send the letter by mail").uncheck()
	desk.photo("turn-down")
	desk.answer("Turn down")
	desk.at_form("Mentor", "Left")
	desk.page.locator(".form-tabs .nav-link", has_text="Details").click()
	assert "Turned down on" in desk.next_step()
	desk.photo("turned-down")
	letter = desk.paper("Print letter", "letter")
	assert "cannot offer you a place" in letter and "time" not in letter.split("Dear")[0]
	assert "Two hours" not in letter
	desk.press("Why")
	desk.page.locator(".list-row:visible", has_text="Too little time").first.wait_for()
	desk.photo("why")
	path = "/mentoring/status" + status_link.renew(mentor.name).partition("/mentoring/status")[2]
	frappe.db.commit()
	candidate.open(path)
	candidate.page.get_by_text("cannot offer you a place").wait_for()
	candidate.photo("status-turned-down")
	assert "Two hours" not in candidate.page.locator("body").inner_text()


@pytest.mark.req("R2", "S6")
def test_coordinator_reads_which_channels_bring_people_who_stay(desk, people):
	desk.open("query-report/Recruitment Channels")
	desk.page.get_by_text("Still there after 6 months").first.wait_for()
	desk.settle()
	desk.photo("channels")


@pytest.mark.req("R3")
def test_coordinator_enters_a_candidate_by_hand(desk, people):
	desk.open("mentor/new")
	desk.at_new_form("Mentor")
	desk.page.wait_for_function("() => cur_frm.doc.programme")
	desk.photo("new-candidate")
	assert desk.page.evaluate("cur_frm.doc.programme") == people.programme
