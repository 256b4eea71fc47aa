"""Cards on a tablet beside the mentee, a group and what each said in private: as coordinator and social worker."""

import factories
import frappe
import pytest
from browser_pages import Screen

pytestmark = pytest.mark.req("M1", "M4")

TABLET = {"width": 1024, "height": 768}
TEXTS = ("I walk along the river in any weather, and I listen more than I talk.", "I bake, I sing, and I know every tram line.")


@pytest.fixture
def waiting(people):
	"""A mentee of the social worker's who waits, and two mentors of the programme with a place left."""
	here = {"programme": people.programme}
	mentors = [factories.mentor(full_name=name, **here) for name in ("Ottilie Quenby", "Rufus Brayshaw")]
	mentee = factories.mentee(caregiver=people.social_worker, **here)
	frappe.db.commit()
	return frappe._dict(mentee=mentee, mentors=mentors)


def write_cards(desk) -> None:
	"""The mentors' own words on each card, as they are typed into the table."""
	for number, text in enumerate(TEXTS):
		desk.page.evaluate(
			"([number, text]) => frappe.model.set_value(cur_frm.doc.cards[number].doctype, cur_frm.doc.cards[number].name, 'card_text', text)",
			[number, text],
		)
	desk.page.evaluate(
		"() => cur_frm.doc.cards.slice(2).forEach((row) => cur_frm.get_field('cards').grid.grid_rows_by_docname[row.name].remove())"
	)
	desk.settle()


def test_a_mentee_chooses_on_a_tablet_and_the_match_is_made(desk, browser, server, photos, people, waiting):
	desk.open(f"mentee/{waiting.mentee.name}")
	desk.at_form("Mentee", "Ready")
	desk.choose("Let choose", "Cards of mentors")
	shortlist = desk.at_form("Mentor Shortlist", "Draft")
	desk.photo("shortlist-draft")
	write_cards(desk)
	desk.save()
	desk.press("All agreed today")
	desk.answer("Yes")
	desk.settle()
	desk.photo("shortlist-agreed")
	desk.press("May be shown")
	desk.at_form("Mentor Shortlist", "To be shown")
	desk.photo("shortlist-shown")
	assert not desk.errors

	context = browser.new_context(viewport=TABLET, has_touch=True)
	tablet = Screen(context, server.url, photos, "tablet")
	tablet.log_in(people.social_worker, people.password, f"/app/mentee/{waiting.mentee.name}")
	tablet.page.get_by_role("button", name="Let choose").click()
	tablet.photo("mentee")
	with context.expect_page() as opened:
		tablet.page.get_by_text("Show the cards", exact=True).click()
	cards = opened.value
	cards.locator("[data-letter=B]").tap()
	cards.locator("[data-letter=A]").tap()
	tablet.photo("cards-chosen", cards)
	assert cards.locator("[data-letter=A] [data-badge]").inner_text() == "Choice 2"
	cards.locator("[data-undo]").tap()
	assert cards.locator("[data-letter=A][aria-pressed=true]").count() == 0
	html = cards.content()
	for secret in (*(mentor.full_name.split()[1] for mentor in waiting.mentors), waiting.mentee.name, people.social_worker):
		assert secret not in html
	assert cards.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	assert cards.locator("nav, .navbar, a").count() == 0
	cards.locator("[data-next]").tap()
	cards.locator("[data-store]").tap()
	assert cards.locator("[data-error]").inner_text() == "Please say who was there."
	cards.get_by_text("Caregiver", exact=True).tap()
	tablet.photo("cards-write-down", cards)
	cards.locator("[data-store]").tap()
	cards.get_by_text("Thank you. It is written down.").wait_for()
	tablet.photo("cards-done", cards)
	context.close()

	desk.open(f"mentor-shortlist/{shortlist}")
	desk.at_form("Mentor Shortlist", "Chosen")
	assert "Chosen on" in desk.next_step()
	desk.press("Make the match")
	desk.dialog().get_by_text("choice 1").wait_for()
	desk.photo("shortlist-make-match")
	desk.answer("Yes")
	match = desk.at_form("Match", "Initiation")
	frappe.db.rollback()
	assert frappe.db.get_value("Match", match, ["way", "mentee"]) == ("Self-matching", waiting.mentee.name)


def test_a_session_from_the_lists_to_the_matches(desk, people, waiting):
	session = factories.matching_session(people.programme)
	held = factories.matching_session(people.programme, waiting.mentors, [waiting.mentee], held=True)
	frappe.db.commit()
	desk.open(f"matching-session/{session.name}")
	desk.at_form("Matching Session", "Planned")
	desk.press("Who could come?")
	desk.dialog().get_by_text("Ottilie Quenby").click()
	desk.dialog().get_by_text(waiting.mentee.name).click()
	desk.photo("session-who-could-come")
	desk.answer("Put on the list")
	desk.settle()
	desk.photo("session-planned")
	assert "Nobody is kept apart" in desk.next_step()
	desk.press("Invite the mentors")
	desk.dialog().get_by_text("Please tell them yourself").wait_for()
	desk.page.keyboard.press("Escape")

	desk.open(f"matching-session/{held.name}")
	desk.at_form("Matching Session", "Held")
	desk.photo("session-held")
	desk.page.locator(f"[data-person={waiting.mentee.name}]").click()
	desk.dialog().locator(f"[data-other={waiting.mentors[0].name}] select").select_option("1")
	desk.dialog().locator(f"[data-other={waiting.mentors[1].name}] select").select_option("not")
	desk.photo("session-preference")
	desk.answer("Save")
	desk.page.locator("[data-people=mentee] .indicator-pill.green").wait_for()
	desk.press("Settle")
	desk.dialog().get_by_text("For the mentee: first choice.").wait_for()
	desk.photo("session-settle")
	assert "rather" not in desk.dialog().inner_text()
	desk.answer("Make these matches")
	desk.dialog().get_by_text("Matches made: 1").wait_for()
	desk.page.keyboard.press("Escape")
	desk.at_form("Matching Session", "Settled")
	desk.photo("session-settled")
	frappe.db.rollback()
	match = frappe.db.get_value("Match", {"mentee": waiting.mentee.name}, ["way", "mentor"])
	assert match == ("Collective", waiting.mentors[0].name)
