"""Volunteers among themselves: get-togethers, and a board that holds no data of mentees."""

import factories
import frappe
import pytest
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from libes_mentoring.mentor_support import board, board_reminders, gatherings
from libes_mentoring.portal import peers

pytestmark = pytest.mark.req("R15", "P8")


@pytest.fixture
def house():
	"""Two volunteers of one programme, one of them with a match, and one of another programme."""
	mentor = factories.mentor(full_name="Ada Acker")
	programme = mentor.programme
	writer = factories.volunteer(mentor).name
	match = factories.match(mentor, growing=True)
	case_file = frappe.get_doc("Mentee Case File", {"mentee": match.mentee})
	case_file.update({"full_name": "Zoé van der Quill", "known_as": "Zizi"})
	case_file.save(ignore_permissions=True)
	reader = factories.mentor(programme=programme)
	return frappe._dict(
		mentor=mentor.name,
		writer=writer,
		alias=match.mentee,
		programme=programme,
		coordinator=frappe.db.get_value("Mentoring Programme", programme, "coordinator"),
		reader=factories.volunteer(reader).name,
		stranger=factories.volunteer(factories.mentor()).name,
	)


def board_of(user: str) -> list[dict]:
	with factories.as_user(user):
		return peers.my_board()


def write(user: str, text: str, **values) -> dict:
	with factories.as_user(user):
		return peers.write_post(text, **values)


def status(post: dict) -> str:
	return frappe.db.get_value(board.POST, post["post"], "status")


# The board ------------------------------------------------------------------------------------------


def test_a_post_is_read_by_the_volunteers_of_the_programme_alone(house):
	post = write(house.writer, "Cooking together broke the ice.")
	answer = write(house.reader, "Nice idea!", reply_to=post["post"], name="Sunny")
	(shown,) = board_of(house.reader)
	assert (shown["text"], shown["name"], shown["mine"]) == ("Cooking together broke the ice.", "Ada", False)
	assert [row["name"] for row in shown["answers"]] == ["Sunny"] and answer["mine"]
	assert set(shown) == {"post", "name", "text", "written_on", "mine", "state", "may_change", "answers"}
	assert board_of(house.stranger) == []
	with factories.as_user(house.stranger):
		for act in (
			lambda: peers.write_post("Hello", reply_to=post["post"]),
			lambda: peers.report_post(post["post"]),
			lambda: peers.change_post(post["post"], "x"),
			lambda: peers.delete_post(post["post"]),
			lambda: peers.delete_post("none"),
		):
			with pytest.raises(frappe.PermissionError):
				act()


@pytest.mark.parametrize(
	"text",
	[
		"I met {alias} today",
		"I met {spelt} today",
		"Zoe was sad",
		"with ZIZI at the lake",
		"Q u i l l",
		"my {word} likes tea",
		"Call me on 0470 12 34 56",
		"Write to ada@example.org",
		"We live at 12 High Street",
	],
)
def test_what_may_name_somebody_waits_with_kind_words(house, text):
	words = {
		"alias": house.alias,
		"spelt": " \u200b".join(house.alias.lower()),
		"word": house.alias.split("-")[0],
	}
	before = frappe.db.count("Notification Log", {"for_user": house.coordinator})
	post = write(house.writer, text.format(**words))
	assert status(post) == "Held back"
	assert post["state"] == "A moderator will look at it first."
	assert board_of(house.reader) == []
	assert [row["post"] for row in board_of(house.writer)] == [post["post"]], "its author sees it"
	stored = frappe.get_doc(board.POST, post["post"])
	assert stored.held_for == board.MAY_NAME, "one reason for all, which says nothing of what matched"
	logs = frappe.get_all("Notification Log", {"for_user": house.coordinator}, ["subject", "document_name"])
	assert len(logs) == before + 1
	assert ("A post on the volunteers' board waits for you", stored.name) in [
		(row.subject, row.document_name) for row in logs
	]


def test_the_alias_of_somebody_elses_mentee_waits_too_and_so_does_one_that_nobody_bears(house):
	foreign = factories.mentee().name
	assert status(write(house.reader, f"I heard of {foreign.upper()}")) == "Held back"
	invented = next(
		alias
		for alias in (f"Heron-{number}" for number in range(1000, 1100))
		if not frappe.db.exists("Mentee", alias)
	)
	assert status(write(house.reader, f"I heard of {invented}")) == "Held back", (
		"nobody learns which ones there are"
	)
	# Names stand in case files, and are looked for among those whom the writer has met, no others.
	assert status(write(house.reader, "Zizi is a song.")) == "Published"


