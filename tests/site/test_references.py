"""References: asked by a link that works once, reminded twice, handed over, read by a person, who decides."""

import email
import json
import re

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_recruitment import link_key, reference_link, references
from libes_mentoring.mentor_recruitment.references import REFERENCE
from libes_mentoring.mentoring_privacy import erasure, subject_access
from libes_mentoring.mentoring_relationship import next_steps, reference_reminders, screening_reminders
from libes_mentoring.portal import references as page

pytestmark = pytest.mark.req("R5")

KEY = re.compile(r"key=([0-9a-f]{64})\b")
ANSWER = "libes_mentoring.portal.references.answer"


@pytest.fixture
def house():
	"""A candidate of a programme that asks for two references, and its coordinator; the site can send mail."""
	factories.mail_account()
	frappe.db.delete("Email Queue")
	programme = factories.programme()
	yield frappe._dict(
		programme=programme,
		coordinator=programme.coordinator,
		candidate=factories.mentor(programme=programme, stage="Applied"),
	)
	# The framework remembers the account past the end of the transaction.
	frappe.local.outgoing_email_account = {}


@pytest.fixture
def send(as_user, monkeypatch):
	# The limit counts by address, which only a request has.
	monkeypatch.setattr(frappe.local, "request_ip", "127.0.0.1", raising=False)

	def as_guest(key: str, **changes) -> dict:
		frappe.local.response.pop("field_errors", None)
		factories.forget_rates()
		with as_user("Guest"):
			return page.answer(
				**{"key": key, "form_token": page.new_token(), **factories.reference_answers(**changes)}
			)

	return as_guest


def mails() -> list[str]:
	rows = [
		frappe.get_doc("Email Queue", row)
		for row in frappe.get_all("Email Queue", order_by="creation asc", pluck="name")
	]
	return ["\n".join([_text(row.message), *(to.recipient for to in row.recipients)]) for row in rows]


def _text(message: str) -> str:
	"""The subject and the words as the receiver reads them."""
	parts = [
		part for part in email.message_from_string(message).walk() if part.get_content_type() == "text/plain"
	]
	return "\n".join([message.split("\n\n")[0], *(part.get_payload(decode=True).decode() for part in parts)])


def asked(house, **fields):
	"""A reference that was asked for, and the key of its link."""
	doc = factories.reference(house.candidate, **fields)
	frappe.db.delete("Email Queue")
	with factories.as_user(house.coordinator):
		assert references.ask(doc.name) == {"mailed": True, "link": ""}
	return factories.fresh(doc), KEY.findall(mails()[-1])[0]


def test_a_coordinator_names_a_referee_who_is_asked_at_once_in_neutral_words(house):
	with factories.as_user(house.coordinator):
		made = references.request(
			house.candidate.name, "Rosa Rell", "rosa@example.org", relation="Taught the class"
		)
	assert made["mailed"] and not made["link"]
	doc = frappe.get_doc(REFERENCE, made["reference"])
	assert (doc.status, doc.asked_by, getdate(doc.asked_on)) == ("Asked", house.coordinator, getdate())
	assert getdate(doc.link_expires_on) == getdate(add_days(nowdate(), 30))
	(mail,) = mails()
	assert "rosa@example.org" in mail and house.programme.public_name in mail
	for word in (house.candidate.full_name, house.candidate.email, house.programme.programme_name):
		assert word not in mail
	(key,) = KEY.findall(mail)
	assert len(key) >= 40 and key not in json.dumps(doc.as_dict(), default=str)
	assert doc.token_hash == link_key.fingerprint(key)


def test_a_link_shows_whom_it_is_about_and_takes_one_answer(house, send):
	doc, key = asked(house)
	factories.forget_rates()
	with factories.as_user("Guest"):
		shown = page.by_key(key)
	assert set(shown) == {"candidate", "programme", "coordinator", "email"}
	assert shown["candidate"] == house.candidate.full_name
	assert set(send(key, to_talk_about="<b>Call</b> me")) == {"thanks"}
	stored = factories.fresh(doc)
	assert (stored.status, stored.received_how, stored.trust) == ("Received", "By the link", "Yes")
	assert [row.level for row in stored.qualities] == ["Often"] * 7 and stored.declared_true
	assert not stored.token_hash and not stored.received_by
	notice = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
	assert [(row.for_user, row.subject) for row in notice] == [(house.coordinator, "An answer has arrived")]
	before = stored.as_dict()
	with pytest.raises(frappe.DoesNotExistError, match="does not work"):
		send(key, name_typed="Somebody Else")
	assert factories.fresh(doc).as_dict() == before


