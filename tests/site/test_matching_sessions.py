"""A group meets, each says in private with whom they would like to go on, and pairs are settled."""

import json

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate

from libes_mentoring.mentor_matching import choice_reminders, preferences, sessions, settling
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.portal import invitations

pytestmark = [pytest.mark.req("M1"), pytest.mark.usefixtures("nothing_is_committed")]


@pytest.fixture
def house():
	programme = factories.programme()
	return frappe._dict(
		programme=programme,
		coordinator=programme.coordinator,
		mentors=[factories.mentor(programme=programme) for _number in range(2)],
		mentees=[factories.mentee(programme=programme) for _number in range(2)],
	)


@pytest.fixture
def held(house):
	house.session = factories.matching_session(house.programme, house.mentors, house.mentees, held=True)
	return house


def proposed(session) -> dict[str, str]:
	return {row["mentee"]: row["mentor"] for row in settling.propose(session.name)["pairs"]}


def accept(session, *rows, fingerprint=None):
	seen = settling.propose(session.name)
	rows = rows or seen["pairs"]
	wanted = [{"mentee": row["mentee"], "mentor": row["mentor"]} for row in rows]
	return settling.accept(session.name, wanted, fingerprint or seen["fingerprint"])


APART = {
	"gender": ({"wishes": [{"about": "Gender", "strength": "Refused", "gender": "Female"}]}, "refuses a mentor of this gender"),
	"co-national": ({"wishes": [{"about": "Co-national", "strength": "Refused"}]}, "refuses a mentor of this nationality"),
	"person": ("person", "refuses this mentor by name"),
	"exclusion": ("exclusion", "safety exclusion"),
}


@pytest.mark.req("E5", "M3")
@pytest.mark.parametrize("kind", APART)
def test_people_kept_apart_are_named_and_nobody_is_invited(house, kind):
	mentor = house.mentors[0]
	fields, words = APART[kind]
	if fields == "person":
		fields = {"wishes": [{"about": "Person", "strength": "Refused", "mentor": mentor.name}]}
	elif fields == "exclusion":
		fields = {"excluded_mentors": [{"mentor": mentor.name}]}
	refusing = factories.mentee(programme=house.programme, **fields)
	factories.volunteer(mentor)
	session = factories.matching_session(house.programme, [mentor], [house.mentees[0], refusing])
	with factories.as_user(house.coordinator):
		[row] = sessions.who_is_apart(session.name)
		assert (row["mentor"], row["mentee"]) == (mentor.name, refusing.name) and words in row["why"][0]
		step = next_step(session.doctype, session.name)
		assert step["late"] and words in step["text"] and refusing.name in step["text"]
		with pytest.raises(frappe.ValidationError, match="must not be in one room"):
			sessions.invite(session.name)
	assert not factories.fresh(session).mentors[0].invited_on
	assert not frappe.db.count("Email Queue", {"reference_name": session.name})


@pytest.mark.req("M3")
def test_a_mentors_refusal_keeps_apart_as_much(house):
	mentor = factories.mentor(
		programme=house.programme, wishes=[{"about": "Person", "strength": "Refused", "mentee": house.mentees[0].name}]
	)
	session = factories.matching_session(house.programme, [mentor], house.mentees)
	assert [row["mentee"] for row in sessions.kept_apart(session)] == [house.mentees[0].name]


def test_who_is_kept_apart_is_found_with_as_many_queries_for_many_as_for_few(house, count_queries):
	few = factories.matching_session(house.programme, house.mentors[:1], house.mentees[:1])
	more = [factories.mentor(programme=house.programme) for _number in range(3)]
	many = factories.matching_session(house.programme, [*house.mentors, *more], house.mentees)
	sessions.kept_apart(few)
	with count_queries() as small:
		sessions.kept_apart(few)
	with count_queries() as large:
		sessions.kept_apart(many)
	assert large.count <= small.count


