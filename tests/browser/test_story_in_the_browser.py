"""One programme through a real browser: the coordinator at a desk, the volunteer with a phone."""

import time

import frappe
import pytest
from browser_steps import bring_spreadsheet, close_match, log_meeting, make_match

from libes_mentoring.spreadsheets.sample import build_sample_workbook


@pytest.mark.req("S6")
def test_coordinator_sees_where_the_programme_stands(desk, people):
	desk.open("mentoring")
	cards = desk.page.locator(".number-widget-box .number")
	cards.nth(3).wait_for()
	waiting, _mentors, running, late = (int(text) for text in cards.all_inner_texts())
	desk.photo("workspace")
	# Both pairs met a month ago, and nobody has spoken with them since.
	assert waiting >= 1 and running >= 2 and late == 2


@pytest.mark.req("S6")
@pytest.mark.parametrize(
	("doctype", "stage"), [("mentor", "Available"), ("match", "Growth and maintenance"), ("mentee", "Ready")]
)
def test_coordinator_sees_in_each_list_how_far_people_are(desk, people, doctype, stage):
	desk.open(doctype)
	rows = desk.page.locator(".list-row-container:visible")
	rows.get_by_text(stage, exact=True).first.wait_for()
	desk.photo(f"list-{doctype}")
	assert "undefined" not in "".join(rows.all_inner_texts())


@pytest.mark.req("S6", "P7")
def test_partner_finds_the_own_mentors_from_the_first_page(desk_of, people):
	desk = desk_of(people.partner, "partner")
	desk.open("mentoring")
	desk.page.get_by_text("Partner's mentors").first.click()
	desk.page.locator(".datatable .dt-row", has_text=people.growing.mentor).wait_for()
	desk.photo("overview")


@pytest.mark.req("S6", "S7")
def test_coordinator_brings_the_old_spreadsheet(desk, people, tmp_path):
	workbook = tmp_path / "our people.xlsx"
	workbook.write_bytes(build_sample_workbook(frappe.utils.getdate()))
	bring_spreadsheet(desk, people, workbook)
	assert frappe.db.count("Mentee", {"programme": people.programme}) > 30


@pytest.mark.req("S6", "M2", "M6")
def test_coordinator_finds_a_mentor_and_makes_the_match(desk, people):
	desk.open(f"mentee/{people.waiting}")
	desk.at_form("Mentee")
	assert "Ready to be matched since" in desk.next_step()
	assert not desk.has_button("Case file")
	desk.press("Suggest mentors")
	best = desk.page.locator("[data-suggestion]").first
	best.wait_for()
	desk.photo("suggestions")
	assert "The mentee would like a mentor of this gender" in best.inner_text()
	best.get_by_text("What was checked").click()
	assert "The mentor has a place left." in best.inner_text()
	mentor = best.get_attribute("data-suggestion")
	match = make_match(desk, best)
	desk.photo("match")
	assert "Plan the first meeting" in desk.next_step()
	frappe.db.rollback()
	assert frappe.db.get_value("Match", match, ["mentee", "mentor"]) == (people.waiting, mentor)


@pytest.mark.req("E5")
def test_nothing_is_assumed_of_a_new_mentee(desk):
	desk.open("mentee/new")
	desk.at_new_form("Mentee")
	desk.page.evaluate("cur_frm.fields_dict.languages.grid.add_new_row()")
	new = desk.at_new_form("Mentee")
	desk.photo("new-mentee")
	assumed = ("gender", "nationality", "district", "hours_per_month", "interests", "support_areas", "wishes")
	assert [field for field in assumed if new.get(field)] == []
	assert not new["languages"][0].get("language")


@pytest.mark.req("S4", "R10", "P8")
def test_coordinator_prints_the_agreement(desk, people):
	desk.open(f"match/{people.growing.match}")
	desk.at_form("Match")
	text = desk.paper("Print agreement", "agreement")
	assert people.growing.mentor in text
	assert people.growing.mentee not in text


