"""Everybody who waits, planned at once: choices, decisions one by one, and what is said in words."""

import json

import factories
import frappe
import pytest
from factories import as_user, fresh
from frappe.utils import add_days, nowdate
from match_run_helpers import one, pairs_of, start

from libes_mentoring.mentor_matching import making, run_deciding, runs, suggestions

LANGUAGE = [{"language": "English", "level": "Fluent"}]
COOKING, MUSIC = [{"interest": "Cooking"}], [{"interest": "Music"}]

pytestmark = pytest.mark.usefixtures("nothing_is_committed")


@pytest.mark.req("M5", "M7")
def test_everybody_who_waits_is_planned_at_once(house):
	frappe.db.set_value("Mentee", house.mentees[0].name, "waiting_since", add_days(nowdate(), -9))
	state = start(house)
	assert {row["mentee"] for row in state["pairs"]} == {mentee.name for mentee in house.mentees}
	assert len({row["mentor"] for row in state["pairs"]}) == 3
	figures = state["figures"]
	assert [figures[name] for name in ("waiting", "available", "places", "possible", "planned")] == [
		3,
		3,
		3,
		9,
		3,
	]
	assert figures["total_score"] == pytest.approx(sum(row["score"] for row in state["pairs"]), abs=2)
	assert (state["status"], state["changed"], state["words"]) == ("Open", False, "")
	assert one(state, house.mentees[0].name)["waiting"] == 9
	assert frappe.db.count("Match") == 0
	assert runs.programmes() == [
		{
			"name": house.programme.name,
			"title": house.programme.public_name,
			"closed": False,
			"waiting": 3,
			"run": state["run"],
		}
	]


@pytest.mark.req("M2", "M5")
def test_a_pair_is_explained_side_by_side(house):
	run = start(house)["run"]
	mentor, mentee = house.mentors[0], house.mentees[0]
	said = runs.explain(run, mentor.name, mentee.name)
	assert "Both are interested in Cooking." in said["reasons_for"]
	assert "No safety exclusion keeps them apart." in said["checked"]
	facts = {row["label"]: row for row in said["facts"]}
	assert (facts["Interests"]["mentor"], facts["Interests"]["fits"]) == ("Cooking", True)
	assert facts["Way"]["both"] == "the same district"
	assert facts["Languages"]["mentee"] == "English (good)"


@pytest.mark.req("M2")
def test_times_are_translated_word_by_word(house, monkeypatch):
	for word, other in (("Monday", "Lundi"), ("Morning", "matin"), ("Evening", "soir")):
		values = {"doctype": "Translation", "language": "fr", "source_text": word, "translated_text": other}
		frappe.get_doc(values).insert(ignore_permissions=True)
	for person, part in ((house.mentors[0], "Morning"), (house.mentees[0], "Evening")):
		doc = fresh(person)
		doc.append("availability_slots", {"weekday": "Monday", "day_part": part})
		doc.save(ignore_permissions=True)
	run = start(house)["run"]
	with monkeypatch.context() as patch:
		patch.setattr(frappe.local, "lang", "fr")
		said = runs.explain(run, house.mentors[0].name, house.mentees[0].name)
	frappe.clear_cache()
	assert ("Lundi matin", "Lundi soir") in [(row["mentor"], row["mentee"]) for row in said["facts"]]


@pytest.mark.req("M5")
def test_a_lock_holds_a_veto_keeps_apart_and_both_can_be_taken_back(house):
	state = start(house)
	mentor, mentee = pairs_of(state)[0]
	other = next(pair[0] for pair in pairs_of(state) if pair[0] != mentor)
	state = runs.choose(state["run"], other, mentee, "Lock")
	assert (other, mentee) in pairs_of(state) and one(state, mentee)["choice"] == "Lock"
	assert len(state["pairs"]) == 3
	state = runs.choose(state["run"], other, mentee, "Veto")
	assert (other, mentee) not in pairs_of(state)
	assert [(row["mentor"], row["mentee"]) for row in state["vetoes"]] == [(other, mentee)]
	state = runs.choose(state["run"], other, mentee, "")
	assert state["vetoes"] == [] and one(state, mentee)["choice"] == ""


@pytest.mark.req("M5")
def test_what_is_kept_stays_while_it_can_and_is_let_go_with_a_word(house):
	state = start(house)
	mentor, mentee = pairs_of(state)[-1]
	kept = runs.choose(state["run"], mentor, mentee, "Keep")
	assert (mentor, mentee) in pairs_of(kept) and one(kept, mentee)["choice"] == "Keep"
	doc = frappe.get_doc("Mentee", mentee)
	doc.append("excluded_mentors", {"mentor": mentor})
	doc.save()
	state = start(house)
	assert (mentor, mentee) not in pairs_of(state)
	assert any(mentee in note for note in state["notes"])


