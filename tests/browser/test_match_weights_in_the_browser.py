"""What counts when people are matched, set by a coordinator with the keyboard, on a desk and on a tablet."""

import json

import frappe
import pytest

from libes_mentoring.mentor_matching import weights

pytestmark = pytest.mark.req("M2")


def shares_shown(page) -> dict[str, str]:
	script = "() => JSON.stringify(Object.fromEntries([...document.querySelectorAll('[data-weight]')].map("
	script += "row => [row.dataset.weight, row.querySelector('[data-share]').textContent.trim()])))"
	return json.loads(page.evaluate(script))


def points(words: str) -> float:
	"""The number in front, however the site writes it; what rests brings nothing."""
	return 0.0 if words == "rests" else float(words.split()[0].replace(",", "."))


def of_the_server(people) -> dict[str, float]:
	frappe.db.rollback()
	return {row["criterion"]: row["share"] for row in weights.choices(people.programme)["criteria"]}


def open_weights(desk, people):
	desk.open(f"mentoring-programme/{people.programme}")
	desk.at_form("Mentoring Programme")
	desk.page.get_by_role("tab", name="Matching").click()
	desk.page.locator("[data-weight=distance]").wait_for()
	return desk.page


def test_sliders_are_moved_by_keys_and_what_is_shown_is_what_counts(desk, people):
	page = open_weights(desk, people)
	shown = {name: points(words) for name, words in shares_shown(page).items()}
	assert shown == pytest.approx(of_the_server(people), abs=0.06)
	distance = page.locator("[data-weight=distance]")
	assert "no distances between districts are entered" in distance.inner_text()
	assert not page.locator("[data-fieldname=match_weights] .grid-body").is_visible()
	page.get_by_role("button", name="Friendship first").click()
	page.get_by_text("Chosen: Friendship first.").wait_for()
	assert page.get_by_role("button", name="Friendship first").get_attribute("aria-pressed") == "true"
	slider = page.get_by_label("Experience")
	before = int(slider.input_value())
	slider.focus()
	page.keyboard.press("PageUp")
	page.keyboard.press("ArrowRight")
	assert int(slider.input_value()) == before + 11
	page.get_by_text("A mixture of your own.").wait_for()
	live = {name: points(words) for name, words in shares_shown(page).items()}
	desk.photo("match-weights")
	desk.save()
	assert live == pytest.approx(of_the_server(people), abs=0.06)
	assert weights.weights_of(people.programme)["experience"] == before + 11
	page = open_weights(desk, people)
	assert {name: points(words) for name, words in shares_shown(page).items()} == pytest.approx(live)


def test_a_missing_distance_is_a_click_and_a_number_away(desk, people):
	page = open_weights(desk, people)
	page.locator("[data-missing-distances] [data-one]").first.click()
	page.keyboard.type("25")
	page.keyboard.press("Tab")
	assert page.locator("[data-weight=distance] [data-share]").inner_text() != "rests"
	desk.save()
	frappe.db.rollback()
	rows = frappe.get_all(
		"Programme District Distance",
		{"parent": people.programme},
		["one_district", "other_district", "minutes"],
	)
	assert [({row.one_district, row.other_district}, row.minutes) for row in rows] == [
		({"North", "South"}, 25)
	]
	page.get_by_text("All districts in use have their distances.").wait_for()


def test_the_suggestions_say_what_the_score_is_made_of(desk, people):
	of_server = of_the_server(people)
	desk.open(f"mentee/{people.waiting}")
	desk.at_form("Mentee")
	desk.press("Suggest mentors")
	counts = desk.dialog().locator("[data-counts]")
	counts.locator("summary").click()
	lines = dict(line.rsplit(": ", 1) for line in counts.locator("li").all_inner_texts())
	assert {name: points(words) for name, words in lines.items()} == pytest.approx(
		{weights.label(name): share for name, share in of_server.items() if share}, abs=0.06
	)


def test_it_fits_a_tablet(desk, people):
	page = open_weights(desk, people)
	size = page.viewport_size
	page.set_viewport_size({"width": 820, "height": 1180})
	page.locator("[data-weight=distance]").scroll_into_view_if_needed()
	desk.photo("match-weights-tablet")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	boxes = [slider.bounding_box() for slider in page.locator(".match-weights input[type=range]").all()]
	assert len(boxes) == 20 and min(box["width"] for box in boxes) > 180
	page.set_viewport_size(size)