def test_a_name_to_be_shown_is_looked_at_too(house):
	assert status(write(house.writer, "Hello", name="Zizi's friend")) == "Held back"
	assert status(write(house.reader, "Hello again", name="0470 12 34 56")) == "Held back"


def test_names_cannot_be_found_out_by_trying(house):
	for text in ("Is it Zizi?", "Is it Zoe?", "Is it Quill?"):
		write(house.writer, text)
	post = write(house.writer, "A fine day.")
	assert status(post) == "Held back"
	assert frappe.db.get_value(board.POST, post["post"], "held_for") == board.TODAY
	frappe.db.set_value(
		board.POST, {"mentor": house.mentor}, "held_on", add_to_date(now_datetime(), hours=-25)
	)
	assert status(write(house.writer, "Another day.")) == "Published"


def test_the_coordinator_publishes_or_keeps_off_the_board(house):
	good, bad = write(house.writer, "Zizi, a song I love"), write(house.writer, f"About {house.alias}")
	with factories.as_user(house.coordinator):
		board.publish(good["post"])
		board.remove(bad["post"])
	assert [row["post"] for row in board_of(house.reader)] == [good["post"]]
	assert [row["post"] for row in board_of(house.writer)] == [good["post"]]
	assert frappe.db.get_value(board.POST, good["post"], "checked_by") == house.coordinator
	others = (
		factories.coordinator().name,
		factories.social_worker().name,
		factories.manager().name,
		house.writer,
	)
	for person in others:
		with factories.as_user(person):
			for act in (board.publish, board.remove):
				with pytest.raises(frappe.PermissionError):
					act(bad["post"])


def test_anybody_can_ask_for_a_second_look(house):
	post = write(house.writer, "Something odd.")
	with factories.as_user(house.reader):
		peers.report_post(post["post"])
		with pytest.raises(frappe.PermissionError):
			peers.report_post(post["post"])
	assert status(post) == "Reported"
	assert board_of(house.reader) == []
	(own,) = board_of(house.writer)
	assert house.reader not in str(own)
	with factories.as_user(house.writer):
		peers.delete_post(post["post"])
	stored = frappe.get_doc(board.POST, post["post"])
	assert (stored.status, stored.text) == ("Removed", "Something odd."), (
		"what was reported can still be read"
	)


def test_a_change_is_looked_at_again_and_what_waits_goes_on_waiting(house):
	post = write(house.writer, "A fine day.")
	with factories.as_user(house.writer):
		assert peers.change_post(post["post"], "A very fine day.")["state"] == ""
		assert peers.change_post(post["post"], f"A day with {house.alias}")["state"]
		assert peers.change_post(post["post"], "A fine day.")["state"], "only a person publishes it"
	assert status(post) == "Held back"
	with factories.as_user(house.reader), pytest.raises(frappe.PermissionError):
		peers.change_post(post["post"], "Mine now")
	frappe.db.set_value(board.POST, post["post"], "edits", board.EDITS_PER_POST)
	with factories.as_user(house.writer), pytest.raises(frappe.ValidationError):
		peers.change_post(post["post"], "Once more")


def test_an_author_takes_a_post_back_with_its_words(house):
	post = write(house.writer, "I regret this.")
	with factories.as_user(house.writer):
		peers.delete_post(post["post"])
		with pytest.raises(frappe.PermissionError):
			peers.change_post(post["post"], "Back again")
	assert not frappe.db.get_value(board.POST, post["post"], "text")
	assert board_of(house.reader) == board_of(house.writer) == []
	with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError):
		board.publish(post["post"])


@pytest.mark.parametrize("text", ["", "   ", "x" * (board.TEXT_LENGTH + 1)])
def test_bad_input_is_refused_and_nothing_is_written(house, text):
	with factories.as_user(house.writer), pytest.raises(frappe.ValidationError):
		peers.write_post(text)
	with factories.as_user(house.writer), pytest.raises(frappe.ValidationError):
		peers.write_post("Hello", name="x" * (board.NAME_LENGTH + 1))
	assert not frappe.db.count(board.POST, {"mentor": house.mentor})


def test_two_taps_are_one_and_two_hundred_posts_are_ten(house):
	first = write(house.writer, "Once")
	assert write(house.writer, "Once")["post"] == first["post"]
	refused = 0
	for number in range(200):
		try:
			write(house.writer, f"Post {number}")
		except frappe.ValidationError:
			refused += 1
	assert refused == 200 - (board.POSTS_PER_HOUR - 1)
	assert frappe.db.count(board.POST, {"mentor": house.mentor}) == board.POSTS_PER_HOUR