@pytest.mark.req("P8")
def test_mentors_hear_of_day_and_place_once_and_of_nobody_else(house, outgoing_mail):
	users = [factories.volunteer(mentor).name for mentor in house.mentors]
	session = factories.matching_session(house.programme, house.mentors[:1], house.mentees)
	with factories.as_user(house.coordinator):
		assert sessions.invite(session.name) == {"invited": 1, "without_portal": []}
		assert sessions.invite(session.name)["invited"] == 0, "nobody is told twice"
		session = factories.fresh(session)
		session.append("mentors", {"mentor": house.mentors[1].name})
		session.save()
		assert sessions.invite(session.name)["invited"] == 1
	mails = outgoing_mail()
	assert len(mails) == 2
	for mentee in house.mentees:
		assert not [text for text in mails if mentee.name in text]
	with factories.as_user(users[0]):
		[row] = invitations.my_invitations()
	assert dict(row) == {"held_on": session.held_on, "place": "Garden room"}
	sessions.call_off(session.name)
	with factories.as_user(users[0]):
		assert invitations.my_invitations() == []
	off = [text for text in outgoing_mail() if text not in mails]
	assert all(any(user in text for text in off) for user in users), "both are told that it does not take place"


@pytest.mark.req("L2")
def test_who_was_invited_is_told_of_another_day_and_of_being_off_the_list(house, outgoing_mail):
	users = [factories.volunteer(mentor).name for mentor in house.mentors]
	session = factories.matching_session(house.programme, house.mentors[:1], house.mentees)

	def told(change) -> list[str]:
		before = outgoing_mail()
		doc = factories.fresh(session)
		change(doc)
		doc.save()
		return [text for text in outgoing_mail() if text not in before]

	assert not told(lambda doc: doc.update({"place": "Reading café"})), "nobody is invited yet"
	sessions.invite(session.name)
	assert not told(lambda doc: doc.append("mentors", {"mentor": house.mentors[1].name}))
	[text] = told(lambda doc: doc.update({"held_on": add_days(doc.held_on, 1)}))
	assert users[0] in text and "something new on your page" in text and "café" not in text
	assert told(lambda doc: doc.update({"mentors": doc.mentors[1:]}))
	with factories.as_user(users[0]):
		assert invitations.my_invitations() == []


@pytest.mark.req("M3")
def test_who_cannot_be_matched_is_not_invited(house):
	busy = house.mentors[0]
	factories.match(busy, factories.mentee(programme=house.programme))
	waiting = factories.mentee(programme=house.programme, ready=False)
	session = factories.matching_session(house.programme, [busy], [waiting])
	with pytest.raises(frappe.ValidationError, match=rf"{busy.full_name}: no place left.*{waiting.name}: .*consent"):
		sessions.invite(session.name)


@pytest.mark.req("P8", "S3", "M3")
def test_of_who_has_moved_to_another_programme_nothing_is_said_but_that(house):
	ada = house.mentors[0]
	refusing, waiting = (factories.mentee(programme=house.programme) for _number in range(2))
	session = factories.matching_session(house.programme, house.mentors, [house.mentees[0], refusing, waiting])
	elsewhere = factories.programme().name
	for mentee, change in (
		(refusing, {"wishes": [{"about": "Person", "strength": "Refused", "mentor": ada.name}]}),
		(waiting, {"status": "Paused"}),
	):
		doc = factories.fresh(mentee)
		doc.update({"programme": elsewhere, **change})
		doc.save()
	with factories.as_user(house.coordinator):
		assert sessions.who_is_apart(session.name) == []
		step = next_step(session.doctype, session.name)
		moved = ", ".join(sorted([refusing.name, waiting.name]))
		assert step == {"text": f"In another programme by now, so take them off the list: {moved}.", "late": True}
		with pytest.raises(frappe.ValidationError) as refused:
			sessions.invite(session.name)
	said = str(refused.value)
	assert f"{refusing.name}: in another programme by now" in said
	assert f"{waiting.name}: in another programme by now" in said
	assert "refuse" not in said and "paused" not in said and "consent" not in said
	assert not factories.fresh(session).mentors[0].invited_on


