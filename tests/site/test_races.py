"""The last place, asked for by many at the same moment: one gets it, the others read why."""

import json
import threading

import factories
import frappe
import pytest
from elsewhere import elsewhere, holding

from libes_mentoring.mentor_matching import choosing, run_deciding, runs, settling
from libes_mentoring.mentoring_relationship import opening

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


@pytest.mark.commits
@pytest.mark.req("M4")
def test_two_coordinators_accept_the_same_choice_and_one_match_is_made(login):
	programme = factories.programme()
	other = factories.coordinator().name
	programme.append("staff", {"user": other, "duty": "Coordinator"})
	programme.save()
	doc = factories.shortlist(factories.mentee(programme=programme))
	choosing.record(doc.name, ["B", "A"], present=["Caregiver"])
	clients = [login(user) for user in (programme.coordinator, other) * 2]
	accept = "libes_mentoring.mentor_matching.choosing.accept"
	answers = at_once(
		[lambda client=client: client.call(accept, shortlist=doc.name, letter="B") for client in clients]
	)
	frappe.db.rollback()
	[match] = frappe.get_all("Match", {"mentee": doc.mentee}, ["name", "mentor", "way"])
	assert (match.mentor, match.way) == (doc.cards[1].mentor, "Self-matching")
	assert {answer.json().get("message") for answer in answers if answer.status_code == 200} == {match.name}
	assert all("has a running match" in answer.text for answer in answers if answer.status_code != 200)
	assert frappe.db.get_value("Mentor Shortlist", doc.name, ["status", "mentoring_match"]) == ("Matched", match.name)


@pytest.mark.commits
@pytest.mark.req("M4")
def test_two_shortlists_are_not_begun_for_one_mentee(login):
	programme = factories.programme()
	for _number in range(3):
		factories.mentor(programme=programme)
	mentee = factories.mentee(programme=programme).name
	clients = [login(programme.coordinator) for _number in range(4)]
	make = "libes_mentoring.mentor_matching.shortlists.make"
	answers = at_once([lambda client=client: client.call(make, mentee=mentee) for client in clients])
	frappe.db.rollback()
	[shortlist] = frappe.get_all("Mentor Shortlist", {"mentee": mentee}, pluck="name")
	assert {answer.json()["message"] for answer in answers if answer.status_code == 200} == {shortlist}
	assert [answer for answer in answers if answer.status_code == 200]


@pytest.mark.commits
@pytest.mark.req("M1")
def test_two_who_settle_the_same_session_make_each_match_once(login):
	programme = factories.programme()
	mentors = [factories.mentor(programme=programme) for _number in range(2)]
	mentees = [factories.mentee(programme=programme) for _number in range(2)]
	session = factories.matching_session(programme, mentors, mentees, held=True)
	for mentee, mentor in zip(mentees, mentors, strict=True):
		factories.preference(session, mentee, mentor)
	seen = settling.propose(session.name)
	clients = [login(programme.coordinator) for _number in range(3)]
	accept = "libes_mentoring.mentor_matching.settling.accept"
	pairs = [{"mentee": row["mentee"], "mentor": row["mentor"]} for row in seen["pairs"]]
	answers = at_once(
		[
			lambda client=client: client.call(
				accept, session=session.name, pairs=pairs, fingerprint=seen["fingerprint"]
			)
			for client in clients
		]
	)
	frappe.db.rollback()
	assert any(answer.status_code == 200 for answer in answers)
	found = frappe.get_all("Match", {}, ["mentee", "mentor", "way"])
	assert {(row.mentee, row.mentor) for row in found} == {(row["mentee"], row["mentor"]) for row in pairs}
	assert len(found) == 2 and {row.way for row in found} == {"Collective"}
	assert frappe.db.get_value("Matching Session", session.name, "status") == "Settled"


def settled_by_hand():
	"""A session to which one mentee and two mentors came, committed, and the mentee's first choice said."""
	programme = factories.programme()
	mentors = [factories.mentor(programme=programme) for _number in range(2)]
	mentee = factories.mentee(programme=programme)
	session = factories.matching_session(programme, mentors, [mentee], held=True)
	factories.preference(session, mentee, mentors[0])
	frappe.db.commit()
	return frappe._dict(programme=programme, mentors=mentors, mentee=mentee, session=session.name)


