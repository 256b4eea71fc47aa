"""How mentors are: signs and the quiet flag, a pause without penalty, and the way back."""

import json

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, nowdate
from test_races import at_once

from libes_mentoring.mentor_matching import suggestions
from libes_mentoring.mentor_support import daily, pausing, wellbeing
from libes_mentoring.mentor_support.presets import preset
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.portal import care
from libes_mentoring.setup import defaults

pytestmark = pytest.mark.req("R14")


@pytest.fixture
def place():
	"""A mentor with a portal account and a running match, and who stands around them."""
	mentor = factories.mentor()
	programme = frappe.get_doc("Mentoring Programme", mentor.programme)
	volunteer = factories.volunteer(mentor).name
	match = factories.match(mentor, growing=True)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	return frappe._dict(
		mentor=mentor.name,
		volunteer=volunteer,
		match=match,
		coordinator=programme.coordinator,
		caregiver=caregiver,
	)


def told(user: str) -> list[tuple[str, str]]:
	rows = frappe.get_all(
		"Notification Log", {"for_user": user}, ["subject", "document_name"], order_by="creation"
	)
	return [(row.subject, row.document_name) for row in rows]


def stage(mentor: str) -> str:
	return frappe.db.get_value("Mentor", mentor, "stage")


# Pause ----------------------------------------------------------------------------------------------


def test_a_volunteer_pauses_without_a_reason_and_nothing_is_closed(place, as_user):
	with as_user(place.volunteer):
		answer = care.pause(add_months(nowdate(), 1))
	assert answer == {"paused": True, "may_pause": True, "until": getdate(add_months(nowdate(), 1))}
	assert stage(place.mentor) == "Paused"
	assert frappe.db.get_value("Match", place.match.name, "stage") == "Growth and maintenance"
	assert {name for _subject, name in told(place.coordinator)} >= {place.match.name, place.mentor}
	with as_user(place.coordinator):
		assert "pauses until" in next_step("Match", place.match.name)["text"]


def test_who_pauses_is_suggested_to_nobody_and_comes_back_as_before(place, as_user):
	frappe.db.set_value("Mentor", place.mentor, "capacity", 3)
	twin = factories.mentor(programme=frappe.db.get_value("Mentor", place.mentor, "programme"), capacity=3)
	mentee = factories.mentee(programme=twin.programme)

	def suggested() -> dict:
		found = suggestions.suggest_mentors(mentee.name)["suggestions"]
		return {row["mentor"]: row["score"] for row in found}

	with as_user(place.coordinator):
		before = suggested()
		assert {place.mentor, twin.name} <= set(before)
		pausing.set_pause(place.mentor, str(add_days(nowdate(), 5)))
		assert set(suggested()) == set(before) - {place.mentor}
		assert pausing.end_pause(place.mentor) == {"stage": "Available", "open": []}
		assert suggested() == before, "a pause weighs nothing"


def test_nothing_of_a_pause_stays(place, as_user):
	with as_user(place.volunteer):
		care.pause(add_days(nowdate(), 5))
		assert care.come_back()["open_steps"] == []
	fields = ["stage", "paused_on", "paused_until", "pause_end_told_on", "paused_from", "paused_by_mentor"]
	row = frappe.db.get_value("Mentor", place.mentor, fields, as_dict=True)
	assert row == {**dict.fromkeys(fields), "stage": "Available", "paused_by_mentor": 0}