def test_who_could_come_are_those_who_wait_and_have_a_place(house):
	factories.match(house.mentors[0], house.mentees[0])
	session = factories.matching_session(house.programme)
	found = sessions.who_could_come(session.name)
	assert [row["mentor"] for row in found["mentors"]] == [house.mentors[1].name]
	assert [row["mentee"] for row in found["mentees"]] == [house.mentees[1].name]


@pytest.mark.parametrize(
	("change", "words"),
	[
		(lambda house, doc: doc.append("mentors", {"mentor": house.mentors[0].name}), "listed twice"),
		(lambda house, doc: doc.append("mentors", {"mentor": factories.mentor().name}), "not in this programme"),
		(lambda house, doc: doc.append("mentees", {"mentee": factories.mentee().name}), "not in this programme"),
		(lambda house, doc: doc.update({"place": "Victims' shelter"}), "says why people take part"),
		(lambda house, doc: doc.mentors[0].update({"came": "Came"}), "has not taken place yet"),
		(lambda house, doc: doc.update({"held_on": None}), "enter the day and time"),
		(lambda house, doc: doc.update({"held_on": "soon"}), "enter the day and time"),
	],
)
def test_what_cannot_be_is_refused_in_words(house, change, words):
	session = factories.matching_session(house.programme, house.mentors, house.mentees)
	change(house, session)
	with pytest.raises(frappe.ValidationError, match=words):
		session.save()


@pytest.mark.req("P8")
def test_what_one_said_stands_in_a_record_of_its_own(held):
	ada, bela = held.mentors
	first, second = held.mentees
	factories.preference(held.session, first, ada, rather_not=[bela])
	record = factories.preference(held.session, first, bela, ada)
	assert [(row.mentor, row.place, row.rather_not) for row in record.choices] == [(bela.name, 1, 0), (ada.name, 2, 0)]
	assert frappe.db.count("Matching Preference") == 1, "said anew, it replaces what was said before"
	factories.preference(held.session, ada, second)
	seen = preferences.overview(held.session.name)
	assert {row["person"]: bool(row["entered_on"]) for row in seen} == {
		first.name: True,
		second.name: False,
		ada.name: True,
		bela.name: False,
	}
	assert "ranking" not in json.dumps(seen, default=str)
	assert preferences.of_one(held.session.name, "mentee", first.name)["ranking"] == [bela.name, ada.name]


@pytest.mark.parametrize(
	("side", "person", "ranking", "more", "words"),
	[
		("mentee", 0, [], {}, "at least a first choice"),
		("mentee", 0, [0, 0], {}, "each once"),
		("mentee", 0, [0], {"rather_not": [0]}, "each once"),
		("mentee", 0, [0], {"nobody": True}, "Either somebody is chosen"),
		("mentee", 0, ["MTR-99999"], {}, "each once"),
		("mentor", 0, ["Heron-0000"], {}, "each once"),
		("mentee", "Heron-0000", [0], {}, "did not come"),
		("other", 0, [0], {}, "did not come"),
	],
)
def test_an_answer_that_cannot_be_is_refused(held, side, person, ranking, more, words):
	people = {"mentee": held.mentees, "mentor": held.mentors}
	who = people.get(side, held.mentees)[person].name if isinstance(person, int) else person
	others = people["mentor" if side != "mentor" else "mentee"]
	named = [others[each].name if isinstance(each, int) else each for each in ranking]
	more = {"rather_not": [others[each].name for each in more["rather_not"]]} if "rather_not" in more else more
	with pytest.raises(frappe.ValidationError, match=words):
		preferences.enter(held.session.name, side, who, named, **more)
	assert not frappe.db.count("Matching Preference")


@pytest.mark.parametrize("sent", ["first", '{"a": 1}', [["a"]], [{}], "7"])
def test_what_is_no_list_of_people_is_refused_in_words(held, sent):
	with pytest.raises(frappe.ValidationError, match="Please choose"):
		preferences.enter(held.session.name, "mentee", held.mentees[0].name, sent)
	with pytest.raises(frappe.ValidationError, match=r"Please choose|Something has changed"):
		settling.accept(held.session.name, sent, "x")
	assert not frappe.db.count("Matching Preference")