@pytest.mark.commits
@pytest.mark.req("M1", "M3", "E5")
def test_what_is_being_entered_while_matches_are_asked_for_counts():
	house = settled_by_hand()
	seen = settling.propose(house.session)
	wanted = [{"mentee": house.mentee.name, "mentor": house.mentors[0].name}]
	assert [row["mentor"] for row in seen["pairs"]] == [house.mentors[0].name]
	other = holding(
		lambda: factories.preference(house.session, house.mentors[0], rather_not=[house.mentee]), lambda: None
	)
	with pytest.raises(frappe.ValidationError, match="Something has changed since you looked: a choice"):
		settling.accept(house.session, wanted, seen["fingerprint"])
	other.join()
	assert not frappe.db.count("Match")


@pytest.mark.commits
@pytest.mark.req("M1")
def test_two_who_enter_the_first_answer_of_one_person_leave_one_record():
	house = settled_by_hand()
	ada = house.mentors[0]
	other = holding(lambda: factories.preference(house.session, ada, house.mentee), lambda: None)
	record = factories.preference(house.session, ada, nobody=True)
	other.join()
	assert record.nobody and not record.choices, "the later one counts"
	assert frappe.db.count("Matching Preference", {"mentor": ada.name}) == 1


ACCEPT_RUN = "libes_mentoring.mentor_matching.runs.accept"


@pytest.fixture
def wanting(request) -> int:
	"""As many at the same moment as are promised, with `--full-size`; a handful otherwise."""
	return 50 if request.config.getoption("--full-size") else 8


@pytest.mark.commits
@pytest.mark.req("M3", "M5")
def test_many_accept_the_same_run_at_the_same_moment_and_each_pair_is_made_once(login, wanting):
	house = factories.pool(mentors=2, mentees=2)
	with factories.as_user(house.coordinator):
		state = runs.start(house.programme.name)
	client_of = [login(house.coordinator) for _ in range(wanting)]
	answers = at_once(
		[lambda client=client: client.call(ACCEPT_RUN, run=state["run"], pairs="all") for client in client_of]
	)
	frappe.db.rollback()
	assert frappe.db.count("Match", {"match_run": state["run"]}) == 2
	assert frappe.db.count("Closure") == 2
	# Whoever comes too late reads what has been done: the matches that are there, or who decided the run.
	done = [answer.json()["message"] for answer in answers if answer.status_code == 200]
	assert sum(message["accepted"] for message in done) == 2
	for message in done:
		assert {row["state"] for row in message["pairs"]} == {"Accepted"}
	for answer in answers:
		assert answer.status_code == 200 or "This run was decided on" in answer.text, answer.text
	assert {row["state"] for row in runs.look(state["run"])["pairs"]} == {"Accepted"}


@pytest.mark.commits
@pytest.mark.req("M3", "M5")
def test_a_run_and_others_want_the_last_place_of_each_mentor_at_the_same_moment(login, wanting):
	house = factories.pool(mentors=2, mentees=2)
	with factories.as_user(house.coordinator):
		run = runs.start(house.programme.name)["run"]
	planned = {row.mentor: row.mentee for row in frappe.get_doc("Match Run", run).pairs}
	others = [factories.mentee(programme=house.programme).name for _ in range(wanting - 2)]
	calls = [
		lambda client, mentor=mentor, mentee=mentee: client.call(
			ACCEPT_RUN, run=run, pairs=json.dumps([[mentor, mentee]])
		)
		for mentor, mentee in planned.items()
	]
	calls += [
		lambda client, mentor=house.mentors[number % 2].name, mentee=mentee: client.call(
			ACCEPT, mentee=mentee, mentor=mentor
		)
		for number, mentee in enumerate(others)
	]
	clients = [login(house.coordinator) for _ in calls]
	answers = at_once([lambda call=call, client=client: call(client) for call, client in zip(calls, clients, strict=True)])
	frappe.db.rollback()
	for mentor in house.mentors:
		assert frappe.db.count("Match", {"mentor": mentor.name}) == 1
	by_run, by_hand = answers[:2], answers[2:]
	assert [answer.status_code for answer in by_run] == [200, 200]
	made = sum(answer.json()["message"]["accepted"] for answer in by_run)
	assert made + sum(answer.status_code == 200 for answer in by_hand) == 2
	for answer in by_hand:
		assert answer.status_code == 200 or "all places are taken (1 of 1)" in answer.text, answer.text
	for row in runs.look(run)["pairs"]:
		assert row["state"] == "Accepted" or "all places are taken (1 of 1)" in row["why_not"]


