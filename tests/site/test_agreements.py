"""The volunteer agreement: from the programme's rules to two signatures, and what follows from them."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_recruitment import agreement_content, agreements
from libes_mentoring.mentoring_programme import policies
from libes_mentoring.mentoring_programme.staff_rules import contact_in_words
from libes_mentoring.mentoring_relationship import paper_reminders, recipients
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.portal import papers
from libes_mentoring.portal import policies as portal


@pytest.fixture(autouse=True)
def house():
	settings = frappe.get_single("Mentoring Settings")
	settings.update({"organisation_name": "Harbour House", "insurer": "Mutual"})
	settings.save()


@pytest.fixture
def supervisor():
	return factories.coordinator(first_name="Sasha", last_name="Supervisor").name


@pytest.fixture
def programme(supervisor):
	return factories.programme(staff=[{"user": supervisor, "duty": "Supervisor"}], contact_rule="No contact")


@pytest.fixture
def candidate(programme):
	mentor = factories.mentor(programme=programme, full_name="Zoé Quill", stage="Applied")
	mentor.stage = "Screening"
	mentor.save()
	return factories.fresh(mentor)


@pytest.fixture
def me(candidate):
	return factories.volunteer(candidate).name


@pytest.fixture
def terms():
	draft = frappe.get_value("Policy Document", {"policy_kind": "Volunteer agreement", "status": "Draft"})
	policies.put_in_force(draft)
	return frappe.get_doc("Policy Document", draft)


def step(mentor) -> frappe._dict:
	return next(row for row in factories.fresh(mentor).screening_steps if row.step == "Agreement")


def sent(candidate):
	name = agreements.prepare(candidate.name)
	agreements.send(name)
	return frappe.get_doc("Volunteer Agreement", name)


def sign_as_shown(name="ZOE QUILL"):
	shown = portal.my_agreement()
	return portal.sign_agreement(shown["agreement"], shown["content_hash"], name, True)


@pytest.mark.req("R10", "P9")
def test_a_draft_is_filled_from_the_programme_and_names_the_supervisor(
	candidate, programme, supervisor, terms, as_user
):
	with as_user(programme.coordinator):
		name = agreements.prepare(candidate.name)
		assert agreements.prepare(candidate.name) == name
	doc = frappe.get_doc("Volunteer Agreement", name)
	assert (doc.supervisor, doc.supervisor_name) == (
		supervisor,
		frappe.db.get_value("User", supervisor, "full_name"),
	)
	assert (doc.programme, doc.programme_title) == (programme.name, programme.public_name)
	assert (doc.commitment_months, doc.hours_per_month, doc.insurance) == (12, 4, "Mutual")
	assert (doc.policy_document, doc.policy_version, doc.status) == (terms.name, 1, "Draft")
	assert doc.contact_words == contact_in_words("No contact")
	assert len(doc.organisation_commitments) >= 6 and len(doc.mentor_commitments) >= 6
	assert doc.expenses_rule and doc.reporting and doc.meeting_place and doc.preset_version == 1


@pytest.mark.req("R10", "S6")
def test_both_sign_and_the_screening_step_is_passed(candidate, me, programme, terms, as_user):
	with as_user(programme.coordinator):
		name = agreements.prepare(candidate.name)
		draft = frappe.get_doc("Volunteer Agreement", name)
		draft.ends_on = add_days(nowdate(), 400)
		draft.save()
	with as_user(me):
		assert portal.my_agreement() is None and not portal.is_waiting()
	with as_user(programme.coordinator):
		agreements.send(name)
	with as_user(me):
		assert portal.is_waiting()
		shown = portal.my_agreement()
		assert ("Supervisor", draft.supervisor_name) in shown["facts"]
		assert shown["mentor_undertakes"][-1] == contact_in_words("No contact")
		assert "voluntary and unpaid" in shown["terms"]
		first, second = sign_as_shown(), sign_as_shown()
		assert first["signed_on"].replace(microsecond=0) == second["signed_on"].replace(microsecond=0)
		assert not portal.is_waiting()
	assert step(candidate).outcome == "Open"
	assert "waits to be countersigned" in next_step("Mentor", candidate.name)["text"]
	with as_user(programme.coordinator):
		agreements.countersign(name)
	doc = frappe.get_doc("Volunteer Agreement", name)
	assert (doc.status, doc.countersigned_by) == ("Countersigned", programme.coordinator)
	assert (doc.mentor_way, doc.mentor_name_typed, doc.mentor_recorded_by) == ("Portal", "ZOE QUILL", me)
	row = step(candidate)
	assert (row.outcome, row.decided_by) == ("Passed", programme.coordinator)
	assert getdate(row.valid_until) == getdate(doc.ends_on)


@pytest.mark.req("R10")
def test_what_was_sent_does_not_change_until_it_is_taken_back(candidate, me, programme, as_user):
	doc = sent(candidate)
	with as_user(programme.coordinator):
		mine = frappe.get_doc("Volunteer Agreement", doc.name)
		mine.hours_per_month = 40
		with pytest.raises(frappe.ValidationError, match="does not change"):
			mine.save()
		with as_user(me):
			shown = portal.my_agreement()
		agreements.take_back(doc.name)
		mine = frappe.get_doc("Volunteer Agreement", doc.name)
		mine.hours_per_month = 40
		mine.save()
		agreements.send(doc.name)
	with as_user(me):
		with pytest.raises(frappe.ValidationError, match="changed meanwhile"):
			portal.sign_agreement(doc.name, shown["content_hash"], "Zoé Quill", True)
		assert ("Time", "at least 40 hours a month") in portal.my_agreement()["facts"]
	assert frappe.db.get_value("Volunteer Agreement", doc.name, "status") == "Sent"


@pytest.mark.req("R10")
def test_status_and_signatures_are_not_set_over_the_api(candidate, programme, as_user):
	with as_user(programme.coordinator):
		doc = frappe.get_doc(
			{
				"doctype": "Volunteer Agreement",
				"mentor": candidate.name,
				"status": "Countersigned",
				"mentor_signed_on": nowdate(),
				"contact_words": "To do as they please.",
			}
		).insert()
		assert (doc.status, doc.mentor_signed_on) == ("Draft", None)
		assert doc.contact_words == contact_in_words("No contact")
		doc.update({"status": "Signed by mentor", "mentor_way": "Portal", "content_hash": "x"})
		doc.save()
	assert frappe.db.get_value("Volunteer Agreement", doc.name, ["status", "mentor_way", "content_hash"]) == (
		"Draft",
		None,
		None,
	)


@pytest.mark.req("R10")
def test_a_record_tampered_with_after_signing_is_not_countersigned(candidate, me, as_user):
	doc = sent(candidate)
	with as_user(me):
		sign_as_shown()
	frappe.db.set_value("Volunteer Agreement", doc.name, "expenses_rule", "None at all")
	with pytest.raises(frappe.ValidationError, match="not what is stored"):
		agreements.countersign(doc.name)
	assert step(candidate).outcome == "Open"


@pytest.mark.req("R10")
@pytest.mark.parametrize(
	("change", "says"),
	[
		({"name_typed": "Somebody Else"}, "type your name"),
		({"agreed": False}, "tick the box"),
		({"content_hash": "x"}, "changed meanwhile"),
	],
)
def test_a_signature_that_does_not_count_changes_nothing(candidate, me, as_user, change, says):
	doc = sent(candidate)
	values = {"content_hash": doc.content_hash, "name_typed": "Zoé Quill", "agreed": True, **change}
	with as_user(me), pytest.raises(frappe.ValidationError, match=says):
		portal.sign_agreement(doc.name, **values)
	assert factories.fresh(doc).status == "Sent"


@pytest.mark.req("R10", "S6")
def test_only_the_own_agreement_is_read_signed_and_printed(candidate, me, as_user):
	other = factories.volunteer_agreement()
	draft = frappe.get_doc("Volunteer Agreement", agreements.prepare(candidate.name))
	with as_user(me):
		for name in (other.name, draft.name, "AGR-99999", ""):
			with pytest.raises(frappe.PermissionError, match="not available"):
				portal.sign_agreement(name, "x", "Zoé Quill", True)
			with pytest.raises(frappe.PermissionError, match="not available"):
				papers.own_agreement(name)
	agreements.send(draft.name)
	with as_user(me):
		papers.own_agreement(draft.name)
		assert frappe.local.response.filecontent.startswith(b"%PDF")
		assert frappe.local.response.filename == "volunteer-agreement.pdf"


@pytest.mark.req("R10")
def test_paper_counts_with_a_day_that_can_be(candidate, programme, terms, as_user):
	frappe.db.set_value("Policy Document", terms.name, "in_force_from", add_days(nowdate(), -10))
	with as_user(programme.coordinator):
		name = agreements.prepare(candidate.name)
		with pytest.raises(frappe.ValidationError, match="portal first"):
			agreements.send(name)
		for day, says in ((1, "in the future"), (-11, "came into force on")):
			with pytest.raises(frappe.ValidationError, match=says):
				agreements.record_paper_signature(name, add_days(nowdate(), day))
		for no_day in ("", "soon"):
			with pytest.raises(frappe.ValidationError, match="enter the date"):
				agreements.record_paper_signature(name, no_day)
		agreements.record_paper_signature(name, add_days(nowdate(), -2))
		agreements.countersign(name)
		with pytest.raises(frappe.ValidationError, match="not possible any more"):
			agreements.countersign(name)
	assert step(candidate).outcome == "Passed"


@pytest.mark.req("R10")
def test_a_change_after_signing_is_a_new_agreement_that_replaces_the_old(candidate, programme, as_user):
	old = factories.volunteer_agreement(candidate, signed=True)
	programme.reload()
	programme.contact_rule = "Direct contact"
	programme.save()
	assert factories.fresh(old).contact_words == contact_in_words("No contact")
	assert "has changed: make a new agreement" in next_step("Volunteer Agreement", old.name)["text"]
	with as_user(programme.coordinator):
		new = agreements.prepare(candidate.name)
		assert new != old.name
		agreements.record_paper_signature(new, nowdate())
		assert factories.fresh(old).status == "Countersigned"
		agreements.countersign(new)
	assert frappe.db.get_value("Volunteer Agreement", new, ["replaces", "contact_words"]) == (
		old.name,
		contact_in_words("Direct contact"),
	)
	assert factories.fresh(old).status == "Replaced"
	assert step(candidate).outcome == "Passed"


@pytest.mark.req("R10")
def test_an_agreement_that_ends_opens_the_step_again(candidate):
	doc = factories.volunteer_agreement(candidate, signed=True)
	agreements.end(doc.name)
	assert factories.fresh(doc).status == "Ended"
	assert step(candidate).outcome == "Open"


@pytest.mark.req("R10", "P8")
@pytest.mark.parametrize(
	("values", "says"),
	[
		({"begins_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends before it begins"),
		({"expenses_rule": "Fares for visits to the shelter"}, "says why people take part: shelter"),
		({"mentor_commitments": [{"commitment": "To stand by victims"}]}, "victims"),
		({"supervisor": "Guest"}, "member of staff"),
		({"hours_per_month": -3}, "negative|fewer than 0"),
	],
)
def test_what_cannot_be_agreed_is_refused(candidate, values, says):
	with pytest.raises(frappe.ValidationError, match=says):
		factories.volunteer_agreement(candidate, **values)
	assert not frappe.db.exists("Volunteer Agreement", {"mentor": candidate.name})


@pytest.mark.req("R10")
def test_no_second_agreement_is_begun_and_none_with_whom_has_left(candidate):
	factories.volunteer_agreement(candidate)
	with pytest.raises(frappe.ValidationError, match="is being made already"):
		factories.volunteer_agreement(candidate)
	gone = factories.mentor()
	gone.stage = "Left"
	gone.save()
	with pytest.raises(frappe.ValidationError, match="has left"):
		agreements.prepare(gone.name)


@pytest.mark.req("R10")
def test_what_waits_for_a_signature_ends_with_whoever_has_left():
	left = []
	for sign in (False, True):
		mentor = factories.mentor()
		factories.volunteer(mentor)
		doc = factories.volunteer_agreement(mentor)
		agreements.send(doc.name)
		if sign:
			doc = factories.fresh(doc)
			with factories.as_user(mentor.user):
				agreements.sign(doc.name, name_typed=mentor.full_name, content_hash=doc.content_hash)
		gone = factories.fresh(mentor)
		gone.stage = "Left"
		gone.save()
		left.append(doc)
	assert [factories.fresh(doc).status for doc in left] == ["Sent", "Signed by mentor"]
	for doc in left:
		paper_reminders.follow_up(doc.name, getdate())
		paper_reminders.follow_up(doc.name, getdate())
	assert [(factories.fresh(doc).status, factories.fresh(doc).ended_on) for doc in left] == [
		("Ended", getdate())
	] * 2


@pytest.mark.req("R10", "S3")
def test_strangers_make_send_and_countersign_nothing(candidate, as_user):
	doc = factories.volunteer_agreement(candidate)
	agreements.record_paper_signature(doc.name, nowdate())
	for user in (
		factories.coordinator().name,
		factories.social_worker().name,
		factories.privacy_officer().name,
	):
		with as_user(user):
			for function, argument in (
				(agreements.countersign, doc.name),
				(agreements.prepare, candidate.name),
			):
				with pytest.raises(frappe.PermissionError):
					function(argument)
			assert (
				frappe.get_list("Volunteer Agreement") == []
				if "Mentoring Coordinator" in frappe.get_roles()
				else True
			)
	assert factories.fresh(doc).status == "Signed by mentor"


@pytest.mark.req("R10", "S5")
def test_what_waits_or_ends_reaches_a_person_once(candidate, me, programme, monkeypatch):
	told = []
	monkeypatch.setattr(
		paper_reminders, "tell_on_portal", lambda users, subject, page: told.append((users, subject))
	)
	monkeypatch.setattr(
		recipients, "tell", lambda users, subject, *record: told.append((users, subject))
	)
	doc = sent(candidate)

	def on(*days):
		for day in days:
			paper_reminders.follow_up(doc.name, getdate(add_days(nowdate(), day)))

	on(0, 6, 7, 8, 13, 14, 15)
	assert told == [
		([me], "A paper still waits for you"),
		([programme.coordinator], "A volunteer agreement is not signed yet"),
	]
	del told[:]
	frappe.db.set_value(
		"Volunteer Agreement", doc.name, {"status": "Countersigned", "ends_on": add_days(nowdate(), 100)}
	)
	on(60, 70, 71, 100)
	assert told == [([programme.coordinator], "A volunteer agreement is about to end")]
	on(101)
	assert factories.fresh(doc).status == "Ended" and step(candidate).outcome == "Open"


@pytest.mark.req("R10")
def test_the_fingerprint_reads_the_same_before_and_after_storing(candidate, terms):
	doc = factories.volunteer_agreement(candidate, hours_per_month=4.5, ends_on=add_days(nowdate(), 9))
	stored = factories.fresh(doc)
	assert agreement_content.fingerprint(doc) == agreement_content.fingerprint(stored)
	stored.mentor_commitments[0].commitment += "!"
	assert agreement_content.fingerprint(doc) != agreement_content.fingerprint(stored)
