"""Everybody who waits, matched at a desk and on a tablet: by keys, without a reload, and taken back."""

import factories
import frappe
import pytest

from libes_mentoring.mentor_matching import runs

TABLET = {"width": 820, "height": 1180}
ROWS = "[data-pool-row]"


@pytest.fixture(scope="module")
def waiting(people) -> list[str]:
	"""Four who wait and mentors for three of them, in a programme of the same coordinator."""
	house = factories.pool(mentors=3, mentees=4, coordinator=people.coordinator)
	frappe.db.commit()
	return [house.programme.name, *(mentee.name for mentee in house.mentees)]


def states(desk) -> list[str]:
	return desk.page.evaluate(
		f"""() => [...document.querySelectorAll("{ROWS}")].map(row => row.querySelector(".indicator-pill").textContent.trim())"""
	)


def list_has_focus(desk) -> bool:
	"""Also after a dialog has faded out."""
	desk.page.wait_for_function("document.activeElement.getAttribute('role') === 'listbox'", timeout=10_000)
	return True


@pytest.mark.req("M5", "M2", "M7", "S6")
def test_plan_lock_accept_one_take_it_back_and_accept_all(desk, waiting):
	programme = waiting[0]
	desk.open(f"match-pool/{programme}")
	page = desk.page
	desk.page.locator("[data-pool-start]").click()
	page.wait_for_selector(ROWS)
	desk.settle()
	loads = page.evaluate("performance.getEntriesByType('navigation').length + performance.timeOrigin")
	assert states(desk) == ["Proposed"] * 3 + ["Nobody found"]
	assert "Both are interested in Cooking." in page.locator("[data-pool-detail]").inner_text()
	assert "the same district" in page.locator(".pool-facts").inner_text()
	desk.photo("match-pool")

	page.keyboard.press("j")
	page.keyboard.press("l")
	page.locator(f"{ROWS}[aria-selected=true] .pool-mark", has_text="Locked").wait_for()
	assert list_has_focus(desk)
	mentee = page.locator(f"{ROWS}[aria-selected=true] b").inner_text()
	page.keyboard.press("a")
	page.locator(ROWS, has_text=mentee).locator(".indicator-pill", has_text="Accepted").wait_for()
	assert list_has_focus(desk)
	frappe.db.rollback()
	match = frappe.db.get_value("Match", {"mentee": mentee}, ["name", "match_run"], as_dict=True)
	assert match.match_run

	# The cursor has gone on to the next pair that waits; back to the one that was accepted.
	page.locator(ROWS, has_text=mentee).click()
	page.keyboard.press("u")
	desk.dialog().get_by_text("waits on since the same day").wait_for()
	desk.answer("Yes")
	page.locator(ROWS, has_text=mentee).locator(".indicator-pill", has_text="Undone").wait_for()
	frappe.db.rollback()
	assert not frappe.db.exists("Match", match.name)

	page.keyboard.press("r")
	page.wait_for_function(f"""() => [...document.querySelectorAll("{ROWS} .indicator-pill")].filter(
		pill => pill.textContent.trim() === "Proposed").length === 3""")
	desk.settle()
	page.locator("[data-pool-bar-action=compare]").click()
	desk.dialog().get_by_text("Both used the same weights.").wait_for()
	desk.photo("match-pool-compared")
	page.keyboard.press("Escape")
	page.wait_for_selector(".modal.show", state="detached")
	assert list_has_focus(desk)

	page.locator("[data-pool-bar-action=all]").click()
	desk.dialog().get_by_text("Make 3 matches?").wait_for()
	desk.answer("Yes")
	page.get_by_text("This run was decided on").wait_for()
	assert states(desk) == ["Accepted"] * 3 + ["Nobody found"]
	desk.photo("match-pool-decided")
	frappe.db.rollback()
	assert frappe.db.count("Match", {"programme": programme}) == 3
	assert (
		page.evaluate("performance.getEntriesByType('navigation').length + performance.timeOrigin") == loads
	)


@pytest.mark.req("M5", "S6")
def test_it_fits_a_tablet_and_letters_rest_while_something_is_typed(desk, waiting):
	page = desk.page
	before = page.viewport_size
	page.set_viewport_size(TABLET)
	desk.open(f"match-pool/{waiting[0]}")
	page.wait_for_selector(f"[data-pool-start], {ROWS}")
	if page.locator("[data-pool-start]").count():
		page.locator("[data-pool-start]").click()
	page.wait_for_selector(ROWS)
	desk.settle()
	desk.photo("match-pool-tablet")
	assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
	page.keyboard.press("/")
	page.keyboard.type(waiting[1].lower())
	page.wait_for_function(f"""() => document.querySelectorAll("{ROWS}").length === 1""")
	assert waiting[1] in page.locator(ROWS).inner_text()
	page.keyboard.press("Escape")
	assert list_has_focus(desk)
	page.keyboard.press("?")
	desk.dialog().get_by_text("Keep: this pair if it can stay").wait_for()
	desk.slid_in()
	page.keyboard.press("Escape")
	page.wait_for_selector(".modal.show", state="detached")
	page.set_viewport_size(before)


@pytest.mark.req("M5", "S6")
def test_a_programme_that_is_chosen_while_a_call_runs_is_the_one_that_is_drawn(desk, people):
	houses = [factories.pool(mentors=1, mentees=1, coordinator=people.coordinator) for _number in range(2)]
	frappe.db.commit()
	one, other = houses
	for house in houses:
		with factories.as_user(people.coordinator):
			runs.start(house.programme.name)
	frappe.db.commit()
	page, held = desk.page, []
	desk.open(f"match-pool/{one.programme.name}")
	page.locator(ROWS, has_text=one.mentees[0].name).wait_for()
	page.route("**/*runs.start*", lambda route: held.append(route))
	page.locator(ROWS).first.click()
	page.keyboard.press("r")
	page.locator(".match-pool.is-busy").wait_for()
	page.locator("[data-fieldname=programme] select").select_option(other.programme.name)
	# The list of programmes is asked for again, and what is chosen would be asked for at once.
	page.wait_for_timeout(1_500)
	[request] = held
	request.continue_()
	page.locator(ROWS, has_text=other.mentees[0].name).wait_for()
	desk.settle()
	assert page.locator("[data-fieldname=programme] select").input_value() == other.programme.name
	assert page.locator(ROWS, has_text=one.mentees[0].name).count() == 0
	frappe.db.rollback()
	assert frappe.db.count("Match Run", {"programme": one.programme.name}) == 2, "what was asked for was done"
	page.unroute("**/*runs.start*")


@pytest.mark.req("M5", "P7")
def test_the_page_is_for_coordinators(desk_of, people):
	desk = desk_of(people.social_worker, "social worker")
	desk.open("match-pool")
	desk.page.get_by_text("Not permitted").or_(desk.page.get_by_text("not permitted")).first.wait_for()
	assert desk.page.locator(".match-pool").count() == 0
