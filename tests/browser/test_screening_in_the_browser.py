"""The screening through a real browser: the board, a card that cannot be dragged, a waiver, a record check."""

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, nowdate
from frappe.utils.password import update_password

from libes_mentoring.mentor_recruitment import refusals
from libes_mentoring.mentor_recruitment.screening_steps import record_outcome

pytestmark = pytest.mark.req("R5", "S6")

BOARD = "mentor/view/kanban/Mentor%20Screening"


@pytest.fixture(scope="module")
def candidates(people) -> dict:
	"""Three who stand at different steps, and a manager."""
	here = {"programme": people.programme, "stage": "Applied"}
	new = factories.mentor(applied_on=add_days(nowdate(), -23), **here)
	asked = factories.mentor(applied_on=add_days(nowdate(), -9), **here)
	record_outcome(asked.name, "Application", "Passed")
	seen = factories.mentor(mentor_kind="Survivor", **here)
	record_outcome(seen.name, "Application", "Passed")
	manager = factories.manager().name
	update_password(manager, people.password)
	frappe.db.commit()
	return {"new": new, "asked": asked, "seen": seen, "manager": manager}


def card(desk, column: str, mentor):
	found = f".kanban-column[data-column-value='{column}'] .kanban-card-wrapper[data-name='{mentor.name}']"
	return desk.page.locator(found)


def test_coordinator_sees_the_board_and_nobody_is_dragged(desk, candidates):
	desk.open(BOARD)
	new, asked = candidates["new"], candidates["asked"]
	card(desk, "Application", new).wait_for()
	card(desk, "Record check", asked).wait_for()
	assert "blocked for 23 days" in card(desk, "Application", new).inner_text()
	columns = desk.page.locator(".kanban-column[data-column-value]")
	assert columns.count() == 8
	assert [column.strip() for column in columns.locator("[data-count]").all_inner_texts()][:2] == ["1", "2"]
	desk.photo("board")
	source, target = card(desk, "Application", new), columns.nth(6)
	begin, end = source.bounding_box(), target.bounding_box()
	desk.page.mouse.move(begin["x"] + 60, begin["y"] + 20)
	desk.page.mouse.down()
	desk.page.mouse.move(end["x"] + 60, end["y"] + 120, steps=20)
	desk.page.mouse.up()
	desk.dialog().get_by_text("The board follows the screening").wait_for()
	desk.photo("board-refused")
	desk.page.keyboard.press("Escape")
	desk.settle()
	card(desk, "Application", new).wait_for()
	frappe.db.rollback()
	assert frappe.db.get_value("Mentor", new.name, "screening_column") == "Application"


def test_coordinator_opens_a_card_and_reads_what_comes_next(desk, candidates):
	desk.open(BOARD)
	card(desk, "Record check", candidates["asked"]).locator("a").first.click()
	desk.at_form("Mentor")
	assert "Next: Record check – not seen yet, since" in desk.next_step()
	desk.photo("candidate")
	desk.open("mentor/view/list")
	desk.page.get_by_text("blocked for 23 days").first.wait_for()
	desk.photo("candidates-list")


@pytest.mark.req("R7")
def test_a_finding_is_decided_under_the_principle(desk, desk_of, people, candidates):
	mentor = candidates["seen"]
	desk.open(f"mentor/{mentor.name}")
	desk.at_form("Mentor")
	desk.enter({"record_check_issued_on": nowdate(), "record_check_outcome": "To be discussed"})
	desk.save()
	desk.photo("record-check")
	desk.choose("Screening", "Record check: who decides")
	review = desk.at_form("Record Check Review")
	desk.page.locator("[data-principle=survivor]:visible").first.wait_for()
	desk.enter({"reviewer_2": people.social_worker})
	desk.save()
	desk.photo("review")
	desk.press("Decide")
	desk.dialog().locator("[data-principle=survivor]").wait_for()
	desk.dialog().locator("select").select_option("Accept")
	desk.photo("review-deciding")
	desk.answer("Decide")
	desk.page.wait_for_function("() => cur_frm.doc.decision_1 === 'Accept'")
	desk.settle()
	other = desk_of(people.social_worker, "caregiver")
	other.open(f"record-check-review/{review}")
	other.at_form("Record Check Review", "Open")
	other.press("Decide")
	other.dialog().locator("select").select_option("Accept")
	other.answer("Decide")
	other.at_form("Record Check Review", "Completed")
	other.photo("review-completed")
	frappe.db.rollback()
	assert frappe.db.get_value("Mentor", mentor.name, "record_check_outcome") == "Accepted after discussion"


def test_coordinator_asks_for_a_waiver_and_a_manager_grants_and_revokes_it(desk, desk_of, candidates):
	desk.open(f"mentor/{candidates['new'].name}")
	desk.at_form("Mentor")
	desk.choose("Screening", "Ask for a waiver")
	new = desk.at_new_form("Screening Waiver")
	assert new["mentor"] == candidates["new"].name
	reason = "Known to the organisation for years as a member of the board."
	desk.enter({"step": "References", "valid_until": add_months(nowdate(), 2), "reason": reason})
	desk.photo("waiver-new")
	desk.save()
	waiver = desk.at_form("Screening Waiver")
	assert not desk.has_button("Grant")
	desk.photo("waiver-asked-for")
	window = desk_of(candidates["manager"], "manager")
	window.open(f"screening-waiver/{waiver}")
	window.at_form("Screening Waiver")
	window.photo("waiver-to-decide")
	window.press("Grant")
	window.answer("Yes")
	window.at_form("Screening Waiver", "Granted")
	window.photo("waiver-granted")
	window.press("Revoke")
	window.answer("Yes")
	window.at_form("Screening Waiver", "Revoked")
	window.photo("waiver-revoked")


@pytest.mark.req("R6")
@pytest.mark.parametrize(("reason", "may_lift"), [("Other", True), ("May do harm", False)])
def test_a_coordinator_is_offered_to_lift_only_what_is_theirs_to_lift(desk, people, reason, may_lift):
	candidate = factories.mentor(programme=people.programme, stage="Applied")
	with factories.as_user(people.coordinator):
		refusals.turn_down(candidate.name, reason)
	frappe.db.commit()
	desk.open(f"mentor/{candidate.name}")
	desk.at_form("Mentor")
	assert desk.has_button("Why")
	assert desk.has_button("Lift the decision") is may_lift
