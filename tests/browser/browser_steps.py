"""Steps of the story that more than one test takes: each is what a person does at one form, from first to last."""

from __future__ import annotations

from pathlib import Path

import frappe


def bring_spreadsheet(desk, people, workbook: Path) -> None:
	"""Uploads, checks and imports a workbook into the programme, and closes what the desk says of it."""
	desk.open("mentoring-import/new")
	desk.at_new_form("Mentoring Import")
	desk.enter(
		{"programme": people.programme, "caregiver": people.social_worker, "mode": "Import the others"}
	)
	desk.page.locator("[data-fieldname=workbook] button.btn-attach:visible").click()
	desk.page.locator(".modal.show .file-uploader input[type=file]").first.set_input_files(workbook)
	desk.answer("Upload")
	# The desk stores a form by itself as soon as a file is attached.
	desk.at_form("Mentoring Import", "Draft")
	desk.photo("import-attached")
	mentees = frappe.db.count("Mentee", {"programme": people.programme})
	desk.press("Check")
	desk.dialog().get_by_text("nothing has been imported yet").wait_for()
	frappe.db.rollback()  # a new look at what the server has stored
	assert frappe.db.count("Mentee", {"programme": people.programme}) == mentees
	desk.photo("import-checked")
	desk.page.keyboard.press("Escape")
	desk.page.wait_for_selector(".modal.show", state="detached")
	desk.press("Import")
	desk.answer("Yes")
	desk.at_form("Mentoring Import", "Applied")
	desk.photo("import-done")
	desk.page.keyboard.press("Escape")
	frappe.db.rollback()


def make_match(desk, card) -> str:
	"""Accepts the suggestion on a card of the dialog on top, and gives the name of the match."""
	card.get_by_role("button", name="Make this match").click()
	desk.dialog().get_by_text("Way of matching").wait_for()
	desk.photo("suggestion-confirmed")
	desk.answer("Make this match")
	return desk.at_form("Match", "Initiation")


def log_meeting(phone, mentee: str) -> None:
	"""A volunteer logs 90 minutes with this mentee on the phone."""
	phone.open("/mentoring")
	card = phone.page.locator("article.match", has_text=mentee)
	card.wait_for()
	phone.photo("portal")
	assert phone.fits()
	card.locator("summary", has_text="Log a meeting").tap()
	card.locator("label.chip", has_text="90 min").tap()
	card.locator("input[name=activity]").fill("A walk")
	phone.photo("logging")
	assert phone.fits()
	card.get_by_role("button", name="Save", exact=True).tap()
	card.get_by_text("Saved. Thank you!").wait_for()
	phone.photo("logged")


def close_match(desk, match: str, why: dict) -> str:
	"""Closes a match step by step from its own form, and gives the text of the certificate."""
	desk.open(f"match/{match}")
	desk.at_form("Match")
	desk.choose("Go to", "Begin closure")
	desk.at_form("Closure", "Not started")
	desk.enter(why)
	if why["timing"] == "Premature":
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
	return desk.paper("Print certificate", "certificate")
