"""Turning down: who may, what is kept and who reads it, what the person gets, and what happens when they come again."""

import re

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, add_years, getdate, nowdate

from libes_mentoring.mentor_recruitment import letters, reference_link, refusals, screening, status_link
from libes_mentoring.mentoring_relationship import next_steps
from libes_mentoring.portal import application, scope, status
from libes_mentoring.portal.printing import page

pytestmark = pytest.mark.req("R6")
NOTE = "Canary-note of staff"


@pytest.fixture
def programme():
	return factories.programme()


@pytest.fixture
def candidate(programme):
	return factories.mentor(programme=programme, stage="Applied", birth_date="1990-04-01")


@pytest.fixture
def turn_down(programme, candidate):
	def decide(reason: str = "Not ready for the role", mentor=candidate):
		with factories.as_user(programme.coordinator):
			return frappe.get_doc(refusals.REFUSAL, refusals.turn_down(mentor.name, reason, NOTE))

	return decide


@pytest.fixture(autouse=True)
def address(monkeypatch):
	# Limits count by address, which only a request has.
	monkeypatch.setattr(frappe.local, "request_ip", "127.0.0.1", raising=False)
	factories.forget_rates()


@pytest.fixture
def apply(programme):
	def as_guest(where=programme, **answers) -> dict:
		factories.forget_rates()
		made = factories.application(where, **answers)
		with factories.as_user("Guest"):
			return application.apply(**made)

	return as_guest


@pytest.mark.parametrize(
	"reason", ["Under 18", "Too little time", "Not ready for the role", "May do harm", "Other"]
)
def test_who_decided_when_and_until_when_is_kept(programme, candidate, turn_down, reason):
	refusal = turn_down(reason)
	mentor = factories.fresh(candidate)
	assert (mentor.stage, str(mentor.turned_down_on), str(mentor.left_on)) == ("Left", nowdate(), nowdate())
	assert (refusal.decided_by, str(refusal.decided_on)) == (programme.coordinator, nowdate())
	assert (refusal.reason, refusal.note) == (reason, NOTE)
	until = None if reason == "May do harm" else getdate(add_months(nowdate(), 12))
	assert (refusal.reapply_after and getdate(refusal.reapply_after)) == until
	assert "excluded" in [blocker.code for blocker in screening.open_screening_of(mentor)]


def test_how_long_is_a_setting(turn_down):
	frappe.db.set_single_value("Mentoring Settings", "reapply_months", 3)
	assert getdate(turn_down().reapply_after) == getdate(add_months(nowdate(), 3))


def test_only_the_programmes_coordinator_turns_down(programme, candidate):
	people = (factories.manager(), factories.coordinator(), factories.social_worker(), factories.volunteer())
	for person in people:
		with factories.as_user(person.name), pytest.raises(frappe.PermissionError):
			refusals.turn_down(candidate.name, "Other")
	assert not frappe.db.exists(refusals.REFUSAL, {"mentor": candidate.name})


@pytest.mark.parametrize(
	("reason", "note", "words"),
	[("", "", "choose one"), ("Made up", "", "choose one"), ("Other", "x" * 2001, "shorter")],
)
def test_what_does_not_fit_changes_nothing(programme, candidate, reason, note, words):
	with factories.as_user(programme.coordinator), pytest.raises(frappe.ValidationError, match=words):
		refusals.turn_down(candidate.name, reason, note)
	assert not frappe.db.exists(refusals.REFUSAL, {"mentor": candidate.name})
	assert factories.fresh(candidate).stage == "Applied"


def test_nobody_is_turned_down_twice(candidate, turn_down):
	turn_down()
	with pytest.raises(frappe.ValidationError, match="already"):
		turn_down()
	assert frappe.db.count(refusals.REFUSAL, {"mentor": candidate.name}) == 1


@pytest.mark.req("P8", "S3")
def test_the_reason_is_read_by_coordinators_of_the_programme_and_managers(programme, turn_down):
	mentor = factories.mentor(programme=programme)
	match = factories.match(mentor)
	refusal = turn_down("May do harm", factories.fresh(mentor))
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	allowed = {programme.coordinator: True, factories.manager().name: True, caregiver: False}
	allowed |= {factories.coordinator().name: False, factories.partner_user().name: False}
	for user, may in allowed.items():
		with factories.as_user(user):
			assert frappe.has_permission(refusals.REFUSAL, "read", refusal) is may
			assert not frappe.has_permission(refusals.REFUSAL, "write", refusal)
			assert not frappe.has_permission(refusals.REFUSAL, "print", refusal)
	# The caregiver of a match reads the mentor's record: the reason is not in it.
	with factories.as_user(caregiver):
		record = frappe.get_doc("Mentor", mentor.name)
		record.check_permission("read")
		assert "May do harm" not in record.as_json() and NOTE not in record.as_json()


