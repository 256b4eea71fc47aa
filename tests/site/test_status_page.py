"""The page behind an unguessable link: what comes next for a candidate, for the holder of the link alone."""

import re

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate

from libes_mentoring.mentor_recruitment import agreements, screening_steps, status_link
from libes_mentoring.mentor_recruitment.screening_rules import (
	AGREEMENT,
	APPLICATION,
	INTERVIEW,
	RECORD_CHECK,
	REFERENCES,
	STEPS,
	TRAINING,
)
from libes_mentoring.portal import application, status

pytestmark = pytest.mark.req("R3", "R5")


@pytest.fixture
def programme():
	return factories.programme()


@pytest.fixture
def candidate(programme):
	return factories.mentor(programme=programme, stage="Applied", staff_notes="Canary of staff")


@pytest.fixture(autouse=True)
def address(monkeypatch):
	monkeypatch.setattr(frappe.local, "request_ip", "127.0.0.1", raising=False)
	factories.forget_rates()


def key_of(mentor) -> str:
	return status_link.renew(mentor.name).partition("?key=")[2]


def look(key: str) -> dict | None:
	with factories.as_user("Guest"):
		return status.by_key(key)


def test_a_candidate_sees_what_is_done_and_what_comes_next(programme, candidate):
	key = key_of(candidate)
	first = look(key)
	assert [step["state"] for step in first["steps"]] == ["current", *["open"] * 5]
	assert "nothing for you to do now" in first["steps"][0]["words"]
	screening_steps.record_outcome(candidate.name, APPLICATION, "Passed", note="Canary of the step")
	screening_steps.record_outcome(candidate.name, INTERVIEW, "Not passed", note="Canary of the interview")
	second = look(key)
	assert [step["state"] for step in second["steps"]] == ["done", "current", *["open"] * 4]
	assert "certificate" in second["steps"][1]["words"]
	# A step that was not passed is open like any other; what staff wrote stays among staff.
	said = frappe.as_json(second)
	assert "Canary" not in said and "passed" not in said and programme.name not in said
	assert (second["programme"], second["email"]) == (programme.public_name, programme.coordinator)
	assert set(second) == {"heading", "words", "steps", "programme", "coordinator", "email", "portal"}


@pytest.mark.parametrize(
	("stage", "words"),
	[("Available", "one of our mentors"), ("Paused", "taking a pause"), ("Left", "your time with us")],
)
def test_everybody_finds_kind_words(stage, words):
	mentor = factories.mentor()
	key = key_of(mentor)
	mentor.db_set("stage", stage)
	assert words in frappe.as_json(look(key))


def test_when_all_is_done_it_says_so(candidate):
	mentor = factories.mentor(stage="Screening")
	found = look(key_of(mentor))
	assert {step["state"] for step in found["steps"]} == {"done"} and found["words"]


def test_only_a_hash_is_kept_and_no_key_opens_twice(candidate):
	first, second = key_of(candidate), key_of(candidate)
	assert len(second) >= 40 and first != second
	stored = frappe.get_all("Mentor", {"name": candidate.name}, ["*"])[0]
	assert second not in frappe.as_json(stored) and len(stored.status_key_hash) == 64
	assert look(first) is None and look(second)


@pytest.mark.parametrize("key", ["", "guess", "x" * 101, "%", "' or 1=1 --"])
def test_a_guess_opens_nothing(candidate, key):
	key_of(candidate)
	assert look(key) is None


def test_the_stored_hash_is_no_key(candidate):
	key_of(candidate)
	assert look(frappe.db.get_value("Mentor", candidate.name, "status_key_hash")) is None


@pytest.mark.parametrize(("days", "works"), [(0, True), (-1, False)])
def test_a_link_ends(candidate, days, works):
	key = key_of(candidate)
	frappe.db.set_value("Mentor", candidate.name, "status_key_expires_on", add_days(nowdate(), days))
	assert bool(look(key)) is works


