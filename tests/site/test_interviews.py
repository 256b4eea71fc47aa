"""Interviews: a guide in versions, two scorecards that nobody sees too early, a decision by a person."""

import json

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate
from test_races import at_once

from libes_mentoring.mentor_recruitment import interview_guides, interviews, scorecards
from libes_mentoring.mentoring_privacy import erasure, words
from libes_mentoring.mentoring_relationship import next_steps
from libes_mentoring.setup import defaults

pytestmark = pytest.mark.req("R8")

CARD = scorecards.SCORECARD


@pytest.fixture
def house():
	return factories.interview_house()


def step_of(house) -> str:
	return next(
		row.outcome for row in factories.fresh(house.candidate).screening_steps if row.step == "Interview"
	)


def test_a_guide_comes_with_the_app_once():
	(guide,) = frappe.get_all("Interview Guide", fields=["name", "status", "version"])
	assert (guide.status, guide.version) == ("In force", 1)
	doc = frappe.get_doc("Interview Guide", guide.name)
	assert len(doc.questions) > 15 and len(doc.qualities) >= 6 and len(doc.signs) >= 6
	defaults.create_interview_guide()
	assert frappe.db.count("Interview Guide") == 1


def test_a_guide_in_force_never_changes_and_a_new_version_replaces_it():
	manager = factories.manager().name
	old = frappe.db.get_value("Interview Guide", {"status": "In force"})
	with factories.as_user(manager):
		doc = frappe.get_doc("Interview Guide", old)
		doc.questions[0].question = "Something else?"
		with pytest.raises(frappe.ValidationError, match="never changes"):
			doc.save()
		name = interview_guides.new_version(old)
		assert interview_guides.new_version(old) == name
		draft = frappe.get_doc("Interview Guide", name)
		draft.questions[0].question = "Something else?"
		draft.save()
		interview_guides.put_in_force(name)
	assert (frappe.db.get_value("Interview Guide", old, "status"), draft.version) == ("Replaced", 2)
	assert frappe.db.get_value("Interview Guide", name, "status") == "In force"
	programme = factories.programme(interview_guide=old)
	assert interview_guides.guide_for(programme.name) == name
	made = factories.interview(factories.mentor(programme=programme, stage="Applied"))
	assert (made.guide, made.guide_version) == (name, 2)
	for stranger in (factories.coordinator(), factories.social_worker()):
		with factories.as_user(stranger.name), pytest.raises(frappe.PermissionError):
			interview_guides.new_version(name)
	with factories.as_user(manager), pytest.raises(frappe.PermissionError, match="belongs to a record"):
		frappe.get_doc("Interview Guide Question", doc.questions[0].name).save()
	with pytest.raises(frappe.ValidationError, match="not in force"):
		factories.interview(guide=old)


def test_planning_gives_each_interviewer_a_scorecard_and_tells_them_once(house):
	cards = frappe.get_all(
		CARD, {"interview": house.interview.name}, ["interviewer", "status", "guide_version"]
	)
	assert {(row.interviewer, row.status) for row in cards} == {(house.first, "Open"), (house.second, "Open")}
	doc = factories.fresh(house.interview)
	doc.place = "Library"
	doc.save()
	told = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
	assert sorted(row.for_user for row in told) == sorted([house.first, house.second])
	assert {row.subject for row in told} == {"A talk is planned with you"}
	card = factories.scorecard_of(doc, house.second)
	guide = frappe.get_doc("Interview Guide", doc.guide)
	assert [row.quality for row in card.scores] == [row.quality for row in guide.qualities]
	assert [row.talk_about for row in card.signs] == [row.talk_about for row in guide.signs]


@pytest.mark.req("P8")
def test_managers_and_strangers_read_nothing(house):
	factories.submitted_scorecard(house.interview, house.first)
	for stranger in (factories.manager(), factories.coordinator(), factories.social_worker()):
		with factories.as_user(stranger.name):
			for name, doctype in (
				(house.interview.name, "Mentor Interview"),
				(frappe.db.get_value(CARD, {}), CARD),
			):
				with pytest.raises(frappe.PermissionError):
					frappe.get_doc(doctype, name).check_permission("read")
			with pytest.raises(frappe.PermissionError):
				scorecards.side_by_side(house.interview.name)
			for act in (interviews.invite, interviews.call_off):
				with pytest.raises(frappe.PermissionError):
					act(house.interview.name)
			with pytest.raises(frappe.PermissionError):
				interviews.decide(house.interview.name, "Suitable")
	with factories.as_user(house.second), pytest.raises(frappe.PermissionError):
		interviews.decide(house.interview.name, "Suitable")


