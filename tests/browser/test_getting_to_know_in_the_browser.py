"""References and the interview through a real browser: a referee's phone, and two desks that see each other late."""

import re

import factories
import frappe
import pytest
from frappe.utils.password import update_password

from libes_mentoring.mentor_recruitment import reference_link, references
from libes_mentoring.mentor_recruitment.reference_rules import FORM
from libes_mentoring.mentor_recruitment.screening_steps import record_outcome

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def candidate(people):
	"""Somebody whose record check is seen, and a second interviewer."""
	made = factories.mentor(programme=people.programme, stage="Applied")
	record_outcome(made.name, "Application", "Passed")
	made.reload()
	made.update({"record_check_issued_on": frappe.utils.nowdate(), "record_check_outcome": "Nothing found"})
	made.save()
	frappe.db.commit()
	return made


@pytest.fixture
def referee(browser, server, photos):
	"""A phone of somebody without an account; a script that fails fails the test."""
	from browser_pages import PHONE_SCREEN, Phone

	context = browser.new_context(viewport=PHONE_SCREEN, is_mobile=True, has_touch=True)
	phone = Phone(context, server.url, photos, "referee")
	yield phone
	context.close()
	assert phone.errors == []


def link_of(mentor) -> tuple[str, str]:
	doc = factories.reference(mentor, referee_name="Rosa Rell")
	link = reference_link.renew(doc)
	doc.update(
		{"status": "Asked", "asked_on": frappe.utils.nowdate(), "last_mail_on": frappe.utils.nowdate()}
	)
	doc.flags.by_procedure = True
	doc.save()
	frappe.db.commit()
	factories.forget_rates()
	return doc.name, "/mentoring/reference?" + link.partition("?")[2]


@pytest.mark.req("R5", "S6")
def test_a_referee_answers_on_a_phone_once(referee, candidate):
	name, path = link_of(candidate)
	referee.open(path)
	page = referee.page
	assert candidate.full_name in page.locator("h1").inner_text() and referee.fits()
	referee.photo("form")
	page.screenshot(path=referee.photos / "referee-form-whole.png", full_page=True)
	page.get_by_role("button", name="Send my answers").click()
	summary = page.locator("[data-summary]")
	assert "Please look at these answers again" in summary.inner_text()
	assert summary.locator("a").count() == 6
	referee.photo("gaps")
	for field, value in (
		("known_for", "3 to 10 years"),
		("known_as", "In voluntary work"),
		("trust", "With reservations"),
	):
		page.locator(f"input[name={field}][value='{value}']").check()
	for number in range(len(FORM["qualities"])):
		page.locator(f"input[name=levels-{number}][value='Often']").check()
	page.fill("[name=name_typed]", "Rosa Rell")
	page.check("[name=declared_true]")
	page.get_by_role("button", name="Send my answers").click()
	page.get_by_text("which reservations you have").wait_for()
	page.fill("[name=to_talk_about]", "Needs somebody who says when it is enough.")
	page.get_by_role("button", name="Send my answers").click()
	page.get_by_text("Thank you. Your answers have arrived.").wait_for()
	referee.photo("thanks")
	frappe.db.rollback()
	stored = frappe.get_doc(references.REFERENCE, name)
	assert (stored.status, stored.trust) == ("Received", "With reservations")
	assert {row.level for row in stored.qualities} == {"Often"}
	referee.open(path)
	page.get_by_text("There is nothing to answer here").wait_for()
	assert candidate.full_name not in page.content()
	referee.photo("used")


@pytest.mark.req("R5", "S6")
def test_a_coordinator_reads_and_accepts_it_and_asks_another(desk, candidate):
	desk.open(f"mentor/{candidate.name}")
	desk.at_form("Mentor")
	assert "The reference by Rosa Rell has arrived" in desk.next_step()
	desk.photo("candidate-next-step")
	desk.choose("Screening", "Ask for references")
	dialog = desk.dialog()
	dialog.locator("[data-references]").get_by_text("Rosa Rell").wait_for()
	dialog.locator("[data-fieldname=referee_name] input").fill("Piet Post")
	dialog.locator("[data-fieldname=referee_phone] input").fill("+32 470 11 22 33")
	desk.photo("ask-for-references")
	desk.answer("Ask")
	desk.settle()
	desk.page.wait_for_function("() => !document.querySelector('.modal.show')")
	desk.choose("Screening", "Ask for references")
	desk.dialog().locator("[data-references]").get_by_text("Rosa Rell").click()
	reference = desk.at_form(references.REFERENCE, "Received")
	desk.photo("reference-received")
	desk.press("I have read it")
	desk.dialog().locator("select").select_option("Accepted")
	desk.answer("Decide")
	desk.at_form(references.REFERENCE, "Accepted")
	frappe.db.rollback()
	other = frappe.db.get_value(references.REFERENCE, {"referee_name": "Piet Post"})
	assert other and other != reference
	desk.open(f"mentor-reference/{other}")
	desk.at_form(references.REFERENCE)
	desk.press("Write down a call")
	dialog = desk.dialog()
	dialog.locator("[data-fieldname=known_for] select").wait_for()
	for field, value in (("known_for", "1 to 3 years"), ("known_as", "In another way"), ("trust", "Yes")):
		dialog.locator(f"[data-fieldname={field}] select").select_option(value)
	for number in range(len(FORM["qualities"])):
		dialog.locator(f"[data-fieldname=level_{number}] select").select_option("Sometimes")
	dialog.locator("input[data-fieldname=declared_true]").check()
	desk.photo("call")
	desk.answer("Store")
	desk.at_form(references.REFERENCE, "Received")
	desk.press("I have read it")
	desk.dialog().locator("select").select_option("Accepted")
	desk.answer("Decide")
	desk.at_form(references.REFERENCE, "Accepted")
	desk.photo("reference-accepted")
	desk.open("mentor-reference/view/list")
	desk.photo("references-list")
	frappe.db.rollback()
	assert frappe.db.get_value("Mentor", candidate.name, "screening_column") == "Interview"