@pytest.mark.parametrize("held_in", ["Screening", "Paused"])
def test_nobody_becomes_available_by_pausing(place, as_user, held_in):
	with as_user(place.coordinator):
		if held_in == "Paused":
			pausing.set_pause(place.mentor)
		else:
			held = frappe.get_doc("Mentor", place.mentor)
			held.stage = held_in
			held.save()
	with as_user(place.volunteer):
		if held_in == "Paused":
			assert care.my_pause() == {"paused": True, "may_pause": False, "until": None}
			for act in (care.come_back, lambda: care.pause(add_days(nowdate(), 5))):
				with pytest.raises(frappe.ValidationError, match="arranged with your coordinator"):
					act()
			assert care.my_pause() == {"paused": True, "may_pause": False, "until": None}
		else:
			care.pause("")
			assert care.come_back()["open_steps"] == ["A talk with your coordinator"]
	assert stage(place.mentor) == held_in
	if held_in == "Paused":
		with as_user(place.coordinator):
			assert pausing.end_pause(place.mentor)["stage"] == "Available"


def test_a_hold_stays_one_for_who_pauses_already_and_for_who_was_held_before(place, as_user):
	with as_user(place.volunteer):
		care.pause("")
	with as_user(place.coordinator):
		pausing.set_pause(place.mentor)
	with as_user(place.volunteer), pytest.raises(frappe.ValidationError):
		care.come_back()
	with as_user(place.coordinator):
		held = frappe.get_doc("Mentor", place.mentor)
		held.update({"stage": "Screening", "paused_from": "Available"})
		held.save()
		held.update({"stage": "Paused", "paused_from": "Available", "paused_by_mentor": 1})
		held.save()
	assert (held.paused_from, held.paused_by_mentor) == ("Screening", 0), "read-only"
	with as_user(place.volunteer), pytest.raises(frappe.ValidationError):
		care.come_back()
	with as_user(place.coordinator):
		assert pausing.end_pause(place.mentor) == {
			"stage": "Screening",
			"open": ["everything is done: the mentor can be made available"],
		}


def test_the_page_offers_the_way_back_from_the_own_pause_only(place, login):
	client, coordinator = login(place.volunteer), login(place.coordinator)
	assert client.call("libes_mentoring.portal.care.pause").status_code == 200
	assert "data-come-back" in client.get("/mentoring/care").text
	held = coordinator.call("libes_mentoring.mentor_support.pausing.set_pause", mentor=place.mentor)
	assert held.status_code == 200
	page = client.get("/mentoring/care").text
	assert "data-come-back" not in page and "who also ends it" in page


def test_the_open_steps_are_named_to_who_comes_back(place, as_user):
	with as_user(place.volunteer):
		care.pause("")
	frappe.db.set_value("Mentor", place.mentor, "record_check_renew_by", add_days(nowdate(), -1))
	frappe.db.set_value(
		"Mentor Screening Step", {"parent": place.mentor, "step": "Interview"}, "outcome", "Not passed"
	)
	with as_user(place.volunteer):
		answer = care.come_back()
	assert answer["open_steps"] == ["Record check", "Interview"]
	assert "passed" not in str(answer), "how a step went is not told"
	assert stage(place.mentor) == "Screening"
	with as_user(place.coordinator):
		pausing.set_pause(place.mentor)
		answer = pausing.end_pause(place.mentor)
	assert answer["stage"] == "Screening"
	assert any("expired" in sentence for sentence in answer["open"])


@pytest.mark.parametrize("until", ["yesterday", "2020-01-01", "2999-01-01", "31.12.2030"])
def test_a_day_that_cannot_be_changes_nothing(place, as_user, until):
	with as_user(place.volunteer), pytest.raises(frappe.ValidationError):
		care.pause(until)
	assert stage(place.mentor) == "Available"


def test_a_pause_can_be_made_longer_and_twice_is_once(place, as_user):
	with as_user(place.volunteer):
		care.pause(add_days(nowdate(), 5))
		care.pause(add_days(nowdate(), 50))
		assert care.my_pause()["until"] == getdate(add_days(nowdate(), 50))
	assert [name for _s, name in told(place.coordinator)].count(place.match.name) == 1
	with as_user(place.volunteer):
		care.come_back()
		with pytest.raises(frappe.ValidationError):
			care.come_back()