def test_a_link_of_somebody_erased_opens_nothing(candidate):
	from libes_mentoring.mentoring_privacy import erasure

	key = key_of(candidate)
	erasure.by_period("Mentor", candidate.name)
	assert look(key) is None
	assert not frappe.db.get_value("Mentor", candidate.name, "status_key_hash")


def test_a_new_link_is_no_change_of_the_application(candidate):
	before = factories.fresh(candidate).modified
	key_of(candidate)
	assert factories.fresh(candidate).modified == before


def test_staff_send_a_new_link(programme, candidate, outgoing_mail):
	old = key_of(candidate)
	with factories.as_user(programme.coordinator):
		answer = status_link.send_new(candidate.name)
	assert answer["mailed"] and look(answer["link"].partition("?key=")[2]) and look(old) is None
	[sent] = outgoing_mail()
	assert answer["link"] in sent and candidate.full_name not in sent


def test_without_mail_staff_hand_the_link_over(programme, candidate, no_mail):
	with factories.as_user(programme.coordinator):
		answer = status_link.send_new(candidate.name)
	assert not answer["mailed"] and look(answer["link"].partition("?key=")[2])


@pytest.mark.req("S3")
def test_nobody_else_makes_a_link(candidate):
	for person in (factories.manager(), factories.coordinator(), factories.social_worker()):
		with factories.as_user(person.name), pytest.raises(frappe.PermissionError):
			status_link.send_new(candidate.name)


def test_the_confirmation_leads_to_the_page(programme, outgoing_mail):
	with factories.as_user("Guest"):
		application.apply(**factories.application(programme))
	sent = [text for text in outgoing_mail() if "?key=" in text]
	[text] = sent
	assert look(re.search(r"[?]key=([0-9a-f]{64})", text)[1])["steps"]


def test_who_is_known_gets_a_mail_and_no_second_record(programme, outgoing_mail):
	known = factories.mentor(programme=programme)
	with factories.as_user("Guest"):
		said = application.apply(**factories.application(programme, email=known.email.upper()))
		assert said == application.apply(**factories.application(programme))
	assert frappe.db.count("Mentor", {"email": known.email}) == 1
	assert [known.email in text for text in outgoing_mail() if "?key=" in text].count(True) == 1
	# Once a day: somebody else who sends that address again and again floods nobody's mailbox.
	with factories.as_user("Guest"):
		application.apply(**factories.application(programme, email=known.email))
	assert [known.email in text for text in outgoing_mail() if "?key=" in text].count(True) == 1


def test_another_address_never_gets_the_link_of_a_record(programme, outgoing_mail):
	from libes_mentoring.mentor_recruitment import refusals

	mentor = factories.mentor(programme=programme, stage="Applied", birth_date="1990-04-01")
	with factories.as_user(programme.coordinator):
		refusals.turn_down(mentor.name, "Other")
	with factories.as_user("Guest"):
		application.apply(
			**factories.application(programme, full_name=mentor.full_name, email="curious@example.org")
		)
	[sent] = [text for text in outgoing_mail() if "curious@example.org" in text]
	new = frappe.get_doc("Mentor", {"email": "curious@example.org"})
	assert status_link.holder(re.search(r"[?]key=([0-9a-f]{64})", sent)[1]) == new.name != mentor.name
	assert not factories.fresh(mentor).status_key_hash


def test_who_left_on_good_terms_is_told_to_the_coordinator(programme):
	mentor = factories.mentor(programme=programme)
	mentor.db_set("stage", "Left")
	with factories.as_user("Guest"):
		application.apply(**factories.application(programme, email=mentor.email))
	[told] = frappe.get_all("Notification Log", {"document_name": mentor.name}, ["for_user", "subject"])
	assert (told.for_user, told.subject) == (programme.coordinator, "A person applied again")