def test_pairs_follow_what_was_said_and_are_told_in_words(held):
	ada, bela = held.mentors
	first, second = held.mentees
	for mentee in (first, second):
		factories.preference(held.session, mentee, ada, bela)
	factories.preference(held.session, ada, second, first)
	assert proposed(held.session) == {first.name: bela.name, second.name: ada.name}
	words = {row["mentee"]: row["words"] for row in settling.propose(held.session.name)["pairs"]}
	assert words[second.name] == "For the mentee: first choice. For the mentor: first choice."
	assert words[first.name] == "For the mentee: second choice. The mentor named no order."


@pytest.mark.req("M3", "P8")
def test_rather_not_is_a_refusal_that_nobody_reads(held):
	ada, bela = held.mentors
	first, second = held.mentees
	factories.preference(held.session, first, ada)
	factories.preference(held.session, second, bela)
	factories.preference(held.session, ada, second, rather_not=[first])
	seen = settling.propose(held.session.name)
	assert {row["mentee"]: row["mentor"] for row in seen["pairs"]} == {second.name: bela.name}
	assert seen["left"] == [{"mentee": first.name, "words": "Nobody whom they named is possible."}]
	assert "rather" not in json.dumps(seen)
	factories.preference(held.session, bela, nobody=True)
	assert proposed(held.session) == {}


@pytest.mark.req("M3", "E5")
def test_hard_rules_hold_whatever_was_said(held):
	ada, _bela = held.mentors
	first, _second = held.mentees
	factories.preference(held.session, first, ada)
	assert proposed(held.session) == {first.name: ada.name}
	mentee = factories.fresh(first)
	mentee.append("excluded_mentors", {"mentor": ada.name})
	mentee.save()
	assert proposed(held.session) == {}


@pytest.mark.commits
def test_who_moves_to_another_programme_holds_up_nobody_else(held):
	ada, bela = held.mentors
	first, second = held.mentees
	factories.preference(held.session, first, ada)
	factories.preference(held.session, second, bela)
	moved = factories.fresh(second)
	moved.programme = factories.programme().name
	moved.save(ignore_permissions=True)
	assert proposed(held.session) == {first.name: ada.name}
	done = accept(held.session)
	assert [row["mentee"] for row in done["made"]] == [first.name] and not done["failed"]
	session = factories.fresh(held.session)
	session.append("mentees", {"mentee": factories.mentee().name})
	with pytest.raises(frappe.ValidationError, match="not in this programme"):
		session.save()


def test_who_was_not_there_is_not_settled(house):
	session = factories.matching_session(house.programme, house.mentors, house.mentees, held=True)
	session.mentors[0].came = "Did not come"
	session.save()
	with pytest.raises(frappe.ValidationError, match="each once"):
		factories.preference(session, house.mentees[0], house.mentors[0])
	planned = factories.matching_session(house.programme, house.mentors, house.mentees)
	with pytest.raises(frappe.ValidationError, match="First write down who came"):
		settling.propose(planned.name)


@pytest.mark.commits
@pytest.mark.req("M3")
def test_matches_are_made_one_by_one_and_never_twice(held):
	ada, bela = held.mentors
	first, second = held.mentees
	factories.preference(held.session, first, ada)
	factories.preference(held.session, second, bela)
	seen = settling.propose(held.session.name)
	wanted = [{"mentee": row["mentee"], "mentor": row["mentor"]} for row in seen["pairs"]]
	with factories.as_user(held.coordinator):
		done = settling.accept(held.session.name, wanted[:1], seen["fingerprint"])
		again = settling.accept(held.session.name, wanted[:1], seen["fingerprint"])
	assert done == again and len(done["made"]) == 1 and not done["failed"]
	match = frappe.get_doc("Match", done["made"][0]["match"])
	assert match.way == "Collective"
	assert frappe.db.count("Match") == 1
	with pytest.raises(frappe.ValidationError, match="Something has changed"):
		settling.accept(held.session.name, wanted, seen["fingerprint"])
	rest = settling.propose(held.session.name)
	assert len(rest["matched"]) == 1 and len(rest["pairs"]) == 1
	assert len(settling.accept(held.session.name, wanted, rest["fingerprint"])["made"]) == 2
	assert frappe.db.count("Match") == 2
	session = factories.fresh(held.session)
	assert session.status == "Settled" and all(row.mentoring_match for row in session.mentees)