def test_the_decision_is_not_written_past_the_procedure(programme, candidate, turn_down):
	refusal = turn_down()
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.PermissionError):
			refusal.save()
		mentor = factories.fresh(candidate)
		mentor.turned_down_on = None
		mentor.save()
		assert factories.fresh(candidate).turned_down_on
		mentor = factories.fresh(candidate)
		mentor.stage = "Applied"
		with pytest.raises(frappe.ValidationError, match="First lift"):
			mentor.save()


def test_who_is_turned_down_has_no_portal(programme, turn_down):
	mentor = factories.mentor(programme=programme)
	volunteer = factories.volunteer(mentor)
	turn_down("Other", factories.fresh(mentor))
	with factories.as_user(volunteer.name), pytest.raises(frappe.PermissionError):
		scope.own_mentor()


# The letter -----------------------------------------------------------------------------------------


@pytest.mark.req("P8", "S4")
def test_the_letter_is_the_same_whatever_the_reason(programme, turn_down):
	texts = set()
	for reason in refusals.reasons():
		mentor = factories.mentor(programme=programme, stage="Applied", full_name="Ada Acker & Co")
		turn_down(reason, mentor)
		with factories.as_user(programme.coordinator):
			text = page("Mentor", mentor.name, "Letter to a Candidate")
		assert "Ada Acker &amp; Co" in text and programme.public_name in text
		assert reason not in text and NOTE not in text and programme.name not in text
		texts.add(text)
	assert len(texts) == 1


def test_there_is_no_letter_for_anybody_else(candidate):
	with pytest.raises(frappe.ValidationError, match="turned down"):
		letters.letter_facts(candidate.name)
	with pytest.raises(frappe.ValidationError, match="turned down"):
		letters.send_letter(candidate.name)


def test_the_letter_is_mailed_once(programme, candidate, turn_down, outgoing_mail):
	refusal = turn_down("May do harm")
	with factories.as_user(programme.coordinator):
		letters.send_letter(candidate.name)
		with pytest.raises(frappe.ValidationError, match="was sent on"):
			letters.send_letter(candidate.name)
	[sent] = outgoing_mail()
	assert "cannot offer you a place" in sent and "harm" not in sent and NOTE not in sent
	assert str(factories.fresh(refusal).letter_sent_on) == nowdate()


def test_without_mail_the_letter_is_printed(programme, candidate, turn_down, no_mail):
	turn_down()
	with (
		factories.as_user(programme.coordinator),
		pytest.raises(frappe.ValidationError, match="print the letter"),
	):
		letters.send_letter(candidate.name)


# Coming again ---------------------------------------------------------------------------------------


def again(mentor) -> tuple[int, int]:
	"""How often they applied again, and how many told the coordinator."""
	told = frappe.db.count(
		"Notification Log", {"document_name": mentor.name, "subject": "A person applied again"}
	)
	return factories.fresh(mentor).applied_again_count, told


@pytest.mark.req("R3")
def test_who_was_turned_down_is_thanked_and_noted_on_the_old_record(candidate, turn_down, apply):
	turn_down()
	new = apply()
	before = frappe.db.count("Mentor")
	assert apply(email=candidate.email.upper()) == new
	assert frappe.db.count("Mentor") == before
	assert again(candidate) == (1, 1)
	assert str(factories.fresh(candidate).applied_again_on) == nowdate()
	assert "Applied again on" in next_steps.next_step("Mentor", candidate.name)["text"]
	# The second time on one day is counted; nobody is flooded with news of it.
	apply(email=candidate.email)
	assert again(candidate) == (2, 1)


