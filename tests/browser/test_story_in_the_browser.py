"""One programme through a real browser: the coordinator at a desk, the volunteer with a phone."""

import time

import frappe
import pytest

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
	desk.open("mentoring-import/new")
	desk.at_new_form("Mentoring Import")
	desk.enter(
		{
			"programme": people.programme,
			"caregiver": people.social_worker,
			"mode": "Import the others",
		}
	)
	desk.page.locator("[data-fieldname=workbook] button.btn-attach:visible").click()
	desk.page.locator(".modal.show .file-uploader input[type=file]").first.set_input_files(workbook)
	desk.answer("Upload")
	# The desk stores a form by itself as soon as a file is attached.
	desk.at_form("Mentoring Import", "Draft")
	desk.photo("import-attached")
	desk.press("Check")
	desk.dialog().get_by_text("nothing has been imported yet").wait_for()
	assert frappe.db.count("Mentee", {"programme": people.programme}) == 4
	desk.photo("import-checked")
	desk.page.keyboard.press("Escape")
	desk.page.wait_for_selector(".modal.show", state="detached")
	desk.press("Import")
	desk.answer("Yes")
	desk.at_form("Mentoring Import", "Applied")
	desk.photo("import-done")
	frappe.db.rollback()  # a new look at what the server has stored
	assert frappe.db.count("Mentee", {"programme": people.programme}) > 30
	desk.page.keyboard.press("Escape")


@pytest.mark.req("S6", "M2", "M6")
def test_coordinator_finds_a_mentor_and_makes_the_match(desk, people):
	desk.open(f"mentee/{people.waiting}")
	desk.at_form("Mentee")
	assert "Waiting for a mentor since" in desk.next_step()
	assert not desk.has_button("Case file")
	desk.press("Suggest mentors")
	best = desk.page.locator("[data-suggestion]").first
	best.wait_for()
	desk.photo("suggestions")
	assert "The mentee would like a mentor of this gender" in best.inner_text()
	best.get_by_text("What was checked").click()
	assert "The mentor has a place left." in best.inner_text()
	mentor = best.get_attribute("data-suggestion")
	best.get_by_role("button", name="Make this match").click()
	desk.dialog().get_by_text("Way of matching").wait_for()
	desk.photo("suggestion-confirmed")
	desk.answer("Make this match")
	match = desk.at_form("Match", "Initiation")
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
	phone.open("/mentoring")
	phone.page.get_by_role("heading", name=people.growing.mentee).wait_for()
	phone.photo("portal")
	assert phone.fits()
	phone.page.locator("summary", has_text="Log a meeting").tap()
	phone.page.locator("label.chip", has_text="90 min").tap()
	phone.page.fill("input[name=activity]", "A walk")
	phone.photo("logging")
	assert phone.fits()
	phone.page.get_by_role("button", name="Save", exact=True).tap()
	phone.page.get_by_text("Saved. Thank you!").wait_for()
	phone.photo("logged")
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
	desk.open(f"match/{people.ending.match}")
	desk.at_form("Match")
	desk.choose("Go to", "Begin closure")
	desk.at_form("Closure", "Not started")
	desk.enter({"reason": "Withdrawal", "asked_by": "Mentor", "timing": "Premature"})
	desk.page.locator("[data-caution]").scroll_into_view_if_needed()
	desk.photo("closure-caution")
	desk.press("Begin")
	desk.at_form("Closure", "In preparation")
	today = frappe.utils.nowdate()
	desk.enter({"notice_given_on": today, "last_meeting_on": today})
	desk.tick_all("steps")
	desk.press("Close the match")
	desk.dialog().get_by_text("for good").wait_for()
	desk.photo("closure-confirmed")
	desk.answer("Yes")
	desk.at_form("Closure", "Completed")
	desk.photo("closure-done")
	text = desk.paper("Print certificate", "certificate")
	assert people.ending.mentor in text
	assert people.ending.mentee not in text
	frappe.db.rollback()
	assert frappe.db.get_value("Match", people.ending.match, "stage") == "Closed"
