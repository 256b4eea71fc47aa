"""Two scorecards beside each other: filled in alone, submitted for good, seen late, compared."""

import json

import factories
import frappe
import pytest
from test_races import at_once

from libes_mentoring.mentor_recruitment import scorecards

pytestmark = pytest.mark.req("R8")

CARD = scorecards.SCORECARD


@pytest.fixture
def house():
	return factories.interview_house()


def sees(user: str) -> set[str]:
	with factories.as_user(user):
		return {row.interviewer for row in frappe.get_list(CARD, fields=["interviewer"])}


@pytest.mark.req("P8")
def test_nobody_sees_the_others_scorecard_before_their_own_is_submitted(house):
	assert sees(house.first) == {house.first} and sees(house.second) == {house.second}
	submitted = factories.submitted_scorecard(house.interview, house.first, 4, notes="Secret impression")
	# The coordinator of the programme has submitted; the other one has not.
	assert sees(house.second) == {house.second}
	with factories.as_user(house.second):
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(CARD, submitted.name).check_permission("read")
		told = scorecards.side_by_side(house.interview.name)
		assert "Secret impression" not in json.dumps(told)
		other = next(card for card in told["cards"] if not card["own"])
		assert set(other) == {"scorecard", "interviewer", "own", "status"} and other["scorecard"] == ""
		assert told["may_decide"] is False
	assert sees(house.first) == {house.first}
	factories.submitted_scorecard(house.interview, house.second, 2)
	assert sees(house.first) == sees(house.second) == {house.first, house.second}
	with factories.as_user(house.second):
		told = scorecards.side_by_side(house.interview.name)
	assert [len(told["cards"]), told["may_decide"]] == [2, False]
	assert all(row["far_apart"] and row["marks"] == [4, 2] for row in told["rows"])


@pytest.mark.req("P8")
def test_stepping_back_to_read_the_others_card_is_no_way(house):
	third = factories.social_worker().name
	factories.submitted_scorecard(house.interview, house.second)
	with factories.as_user(house.first):
		doc = frappe.get_doc("Mentor Interview", house.interview.name)
		doc.interviewer_1 = third
		doc.save()
		assert frappe.db.get_value(CARD, {"interviewer": house.first}, "status") == "Withdrawn"
		doc.reload()
		doc.interviewer_1 = house.first
		with pytest.raises(frappe.ValidationError, match="cannot return"):
			doc.save()
		doc.reload()
		doc.interviewer_2 = None
		with pytest.raises(frappe.ValidationError, match="stays an interviewer"):
			doc.save()


@pytest.mark.req("P8")
def test_who_has_read_one_scorecard_does_not_write_the_other(house):
	"""The programme's coordinator reads what is submitted, and may not become the second interviewer then."""
	third = factories.social_worker().name
	candidate = factories.mentor(programme=house.programme, stage="Applied")
	made = factories.interview(candidate, interviewer_1=house.second, interviewer_2=None)
	factories.submitted_scorecard(made, house.second)
	assert house.second in sees(house.first)
	with factories.as_user(house.first):
		doc = frappe.get_doc("Mentor Interview", made.name)
		doc.interviewer_2 = house.first
		with pytest.raises(frappe.ValidationError, match="can read the other scorecard already"):
			doc.save()
		doc.reload()
		doc.interviewer_2 = third
		doc.save()
	assert sees(third) == {third}


@pytest.mark.parametrize("mark", ["5", "0.5", "-1", "good"])
def test_a_mark_outside_the_scale_is_refused_and_nothing_changes(house, mark):
	with factories.as_user(house.second):
		card = factories.scorecard_of(house.interview, house.second)
		card.scores[0].score = mark
		with pytest.raises(frappe.ValidationError, match="1, 2, 3 or 4"):
			card.save()
	assert not factories.fresh(card).scores[0].score


def test_a_scorecard_is_its_interviewers_own_and_keeps_the_rows_of_the_guide(house):
	card = factories.scorecard_of(house.interview, house.second)
	with factories.as_user(house.first), pytest.raises(frappe.PermissionError):
		scorecards.submit(card.name)
	with factories.as_user(house.second):
		mine = frappe.get_doc(CARD, card.name)
		mine.scores = mine.scores[1:]
		with pytest.raises(frappe.ValidationError, match="follow the guide"):
			mine.save()
		mine.reload()
		mine.append("scores", {"quality": "Made up", "score": "4"})
		with pytest.raises(frappe.ValidationError, match="follow the guide"):
			mine.save()
		mine.reload()
		mine.update({"interviewer": house.first, "status": "Submitted", "mentor": "MTR-00001"})
		mine.scores[0].quality = "Made up"
		mine.save()
		stored = factories.fresh(mine)
		assert (stored.interviewer, stored.status, stored.mentor) == (
			house.second,
			"Open",
			house.candidate.name,
		)
		assert stored.scores[0].quality == "Listening"
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(
				{
					"doctype": CARD,
					"interview": house.interview.name,
					"mentor": house.candidate.name,
					"interviewer": house.second,
				}
			).insert()


def test_a_scorecard_is_submitted_complete_and_stays(house):
	with factories.as_user(house.second):
		card = factories.scorecard_of(house.interview, house.second)
		with pytest.raises(frappe.ValidationError, match=r"Still missing: Listening.*your recommendation"):
			scorecards.submit(card.name)
	submitted = factories.submitted_scorecard(house.interview, house.second)
	with factories.as_user(house.second):
		scorecards.submit(submitted.name)
		mine = frappe.get_doc(CARD, submitted.name)
		mine.notes = "Afterthought"
		with pytest.raises(frappe.ValidationError, match="stays as it is"):
			mine.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc(CARD, mine.name)


def flagged(house, user: str) -> None:
	with factories.as_user(user):
		card = factories.scorecard_of(house.interview, user)
		card.signs[0].flagged = 1
		card.save()


def test_expectations_that_are_too_high_come_with_what_to_talk_about(house):
	flagged(house, house.second)
	for user in (house.first, house.second):
		factories.submitted_scorecard(house.interview, user)
	with factories.as_user(house.first):
		(sign,) = scorecards.side_by_side(house.interview.name)["signs"]
		printed = frappe.get_print(
			CARD, factories.scorecard_of(house.interview, house.second).name, "Interview Scorecard Sheet"
		)
	assert sign["sign"] == "Wants to save somebody" and sign["noticed"] == [False, True]
	assert "Whose life it is." in sign["talk_about"]
	assert "Whose life it is." in printed and house.candidate.full_name in printed
	assert "For staff only." in printed


@pytest.mark.commits
def test_two_who_submit_at_the_same_moment_are_both_heard_and_the_coordinator_is_told_once(login):
	programme = factories.programme()
	candidate = factories.mentor(programme=programme, stage="Applied")
	made = factories.interview(candidate)
	users = [made.interviewer_1, made.interviewer_2]
	names = []
	for user in users:
		card = factories.scorecard_of(made, user)
		for row in card.scores:
			row.score = "3"
		card.recommendation = "Suitable"
		card.flags.by_procedure = True
		card.save()
		names.append(card.name)
	clients = [login(user) for user in users]
	answers = at_once(
		[
			lambda client=client, name=name: client.call(
				"libes_mentoring.mentor_recruitment.scorecards.submit", scorecard=name
			)
			for client, name in zip(clients, names, strict=True)
		]
	)
	assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
	frappe.db.rollback()
	assert frappe.db.count(CARD, {"interview": made.name, "status": "Submitted"}) == 2
	told = {"document_name": made.name, "subject": "A decision waits for you"}
	assert frappe.db.count("Notification Log", told) == 1
