"""Privacy through a real browser: what staff disclose, open and withdraw, and what the privacy officer sees of it."""

import factories
import frappe
import pytest
from frappe.utils.password import update_password

pytestmark = pytest.mark.req("P8", "S6")


@pytest.fixture(scope="module")
def officer(people) -> str:
	name = factories.privacy_officer().name
	update_password(name, people.password)
	frappe.db.commit()
	return name


def test_coordinator_looks_up_and_records_what_the_mentor_knows(desk, people):
	desk.open(f"match/{people.growing.match}")
	desk.at_form("Match")
	desk.choose("Go to", "What the mentor knows")
	desk.dialog().get_by_text("The mentor does not know. Nothing is recorded.").wait_for()
	desk.photo("what-the-mentor-knows")
	desk.answer("Record a change")
	new = desk.at_new_form("Match Disclosure")
	assert new["mentoring_match"] == people.growing.match
	desk.photo("disclosure-new")
	desk.enter({"state": "The mentor does not know"})
	desk.save()
	desk.at_form("Match Disclosure")
	desk.photo("disclosure")


def test_coordinator_opens_a_case_file_for_a_reason_and_the_officer_reads_it(desk, desk_of, people, officer):
	desk.open(f"mentee/{people.waiting}")
	desk.at_form("Mentee")
	desk.press("Open the case file")
	desk.dialog().locator("textarea").fill("The caregiver is away and the person has called us.")
	desk.photo("reason")
	desk.answer("Open it")
	desk.at_form("Mentee Case File")
	desk.photo("opened-file")
	window = desk_of(officer, "officer")
	window.open("mentoring-privacy")
	cards = window.page.locator(".number-widget-box .number")
	cards.nth(2).wait_for()
	openings, _seen, erasures = (int(text) for text in cards.all_inner_texts())
	window.photo("workspace")
	assert (openings, erasures) == (1, 0)
	window.open("case-file-opening")
	window.page.get_by_text(people.waiting).first.wait_for()
	window.photo("openings")
	window.open("case-file-access")
	window.page.get_by_text(people.waiting).first.wait_for()
	window.photo("log")


def test_caregiver_withdraws_a_consent_in_two_clicks(desk_of, people):
	window = desk_of(people.social_worker, "caregiver")
	window.open(f"mentee/{people.unsure}")
	window.at_form("Mentee")
	window.photo("mentee")
	window.press("Withdraw consent")
	window.photo("withdraw")
	window.answer("Yes")
	window.page.wait_for_selector(".modal.show", state="detached")
	window.settle()
	frappe.db.rollback()  # a new look at what the server has stored
	assert frappe.db.get_value("Mentee Consent", {"mentee": people.unsure}, "status") == "Withdrawn"
	assert not window.has_button("Withdraw consent")


@pytest.mark.req("R11")
def test_coordinator_takes_a_concern_in_hand_and_closes_it(desk, people):
	frappe.set_user(people.volunteer)
	concern = factories.concern(people.growing.match, text="Did not seem well and went home early.")
	frappe.set_user("Administrator")
	frappe.db.commit()
	desk.open(f"concern/{concern.name}")
	desk.at_form("Concern", "Received")
	desk.photo("concern")
	desk.press("I am on it")
	desk.at_form("Concern", "In hand")
	desk.press("Add a step")
	desk.dialog().locator("textarea").fill("Called the caregiver, who meets the person tomorrow.")
	desk.answer("Add")
	desk.page.wait_for_function("() => cur_frm.doc.steps.some(row => row.what.includes('tomorrow'))")
	desk.settle()
	desk.photo("concern-in-hand")
	desk.press("Close")
	desk.dialog().locator("textarea").fill("All is well; a cold.")
	desk.dialog().locator("select").select_option("No danger found")
	desk.photo("concern-closing")
	desk.dialog().locator(".btn-modal-primary:visible, .btn-primary:visible").last.click()
	desk.at_form("Concern", "Closed")


def test_officer_looks_at_what_would_go_and_erases(desk_of, people, officer):
	window = desk_of(officer, "officer")
	window.open("erasure-request/new")
	window.at_new_form("Erasure Request")
	window.enter({"person_kind": "Mentee", "person": people.unsure})
	window.save()
	window.at_form("Erasure Request")
	window.press("Preview")
	window.page.wait_for_function("() => cur_frm.doc.items && cur_frm.doc.items.length")
	window.settle()
	window.photo("erasure-preview")
	window.press("Erase")
	window.dialog().locator("input[type=text]").fill(people.unsure)
	window.photo("erasure-second-step")
	window.answer("Erase")
	window.at_form("Erasure Request", "Done")
	window.photo("erasure-done")
	frappe.db.rollback()
	assert not frappe.db.exists("Mentee Case File", {"mentee": people.unsure})
	assert frappe.db.exists("Mentee", people.unsure)
