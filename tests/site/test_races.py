"""The last place, asked for by many at the same moment: one gets it, the others read why."""

import threading

import factories
import frappe
import pytest

ACCEPT = "libes_mentoring.mentor_matching.suggestions.accept"


def at_once(calls: list) -> list:
	"""Runs all calls at the same moment, each in a thread, and gives their answers in order."""
	barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

	def run(index: int) -> None:
		barrier.wait()
		answers[index] = calls[index]()

	threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join(120)
	return answers


@pytest.mark.commits
@pytest.mark.req("M3")
@pytest.mark.parametrize("wanting", [2, 8])
def test_of_many_acceptances_of_the_last_place_exactly_one_wins(login, wanting):
	programme = factories.programme()
	mentor = factories.mentor(programme=programme, capacity=2)
	factories.match(mentor, factories.mentee(programme=programme))
	mentees = [factories.mentee(programme=programme).name for _ in range(wanting)]
	clients = [login(programme.coordinator) for _ in mentees]
	answers = at_once(
		[
			lambda client=client, mentee=mentee: client.call(ACCEPT, mentee=mentee, mentor=mentor.name)
			for client, mentee in zip(clients, mentees, strict=True)
		]
	)
	frappe.db.rollback()
	assert frappe.db.count("Match", {"mentor": mentor.name}) == 2
	won = [answer for answer in answers if answer.status_code == 200]
	lost = [answer for answer in answers if answer.status_code != 200]
	assert len(won) == 1
	for answer in lost:
		assert answer.status_code == 417 and "all places are taken (2 of 2)" in answer.text, answer.text
	assert frappe.db.count("Closure", {"mentoring_match": won[0].json()["message"]}) == 1
	assert frappe.db.count("Closure") == 2


@pytest.mark.commits
@pytest.mark.req("M3")
def test_one_mentee_is_not_matched_twice_at_the_same_moment(login):
	programme = factories.programme()
	mentors = [factories.mentor(programme=programme).name for _ in range(4)]
	mentee = factories.mentee(programme=programme).name
	clients = [login(programme.coordinator) for _ in mentors]
	answers = at_once(
		[
			lambda client=client, mentor=mentor: client.call(ACCEPT, mentee=mentee, mentor=mentor)
			for client, mentor in zip(clients, mentors, strict=True)
		]
	)
	frappe.db.rollback()
	assert sorted(answer.status_code for answer in answers) == [200, 417, 417, 417]
	assert frappe.db.count("Match", {"mentee": mentee}) == 1
	assert all("has a running match" in answer.text for answer in answers if answer.status_code == 417)
