"""A meeting noted from the phone: once, only as it can have been, and with help where it is asked for."""

import factories
import frappe
import pytest
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from libes_mentoring.portal.meetings import log_meeting

KEYS = {"meeting", "met_on", "length_minutes", "medium", "activity", "next_meeting_on", "needs_support"}


@pytest.fixture
def mentor():
	return factories.mentor()


@pytest.fixture
def me(mentor):
	return factories.volunteer(mentor).name


@pytest.fixture
def match(mentor):
	return factories.match(mentor, growing=True)


def coordinator_of(match) -> str:
	return frappe.db.get_value("Mentoring Programme", match.programme, "coordinator")


def told(match) -> list:
	return frappe.get_all(
		"Notification Log",
		filters={"for_user": coordinator_of(match), "document_type": "Meeting Log"},
		fields=["subject", "document_name"],
	)


@pytest.mark.req("L3")
def test_a_meeting_is_stored_as_it_was_entered(me, match, as_user):
	with as_user(me):
		answer = log_meeting(
			match.name,
			add_days(nowdate(), -1),
			90,
			"In person",
			activity="A walk",
			next_meeting_on=add_days(nowdate(), 6),
			note="It was good.",
		)
	assert set(answer) == KEYS
	stored = frappe.get_doc("Meeting Log", answer["meeting"])
	assert (stored.mentoring_match, stored.owner, stored.note) == (match.name, me, "It was good.")
	assert (stored.length_minutes, stored.medium, stored.activity) == (90, "In person", "A walk")
	assert getdate(stored.next_meeting_on) == getdate(add_days(nowdate(), 6))
	assert told(match) == []


@pytest.mark.req("L3")
def test_a_double_tap_is_one_meeting(me, match, as_user):
	with as_user(me):
		first, second = (log_meeting(match.name, nowdate(), 60, "In person") for _tap in range(2))
		longer = log_meeting(match.name, nowdate(), 90, "In person")
	assert first == second
	assert longer["meeting"] != first["meeting"]
	assert frappe.db.count("Meeting Log", {"mentoring_match": match.name}) == 2
	earlier = add_to_date(now_datetime(), minutes=-3)
	frappe.db.set_value("Meeting Log", first["meeting"], "creation", earlier, update_modified=False)
	with as_user(me):
		assert log_meeting(match.name, nowdate(), 60, "In person")["meeting"] != first["meeting"]


@pytest.mark.req("L3", "L9")
def test_support_is_asked_for_once_in_neutral_words(me, match, as_user):
	with as_user(me):
		log_meeting(match.name, nowdate(), 60, "In person", needs_support=True, note="Please call me.")
		answer = log_meeting(match.name, nowdate(), 60, "In person", needs_support=True)
	(notice,) = told(match)
	assert notice.document_name == answer["meeting"]
	assert notice.subject == "A volunteer asks for support"


@pytest.mark.req("L3", "L9")
def test_support_asked_for_with_the_second_tap_is_not_lost(me, match, as_user):
	with as_user(me):
		first = log_meeting(match.name, nowdate(), 60, "In person")
		second = log_meeting(
			match.name, nowdate(), 60, "In person", needs_support=True, note="Please call me."
		)
	assert first["meeting"] == second["meeting"]
	stored = frappe.get_doc("Meeting Log", first["meeting"])
	assert (stored.needs_support, stored.note) == (1, "Please call me.")
	assert len(told(match)) == 1


@pytest.mark.req("L3")
def test_a_site_that_cannot_send_mail_loses_nothing(me, match, as_user, monkeypatch):
	monkeypatch.setattr(EmailAccount, "find_outgoing", lambda: None)
	monkeypatch.setattr(frappe, "sendmail", lambda **_kwargs: pytest.fail("there is no account to send from"))
	with as_user(me):
		answer = log_meeting(match.name, nowdate(), 60, "In person", needs_support=True)
	assert frappe.db.exists("Meeting Log", answer["meeting"])
	assert len(told(match)) == 1


@pytest.mark.req("L3")
@pytest.mark.parametrize(
	("values", "words"),
	[
		({"met_on": 365}, "A meeting in the future cannot be logged yet"),
		({"met_on": -365}, "before the match was made"),
		({"met_on": "yesterday"}, "year, month and day"),
		({"length_minutes": 0}, "between 1 minute and 24 hours"),
		({"length_minutes": -30}, "between 1 minute and 24 hours"),
		({"next_meeting_on": -3}, "cannot lie before this one"),
		({"medium": "Telepathy"}, "Medium"),
		({"activity": "x" * 141}, "Please keep it shorter"),
		({"note": "x" * 2001}, "Please keep it shorter"),
	],
)
def test_what_cannot_have_been_is_refused_and_nothing_written(me, match, as_user, values, words):
	given = {"met_on": 0, "length_minutes": 60, "medium": "In person", **values}
	for field in ("met_on", "next_meeting_on"):
		if isinstance(given.get(field), int):  # days from today
			given[field] = add_days(nowdate(), given[field])
	with as_user(me), pytest.raises(frappe.ValidationError, match=words):
		log_meeting(match.name, needs_support=True, **given)
	assert not frappe.db.count("Meeting Log", {"mentoring_match": match.name})
	assert told(match) == []


@pytest.mark.req("L3")
@pytest.mark.parametrize(
	("values", "message"),
	[
		({"length_minutes": "abc"}, "number of minutes"),
		({"length_minutes": None}, "number of minutes"),
		({"next_meeting_on": "9999-12-31"}, "more than a year ahead"),
	],
)
def test_what_cannot_be_read_is_refused_in_words(me, match, as_user, values, message):
	values = {"met_on": nowdate(), "length_minutes": 60, "medium": "In person", **values}
	with as_user(me), pytest.raises(frappe.ValidationError, match=message):
		log_meeting(match.name, **values)
	assert not frappe.db.count("Meeting Log", {"mentoring_match": match.name})
