"""One match from the old spreadsheet to the certificate: the coordinator at a desk, the volunteer with a phone."""

import factories
import frappe
import pytest
from browser_steps import bring_spreadsheet, close_match, log_meeting, make_match
from frappe.utils.password import update_password

from libes_mentoring.mentoring_relationship import groups
from libes_mentoring.spreadsheets.sample import build_sample_workbook


@pytest.mark.req("S6", "S7", "M2", "M6", "R10", "L1", "L2", "L3", "C1", "C4", "P8")
def test_from_the_spreadsheet_to_the_certificate(desk, phone_of, people, tmp_path):
	before = set(frappe.get_all("Mentee", pluck="name"))
	workbook = tmp_path / "our people.xlsx"
	workbook.write_bytes(build_sample_workbook(frappe.utils.getdate()))
	bring_spreadsheet(desk, people, workbook)
	came = [
		name
		for name in frappe.get_all("Mentee", {"status": "Ready"}, pluck="name", order_by="name")
		if name not in before
	]
	assert len(came) > 10

	# The first of them for whom the sheet holds a mentor.
	for mentee in came:
		desk.open(f"mentee/{mentee}")
		desk.at_form("Mentee")
		desk.press("Suggest mentors")
		desk.dialog().get_by_text("Mentors looked at").wait_for()
		cards = desk.page.locator("[data-suggestion]:visible")
		if cards.count():
			break
	assert "What was checked" in cards.first.inner_text()
	mentor = cards.first.get_attribute("data-suggestion")
	match = make_match(desk, cards.first)
	frappe.db.rollback()
	assert frappe.db.get_value("Match", match, ["mentee", "mentor"]) == (mentee, mentor)
	assert frappe.db.count("CheckIn", {"mentoring_match": match, "status": "Due"}) > 2

	mentor_name = frappe.db.get_value("Mentor", mentor, "full_name")
	paper = desk.paper("Print agreement", "agreement")
	assert mentor_name in paper and mentee not in paper

	desk.enter({"first_meeting_on": frappe.utils.nowdate(), "first_meeting_place": "Community library"})
	desk.tick_all("checklist")
	desk.press("The first meeting took place")
	dialog = desk.dialog()
	dialog.locator("[data-fieldname='shared_goals'] textarea").fill("Find the library together.")
	desk.photo("first-meeting")
	desk.answer("Start the relationship")
	desk.at_form("Match", "Growth and maintenance")
	desk.photo("relationship-started")

	desk.open(f"mentor/{mentor}")
	desk.at_form("Mentor")
	desk.press("Invite to the portal")
	desk.answer("Yes")
	desk.page.get_by_text("can now use the portal").wait_for()
	frappe.db.rollback()
	volunteer = frappe.db.get_value("Mentor", mentor, "user")
	# The link in the mail would let the person choose a password; mail stays in the queue here.
	update_password(volunteer, people.password)
	frappe.db.commit()
	phone = phone_of(volunteer)
	log_meeting(phone, mentee)
	assert (
		frappe.db.get_value("Mentee Case File", {"mentee": mentee}, "full_name") not in phone.page.content()
	)
	frappe.db.rollback()
	logged = frappe.get_all(
		"Meeting Log", {"mentoring_match": match}, ["length_minutes", "activity", "owner"]
	)
	assert [(row.length_minutes, row.activity, row.owner) for row in logged] == [(90, "A walk", volunteer)]

	certificate = close_match(
		desk, match, {"reason": "Self-sufficient", "asked_by": "Both", "timing": "Planned"}
	)
	assert mentor_name in certificate and mentee not in certificate
	frappe.db.rollback()
	assert frappe.db.get_value("Match", match, "stage") == "Closed"
	assert frappe.db.count("CheckIn", {"mentoring_match": match, "status": "Due"}) == 0
	phone.open("/mentoring")
	phone.page.get_by_text("You are one of our mentors").wait_for()
	assert mentee not in phone.page.content()


@pytest.mark.req("M6", "P4")
def test_who_was_at_the_first_meeting_of_a_group_is_ticked(desk, people):
	programme = factories.programme(coordinator=people.coordinator)
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor, first_meeting_on=frappe.utils.nowdate())
	here, missed = (factories.mentee(programme=programme).name for _ in range(2))
	for mentee in (here, missed):
		groups.join(group.name, mentee, mentor.name)
	frappe.db.commit()
	desk.open(f"mentoring-group/{group.name}")
	desk.at_form("Mentoring Group")
	desk.press("The first meeting took place")
	dialog = desk.dialog()
	there = dialog.locator("[data-fieldname='there']")
	# The members are fetched before the window opens.
	there.get_by_text(missed).wait_for()
	for box in dialog.locator("[data-fieldname='covered'] input[type=checkbox]").all():
		box.check()
	assert there.locator("input:checked").count() == 2
	there.get_by_text(missed).click()
	dialog.locator("[data-fieldname='shared_goals'] textarea").fill("Find the library together.")
	desk.photo("first-meeting-of-a-group")
	desk.answer("Start the relationship")
	desk.page.get_by_text("First meeting still to be held with: 1.").wait_for()
	frappe.db.rollback()
	stages = dict(frappe.get_all("Match", {"mentoring_group": group.name}, ["mentee", "stage"], as_list=True))
	assert stages == {here: "Growth and maintenance", missed: "Initiation"}