@pytest.mark.req("M3", "M5")
def test_a_lock_that_breaks_a_refusal_is_refused_in_words_and_changes_nothing(house):
	state = start(house)
	mentee = house.mentees[0]
	doc = fresh(mentee)
	doc.append("excluded_mentors", {"mentor": house.mentors[0].name})
	doc.save(ignore_permissions=True)
	before = fresh(frappe.get_doc("Match Run", state["run"])).as_dict()
	with pytest.raises(
		frappe.ValidationError, match="cannot be locked: A safety exclusion keeps these two apart"
	):
		runs.choose(state["run"], house.mentors[0].name, mentee.name, "Lock")
	assert fresh(frappe.get_doc("Match Run", state["run"])).as_dict() == before


@pytest.mark.req("M5")
def test_nobody_is_locked_twice_and_no_mentor_beyond_their_places(house):
	state = start(house)
	first, second, mentee = house.mentors[0].name, house.mentors[1].name, house.mentees[0].name
	runs.choose(state["run"], first, mentee, "Lock")
	with pytest.raises(frappe.ValidationError, match="Take that lock away first"):
		runs.choose(state["run"], second, mentee, "Lock")
	with pytest.raises(frappe.ValidationError, match="cannot be locked"):
		runs.choose(state["run"], first, house.mentees[1].name, "Lock")
	doc = frappe.get_doc("Match Run", state["run"])
	assert [(row.choice, row.mentor, row.mentee) for row in doc.choices] == [("Lock", first, mentee)]


@pytest.mark.req("M3", "M5")
@pytest.mark.parametrize("then", ["take one away", "lock another", "rule out", "run again"])
def test_locks_that_break_later_are_let_go_with_a_word_and_hold_up_nothing(house, then):
	"""Two at once: one mentor is full by now, of another the mentee wants to hear nothing; both are still there."""
	state = start(house)
	locked = [(mentor.name, mentee.name) for mentor, mentee in zip(house.mentors, house.mentees, strict=True)][:2]
	free = (house.mentors[2].name, house.mentees[2].name)
	for pair in locked:
		state = runs.choose(state["run"], *pair, "Lock")
	factories.match(house.mentors[0], factories.mentee(programme=house.programme))
	doc = fresh(house.mentees[1])
	doc.append("excluded_mentors", {"mentor": house.mentors[1].name})
	doc.save(ignore_permissions=True)
	state = {
		"take one away": lambda: runs.choose(state["run"], *locked[0], ""),
		"lock another": lambda: runs.choose(state["run"], *free, "Lock"),
		"rule out": lambda: runs.choose(state["run"], *free, "Veto"),
		"run again": lambda: start(house),
	}[then]()
	gone = locked[1:] if then == "take one away" else locked
	assert state["notes"] == [
		f"{mentee} and {frappe.db.get_value('Mentor', mentor, 'full_name')} could not be kept together: something has changed."
		for mentor, mentee in gone
	]
	stored = frappe.get_doc("Match Run", state["run"])
	assert not {(row.mentor, row.mentee) for row in stored.choices} & set(locked)
	assert not set(pairs_of(state)) & set(locked)
	assert len(pairs_of(state)) == 2, "both mentors who have a place are planned"
	again = runs.choose(state["run"], *free, "Keep")
	assert again["notes"] == [], "said once"


@pytest.mark.req("M5")
def test_each_key_sends_as_many_statements_for_many_as_for_few(count_queries):
	counts = []
	for number in (2, 8):
		many = factories.pool(mentors=number, mentees=number + 2)
		with as_user(many.coordinator):
			state = start(many)
			for choice in ("Keep", ""):
				with count_queries() as counted:
					runs.choose(state["run"], *pairs_of(state)[0], choice)
			counts.append(counted.count)
	assert counts[1] <= counts[0]