def test_only_a_coordinator_of_the_programme_pauses_somebody(place, as_user):
	strangers = (factories.coordinator().name, place.caregiver, factories.manager().name, place.volunteer)
	for stranger in strangers:
		with as_user(stranger):
			for act in (pausing.set_pause, pausing.end_pause):
				with pytest.raises(frappe.PermissionError):
					act(place.mentor)
	with as_user(place.coordinator), pytest.raises(frappe.PermissionError):
		pausing.set_pause("MTR-99999")


@pytest.mark.parametrize(("until", "since", "days"), [(5, 0, 5), (None, 0, pausing.OPEN_END_DAYS)])
def test_the_end_of_a_pause_is_told_once(place, as_user, monkeypatch, until, since, days):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	with as_user(place.coordinator):
		pausing.set_pause(place.mentor, until and str(add_days(nowdate(), until)))

	def reminders() -> int:
		return [subject for subject, _name in told(place.coordinator)].count("A pause has come to its end")

	pausing.remind(getdate(add_days(nowdate(), days - 1)))
	assert reminders() == 0
	for _again in range(2):
		pausing.remind(getdate(add_days(nowdate(), days)))
		assert reminders() == 1
	with as_user(place.coordinator):
		pausing.set_pause(place.mentor, str(add_days(nowdate(), 90)))
	pausing.remind(getdate(add_days(nowdate(), 90)))
	assert reminders() == 2, "a new day is a new end"


def test_the_daily_job_runs_with_nothing_to_do():
	daily.daily()


# Signs and the quiet flag ---------------------------------------------------------------------------


def test_signs_asked_in_a_check_in_raise_a_quiet_flag_that_a_talk_takes_down(place, as_user):
	check_in = factories.check_ins(place.match)[0]
	assert check_in.contact_with == "Mentor"
	with as_user(place.coordinator):
		keys = [sign["key"] for sign in wellbeing.signs()["signs"]]
		assert keys == [sign["key"] for sign in preset("wellbeing_signs")["signs"]]
		made = wellbeing.note({"sleep": "Often", "outlook": "Sometimes"}, check_in=check_in.name)
		assert made["flag"]
		assert wellbeing.note({"sleep": "Not noticed"}, check_in=check_in.name) == made, "asked once"
		assert wellbeing.flagged_mentors() == [place.mentor]
		note = frappe.get_doc(wellbeing.NOTE, made["note"])
		assert [row.answer for row in note.answers if row.sign_key == "sleep"] == ["Often"]
		assert len(note.answers) == len(keys)
		assert wellbeing.talked(place.mentor, "Fewer meetings for a month.") == 1
		assert wellbeing.flagged_mentors() == []
	note.reload()
	assert (note.status, note.talked_by, note.talk_note) == (
		"Talked about",
		place.coordinator,
		"Fewer meetings for a month.",
	)


@pytest.mark.commits
def test_two_clicks_make_one_note(place, login):
	check_in = factories.check_ins(place.match)[0]
	clients = [login(place.coordinator) for _ in range(3)]
	call = "libes_mentoring.mentor_support.wellbeing.note"
	asked = {"answers": json.dumps({"sleep": "Often"}), "check_in": check_in.name}
	answers = at_once([lambda client=client: client.call(call, **asked) for client in clients])
	frappe.db.rollback()
	assert len({answer.json()["message"]["note"] for answer in answers}) == 1
	assert frappe.db.count(wellbeing.NOTE, {"check_in": check_in.name}) == 1


def test_little_noticed_raises_no_flag(place):
	assert factories.wellbeing_note(place.mentor, sleep="Sometimes").status == "Nothing noticed"


def test_the_desk_sends_answers_as_text(place, login):
	client = login(place.coordinator)
	call = "/api/method/libes_mentoring.mentor_support.wellbeing."
	sent = {"answers": '{"sleep": "Often"}', "mentor": place.mentor}
	assert client.post(f"{call}note", data=sent).json()["message"]["flag"]
	assert client.post(f"{call}flagged_mentors").json()["message"] == [place.mentor]


