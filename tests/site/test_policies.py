"""Texts that mentors accept: version by version, on the portal or on paper, and what an open one holds up."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_recruitment import acknowledgements, screening
from libes_mentoring.mentoring_privacy import pseudonym
from libes_mentoring.mentoring_programme import policies, policy_presets
from libes_mentoring.mentoring_relationship import paper_reminders, recipients
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.portal import policies as portal


@pytest.fixture
def mentor():
	return factories.mentor(full_name="Zoé Quill", applied_on=add_days(nowdate(), -90))


@pytest.fixture
def me(mentor):
	return factories.volunteer(mentor).name


def in_force_since(policy, days: int):
	"""The text came into force so many days ago."""
	frappe.db.set_value("Policy Document", policy.name, "in_force_from", add_days(nowdate(), -days))
	return factories.fresh(policy)


def accepted(mentor) -> list:
	return frappe.get_all(
		"Policy Acknowledgement",
		filters={"mentor": mentor.name},
		fields=[
			"policy",
			"version",
			"way",
			"language",
			"text_hash",
			"name_typed",
			"acknowledged_on",
			"recorded_by",
		],
	)


def accept_as_shown(policy, language="English", name="zoe  quill"):
	shown = portal.policy_text(policy.name, language)
	return portal.accept(policy.name, shown["language"], shown["text_hash"], name, True)


def words_of_blockers(mentor) -> list[str]:
	return [screening.sentence(blocker) for blocker in screening.blockers_of(factories.fresh(mentor))]


@pytest.mark.req("R9")
def test_a_new_site_has_our_texts_as_drafts_and_asks_nobody():
	drafts = frappe.get_all(
		"Policy Document",
		filters={"preset": ("is", "set")},
		fields=["policy_kind", "status", "asked_of_mentors"],
	)
	assert {row.policy_kind for row in drafts} == {
		"Consent and confidentiality of mentors",
		"Code of conduct",
		"Volunteer agreement",
		"Child protection",
		"Data protection",
	}
	assert {row.status for row in drafts} == {"Draft"}
	assert policies.asked_of_mentors() == []
	assert policy_presets.use_our_texts() == []


@pytest.mark.req("R9")
def test_only_a_manager_uses_our_texts_and_puts_one_in_force(as_user):
	draft = factories.policy(in_force=False)
	for name in frappe.get_all("Policy Document", {"preset": ("is", "set")}, pluck="name"):
		frappe.delete_doc("Policy Document", name, ignore_permissions=True)
	with as_user(factories.coordinator().name):
		with pytest.raises(frappe.PermissionError):
			policy_presets.use_our_texts()
		with pytest.raises(frappe.PermissionError):
			policies.put_in_force(draft.name)
	with as_user(factories.manager().name):
		made = policy_presets.use_our_texts()
		assert len(made) == len(policy_presets.texts()) and policy_presets.use_our_texts() == []
		assert policies.put_in_force(made[0]) == 1
		assert policies.put_in_force(draft.name) in (1, 2)


@pytest.mark.req("R9")
def test_a_draft_without_words_is_not_put_in_force():
	draft = factories.policy(in_force=False, texts=[])
	with pytest.raises(frappe.ValidationError, match="at least one language"):
		policies.put_in_force(draft.name)
	assert factories.fresh(draft).status == "Draft"


@pytest.mark.req("R9")
def test_a_text_in_force_neither_changes_nor_goes():
	policy = factories.policy()
	policy.grace_days = 90
	with pytest.raises(frappe.ValidationError, match="never changes"):
		policy.save()
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("Policy Document", policy.name)


@pytest.mark.req("R9")
def test_other_texts_of_another_title_do_not_replace_each_other():
	one = factories.policy(policy_kind="Other", title="House rules")
	other = factories.policy(policy_kind="Other", title="Use of pictures")
	assert factories.fresh(one).status == factories.fresh(other).status == "In force"
	assert {text.title for text in policies.asked_of_mentors()} == {"House rules", "Use of pictures"}


@pytest.mark.req("R9", "S6")
def test_the_portal_shows_the_text_in_the_mentors_language_and_stores_what_was_read(mentor, me, as_user):
	policy = factories.policy()
	mentor.reload()
	mentor.append("languages", {"language": "French", "level": "Fluent"})
	mentor.save()
	with as_user(me):
		[row] = portal.my_policies()
		assert (row["title"], row["accepted_on"], row["until"]) == (
			"Code of conduct",
			None,
			getdate(add_days(nowdate(), 14)),
		)
		assert portal.policy_text(policy.name)["language"] == "English"
		french = portal.policy_text(policy.name, "French")
		assert "aimable" in french["text"] and french["languages"] == ["English", "French"]
		accept_as_shown(policy, "French")
		[row] = portal.my_policies()
		assert row["accepted_on"] and row["until"] is None
	[stored] = accepted(mentor)
	assert stored.text_hash == french["text_hash"] != portal_hash(policy, "English")
	assert (stored.way, stored.language, stored.version) == ("Portal", "French", 1)
	assert (stored.name_typed, stored.recorded_by) == ("zoe  quill", me)


def portal_hash(policy, language: str) -> str:
	return policies.text_in(policy.name, [language]).text_hash


@pytest.mark.req("R9")
def test_sent_twice_it_is_stored_once(mentor, me, as_user):
	policy = factories.policy()
	with as_user(me):
		first, second = accept_as_shown(policy), accept_as_shown(policy)
	assert first["accepted_on"].replace(microsecond=0) == second["accepted_on"].replace(microsecond=0)
	assert len(accepted(mentor)) == 1


@pytest.mark.req("R9")
@pytest.mark.parametrize(
	("change", "says"),
	[
		({"name_typed": "Somebody Else"}, "Please type your name as we know it: Zoé Quill"),
		({"name_typed": "  "}, "Please type your name"),
		({"agreed": False}, "tick the box"),
		({"text_hash": "0" * 64}, "not the text that you were shown"),
		({"language": "Thai"}, "not the text that you were shown"),
	],
)
def test_what_is_not_right_is_said_and_nothing_is_stored(mentor, me, as_user, change, says):
	policy = factories.policy()
	with as_user(me):
		shown = portal.policy_text(policy.name)
		sent = {
			"language": "English",
			"text_hash": shown["text_hash"],
			"name_typed": "Zoé Quill",
			"agreed": True,
		}
		with pytest.raises(frappe.ValidationError, match=says):
			portal.accept(policy.name, **{**sent, **change})
	assert accepted(mentor) == []


@pytest.mark.req("R9")
def test_a_newer_version_that_came_meanwhile_is_said(mentor, me, as_user):
	first = factories.policy()
	with as_user(me):
		shown = portal.policy_text(first.name)
	factories.policy(texts=[{"language": "English", "text": "<p>Be kinder.</p>"}])
	with as_user(me):
		with pytest.raises(frappe.ValidationError, match="newer version came into force"):
			portal.accept(first.name, "English", shown["text_hash"], "Zoé Quill", True)
		with pytest.raises(frappe.PermissionError):
			portal.policy_text(first.name)
	assert accepted(mentor) == []


@pytest.mark.req("R9", "S6")
def test_nothing_else_can_be_read_or_accepted(mentor, me, as_user):
	draft = factories.policy(in_force=False)
	consent = factories.policy(policy_kind="Consent of mentees")
	with as_user(me):
		for name in (draft.name, consent.name, "POL-9999", ""):
			with pytest.raises(frappe.PermissionError, match="not available"):
				portal.policy_text(name)
			with pytest.raises(frappe.PermissionError, match="not available"):
				portal.accept(name, "English", "x", "Zoé Quill", True)
	mentor.reload()
	mentor.stage = "Left"
	mentor.save()
	policy = factories.policy()
	with as_user(me), pytest.raises(frappe.PermissionError):
		accept_as_shown(policy)
	for user in ("Guest", "Administrator", factories.coordinator().name):
		with as_user(user), pytest.raises(frappe.PermissionError):
			portal.my_policies()


@pytest.mark.req("R9")
def test_paper_is_recorded_by_staff_of_the_mentor_with_a_day_that_can_be(mentor, as_user):
	policy = in_force_since(factories.policy(), 10)
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	record = acknowledgements.record_on_paper
	with as_user(coordinator):
		for day, says in ((1, "in the future"), (-11, "came into force on")):
			with pytest.raises(frappe.ValidationError, match=says):
				record(mentor.name, [policy.name], add_days(nowdate(), day), "English")
		for no_day in ("", None, "soon", "31.12.2026"):
			with pytest.raises(frappe.ValidationError, match="enter the date"):
				record(mentor.name, [policy.name], no_day, "English")
		with pytest.raises(frappe.ValidationError, match="no text in this language"):
			record(mentor.name, [policy.name], nowdate(), "Thai")
		with pytest.raises(frappe.ValidationError, match="at least one"):
			record(mentor.name, "[]", nowdate(), "English")
		with pytest.raises(frappe.ValidationError, match="in force"):
			record(mentor.name, [factories.policy(in_force=False, title="Draft").name], nowdate(), "English")
		assert record(mentor.name, f'["{policy.name}"]', add_days(nowdate(), -3), "English") == 1
		assert record(mentor.name, [policy.name], nowdate(), "English") == 0
	[stored] = accepted(mentor)
	assert (stored.way, stored.recorded_by, stored.name_typed) == ("On paper", coordinator, None)
	assert getdate(stored.acknowledged_on) == getdate(add_days(nowdate(), -3))
	with as_user(factories.coordinator().name), pytest.raises(frappe.PermissionError):
		record(mentor.name, [policy.name], nowdate(), "English")


@pytest.mark.req("R9")
@pytest.mark.parametrize("who", ["Administrator", "coordinator"])
def test_what_was_accepted_is_changed_and_deleted_by_nobody(mentor, as_user, who):
	policy = factories.policy()
	acknowledgements.record_on_paper(mentor.name, [policy.name], nowdate(), "English")
	name = acknowledgements.record_name(mentor.name, policy.name)
	users = {"coordinator": frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")}
	with as_user(users.get(who, who)):
		doc = frappe.get_doc("Policy Acknowledgement", name)
		doc.check_permission("read")
		doc.name_typed = "Another"
		with pytest.raises(frappe.PermissionError):
			doc.save()
		with pytest.raises((frappe.PermissionError, frappe.LinkExistsError)):
			frappe.delete_doc("Policy Acknowledgement", name)
		if who != "Administrator":
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc(
					{"doctype": "Policy Acknowledgement", "mentor": mentor.name, "policy": policy.name}
				).insert()
	assert frappe.db.get_value("Policy Acknowledgement", name, "name_typed") is None


@pytest.mark.req("R9", "M3")
def test_a_new_version_blocks_new_matches_after_its_time_and_never_running_ones(mentor, me, as_user):
	first = in_force_since(factories.policy(), 60)
	with as_user(me):
		accept_as_shown(first)
	running = factories.match(factories.fresh(mentor))
	mentor.reload()
	mentor.capacity = 3
	mentor.save()
	second = factories.policy(texts=[{"language": "English", "text": "<p>Be kinder.</p>"}])
	assert words_of_blockers(mentor) == []
	assert "To be accepted by" in next_step("Mentor", mentor.name)["text"]
	in_force_since(second, 14)
	assert words_of_blockers(mentor) == []
	in_force_since(second, 15)
	assert words_of_blockers(mentor) == ["has not yet accepted the new version of: Code of conduct"]
	assert next_step("Mentor", mentor.name)["late"]
	with pytest.raises(
		frappe.ValidationError, match="has not yet accepted the new version of: Code of conduct"
	):
		factories.match(factories.fresh(mentor))
	assert factories.fresh(running).stage == running.stage
	running.reload()
	running.save()
	with as_user(me):
		accept_as_shown(second)
	assert words_of_blockers(mentor) == []
	assert factories.match(factories.fresh(mentor)).name


@pytest.mark.req("R9", "R5")
def test_who_applies_later_accepts_before_the_first_match():
	policy = in_force_since(factories.policy(), 3)
	late = factories.mentor(stage="Screening", applied_on=nowdate(), **factories._screening())
	assert "has not yet accepted: Code of conduct" in words_of_blockers(late)
	late.stage = "Available"
	with pytest.raises(frappe.ValidationError, match="has not yet accepted: Code of conduct"):
		late.save()
	acknowledgements.record_on_paper(late.name, [policy.name], nowdate(), "English")
	late.reload()
	late.stage = "Available"
	late.save()


@pytest.mark.req("R9", "R5")
def test_many_mentors_cost_as_many_queries_as_one(mentor, count_queries):
	factories.policy()
	mentors = [mentor.name]
	with count_queries() as for_one:
		acknowledgements.blockers(mentors)
	mentors += [factories.mentor(programme=mentor.programme).name for _ in range(4)]
	with count_queries() as for_five:
		found = acknowledgements.blockers(mentors)
	assert for_five.count <= for_one.count and set(found) == set(mentors)


@pytest.mark.req("R9")
def test_staff_see_who_has_not_and_only_among_their_own(mentor, as_user):
	policy = factories.policy()
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	stranger = factories.mentor()
	with as_user(coordinator):
		assert [row["mentor"] for row in acknowledgements.who_has_not(policy.name)] == [mentor.name]
		[row] = acknowledgements.open_for(mentor.name)
		assert row["policy"] == policy.name and not row["late"]
		with pytest.raises(frappe.PermissionError):
			acknowledgements.open_for(stranger.name)
	with as_user(factories.manager().name), pytest.raises(frappe.PermissionError):
		acknowledgements.who_has_not(policy.name)


@pytest.fixture
def told(monkeypatch):
	"""What mentors and staff are told: (whom, subject)."""
	messages = []
	monkeypatch.setattr(
		paper_reminders, "tell_on_portal", lambda users, subject, page: messages.append((users, subject))
	)
	monkeypatch.setattr(
		recipients, "tell", lambda users, subject, *record: messages.append((users, subject))
	)
	return messages


@pytest.mark.req("R9", "S5")
def test_a_mentor_is_told_when_a_text_comes_and_before_its_time_ends_then_the_coordinator(mentor, me, told):
	factories.policy()
	factories.policy(policy_kind="Child protection", title="Protecting children")
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	for day in (0, 0, 1, 10, 11, 12, 14, 15, 16):
		paper_reminders.ask(mentor.name, getdate(add_days(nowdate(), day)))
	assert told == [
		([me], "There is something new to read"),
		([me], "Something still waits to be read"),
		([coordinator], "A mentor has not accepted the rules yet"),
	]
	rows = frappe.get_all("Policy Request", {"mentor": mentor.name}, ["reminded_on", "passed_on"])
	assert {(row.reminded_on, row.passed_on) for row in rows} == {
		(getdate(add_days(nowdate(), 11)), getdate(add_days(nowdate(), 15)))
	}


@pytest.mark.req("R9", "S5")
def test_who_has_accepted_or_left_is_told_nothing(mentor, me, told, as_user):
	policy = factories.policy()
	with as_user(me):
		accept_as_shown(policy)
	for day in (0, 12, 20):
		paper_reminders.ask(mentor.name, getdate(add_days(nowdate(), day)))
	candidate = factories.mentor(stage="Applied")
	paper_reminders.ask(candidate.name, getdate())
	assert told == []


@pytest.mark.req("R9", "S5")
@pytest.mark.commits
def test_the_daily_job_survives_a_stop_half_way_and_tells_nobody_twice(mentor, me, told, monkeypatch):
	other = factories.volunteer(factories.mentor()).name
	factories.policy()
	frappe.db.commit()
	ask, calls = paper_reminders.ask, []

	def stop_after_one(name, today):
		if calls:
			raise KeyboardInterrupt
		calls.append(name)
		ask(name, today)

	with monkeypatch.context() as patch:
		patch.setattr(paper_reminders, "ask", stop_after_one)
		with pytest.raises(KeyboardInterrupt):
			paper_reminders.daily()
	frappe.db.rollback()
	assert len(told) == 1
	paper_reminders.daily()
	paper_reminders.daily()
	assert sorted(users for users, _subject in told) == sorted([[me], [other]])
	assert f"{paper_reminders.__name__}.daily" in frappe.get_hooks("scheduler_events")["daily"]


@pytest.mark.req("R9", "P8")
def test_erasing_a_mentor_takes_the_typed_name_and_leaves_the_proof(mentor, me, as_user):
	policy = factories.policy()
	with as_user(me):
		accept_as_shown(policy)
	paper_reminders.ask(factories.mentor().name, getdate())
	factories.volunteer_agreement(mentor, signed=True)
	pseudonym.erase("Mentor", mentor.name)
	[stored] = accepted(mentor)
	assert stored.name_typed is None and stored.text_hash
	agreement = frappe.get_doc("Volunteer Agreement", {"mentor": mentor.name})
	assert "Quill" not in frappe.as_json(agreement.as_dict())
	assert agreement.mentor_commitments == [] and agreement.status == "Countersigned"


@pytest.mark.req("R9")
def test_a_text_in_force_is_not_changed_by_its_row_alone(as_user):
	policy = factories.policy()
	row = frappe.get_doc("Policy Text", policy.texts[0].name)
	with as_user(factories.manager().name):
		row.text = "<p>Something else.</p>"
		with pytest.raises(frappe.PermissionError, match="belongs to a record"):
			row.save()
	assert frappe.db.get_value("Policy Text", row.name, "text") == policy.texts[0].text