@pytest.mark.req("M5")
def test_the_rows_of_a_run_stand_as_if_they_were_saved_one_by_one(house):
	factories.mentee(programme=house.programme)
	state = start(house)
	first, *rest = pairs_of(state)
	runs.accept(state["run"], [list(first)])
	kept = frappe.db.get_value("Match Run Pair", {"parent": state["run"], "mentee": first[1]}, "name")
	state = runs.choose(state["run"], *rest[-1], "Lock")
	doc = frappe.get_doc("Match Run", state["run"])
	assert [(row.mentor, row.mentee) for row in doc.pairs] == pairs_of(state) and len(doc.unplaced) == 1
	for table in (doc.pairs, doc.unplaced, doc.choices):
		assert [row.idx for row in table] == list(range(1, len(table) + 1))
		for row in table:
			assert (row.parenttype, row.owner, row.docstatus) == ("Match Run", doc.owner, 0)
			assert len(row.name) == 10 and row.creation and row.modified_by == frappe.session.user
	assert doc.pairs[0].name == kept and doc.pairs[0].mentoring_match, "an accepted pair stays in its row"
	assert {row.mentee: (row.locked, row.kept) for row in doc.pairs}[rest[-1][1]] == (1, 0)
	assert frappe.db.count("Match Run Pair", {"parent": doc.name}) == len(doc.pairs)
	assert not frappe.db.count("Match Run Pair", {"parent": doc.name, "score": 0})
	# Saved by the framework it stays the same.
	before = [row.as_dict(no_default_fields=True) for row in doc.pairs]
	doc.save(ignore_permissions=True)
	assert [row.as_dict(no_default_fields=True) for row in fresh(doc).pairs] == before


@pytest.mark.req("M5", "M1")
def test_accepted_one_by_one_then_all_and_the_same_again_does_no_harm(house):
	state = start(house)
	pair = pairs_of(state)[0]
	state = runs.accept(state["run"], [list(pair)])
	assert (state["accepted"], pairs_of(state, "Accepted"), state["status"]) == (1, [pair], "Open")
	match = frappe.get_doc("Match", one(state, pair[1])["match"])
	assert (match.mentor, match.mentee, match.match_run, match.way) == (*pair, state["run"], "Coordinator")
	again = runs.accept(state["run"], json.dumps([list(pair)]))
	assert (again["accepted"], pairs_of(again, "Accepted")) == (0, [pair])
	# Its own matches are no change of the data.
	assert not again["changed"]
	state = runs.accept(state["run"], "all")
	assert (state["accepted"], state["status"]) == (2, "Decided")
	assert frappe.db.count("Match", {"match_run": state["run"]}) == 3
	with pytest.raises(frappe.ValidationError, match="This run was decided on"):
		runs.accept(state["run"], "all")


@pytest.mark.req("M3", "M5")
def test_one_refusal_undoes_no_other_and_says_why(house):
	state = start(house)
	late = pairs_of(state)[1]
	frappe.db.set_value("Mentor", late[0], "stage", "Paused")
	assert runs.look(state["run"])["changed"]
	state = runs.accept(state["run"], "all")
	assert state["accepted"] == 2 and state["status"] == "Decided"
	failed = one(state, late[1])
	assert failed["state"] == "Failed" and "cannot be matched" in failed["why_not"]
	assert not frappe.db.exists("Match", {"mentee": late[1]})


@pytest.mark.req("M5", "M7")
def test_passed_over_people_come_first_next_time():
	house = factories.pool(mentors=1, mentees=2)
	early, late = house.mentees
	frappe.db.set_value("Mentee", early.name, "waiting_since", add_days(nowdate(), -5))
	frappe.db.set_value("Mentee", late.name, "waiting_since", add_days(nowdate(), -4))
	with as_user(house.coordinator):
		state = runs.start(house.programme.name)
		assert pairs_of(state) == [(house.mentors[0].name, early.name)]
		assert [row["mentee"] for row in state["unplaced"]] == [late.name]
		assert "Possible mentors: 1" in state["unplaced"][0]["sentence"]
		runs.accept(state["run"], "all")
		factories.mentor(programme=house.programme)
		newcomer = factories.mentee(programme=house.programme)
		frappe.db.set_value("Mentee", newcomer.name, "waiting_since", add_days(nowdate(), -30))
		state = runs.start(house.programme.name)
	assert [row["mentee"] for row in state["pairs"]] == [late.name]


@pytest.mark.req("M5")
def test_accepting_none_decides_the_run_and_makes_nothing(house):
	state = runs.accept(start(house)["run"], "none")
	assert (state["status"], len(pairs_of(state, "Passed over")), state["accepted"]) == ("Decided", 3, 0)
	assert frappe.db.count("Match", {"programme": house.programme.name}) == 0