@pytest.mark.req("R3", "P8")
@pytest.mark.parametrize("family_first", [False, True])
def test_name_and_birth_date_tell_a_stranger_nothing_and_let_nobody_through(
	candidate, turn_down, apply, outgoing_mail, family_first
):
	"""Others may know a name and a day of birth: whoever applies with them gets what a stranger gets, mail included."""
	turn_down("May do harm")
	given, *rest = candidate.full_name.split()
	name = " ".join([*rest, given]) if family_first else f" {candidate.full_name.upper()} "
	stranger = factories.person_name()
	for _times in range(3):
		said = apply(full_name=name, birth_date="1990-04-01", email="other@example.org")
		assert said == apply(full_name=stranger, email="stranger@example.org")
	of_each = [
		sorted(
			re.sub(r"key=[0-9a-fD=\s]+", "KEY ", re.search(r"Thank you: .*?not do anything", text, re.DOTALL)[0])
			for text in outgoing_mail()
			if address in text
		)
		for address in ("other@example.org", "stranger@example.org")
	]
	assert of_each[0] == of_each[1] and len(of_each[0]) == 2
	assert again(candidate)[1] == 1
	# Staff see it before anything else, and the person is never available.
	new = frappe.get_doc("Mentor", {"email": "other@example.org"})
	assert "known_by_refusal" in [blocker.code for blocker in screening.open_screening_of(new)]
	assert "known" in next_steps.next_step("Mentor", new.name)["text"]
	screened = factories.mentor(stage="Screening", full_name=name, birth_date="1990-04-01")
	assert [blocker.code for blocker in screening.open_screening_of(screened)] == ["known_by_refusal"]
	screened.stage = "Available"
	with pytest.raises(frappe.ValidationError, match="known"):
		screened.save()


def test_also_in_another_programme(candidate, turn_down, apply):
	turn_down()
	before = frappe.db.count("Mentor")
	apply(factories.programme(), email=candidate.email)
	assert (frappe.db.count("Mentor"), again(candidate)) == (before, (1, 1))


def test_a_namesake_of_another_age_is_somebody_else(candidate, turn_down, apply):
	turn_down()
	apply(full_name=candidate.full_name, birth_date="1991-04-01", email="namesake@example.org")
	assert frappe.db.exists("Mentor", {"email": "namesake@example.org"})
	assert again(candidate) == (0, 0)


@pytest.mark.parametrize(("days", "taken"), [(1, False), (0, True), (-1, True)])
def test_when_the_time_is_over_all_is_as_ever(candidate, turn_down, apply, days, taken):
	refusal = turn_down("Too little time")
	refusal.db_set("reapply_after", add_days(nowdate(), days))
	apply(email=candidate.email)
	records = frappe.get_all("Mentor", {"email": candidate.email}, pluck="stage", order_by="creation")
	assert records == (["Left", "Applied"] if taken else ["Left"])


def test_a_new_beginning_takes_the_account_along(programme, turn_down, apply):
	mentor = factories.mentor(programme=programme)
	factories.volunteer(mentor)
	turn_down("Other", factories.fresh(mentor)).db_set("reapply_after", nowdate())
	apply(email=mentor.email)
	assert factories.fresh(mentor).user is None
	assert frappe.db.exists("Mentor", {"email": mentor.email, "stage": "Applied"})


def test_who_may_do_harm_is_not_considered_after_years(candidate, turn_down, apply):
	turn_down("May do harm").db_set("decided_on", add_years(nowdate(), -20))
	apply(email=candidate.email)
	assert frappe.db.count("Mentor", {"email": candidate.email}) == 1


@pytest.mark.req("P8")
def test_the_mark_outlasts_the_erasure_and_not_its_time(programme, candidate, turn_down, apply):
	from libes_mentoring.mentoring_privacy import erasure

	refusal = turn_down("Other")
	erasure.by_period("Mentor", candidate.name)
	kept = factories.fresh(refusal)
	assert not kept.note and kept.email_mark and candidate.email not in kept.as_json()
	before = frappe.db.count("Mentor")
	apply(email=candidate.email)
	assert (frappe.db.count("Mentor"), again(candidate)) == (before, (1, 1))
	refusal.db_set("reapply_after", nowdate())
	for _night in range(2):
		refusals.daily()
	kept = factories.fresh(refusal)
	assert (kept.email_mark, kept.person_mark) == (None, None)


def test_marks_in_force_stay_overnight(candidate, turn_down):
	refusal = turn_down("May do harm")
	refusals.daily()
	assert factories.fresh(refusal).email_mark


def test_nobody_is_known_by_what_is_missing(programme, turn_down):
	nameless = factories.mentor(programme=programme, stage="Applied", email=None, birth_date=None)
	refusal = turn_down("Other", nameless)
	assert (refusal.email_mark, refusal.person_mark) == (None, None)
	assert refusals.in_force(None, None, None) is None
	assert refusals.in_force("", nameless.full_name, None) is None


def test_by_hand_the_same_rules_hold(programme, candidate, turn_down):
	turn_down("May do harm")
	with factories.as_user(programme.coordinator):
		doc = frappe.get_doc(
			{"doctype": "Mentor", "programme": programme.name, "full_name": candidate.full_name}
		)
		doc.birth_date = "1990-04-01"
		with pytest.raises(frappe.ValidationError, match="no new application is considered") as refused:
			doc.insert()
	assert "harm" not in str(refused.value)