def test_the_guide_prints_as_a_sheet_to_write_on(house):
	with factories.as_user(house.second):
		sheet = frappe.get_print("Interview Guide", house.interview.guide, "Interview Guide Sheet")
	guide = frappe.get_doc("Interview Guide", house.interview.guide)
	for text in (
		guide.questions[0].question,
		guide.questions[-1].question,
		guide.qualities[0].anchor_4,
		guide.signs[-1].talk_about,
	):
		assert frappe.utils.escape_html(text) in sheet or text in sheet
	assert house.candidate.full_name not in sheet


@pytest.mark.parametrize(
	("outcome", "step"),
	[
		("Suitable", "Passed"),
		("Suitable with conditions", "Passed"),
		("Not now", "Not passed"),
		("Not suitable", "Not passed"),
	],
)
def test_a_coordinator_decides_once_both_scorecards_are_in(house, outcome, step):
	factories.submitted_scorecard(house.interview, house.second, 1, "Not suitable")
	with factories.as_user(house.first):
		with pytest.raises(frappe.ValidationError, match="2 scorecards are needed, and 1"):
			interviews.decide(house.interview.name, outcome, "Talked it over with both.")
	factories.submitted_scorecard(house.interview, house.first)
	assert step_of(house) == "Open"
	told = frappe.get_all(
		"Notification Log",
		{"document_name": house.interview.name, "subject": "A decision waits for you"},
		pluck="for_user",
	)
	assert told == [house.first]
	with factories.as_user(house.first):
		if outcome != "Suitable":
			with pytest.raises(frappe.ValidationError, match="in a sentence"):
				interviews.decide(house.interview.name, outcome)
		interviews.decide(house.interview.name, outcome, "Talked it over with both.")
		interviews.decide(house.interview.name, outcome, "Talked it over with both.")
		with pytest.raises(frappe.ValidationError, match="over"):
			interviews.decide(
				house.interview.name,
				"Not now" if outcome == "Suitable" else "Suitable",
				"Another thought of mine.",
			)
	assert step_of(house) == step
	row = next(row for row in factories.fresh(house.candidate).screening_steps if row.step == "Interview")
	assert (row.note, row.decided_by) == (house.interview.name, house.first)
	doc = factories.fresh(house.interview)
	assert (doc.status, doc.outcome, doc.outcome_note) == ("Decided", outcome, "Talked it over with both.")
	with factories.as_user(house.first):
		doc = frappe.get_doc("Mentor Interview", doc.name)
		doc.place = "Elsewhere"
		with pytest.raises(frappe.ValidationError, match="over"):
			doc.save()


def test_a_programme_may_need_one_interviewer_only(house):
	frappe.db.set_value("Mentoring Programme", house.programme.name, "interviewers_needed", "1")
	alone = factories.interview(
		factories.mentor(programme=house.programme, stage="Applied"),
		interviewer_1=house.first,
		interviewer_2=None,
	)
	factories.submitted_scorecard(alone, house.first)
	with factories.as_user(house.first):
		interviews.decide(alone.name, "Suitable")
	assert factories.fresh(alone).outcome == "Suitable"


@pytest.mark.parametrize(
	("who", "words"),
	[
		("manager", "no mentor"),
		("volunteer", "no mentor"),
		("closed", "no mentor"),
		("same", "Two different"),
	],
)
def test_who_cannot_judge_is_refused(house, who, words):
	users = {
		"manager": factories.manager,
		"volunteer": factories.volunteer,
		"closed": lambda: factories.coordinator(enabled=0),
		"same": lambda: frappe._dict(name=house.first),
	}
	candidate = factories.mentor(programme=house.programme, stage="Applied")
	with pytest.raises(frappe.ValidationError, match=words):
		factories.interview(candidate, interviewer_1=house.first, interviewer_2=users[who]().name)


def test_a_candidate_is_invited_in_neutral_words(house):
	factories.mail_account()
	frappe.db.delete("Email Queue")
	doc = factories.fresh(house.interview)
	doc.place = "Refuge for victims"
	doc.save()
	with factories.as_user(house.first), pytest.raises(frappe.ValidationError, match="says why"):
		interviews.invite(doc.name)
	doc.reload()
	doc.place = "Garden room"
	doc.save()
	with factories.as_user(house.first):
		interviews.invite(doc.name)
		assert "the candidate is invited" in " ".join(text for text, _late in told_of(house))
	(message,) = frappe.get_all("Email Queue", pluck="message")
	text = words.text_of_message(message)
	assert "Garden room" in text and "15:00" in text and house.programme.public_name in text
	assert house.programme.programme_name not in text
	doc.reload()
	doc.held_on = f"{add_days(nowdate(), 9)} 10:00:00"
	doc.save()
	assert "invite the candidate" in " ".join(text for text, _late in told_of(house))
	frappe.local.outgoing_email_account = {}