def test_links_that_do_not_work_are_answered_alike(house, send):
	used, used_key = asked(house)
	send(used_key)
	over, over_key = asked(house)
	over.db_set("link_expires_on", add_days(nowdate(), -1))
	replaced, old_key = asked(house)
	with factories.as_user(house.coordinator):
		references.ask(replaced.name)
	called_off, off_key = asked(house)
	with factories.as_user(house.coordinator):
		references.call_off(called_off.name)
	corrected, corrected_key = asked(house)
	corrected = factories.fresh(corrected)
	corrected.referee_email = "another@example.org"
	corrected.save()
	assert (corrected.status, corrected.token_hash) == ("To be asked", None)
	gone = factories.mentor(programme=house.programme, stage="Applied")
	_doc, gone_key = asked(frappe._dict(house, candidate=gone))
	gone = factories.fresh(gone)
	gone.stage = "Left"
	gone.save()
	said = set()
	stored = frappe.db.count(REFERENCE, {"status": "Received"})
	for key in (
		used_key,
		over_key,
		old_key,
		off_key,
		corrected_key,
		gone_key,
		"unknown",
		"",
		"x" * 5000,
		used.token_hash or "-",
	):
		factories.forget_rates()
		with factories.as_user("Guest"):
			assert page.by_key(key) is None
		with pytest.raises(frappe.DoesNotExistError) as refused:
			send(key)
		said.add(str(refused.value))
	assert len(said) == 1 and house.candidate.full_name not in said.pop()
	assert frappe.db.count(REFERENCE, {"status": "Received"}) == stored


@pytest.mark.parametrize(
	("changes", "field"),
	[
		({"name_typed": " "}, "name_typed"),
		({"trust": "Perhaps"}, "trust"),
		({"levels": ["Often"]}, "levels"),
		({"trust": "With reservations"}, "to_talk_about"),
		({"declared_true": False}, "declared_true"),
		({"example": "x" * 2001}, "example"),
	],
)
def test_what_does_not_fit_is_refused_by_field_and_nothing_is_stored(house, send, changes, field):
	doc, key = asked(house)
	before = doc.as_dict()
	with pytest.raises(frappe.ValidationError):
		send(key, **changes)
	assert set(frappe.local.response["field_errors"]) == {field}
	assert factories.fresh(doc).as_dict() == before
	send(key)


def test_a_post_without_the_pages_token_or_by_a_machine_stores_nothing(house, send, as_user):
	doc, key = asked(house)
	for token in ("", "1.2.3", "x"):
		factories.forget_rates()
		with as_user("Guest"), pytest.raises(frappe.ValidationError, match="open for too long"):
			page.answer(**{"key": key, "form_token": token, **factories.reference_answers()})
	factories.forget_rates()
	with as_user("Guest"):
		assert set(page.answer(key=key, website="https://example.org")) == {"thanks"}
	assert factories.fresh(doc).status == "Asked"


@pytest.mark.req("S6")
def test_a_referee_is_reminded_twice_and_then_staff_take_over(house):
	doc, first_key = asked(house)
	frappe.db.delete("Email Queue")
	day = getdate()

	def after(days: int) -> str | None:
		done = reference_reminders.handle(doc.name, getdate(add_days(day, days)))
		# A second worker, or a second run, finds the work done.
		assert reference_reminders.handle(doc.name, getdate(add_days(day, days))) is None
		return done

	assert [after(days) for days in (6, 7, 13, 14, 20, 21, 40)] == [
		None,
		"chase",
		None,
		"chase",
		None,
		"hand over",
		None,
	]
	sent = [mail for mail in mails() if doc.referee_email in mail]
	assert len(sent) == 2 and all("before" in mail for mail in sent)
	keys = [KEY.findall(mail)[0] for mail in sent]
	factories.forget_rates()
	assert [bool(reference_link.holder(key)) for key in (first_key, *keys)] == [False, False, True]
	told = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
	assert [(row.for_user, row.subject) for row in told] == [
		(house.coordinator, "An answer that was asked for has not come")
	]
	assert house.candidate.full_name not in json.dumps(mails())
	with factories.as_user(house.coordinator):
		step = next_steps.next_step("Mentor", house.candidate.name)
	assert (
		f"{doc.referee_name} was asked on" in step["text"]
		and "2 reminders: call" in step["text"]
		and step["late"]
	)
	with factories.as_user(house.coordinator):
		references.ask(doc.name)
	again = factories.fresh(doc)
	assert (again.chased, again.handed_over_on) == (0, None)


def test_the_settings_say_when_and_the_nightly_job_comes_by(house, monkeypatch):
	doc, _key = asked(house)
	settings = frappe.get_single("Mentoring Settings")
	settings.update(
		{
			"reference_chase_days": 3,
			"reference_chase_again_days": 0,
			"reference_hand_over_days": 2,
			"reference_link_days": 5,
		}
	)
	settings.save()
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	doc.db_set({"asked_on": add_days(nowdate(), -3), "last_mail_on": add_days(nowdate(), -3)})
	screening_reminders.daily()
	stored = factories.fresh(doc)
	assert (stored.chased, getdate(stored.link_expires_on)) == (1, getdate(add_days(nowdate(), 5)))
	stored.db_set("last_mail_on", add_days(nowdate(), -2))
	screening_reminders.daily()
	assert getdate(factories.fresh(doc).handed_over_on) == getdate()