@pytest.mark.commits
@pytest.mark.req("M3")
def test_a_pair_that_fails_undoes_no_other(held, monkeypatch):
	ada, bela = held.mentors
	first, second = held.mentees
	factories.preference(held.session, first, ada)
	factories.preference(held.session, second, bela)
	frappe.db.commit()
	seen = settling.propose(held.session.name)
	# Between the look and the making, somebody else takes the place of one of them.
	make, taken = settling.making.make, {}

	def meanwhile(mentee, mentor, way, **more):
		if mentor == ada.name and not taken:
			taken["match"] = factories.match(ada, factories.mentee(programme=held.programme)).name
			frappe.db.commit()
		return make(mentee, mentor, way, **more)

	monkeypatch.setattr(settling.making, "make", meanwhile)
	wanted = [{"mentee": row["mentee"], "mentor": row["mentor"]} for row in seen["pairs"]]
	done = settling.accept(held.session.name, wanted, seen["fingerprint"])
	assert [row["mentee"] for row in done["made"]] == [second.name]
	assert done["failed"][0]["mentee"] == first.name and "all places are taken" in done["failed"][0]["why"]


@pytest.mark.commits
@pytest.mark.req("M3")
@pytest.mark.parametrize(
	("error", "words"),
	[
		(frappe.QueryDeadlockError, "Others are writing here at the moment"),
		(frappe.QueryTimeoutError, "Others are writing here at the moment"),
		(frappe.PermissionError, "not known in your programme"),
	],
)
def test_whatever_stops_one_pair_the_answer_names_all(held, monkeypatch, error, words):
	first, second = sorted(held.mentees, key=lambda row: row.name)
	for mentee, mentor in ((first, held.mentors[0]), (second, held.mentors[1])):
		factories.preference(held.session, mentee, mentor)
	frappe.db.commit()
	make = settling.making.make

	def stopped(mentee, *args, **more):
		if mentee == first.name:
			raise error("This mentee is not known in your programme.")
		return make(mentee, *args, **more)

	monkeypatch.setattr(settling.making, "make", stopped)
	done = accept(held.session)
	assert [row["mentee"] for row in done["made"]] == [second.name]
	[failed] = done["failed"]
	assert failed["mentee"] == first.name and words in failed["why"]
	frappe.db.rollback()
	assert frappe.db.count("Match") == 1


@pytest.mark.commits
@pytest.mark.req("M3", "E5")
def test_rather_not_said_between_two_matches_counts(held, monkeypatch):
	ada, bela = held.mentors
	first, second = sorted(held.mentees, key=lambda row: row.name)
	factories.preference(held.session, first, ada)
	factories.preference(held.session, second, bela)
	frappe.db.commit()
	seen = settling.propose(held.session.name)
	make = settling.making.make

	def meanwhile(mentee, mentor, way, **more):
		if mentee == second.name:
			factories.preference(held.session, bela, rather_not=[second])
		return make(mentee, mentor, way, **more)

	monkeypatch.setattr(settling.making, "make", meanwhile)
	wanted = [{"mentee": row["mentee"], "mentor": row["mentor"]} for row in seen["pairs"]]
	done = settling.accept(held.session.name, wanted, seen["fingerprint"])
	assert [row["mentee"] for row in done["made"]] == [first.name]
	assert done["failed"] == [
		{"mentee": second.name, "why": "Something has changed since you looked. Please look again."}
	]
	assert frappe.db.count("Match") == 1


def test_a_proposal_on_changed_facts_says_so(held):
	ada, bela = held.mentors
	first, _second = held.mentees
	factories.preference(held.session, first, ada)
	seen = settling.propose(held.session.name)
	factories.preference(held.session, first, bela)
	with pytest.raises(frappe.ValidationError, match="Something has changed since you looked"):
		settling.accept(held.session.name, [{"mentee": first.name, "mentor": ada.name}], seen["fingerprint"])
	assert not frappe.db.count("Match")