def told_of(house) -> list:
	from libes_mentoring.mentor_recruitment import candidate_steps

	return candidate_steps.told_of(factories.fresh(house.candidate), ["Interview"])


def test_the_next_step_says_who_keeps_it_waiting(house):
	assert "Interview on" in told_of(house)[0][0]
	factories.submitted_scorecard(house.interview, house.first)
	house.interview.db_set("held_on", f"{add_days(nowdate(), -1)} 10:00:00")
	(text, late) = told_of(house)[0]
	name = frappe.db.get_value("User", house.second, "full_name")
	assert late and text.endswith(f"A scorecard is open from: {name}.")
	factories.submitted_scorecard(house.interview, house.second)
	assert told_of(house) == [("The scorecards of the interview are in: talk them over and decide.", False)]
	with factories.as_user(house.first):
		assert (
			"scorecards of the interview are in"
			in next_steps.next_step("Mentor", house.candidate.name)["text"]
		)


def test_an_interview_that_is_called_off_takes_its_scorecards_along(house):
	with factories.as_user(house.first):
		interviews.call_off(house.interview.name)
		interviews.call_off(house.interview.name)
	assert set(frappe.get_all(CARD, {"interview": house.interview.name}, pluck="status")) == {"Withdrawn"}
	with factories.as_user(house.second), pytest.raises(frappe.ValidationError, match="without you"):
		scorecards.submit(factories.scorecard_of(house.interview, house.second).name)
	again = factories.interview(house.candidate, interviewer_1=house.first, interviewer_2=house.second)
	with pytest.raises(frappe.ValidationError, match=f"planned already: {again.name}"):
		factories.interview(house.candidate)


@pytest.mark.req("P8")
def test_words_about_a_candidate_go_with_the_candidate(house):
	card = factories.submitted_scorecard(
		house.interview, house.first, story="A quiet evening", notes="Has two cats"
	)
	erasure.by_period("Mentor", house.candidate.name)
	stored = factories.fresh(card)
	assert not (
		stored.candidate_name or stored.story or stored.notes or stored.reasons or stored.recommendation
	)
	assert stored.scores == [] and stored.signs == []
	assert not factories.fresh(house.interview).candidate_name


@pytest.mark.commits
def test_of_two_interviews_planned_at_the_same_moment_one_is_there(login):
	programme = factories.programme()
	candidate = factories.mentor(programme=programme, stage="Applied")
	other = factories.social_worker().name
	values = {
		"doctype": interviews.INTERVIEW,
		"mentor": candidate.name,
		"held_on": f"{add_days(nowdate(), 7)} 15:00:00",
		"medium": "In person",
		"place": "Garden room",
		"interviewer_1": programme.coordinator,
		"interviewer_2": other,
	}
	clients = [login(programme.coordinator) for _ in range(3)]
	answers = at_once(
		[lambda client=client: client.call("frappe.client.insert", doc=json.dumps(values)) for client in clients]
	)
	frappe.db.rollback()
	assert sorted(answer.status_code for answer in answers) == [200, 417, 417], [a.text for a in answers]
	assert frappe.db.count(interviews.INTERVIEW, {"mentor": candidate.name}) == 1


@pytest.mark.commits
def test_two_drafts_put_in_force_at_the_same_moment_leave_one_in_force(login):
	manager = factories.manager().name
	old = frappe.get_doc("Interview Guide", {"status": "In force"})
	drafts = [frappe.copy_doc(old) for _ in range(2)]
	for number, draft in enumerate(drafts, 2):
		draft.update({"status": "Draft", "version": number, "preset": None})
		draft.flags.by_procedure = True
		draft.insert(ignore_permissions=True)
	clients = [login(manager) for _ in drafts]
	put = "libes_mentoring.mentor_recruitment.interview_guides.put_in_force"
	answers = at_once(
		[
			lambda client=client, draft=draft: client.call(put, guide=draft.name)
			for client, draft in zip(clients, drafts, strict=True)
		]
	)
	frappe.db.rollback()
	assert [answer.status_code for answer in answers] == [200, 200], [a.text for a in answers]
	same = {"guide_title": old.guide_title, "status": "In force"}
	assert frappe.db.count("Interview Guide", same) == 1