def test_candidates_have_no_place_on_the_board_yet(house):
	candidate = factories.mentor(stage="Applied", programme=house.programme)
	frappe.db.set_value("Mentor", candidate.name, "stage", "Screening")
	user = factories.volunteer(factories.fresh(candidate)).name
	with factories.as_user(user):
		assert not peers.is_member()
		for act in (peers.my_board, peers.my_get_togethers, lambda: peers.write_post("Hello")):
			with pytest.raises(frappe.PermissionError):
				act()


def test_markup_stays_text(house):
	text = "I <3 walks & <script>alert('x')</script><b>tea</b>"
	post = write(house.writer, text)
	assert board_of(house.reader)[0]["text"] == text
	assert write(house.writer, text)["post"] == post["post"]
	assert "<script" not in frappe.db.get_value(board.POST, post["post"], "text"), "the desk shows it as it is stored"


def test_a_post_that_waits_is_reminded_of_once(house, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	post = write(house.writer, f"About {house.alias}")
	frappe.db.set_value(board.POST, post["post"], "held_on", add_to_date(now_datetime(), days=-3))
	for _again in range(2):
		board_reminders.remind(getdate())
		subjects = frappe.get_all("Notification Log", {"for_user": house.coordinator}, pluck="subject")
		assert subjects.count("A post on the volunteers' board still waits") == 1


# Get-togethers --------------------------------------------------------------------------------------


def test_mentors_sign_up_and_take_it_back(house):
	row = factories.get_together(house.mentor, places=1, online_link="https://call.example.org/x")
	with factories.as_user(house.writer):
		(shown,) = peers.my_get_togethers()
		assert (shown["coming"], shown["signed_up"], shown["link"]) == (0, False, "")
		joined = peers.sign_up(row.name)
		assert peers.sign_up(row.name) == joined, "twice is once"
	assert (joined["coming"], joined["link"]) == (1, "https://call.example.org/x")
	with factories.as_user(house.reader):
		(shown,) = peers.my_get_togethers()
		assert shown["full"] and not shown["link"]
		assert "Ada" not in str(shown), "who else comes is not told"
		with pytest.raises(frappe.ValidationError, match="All places are taken"):
			peers.sign_up(row.name)
	with factories.as_user(house.writer):
		assert peers.cancel_sign_up(row.name)["coming"] == 0
		peers.cancel_sign_up(row.name)
	with factories.as_user(house.reader):
		assert peers.sign_up(row.name)["signed_up"]
	assert factories.fresh(row).coming == 1
	assert not frappe.db.count("Deleted Document", {"deleted_doctype": gatherings.SIGN_UP})


def test_get_togethers_are_of_one_programme_or_of_all(house):
	own, for_all = factories.get_together(house.mentor), factories.get_together(None)
	over = factories.get_together(house.mentor)
	over.db_set("starts_at", add_days(nowdate(), -1))
	cancelled = factories.get_together(house.mentor)
	cancelled.status = "Cancelled"
	cancelled.save(ignore_permissions=True)
	with factories.as_user(house.writer):
		assert {row["get_together"] for row in peers.my_get_togethers()} == {own.name, for_all.name}
	with factories.as_user(house.stranger):
		assert [row["get_together"] for row in peers.my_get_togethers()] == [for_all.name]
		for name in (own.name, cancelled.name, over.name, "none"):
			with pytest.raises(frappe.PermissionError):
				peers.sign_up(name)


def test_a_coordinator_plans_for_the_own_programme_or_for_all(house):
	values = {
		"doctype": "Mentor Get-together",
		"title": "Walk",
		"place": "Park",
		"organiser": house.coordinator,
	}
	values["starts_at"] = f"{add_days(nowdate(), 3)} 10:00:00"
	with factories.as_user(house.coordinator):
		frappe.get_doc({**values, "programme": house.programme}).insert()
		frappe.get_doc(values).insert()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({**values, "programme": factories.programme().name}).insert()


@pytest.mark.parametrize(
	"values",
	[
		{"starts_at": "2020-01-01 10:00:00"},
		{"place": ""},
		{"online_link": "javascript:alert(1)"},
		{"title": "Evening for mentors of victims"},
		{"description": "About trauma and shelters"},
	],
)
def test_a_get_together_that_cannot_be_or_says_too_much_is_refused(house, values):
	with pytest.raises(frappe.ValidationError):
		factories.get_together(house.mentor, **values)


def test_there_are_never_fewer_places_than_guests(house):
	row = factories.get_together(house.mentor, places=2)
	for mentor in (house.mentor, frappe.db.get_value("Mentor", {"user": house.reader})):
		factories.sign_up(row, mentor)
	row = factories.fresh(row)
	row.places = 1
	with pytest.raises(frappe.ValidationError, match="have signed up already"):
		row.save(ignore_permissions=True)
