"""What is kept of a run: as long as it is worked on and some months more, without those who were erased."""

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, nowdate

from libes_mentoring.mentoring_privacy import pseudonym, retention, subject_access

pytestmark = pytest.mark.req("P8", "M5", "S5")


@pytest.fixture
def house():
	return factories.pool(mentors=1, mentees=2)


def rows(run) -> list[tuple[str, str]]:
	doc = frappe.get_doc("Match Run", run.name)
	return sorted((row.doctype, row.mentee) for row in (*doc.pairs, *doc.unplaced, *doc.choices))


def test_whoever_is_erased_stands_in_no_run_and_its_figures_stay(house):
	mentor, (one, other) = house.mentors[0], house.mentees
	run = factories.stored_run(
		house.programme, [(mentor, one)], [other], [(mentor, other)], waiting=2, planned=1
	)
	pseudonym.erase("Mentee", one.name)
	assert rows(run) == [("Match Run Choice", other.name), ("Match Run Unplaced", other.name)]
	pseudonym.erase("Mentor", mentor.name)
	assert rows(run) == [("Match Run Unplaced", other.name)]
	assert frappe.db.get_value("Match Run", run.name, ["waiting", "planned"]) == (2, 1)


def test_a_run_goes_some_months_after_it_was_last_worked_on(house):
	frappe.db.set_single_value("Mentoring Settings", "keep_run_months", 6)
	match = factories.match(house.mentors[0], house.mentees[0])
	old = factories.stored_run(house.programme, [(house.mentors[0], house.mentees[0])], [house.mentees[1]])
	new = factories.stored_run(house.programme, previous_run=old.name, status="Open")
	match.db_set("match_run", old.name)
	today = getdate()
	assert retention.due_runs(today) == []
	frappe.db.set_value(
		"Match Run", old.name, "modified", add_days(add_months(nowdate(), -6), -1), update_modified=False
	)
	assert retention.due_runs(today) == [old.name]
	for person in (house.mentors[0], house.mentees[1]):
		person.db_set("legal_hold", 1)
		assert retention.due_runs(today) == [], "nothing that names somebody on hold is deleted"
		person.db_set("legal_hold", 0)
	assert not retention.forget_run(new.name, today)
	assert retention.forget_run(old.name, today) and not retention.forget_run(old.name, today)
	assert not frappe.db.exists("Match Run", old.name)
	for table in ("Match Run Pair", "Match Run Unplaced"):
		assert not frappe.db.count(table, {"parent": old.name})
	assert not frappe.db.exists("Deleted Document", {"deleted_name": old.name})
	assert frappe.db.get_value("Match", match.name, "match_run") is None
	assert frappe.db.get_value("Match Run", new.name, "previous_run") is None
	frappe.db.set_single_value("Mentoring Settings", "keep_run_months", 0)
	frappe.db.set_value("Match Run", new.name, "modified", "2020-01-01", update_modified=False)
	assert retention.due_runs(today) == []


def test_a_persons_own_data_say_that_runs_have_named_them_and_not_whom_with(house):
	mentor, (one, other) = house.mentors[0], house.mentees
	run = factories.stored_run(house.programme, [(mentor, one)], [other])
	for kind, name, said in (
		("Mentee", one.name, "Passed over"),
		("Mentee", other.name, "Nobody was found"),
		("Mentor", mentor.name, "Passed over"),
	):
		sheet = dict(subject_access.sheets_of(kind, name))["Match Run"]
		assert [(row[0], row[2]) for row in sheet[1:]] == [(run.name, said)]
		others = {one.name, other.name, mentor.name, mentor.full_name} - {name}
		assert not any(word in str(sheet) for word in others)