@pytest.mark.req("S3")
@pytest.mark.parametrize("who", ["coordinator", "social_worker", "manager", "partner_user", "volunteer", "privacy_officer"])
def test_nobody_from_elsewhere_has_a_way_in(held, who):
	session, mentee = held.session.name, held.mentees[0].name
	pair = [{"mentee": mentee, "mentor": held.mentors[0].name}]
	with factories.as_user(getattr(factories, who)().name):
		for call in (
			lambda: sessions.who_is_apart(session),
			lambda: sessions.who_could_come(session),
			lambda: sessions.invite(session),
			lambda: sessions.call_off(session),
			lambda: preferences.overview(session),
			lambda: preferences.of_one(session, "mentee", mentee),
			lambda: preferences.enter(session, "mentee", mentee, nobody=True),
			lambda: settling.propose(session),
			lambda: settling.accept(session, pair, "x"),
			lambda: settling.finish(session),
			lambda: sessions.who_is_apart("MSN-99999"),
		):
			with pytest.raises(frappe.PermissionError):
				call()


@pytest.mark.req("P8")
def test_the_lists_for_the_day_hold_one_side_each(house):
	session = factories.matching_session(house.programme, house.mentors, house.mentees)
	volunteers = frappe.get_print("Matching Session", session.name, "Session Sheet Mentors")
	participants = frappe.get_print("Matching Session", session.name, "Session Sheet Mentees")
	plain = frappe.get_print("Matching Session", session.name, "Standard")
	for mentor in house.mentors:
		assert mentor.full_name in volunteers
		assert mentor.full_name not in participants and mentor.full_name not in plain
	for mentee in house.mentees:
		assert mentee.name in participants
		assert mentee.name not in volunteers and mentee.name not in plain


@pytest.mark.req("L2")
def test_what_is_missing_after_a_week_reaches_the_coordinator_once(held, outgoing_mail):
	today = getdate()
	assert held.session.name not in choice_reminders._unspoken(today)
	later = getdate(add_days(today, 7))
	assert held.session.name in choice_reminders._unspoken(later)
	assert choice_reminders.remind_of_session(held.session.name, later)
	assert not choice_reminders.remind_of_session(held.session.name, later)
	[notice] = frappe.get_all("Notification Log", {"document_name": held.session.name}, ["for_user", "subject"])
	assert (notice.for_user, notice.subject) == (held.coordinator, "A matching session is not finished")


@pytest.mark.req("L2")
def test_where_everybody_has_spoken_nobody_is_reminded(held):
	for person in (*held.mentees, *held.mentors):
		factories.preference(held.session, person, nobody=True)
	assert not choice_reminders.remind_of_session(held.session.name, getdate(add_days(getdate(), 7)))
	assert "settle who goes with whom" in next_step(held.session.doctype, held.session.name)["text"]
	settling.finish(held.session.name)
	assert next_step(held.session.doctype, held.session.name)["text"].startswith("Finished.")


@pytest.mark.req("M1")
def test_ways_are_counted_for_each_programme(house):
	from frappe.desk.query_report import run

	from libes_mentoring.mentor_matching import making

	elsewhere = factories.match()
	making.make(house.mentees[0].name, house.mentors[0].name, "Collective")
	making.make(house.mentees[1].name, house.mentors[1].name, "Self-matching")
	with factories.as_user(house.coordinator):
		found = run("Ways of Matching")["result"]
	counted = {(row["programme"], row["way"]): row["matches"] for row in found if isinstance(row, dict)}
	name = house.programme.programme_name
	assert counted == {(name, "Collective"): 1, (name, "Self-matching"): 1}
	with factories.as_user(factories.manager().name):
		everywhere = {row["programme"] for row in run("Ways of Matching")["result"] if isinstance(row, dict)}
	other = frappe.db.get_value("Mentoring Programme", elsewhere.programme, "programme_name")
	assert {name, other} <= everywhere
	with factories.as_user(factories.social_worker().name), pytest.raises(frappe.PermissionError):
		run("Ways of Matching")