def test_whoever_is_logged_in_sees_the_same_on_the_own_page(programme, candidate):
	factories.volunteer(candidate)
	candidate.reload()
	with factories.as_user(candidate.user):
		own = status.my_standing()
	assert [step["state"] for step in own["steps"]] == ["current", *["open"] * 5]
	with factories.as_user(programme.coordinator), pytest.raises(frappe.PermissionError):
		status.my_standing()


def test_who_was_ready_and_has_something_to_renew_is_told_what(programme):
	mentor = factories.mentor(programme=programme)
	assert look(key_of(mentor))["steps"] == []
	mentor.db_set("record_check_renew_by", add_days(nowdate(), -1))
	renewed = look(key_of(mentor))
	assert [step["state"] for step in renewed["steps"]] == ["done", "current", *["done"] * 4]


WITH_US = "We are looking at it and will write to you."


def _words_now(mentor) -> str:
	[step] = [step for step in look(key_of(mentor))["steps"] if step["state"] == "current"]
	return step["words"]


def _up_to(mentor, step: str) -> None:
	"""Everything before a step is passed, and nothing from there on."""
	doc = factories.fresh(mentor)
	for row in doc.screening_steps:
		row.outcome = "Passed" if STEPS.index(row.step) < STEPS.index(step) else "Open"
	if step != RECORD_CHECK:
		doc.update(
			{
				"record_check_issued_on": nowdate(),
				"record_check_seen_on": nowdate(),
				"record_check_outcome": "Nothing found",
				"record_check_renew_by": add_days(nowdate(), 300),
			}
		)
	doc.flags.by_procedure = True
	doc.save(ignore_permissions=True)


def test_a_record_check_that_is_looked_at_or_decided_reads_alike(candidate):
	_up_to(candidate, RECORD_CHECK)
	assert "Please ask for the certificate" in _words_now(candidate)
	factories.finding(candidate)
	assert _words_now(candidate) == WITH_US
	candidate.db_set("record_check_outcome", "Not accepted")
	assert _words_now(candidate) == WITH_US


@pytest.mark.parametrize("step", (REFERENCES, INTERVIEW, TRAINING, AGREEMENT))
def test_a_step_that_was_not_passed_reads_like_one_under_way(candidate, step):
	_up_to(candidate, step)
	asked = _words_now(candidate)
	assert asked and asked != WITH_US
	screening_steps.record_outcome(candidate.name, step, "Not passed")
	assert _words_now(candidate) == WITH_US
	screening_steps.record_outcome(candidate.name, step, "Open")
	assert _words_now(candidate) == asked


def test_who_has_named_enough_referees_is_not_asked_for_more(programme, candidate):
	programme.db_set("references_needed", 2)
	_up_to(candidate, REFERENCES)
	factories.reference(candidate)
	assert "tell us whom to ask" in _words_now(candidate)
	second = factories.received_reference(candidate)
	assert _words_now(candidate) == WITH_US
	second.db_set("status", "Not accepted")
	assert _words_now(candidate) == WITH_US
	second.db_set("status", "Called off")
	assert "tell us whom to ask" in _words_now(candidate)


def test_a_talk_that_was_held_and_an_agreement_that_was_signed_are_with_us(candidate):
	_up_to(candidate, INTERVIEW)
	planned = factories.interview(candidate)
	assert "We propose a day" in _words_now(candidate)
	planned.db_set("held_on", f"{add_days(nowdate(), -1)} 15:00:00")
	assert _words_now(candidate) == WITH_US
	_up_to(candidate, AGREEMENT)
	agreement = factories.volunteer_agreement(candidate)
	assert "you sign it" in _words_now(candidate)
	agreements.record_paper_signature(agreement.name, nowdate())
	assert _words_now(candidate) == WITH_US


def test_training_taken_by_hand_is_with_us_until_somebody_decides(programme, candidate):
	frappe.db.delete("Mentoring Programme Training", {"parent": programme.name})
	_up_to(candidate, TRAINING)
	session = factories.training_session(programme, factories.training_module(), begins_in_minutes=-60)
	factories.on_the_list(session, candidate, status="Attended")
	assert _words_now(candidate) == WITH_US