@pytest.mark.req("M5")
def test_running_again_replaces_the_open_run_and_takes_its_choices_over(house):
	first = start(house)
	mentor, mentee = pairs_of(first)[0]
	runs.choose(first["run"], mentor, mentee, "Veto")
	second = start(house)
	assert second["previous_run"] == first["run"] and (mentor, mentee) not in pairs_of(second)
	assert runs.look(first["run"])["status"] == "Replaced"
	with pytest.raises(frappe.ValidationError, match="A newer run has taken the place"):
		runs.choose(first["run"], mentor, mentee, "")
	found = runs.compare(second["run"], first["run"])
	assert [row["run"] for row in found["runs"]] == [second["run"], first["run"]]
	assert found["same"] + len(found["only"][0]) == 3
	assert len(found["only"][0]) == len(found["only"][1])
	assert found["unplaced"] == [[], []]
	assert found["weights"] and not any(row["differs"] for row in found["weights"])


@pytest.mark.req("M5")
def test_running_again_after_some_were_accepted_reports_no_change(house):
	state = start(house)
	runs.accept(state["run"], [list(pairs_of(state)[0])])
	again = start(house)
	assert runs.look(state["run"])["status"] == "Decided"
	# Whom the first run has passed over is something that the second has read.
	assert (again["status"], again["changed"], len(again["pairs"])) == ("Open", False, 2)
	assert not runs.look(again["run"])["changed"]


@pytest.mark.req("M5")
def test_a_run_that_was_replaced_meanwhile_makes_no_further_match(house):
	first = start(house)
	pairs = pairs_of(first)
	run_deciding.accept(first["run"], pairs[:1])
	second = start(house)
	# As if the first request had gone on between its pairs.
	frappe.db.set_value(
		"Match Run Pair", {"parent": first["run"], "mentee": pairs[1][1]}, "state", "Proposed"
	)
	assert run_deciding.accept(first["run"], pairs) == 0
	assert frappe.db.count("Match", {"programme": house.programme.name}) == 1
	assert runs.look(second["run"])["status"] == "Open"


@pytest.mark.req("M5")
def test_a_closed_programme_shows_its_last_run_and_decides_nothing(house):
	run = start(house)["run"]
	frappe.db.set_value("Mentoring Programme", house.programme.name, "status", "Closed")
	frappe.clear_document_cache("Mentoring Programme", house.programme.name)
	assert runs.look(run)["closed"]
	for attempt in (lambda: runs.accept(run, "all"), lambda: runs.start(house.programme.name)):
		with pytest.raises(frappe.ValidationError, match="This programme is closed"):
			attempt()


@pytest.mark.req("M5", "P4")
def test_a_programme_of_groups_alone_is_told_so_before_anybody_is_planned(house):
	values = {"format_one_to_one": 0, "format_group": 1}
	frappe.db.set_value("Mentoring Programme", house.programme.name, values)
	with pytest.raises(frappe.ValidationError, match="does not match one to one"):
		start(house)
	assert not frappe.db.count("Match Run")


@pytest.mark.req("M5", "P7")
@pytest.mark.parametrize("who", ["coordinator", "social_worker", "manager", "volunteer"])
def test_it_is_for_the_coordinators_of_the_programme_alone(house, who):
	run = start(house)["run"]
	pair = {"mentor": house.mentors[0].name, "mentee": house.mentees[0].name}
	attempts = [
		lambda run: runs.look(run),
		lambda run: runs.accept(run, "none"),
		lambda run: runs.undo(run),
		lambda run: runs.choose(run, **pair, choice="Veto"),
		lambda run: runs.explain(run, **pair),
		lambda run: runs.compare(run, run),
		lambda _run: runs.start(house.programme.name),
		lambda _run: suggestions.suggest_mentees(pair["mentor"]),
	]
	with as_user("Administrator"):
		stranger = getattr(factories, who)().name
	with as_user(stranger):
		said = set()
		for attempt in attempts:
			for name in (run, "RUN-99999"):
				with pytest.raises(frappe.PermissionError) as refused:
					attempt(name)
				said.add(str(refused.value))
		assert len(said) == 1
		for mentee in (pair["mentee"], "Nobody-1"):
			for attempt in (
				suggestions.suggest_mentors,
				lambda name: suggestions.accept(name, pair["mentor"]),
			):
				with pytest.raises(
					frappe.PermissionError, match="This mentee is not known in your programme"
				):
					attempt(mentee)
		assert not frappe.has_permission("Match Run", doc=frappe.get_doc("Match Run", run))
	assert runs.look(run)["status"] == "Open"


BAD_PAIRS = {
	"[]": "at least one pair",
	"nonsense": "which pairs are meant",
	'[["a", "b"]]': "does not propose b",
}