@pytest.mark.parametrize(("days", "taken"), [(1, False), (0, True)])
def test_by_hand_nobody_under_age_is_entered(programme, days, taken):
	doc = frappe.get_doc({"doctype": "Mentor", "programme": programme.name, "full_name": "Ada Acker"})
	doc.birth_date = add_days(add_years(nowdate(), -18), days)
	with factories.as_user(programme.coordinator):
		if taken:
			assert doc.insert().applied_on
		else:
			with pytest.raises(frappe.ValidationError, match="18 or older"):
				doc.insert()
	assert bool(frappe.db.exists("Mentor", {"programme": programme.name})) is taken


@pytest.mark.req("P5")
@pytest.mark.parametrize(("kind", "taken"), [("Survivor", False), ("Local volunteer", True), (None, True)])
def test_by_hand_only_kinds_that_the_programme_takes(programme, kind, taken):
	programme.db_set("kind_survivor", 0)
	doc = frappe.get_doc({"doctype": "Mentor", "programme": programme.name, "full_name": "Ada Acker"})
	doc.mentor_kind = kind
	with factories.as_user(programme.coordinator):
		if taken:
			assert doc.insert().name
		else:
			with pytest.raises(frappe.ValidationError, match="takes no mentors of this kind"):
				doc.insert()


@pytest.mark.req("P5")
def test_nobody_is_asked_in_public_of_which_kind_they_are():
	from libes_mentoring.mentoring_programme.mentor_kinds import KIND_FIELDS

	offered = frappe.as_json(application.choices())
	assert not [kind for kind in KIND_FIELDS.values() if kind in offered]


# Lifting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
	("reason", "person", "may"),
	[
		("May do harm", "coordinator", False),
		("May do harm", "manager", True),
		("Other", "coordinator", True),
		("Other", "stranger", False),
	],
)
def test_who_lifts_a_decision(programme, candidate, turn_down, apply, reason, person, may):
	refusal = turn_down(reason)
	user = {
		"coordinator": programme.coordinator,
		"manager": factories.manager().name,
		"stranger": factories.coordinator().name,
	}[person]
	with factories.as_user(user):
		if not may:
			with pytest.raises(frappe.PermissionError):
				refusals.lift(candidate.name, "We have talked.")
			assert factories.fresh(candidate).turned_down_on
			return
		with pytest.raises(frappe.ValidationError, match="write down why"):
			refusals.lift(candidate.name, "  ")
		refusals.lift(candidate.name, "We have talked.")
	mentor, kept = factories.fresh(candidate), factories.fresh(refusal)
	assert (mentor.stage, mentor.turned_down_on, mentor.left_on) == ("Applied", None, None)
	assert (kept.lifted_by, str(kept.lifted_on), kept.lifted_why) == (user, nowdate(), "We have talked.")
	assert (kept.reason, kept.note) == (reason, NOTE)
	assert refusals.in_force(candidate.email, None, None) is None


def test_nothing_is_lifted_where_nobody_was_turned_down(programme, candidate):
	with (
		factories.as_user(programme.coordinator),
		pytest.raises(frappe.ValidationError, match="not turned down"),
	):
		refusals.lift(candidate.name, "Why?")


@pytest.mark.req("P8")
def test_the_status_page_thanks_and_gives_no_reason(programme, candidate, turn_down):
	from libes_mentoring.mentor_recruitment import status_link

	said = set()
	for reason in refusals.reasons():
		mentor = factories.mentor(programme=programme, stage="Applied")
		turn_down(reason, mentor)
		key = status_link.renew(mentor.name).partition("key=")[2]
		said.add(frappe.as_json(status.by_key(key)))
	assert len(said) == 1
	[text] = said
	assert "cannot offer you a place" in text and NOTE not in text


def test_numbers_that_were_never_stored_read_as_the_fields_defaults(candidate, turn_down):
	for field in ("reapply_months", "status_link_days", "reference_link_days"):
		frappe.db.delete("Singles", {"doctype": "Mentoring Settings", "field": field})
	frappe.clear_document_cache("Mentoring Settings", "Mentoring Settings")
	frappe.db.value_cache.clear()
	status_link.renew(candidate.name)
	ends = factories.fresh(candidate).status_key_expires_on
	assert getdate(ends) == getdate(add_days(nowdate(), 180))
	assert getdate(turn_down("Other").reapply_after) == getdate(add_months(nowdate(), 12))
	reference = factories.reference()
	reference_link.renew(reference)
	assert getdate(reference.link_expires_on) == getdate(add_days(nowdate(), 30))