def test_without_mail_the_link_is_handed_over_and_staff_follow_up(house, monkeypatch):
	monkeypatch.setattr("libes_mentoring.mail.is_set_up", lambda: False)
	doc = factories.reference(house.candidate)
	with factories.as_user(house.coordinator):
		given = references.ask(doc.name)
	assert not given["mailed"] and reference_link.holder(KEY.findall(given["link"])[0]) == doc.name
	assert reference_reminders.handle(doc.name, getdate(add_days(nowdate(), 7))) == "hand over"


def test_nobody_is_reminded_about_somebody_who_has_left(house):
	doc, _key = asked(house)
	frappe.db.delete("Email Queue")
	candidate = factories.fresh(house.candidate)
	candidate.stage = "Left"
	candidate.save()
	assert reference_reminders.handle(doc.name, getdate(add_days(nowdate(), 60))) is None
	assert not mails()
	with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError, match="has left"):
		references.ask(doc.name)


def test_a_call_is_written_down(house):
	doc, key = asked(house)
	with factories.as_user(house.coordinator):
		with pytest.raises(frappe.ValidationError, match="one answer for each quality"):
			references.record_by_phone(doc.name, json.dumps(factories.reference_answers(levels=[])))
		assert factories.fresh(doc).status == "Asked"
		references.record_by_phone(doc.name, json.dumps(factories.reference_answers(trust="No")))
		with pytest.raises(frappe.ValidationError, match="closed"):
			references.record_by_phone(doc.name, json.dumps(factories.reference_answers()))
	stored = factories.fresh(doc)
	assert (stored.status, stored.received_how, stored.received_by, stored.trust) == (
		"Received",
		"By phone",
		house.coordinator,
		"No",
	)
	assert reference_link.holder(key) is None


def step_of(house) -> tuple:
	row = next(row for row in factories.fresh(house.candidate).screening_steps if row.step == "References")
	return row.outcome, row.decided_by


def test_the_step_is_passed_once_as_many_are_read_and_accepted_as_are_asked_for(house):
	first, second = (factories.received_reference(house.candidate) for _ in range(2))
	with factories.as_user(house.coordinator):
		assert references.decide(first.name, "Accepted") is False
		assert step_of(house) == ("Open", None)
		with pytest.raises(frappe.ValidationError, match="asks for 2 references, and 1"):
			references.conclude(house.candidate.name, "Passed")
		assert references.decide(second.name, "Accepted") is True
		assert references.decide(second.name, "Accepted") is False
	assert step_of(house) == ("Passed", house.coordinator)
	assert factories.fresh(house.candidate).stage == "Screening"


def test_one_that_is_taken_back_opens_a_passed_step_for_a_person_to_decide(house):
	first, second = (factories.received_reference(house.candidate) for _ in range(2))
	with factories.as_user(house.coordinator):
		for doc in (first, second):
			references.decide(doc.name, "Accepted")
		third = factories.received_reference(house.candidate)
		references.decide(third.name, "Not accepted", "Does not know the candidate well.")
		assert step_of(house)[0] == "Passed", "as many as are asked for are accepted still"
		references.decide(second.name, "Not accepted", "A call has shown another picture.")
	assert step_of(house) == ("Open", None)
	row = next(row for row in factories.fresh(house.candidate).screening_steps if row.step == "References")
	assert row.note == second.name, "why is read in the reference alone"


def test_enough_references_pass_no_step_that_a_person_has_decided_and_the_next_step_says_so(house):
	first, second = (factories.received_reference(house.candidate) for _ in range(2))
	with factories.as_user(house.coordinator):
		references.decide(first.name, "Accepted")
		references.conclude(house.candidate.name, "Not passed", "Talked about with the candidate.")
		assert references.decide(second.name, "Accepted") is False
		assert step_of(house)[0] == "Not passed"
		assert "decide on the step" in next_steps.next_step("Mentor", house.candidate.name)["text"]