@pytest.mark.commits
@pytest.mark.req("M5")
def test_of_many_runs_that_are_started_at_the_same_moment_one_stays_open(login):
	house = factories.pool(mentors=1, mentees=1)
	clients = [login(house.coordinator) for _ in range(4)]
	start = "libes_mentoring.mentor_matching.runs.start"
	answers = at_once(
		[lambda client=client: client.call(start, programme=house.programme.name) for client in clients]
	)
	frappe.db.rollback()
	assert [answer.status_code for answer in answers] == [200] * 4, [answer.text[:500] for answer in answers]
	stored = frappe.get_all("Match Run", {"programme": house.programme.name}, ["status", "previous_run"])
	assert sorted(row.status for row in stored) == ["Open", "Replaced", "Replaced", "Replaced"]
	# One after the other: none was made beside another.
	assert len({row.previous_run for row in stored}) == 4


@pytest.fixture
def meanwhile(monkeypatch):
	"""`meanwhile(work)`: the first try to make a match is turned away, and somebody else gets in before the next."""

	def arrange(work) -> list:
		done, check, rollback = [], opening.check, frappe.db.rollback

		def turned_away(match):
			if not done:
				done.append("turned away")
				raise opening.Outdated
			check(match)

		def give_way(**more):
			rollback(**more)
			if done == ["turned away"]:
				done.append(elsewhere(work))

		monkeypatch.setattr(opening, "check", turned_away)
		monkeypatch.setattr(frappe.db, "rollback", give_way)
		return done

	return arrange


def open_run():
	"""A committed run over two mentors and two mentees, its first pair, and the other mentor."""
	house = factories.pool(mentors=2, mentees=2)
	state = runs.start(house.programme.name)
	frappe.db.commit()
	[first, second] = [(row["mentor"], row["mentee"]) for row in state["pairs"]]
	return frappe._dict(run=state["run"], programme=house.programme.name, first=first, second=second)


@pytest.mark.commits
@pytest.mark.req("M3", "M5")
@pytest.mark.parametrize("what", ["decided", "ruled out", "replaced"])
def test_a_pair_that_is_not_proposed_any_more_is_not_made_by_the_next_try(meanwhile, what):
	house = open_run()
	done = meanwhile(
		{
			"decided": lambda: runs.accept(house.run, "none"),
			"ruled out": lambda: runs.choose(house.run, *house.first, "Veto"),
			"replaced": lambda: runs.start(house.programme),
		}[what]
	)
	state = runs.accept(house.run, json.dumps([list(house.first)]))
	assert len(done) == 2, "somebody else got in"
	assert state["accepted"] == 0 and not frappe.db.count("Match")
	assert "Accepted" not in {row["state"] for row in state["pairs"]}
	assert "Failed" not in {row["state"] for row in state["pairs"]}
	assert state["status"] == {"decided": "Decided", "ruled out": "Open", "replaced": "Replaced"}[what]


@pytest.mark.commits
@pytest.mark.req("M5")
def test_a_pair_that_was_planned_anew_between_two_tries_is_a_match_in_its_new_row(meanwhile):
	house = open_run()
	done = meanwhile(lambda: runs.choose(house.run, *house.first, "Keep"))
	state = runs.accept(house.run, json.dumps([list(house.first)]))
	assert len(done) == 2 and state["accepted"] == 1
	[match] = frappe.get_all("Match", {}, pluck="name")
	[row] = [row for row in state["pairs"] if (row["mentor"], row["mentee"]) == house.first]
	assert (row["state"], row["match"]) == ("Accepted", match)


@pytest.mark.commits
@pytest.mark.req("M5")
def test_a_run_that_waits_for_somebody_plans_on_what_that_one_has_done():
	house = open_run()
	mentor, mentee = house.first
	# Somebody works on the open run, and makes a match at the same time.
	other = holding(
		lambda: run_deciding.lock(house.run),
		lambda: frappe.get_doc({"doctype": "Match", "mentee": mentee, "mentor": mentor, "way": "Coordinator"}).insert(),
	)
	state = runs.start(house.programme)
	other.join()
	assert mentee not in {row["mentee"] for row in (*state["pairs"], *state["unplaced"])}
	assert state["figures"]["waiting"] == 1 and not state["changed"]
