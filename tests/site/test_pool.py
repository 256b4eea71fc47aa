"""The pool that a run reads: constant queries, who has been passed over, and a mark of everything that was read."""

import random

import factories
import frappe
import pytest
from factories import fresh
from frappe.utils import add_days, now_datetime, nowdate

from libes_mentoring.mentor_matching import pool, profiles

pytestmark = pytest.mark.req("M5", "M7")


def mark(house, accepted=()) -> str:
	return pool.fingerprint(pool.inputs_of(house.programme.name, accepted))


def set_on(doc, **values):
	doc = fresh(doc)
	doc.update(values)
	doc.save(ignore_permissions=True)


def test_everybody_in_a_constant_number_of_queries(count_queries):
	small = factories.pool(mentors=1, mentees=1)
	large = factories.pool(mentors=5, mentees=6)
	factories.match(large.mentors[0], large.mentees[0])
	factories.mentor(programme=large.programme, stage="Applied")
	factories.mentee(programme=large.programme, ready=False)
	counts = []
	for house in (small, large):
		# What the framework reads of its own once.
		pool.inputs_of(house.programme.name)
		with count_queries() as counted:
			mentors, mentees = pool.pool_of(house.programme.name)
		counts.append(counted.count)
	assert counts[0] == counts[1]
	assert {mentor.id for mentor in mentors} == {mentor.name for mentor in large.mentors}
	# Who has a match waits no more.
	assert {mentee.id for mentee in mentees} == {mentee.name for mentee in large.mentees[1:]}
	assert [person.id for person in mentees] == sorted(person.id for person in mentees)


CHANGES = {
	"a mentor's language": lambda house: set_on(
		house.mentors[0], languages=[{"language": "French", "level": "Good"}]
	),
	"a mentor's places": lambda house: set_on(house.mentors[0], capacity=3),
	"a mentor's record check": lambda house: frappe.db.set_value(
		"Mentor", house.mentors[0].name, "record_check_renew_by", add_days(nowdate(), -1)
	),
	"a mentor who pauses": lambda house: frappe.db.set_value(
		"Mentor", house.mentors[0].name, "stage", "Paused"
	),
	"a new mentor": lambda house: factories.mentor(programme=house.programme),
	"a mentee's wish": lambda house: set_on(
		house.mentees[0], wishes=[{"about": "Gender", "strength": "Refused", "gender": "Male"}]
	),
	"a mentee's district": lambda house: set_on(house.mentees[0], district="South"),
	"a safety exclusion": lambda house: set_on(
		house.mentees[0], excluded_mentors=[{"mentor": house.mentors[0].name}]
	),
	"a mentee's waiting": lambda house: frappe.db.set_value(
		"Mentee", house.mentees[0].name, "waiting_since", add_days(nowdate(), -3)
	),
	"a consent": lambda house: frappe.db.set_value(
		"Mentee Consent", {"mentee": house.mentees[0].name}, "status", "Withdrawn"
	),
	"a new mentee": lambda house: factories.mentee(programme=house.programme),
	"a match by somebody else": lambda house: factories.match(house.mentors[0], house.mentees[0]),
	"the programme's kinds": lambda house: frappe.db.set_value(
		"Mentoring Programme", house.programme.name, {"kind_local": 1, "kind_survivor": 0, "kind_migrant": 0}
	),
	"a weight": lambda house: set_on(
		house.programme, match_weights=[{"criterion": "shared_interests", "weight": 90}]
	),
	"a distance": lambda house: set_on(
		house.programme,
		district_distances=[{"one_district": "North", "other_district": "South", "minutes": 35}],
	),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_mark_changes_with_everything_that_the_engine_reads(what):
	house = factories.pool(mentors=2, mentees=2)
	before = mark(house)
	assert mark(house) == before
	CHANGES[what](house)
	assert mark(house) != before


UNREAD = {
	"strengths": lambda house: set_on(house.mentees[0], strengths="Patient."),
	"a mentor's staff notes": lambda house: set_on(house.mentors[0], staff_notes="Called."),
	"another programme": lambda house: factories.mentee(),
	"somebody still preparing": lambda house: factories.mentee(programme=house.programme, ready=False),
}


@pytest.mark.parametrize("what", UNREAD)
def test_the_mark_stays_where_the_engine_reads_nothing(what):
	house = factories.pool(mentors=2, mentees=2)
	before = mark(house)
	UNREAD[what](house)
	assert mark(house) == before


def test_the_mark_says_nothing_and_hangs_on_no_order(monkeypatch):
	house = factories.pool(mentors=3, mentees=3)
	before = mark(house)
	assert len(before) == 64 and not any(person.name in before for person in (*house.mentors, *house.mentees))
	for name in ("mentor_profiles", "mentee_profiles"):
		read = getattr(profiles, name)
		monkeypatch.setattr(
			profiles, name, lambda names, read=read: random.sample(people := read(names), len(people))
		)
	assert mark(house) == before
	# Without the site's key nobody can try out which people give this mark.
	monkeypatch.setattr(pool, "get_encryption_key", lambda: "another")
	assert mark(house) != before


def test_a_match_of_the_run_itself_is_no_change():
	house = factories.pool(mentors=2, mentees=2)
	before = mark(house)
	mentor, mentee = house.mentors[0], house.mentees[0]
	factories.match(mentor, mentee)
	assert mark(house, [(mentor.name, mentee.name)]) == before
	assert mark(house) != before


def test_passed_over_counts_the_last_decided_runs_in_a_row():
	house = factories.pool(mentors=1, mentees=3)
	once, twice, placed = (mentee.name for mentee in house.mentees)
	mentor = house.mentors[0].name

	def decided(days_ago: int, pairs, unplaced, **fields):
		factories.stored_run(
			house.programme,
			pairs,
			unplaced,
			decided_on=frappe.utils.add_to_date(now_datetime(), days=-days_ago),
			**fields,
		)

	decided(9, [], [once, twice])
	decided(8, [], [twice, placed])
	run = factories.stored_run(house.programme, [(mentor, once)], [twice], decided_on=now_datetime())
	frappe.db.set_value("Match Run Pair", {"parent": run.name}, "state", "Passed over")
	# A run that was replaced has decided nothing.
	decided(0, [], [placed], status="Replaced")
	assert dict(pool.passed_over(house.programme.name)) == {once: 1, twice: 3}
	_mentors, mentees = pool.pool_of(house.programme.name)
	assert {person.id: person.passed_over for person in mentees} == {once: 1, twice: 3, placed: 0}
	frappe.db.set_value("Match Run Pair", {"parent": run.name}, "state", "Accepted")
	assert dict(pool.passed_over(house.programme.name)) == {twice: 3}