def fill_card(desk, mark: int, recommendation: str, reasons: str) -> None:
	page = desk.page
	sheet = page.locator("[data-score-sheet]:visible")
	sheet.wait_for()
	for row in range(sheet.locator("tbody tr").count()):
		sheet.locator("tbody tr").nth(row).locator(f"input[value='{mark}']").check()
	sheet.locator("textarea").first.fill(f"Seen with a mark of {mark}.")
	sheet.locator("textarea").first.blur()
	page.locator("[data-sign-sheet]:visible input").first.check()
	page.locator("[data-talk-about]:visible").first.wait_for()
	desk.enter(
		{"recommendation": recommendation, "reasons": reasons, "story": "A neighbour who had moved in."}
	)
	desk.photo("scorecard")
	page.screenshot(path=desk.photos / f"{desk.who}-scorecard-whole.png", full_page=True)
	desk.save()
	desk.press("Submit for good")
	desk.answer("Yes")


@pytest.mark.req("R8", "S6", "P8")
def test_two_interviewers_see_each_other_once_both_have_submitted(desk, desk_of, people, candidate):
	desk.page.set_viewport_size(WIDE)
	desk.open(f"mentor/{candidate.name}")
	desk.at_form("Mentor")
	assert "Plan the interview." in desk.next_step()
	desk.choose("Screening", "Plan the interview")
	new = desk.at_new_form("Mentor Interview")
	assert (new["mentor"], new["interviewer_1"]) == (candidate.name, people.coordinator)
	desk.enter(
		{
			"held_on": f"{frappe.utils.add_days(frappe.utils.nowdate(), 3)} 15:00:00",
			"place": "Garden room",
			"interviewer_2": people.social_worker,
		}
	)
	desk.photo("interview-new")
	desk.save()
	interview = desk.at_form("Mentor Interview", "Planned")
	desk.photo("interview-planned")
	desk.press("My scorecard")
	desk.at_form("Interview Scorecard", "Open")
	fill_card(desk, 4, "Suitable", "Listens well.")
	desk.at_form("Mentor Interview")
	desk.page.get_by_text("has not submitted a scorecard yet").first.wait_for()
	desk.photo("interview-one-in")
	other = desk_of(people.social_worker, "caregiver")
	other.page.set_viewport_size(WIDE)
	other.open(f"mentor-interview/{interview}")
	other.at_form("Mentor Interview")
	other.page.get_by_text("You see it once yours is submitted").wait_for()
	assert "Listens well." not in other.page.content()
	other.press("My scorecard")
	other.at_form("Interview Scorecard", "Open")
	fill_card(other, 2, "Not now", "Needs a training first.")
	other.at_form("Mentor Interview")
	table = other.page.locator("[data-side-by-side]:visible table")
	table.wait_for()
	assert "Listens well." in table.inner_text() and "Needs a training first." in table.inner_text()
	assert table.locator("[data-far-apart]").count() == 8
	assert not other.has_button("Decide")
	desk.open(f"mentor-interview/{interview}")
	desk.at_form("Mentor Interview")
	desk.page.locator("[data-far-apart]:visible").first.wait_for()
	desk.photo("side-by-side")
	desk.page.screenshot(path=desk.photos / "coordinator-side-by-side-whole.png", full_page=True)
	text = desk.paper("Print the guide", "guide-sheet")
	assert "Listen for" in text and "For staff only" in text
	desk.press("Decide")
	desk.dialog().locator("select").select_option("Suitable with conditions")
	desk.dialog().locator("textarea").fill("The training on limits before the first match.")
	desk.photo("deciding")
	desk.answer("Decide")
	desk.at_form("Mentor Interview", "Decided")
	desk.photo("interview-decided")
	frappe.db.rollback()
	steps = frappe.get_doc("Mentor", candidate.name).screening_steps
	assert next(row.outcome for row in steps if row.step == "Interview") == "Passed"


@pytest.mark.req("R8")
def test_a_manager_makes_a_new_version_of_the_guide(desk_of, people):
	manager = factories.manager().name
	update_password(manager, people.password)
	frappe.db.commit()
	window = desk_of(manager, "manager")
	window.open("interview-guide/view/list")
	window.photo("guides")
	guide = frappe.db.get_value("Interview Guide", {"status": "In force"})
	window.open(f"interview-guide/{guide}")
	window.at_form("Interview Guide", "In force")
	window.photo("guide")
	window.press("Make a new version")
	draft = window.at_form("Interview Guide", "Draft")
	assert draft != guide
	window.press("Put in force")
	window.answer("Yes")
	window.at_form("Interview Guide", "In force")
	assert re.search(r"version|Version", window.page.locator(".form-layout:visible").inner_text())