def test_an_unfavourable_reference_decides_nothing_by_itself(house):
	doc = factories.received_reference(house.candidate, trust="No", to_talk_about="Loses patience.")
	assert step_of(house)[0] == "Open"
	with factories.as_user(house.coordinator):
		with pytest.raises(frappe.ValidationError, match="in a sentence"):
			references.decide(doc.name, "Not accepted")
		references.decide(doc.name, "Not accepted", "Too little patience, by two accounts.")
		assert step_of(house)[0] == "Open"
		text = next_steps.next_step("Mentor", house.candidate.name)["text"]
		assert "References not accepted: 1. Decide what that means." in text
		with pytest.raises(frappe.ValidationError, match="in a sentence"):
			references.conclude(house.candidate.name, "Not passed", "no")
		references.conclude(house.candidate.name, "Not passed", "Talked about with the candidate.")
	assert step_of(house) == ("Not passed", house.coordinator)
	assert factories.fresh(doc).conclusion_note == "Talked about with the candidate."
	candidate = factories.fresh(house.candidate)
	assert "Talked about" not in candidate.as_json(), "the mentor's record has more readers"
	assert [row.note for row in candidate.screening_steps if row.step == "References"] == [doc.name]


def test_a_reason_without_a_reference_has_no_place_and_changes_nothing(house):
	with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError, match="Name a referee"):
		references.conclude(house.candidate.name, "Not passed", "Talked about with the candidate.")
	assert step_of(house)[0] == "Open"


def test_a_programme_that_asks_for_none_leaves_the_step_to_the_coordinator(house):
	frappe.db.set_value("Mentoring Programme", house.programme.name, "references_needed", 0)
	doc = factories.received_reference(house.candidate)
	with factories.as_user(house.coordinator):
		assert references.decide(doc.name, "Accepted") is False
		references.conclude(house.candidate.name, "Passed")
	assert step_of(house)[0] == "Passed"


def test_the_answers_are_changed_by_nobody(house):
	doc = factories.received_reference(house.candidate)
	with factories.as_user(house.coordinator):
		mine = frappe.get_doc(REFERENCE, doc.name)
		mine.update({"trust": "No", "status": "Accepted", "to_talk_about": "x", "received_on": None})
		mine.set("qualities", [])
		mine.save()
		assert (mine.trust, mine.status, len(mine.qualities)) == ("Yes", "Received", 7)
		mine.referee_name = "Somebody Else"
		with pytest.raises(frappe.ValidationError, match="is closed"):
			mine.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc(REFERENCE, doc.name)


@pytest.mark.parametrize(
	("values", "words"),
	[
		({"referee_name": "  "}, "name"),
		({"referee_email": "no address"}, "not look like|valid|Invalid"),
		({"referee_email": "CANDIDATE"}, "own address"),
		({"referee_email": "twice@example.org"}, "named already"),
	],
)
def test_who_cannot_be_a_referee_is_refused_in_words(house, values, words):
	factories.reference(house.candidate, referee_email="twice@example.org")
	if values.get("referee_email") == "CANDIDATE":
		values = {"referee_email": house.candidate.email.upper()}
	with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError, match=words):
		references.request(
			house.candidate.name, **{"referee_name": "Rosa", "referee_email": "rosa@example.org", **values}
		)
	assert frappe.db.count(REFERENCE, {"mentor": house.candidate.name}) == 1


@pytest.mark.req("P8")
def test_references_are_for_the_programmes_coordinators_and_whoever_reads_the_mentor(house):
	doc = factories.received_reference(house.candidate)
	for stranger in (factories.manager(), factories.coordinator(), factories.social_worker()):
		with factories.as_user(stranger.name):
			if frappe.has_permission(REFERENCE, "read"):
				assert frappe.get_list(REFERENCE) == []
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc(REFERENCE, doc.name).check_permission("read")
			for act in (references.ask, references.call_off):
				for name in (doc.name, "REF-99999"):
					with pytest.raises(frappe.PermissionError, match="Not permitted"):
						act(name)
			with pytest.raises(frappe.PermissionError):
				references.decide(doc.name, "Accepted")
			with pytest.raises(frappe.PermissionError):
				references.conclude(house.candidate.name, "Passed")
	match = factories.match()
	about_mentor = factories.received_reference(match.mentor)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	with factories.as_user(caregiver):
		assert [row.name for row in frappe.get_list(REFERENCE)] == [about_mentor.name]
		with pytest.raises(frappe.PermissionError):
			references.decide(about_mentor.name, "Accepted")


@pytest.mark.req("P8")
def test_references_go_with_the_mentor_and_are_never_handed_to_the_mentor(house):
	doc = factories.received_reference(house.candidate, to_talk_about="Quiet words.")
	sheets = json.dumps(subject_access.sheets_of("Mentor", house.candidate.name), default=str)
	assert "Mentor Reference (1)" in sheets and doc.name not in sheets
	assert "Quiet words." not in sheets and doc.referee_name not in sheets and doc.referee_email not in sheets
	erasure.by_period("Mentor", house.candidate.name)
	assert not frappe.db.exists(REFERENCE, doc.name)
	assert not frappe.db.exists("Mentor Reference Quality", {"parent": doc.name})