@pytest.mark.req("S6", "L2")
def test_coordinator_records_a_check_in_that_was_late(desk, people):
	desk.open(f"match/{people.growing.match}")
	desk.at_form("Match")
	assert "A check-in is late" in desk.next_step()
	desk.photo("match-late")
	desk.choose("Go to", "Check-ins")
	desk.settle()
	desk.photo("check-ins")
	desk.page.locator(".list-row:visible", has_text="Late").first.locator("a[data-doctype]").first.click()
	check_in = desk.at_form("CheckIn", "Due")
	desk.press("Mark as done")
	desk.dialog().locator("[data-fieldname=wellbeing] select").select_option("Well")
	desk.photo("check-in-talk")
	desk.answer("Mark as done")
	desk.at_form("CheckIn", "Done")
	desk.photo("check-in-done")
	frappe.db.rollback()  # a new look at what the server has stored
	stored = frappe.db.get_value("CheckIn", check_in, ["status", "wellbeing", "done_by"])
	assert stored == ("Done", "Well", people.coordinator)


@pytest.mark.req("S6", "E3")
def test_caregiver_begins_the_record_of_a_consent(desk_of, people):
	desk = desk_of(people.social_worker, "socialworker")
	desk.open(f"mentee/{people.unsure}")
	desk.at_form("Mentee")
	desk.choose("Consent", "Record consent")
	new = desk.at_new_form("Mentee Consent")
	desk.photo("new-consent")
	assert (new["mentee"], new["taken_by"]) == (people.unsure, people.social_worker)
	# The language of the desk says nothing about the language in which a text was read out.
	assert not new.get("language")


@pytest.mark.req("S6", "E3")
def test_caregiver_takes_back_a_consent_in_two_clicks(desk_of, people):
	desk = desk_of(people.social_worker, "socialworker")
	desk.open(f"mentee/{people.unsure}")
	desk.at_form("Mentee")
	assert desk.has_button("Case file") and not desk.has_button("Suggest mentors")
	desk.press("Withdraw consent")
	desk.dialog().get_by_text("no reason is needed").wait_for()
	desk.photo("consent")
	desk.answer("Yes")
	desk.page.get_by_text("the mentee has withdrawn consent").wait_for()
	desk.photo("consent-withdrawn")
	frappe.db.rollback()
	assert frappe.get_all("Mentee Consent", {"mentee": people.unsure}, pluck="status") == ["Withdrawn"]


@pytest.mark.req("S6", "L3")
def test_volunteer_logs_a_meeting_from_a_phone_in_under_a_minute(phone, people):
	started = time.monotonic()
	log_meeting(phone, people.growing.mentee)
	assert time.monotonic() - started < 60
	frappe.db.rollback()
	stored = frappe.get_all(
		"Meeting Log", {"mentoring_match": people.growing.match}, ["length_minutes", "activity"]
	)
	assert [(row.length_minutes, row.activity) for row in stored] == [(90, "A walk")]


@pytest.mark.req("S3", "S6")
def test_volunteer_is_kept_out_of_the_desk(phone, people):
	phone.open(f"/app/mentee/{people.growing.mentee}")
	phone.photo("no-desk")
	assert people.growing.mentee not in phone.page.locator("body").inner_text()
	assert not phone.page.evaluate("() => Boolean(window.cur_frm)")


@pytest.mark.req("C1", "C2", "C3", "C4", "S6")
def test_coordinator_closes_a_match_step_by_step(desk, people):
	text = close_match(
		desk, people.ending.match, {"reason": "Withdrawal", "asked_by": "Mentor", "timing": "Premature"}
	)
	assert people.ending.mentor in text
	assert people.ending.mentee not in text
	frappe.db.rollback()
	assert frappe.db.get_value("Match", people.ending.match, "stage") == "Closed"