def test_nobody_but_the_coordinators_reads_how_a_mentor_is(place, as_user):
	note = factories.wellbeing_note(place.mentor)
	for person in (place.caregiver, factories.manager().name, factories.coordinator().name, place.volunteer):
		with as_user(person):
			assert not frappe.has_permission(wellbeing.NOTE, "read", doc=note)
			assert wellbeing.flagged_mentors() == []
			with pytest.raises(frappe.PermissionError):
				wellbeing.note({"sleep": "Often"}, mentor=place.mentor)
			with pytest.raises(frappe.PermissionError):
				wellbeing.talked(place.mentor)
	with as_user(place.caregiver):
		assert frappe.has_permission("Mentor", "read", doc=frappe.get_doc("Mentor", place.mentor))
		assert "flag" not in next_step("Mentor", place.mentor)["text"].lower()


def test_a_talk_with_the_mentee_asks_nothing_about_the_mentor(place, as_user):
	check_in = factories.check_ins(place.match)[0]
	frappe.db.set_value("CheckIn", check_in.name, "contact_with", "Mentee")
	with as_user(place.coordinator), pytest.raises(frappe.ValidationError):
		wellbeing.note({"sleep": "Often"}, check_in=check_in.name)
	assert not frappe.db.count(wellbeing.NOTE, {"mentor": place.mentor})


@pytest.mark.parametrize("answers", [{"sleep": "Always"}, {"mood": "Often"}, ["sleep"], "[1]"])
def test_answers_that_were_not_offered_are_refused(place, as_user, answers):
	with as_user(place.coordinator), pytest.raises(frappe.ValidationError):
		wellbeing.note(answers, mentor=place.mentor)
	assert not frappe.db.count(wellbeing.NOTE, {"mentor": place.mentor})


def test_what_a_note_says_is_not_written_by_hand(place, as_user):
	note = factories.wellbeing_note(place.mentor)
	with as_user(place.coordinator):
		doc = frappe.get_doc(wellbeing.NOTE, note.name)
		doc.update({"status": "Talked about", "mentor_name": "Somebody"})
		doc.save()
	assert (factories.fresh(note).status, factories.fresh(note).mentor_name) == (
		"Quiet flag",
		note.mentor_name,
	)


def test_a_quiet_flag_that_waits_for_a_week_is_reminded_of_once(place, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	waiting, talked_about = factories.wellbeing_note(place.mentor), factories.wellbeing_note(place.mentor)
	talked_about.db_set("status", "Talked about")
	for days, times in ((6, 0), (7, 1), (8, 1)):
		wellbeing.remind(getdate(add_days(nowdate(), days)))
		assert told(place.coordinator).count(("A talk still waits for you", waiting.name)) == times
	assert talked_about.name not in {name for _subject, name in told(place.coordinator)}


# Self-care ------------------------------------------------------------------------------------------


def test_tips_are_there_and_belong_to_the_organisation(place, as_user):
	keys = [tip["key"] for tip in preset("self_care")["resources"]]
	assert frappe.db.count("Self-care Resource") == len(keys) == len(set(keys))
	own = frappe.get_doc("Self-care Resource", {"preset_key": keys[0]})
	own.update({"title": "Our own words", "enabled": 0})
	own.save()
	frappe.get_doc(
		{"doctype": "Self-care Resource", "title": "Helpline", "text": "Day and night.", "link": "https://example.org/helpline"}
	).insert()
	defaults.create_care_resources()
	assert frappe.db.count("Self-care Resource") == len(keys) + 1
	with as_user(place.volunteer):
		titles = [tip["title"] for tip in care.tips()]
	assert "Our own words" not in titles
	assert titles[-1] == "Helpline" and len(titles) == len(keys)


def test_a_link_that_a_browser_would_run_is_refused():
	tip = {"doctype": "Self-care Resource", "title": "x", "text": "x", "link": "javascript:alert(1)"}
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc(tip).insert()