@pytest.mark.req("M5")
@pytest.mark.parametrize("pairs", BAD_PAIRS)
def test_pairs_that_are_not_there_are_refused_in_words(house, pairs):
	run = start(house)["run"]
	with pytest.raises(frappe.ValidationError, match=BAD_PAIRS[pairs]):
		runs.accept(run, pairs)
	assert frappe.db.count("Match") == 0


@pytest.mark.req("M5")
@pytest.mark.parametrize(
	("mentors", "mentees", "said"),
	[(1, 0, "Nobody waits"), (0, 0, "Nobody waits"), (0, 2, "no available mentor")],
)
def test_an_empty_pool_is_said_and_leaves_no_run(mentors, mentees, said):
	house = factories.pool(mentors=mentors, mentees=mentees)
	with as_user(house.coordinator), pytest.raises(frappe.ValidationError, match=said):
		runs.start(house.programme.name)
	assert not frappe.db.count("Match Run", {"programme": house.programme.name})


@pytest.mark.req("M5")
def test_a_mentor_without_a_language_is_shown_and_planned_with_nobody():
	house = factories.pool(mentors=1, mentees=1)
	silent = factories.mentor(programme=house.programme, languages=[])
	with as_user(house.coordinator):
		state = runs.start(house.programme.name)
		assert pairs_of(state) == [(house.mentors[0].name, house.mentees[0].name)]
		assert [(row["mentor"], row["note"]) for row in state["free"]] == [
			(silent.name, "No language is recorded, so nobody can be planned.")
		]
		with pytest.raises(frappe.ValidationError, match="No language is recorded for one of them"):
			runs.choose(state["run"], silent.name, house.mentees[0].name, "Lock")


@pytest.mark.req("M3", "M5")
def test_for_somebody_nobody_fits_it_says_what_could_be_talked_about_and_never_a_refusal():
	house = factories.pool(mentors=1, mentees=0)
	quiet = factories.mentee(
		programme=house.programme, languages=[{"language": "Edo", "level": "Mother tongue"}]
	)
	refusing = factories.mentee(
		programme=house.programme, wishes=[{"about": "Gender", "strength": "Refused", "gender": "Female"}]
	)
	with as_user(house.coordinator):
		state = runs.start(house.programme.name)
	sentences = {row["mentee"]: row["sentence"] for row in state["unplaced"]}
	assert "language" in sentences[quiet.name] and "1" in sentences[quiet.name]
	assert (
		"gender" not in sentences[refusing.name].lower() and "refus" not in sentences[refusing.name].lower()
	)


@pytest.mark.req("M2")
def test_the_best_mentees_for_a_mentor(house):
	mentor, (close, other, matched) = house.mentors[0], house.mentees
	doc = fresh(other)
	doc.update({"district": "South", "interests": MUSIC})
	doc.save(ignore_permissions=True)
	making.make(matched.name, house.mentors[1].name)
	found = suggestions.suggest_mentees(mentor.name)
	assert [row["mentee"] for row in found["suggestions"]] == [close.name, other.name]
	assert (found["blockers"], found["looked_at"]) == ([], 2)
	assert "Both are interested in Cooking." in found["suggestions"][0]["reasons_for"]
	assert found["suggestions"][0]["waiting"] == 0
	full = suggestions.suggest_mentees(house.mentors[1].name)
	assert (full["suggestions"], full["blockers"]) == ([], ["The mentor has no place left."])


class Killed(BaseException):
	pass


@pytest.mark.commits
@pytest.mark.req("M5")
def test_a_request_that_is_broken_off_is_simply_sent_again(monkeypatch):
	house = factories.pool()
	frappe.db.commit()
	with as_user(house.coordinator):
		state = runs.start(house.programme.name)
		frappe.db.commit()
		make, made = making.make, []

		def killed_at_the_second(*args, **kwargs):
			if made:
				raise Killed
			made.append(make(*args, **kwargs))
			return made[0]

		with monkeypatch.context() as patch:
			patch.setattr(making, "make", killed_at_the_second)
			with pytest.raises(Killed):
				runs.accept(state["run"], "all")
		frappe.db.rollback()
		state = runs.look(state["run"])
		assert (len(pairs_of(state, "Accepted")), len(pairs_of(state, "Proposed"))) == (1, 2)
		state = runs.accept(state["run"], "all")
		assert (state["accepted"], len(pairs_of(state, "Accepted"))) == (2, 3)
		assert frappe.db.count("Match", {"match_run": state["run"]}) == 3
