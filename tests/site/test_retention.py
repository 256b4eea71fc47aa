"""Periods: what has outlasted them goes at night, one by one, once; what must stay stays."""

import subprocess
import sys
import time

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, nowdate

from libes_mentoring.mentoring_privacy import pseudonym, retention

pytestmark = pytest.mark.req("P8", "S5")


@pytest.fixture(autouse=True)
def _periods():
	settings = frappe.get_single("Mentoring Settings")
	settings.update(
		{
			"keep_mentee_months": 24,
			"keep_mentor_months": 24,
			"keep_candidate_months": 6,
			"keep_notes_months": 12,
			"keep_import_days": 30,
		}
	)
	settings.save(ignore_permissions=True)


def gone(doc, months: int) -> str:
	"""The person left so many months ago, and a day."""
	stage = "status" if doc.doctype == "Mentee" else "stage"
	frappe.db.set_value(
		doc.doctype, doc.name, {stage: "Left", "left_on": add_days(add_months(nowdate(), -months), -1)}
	)
	return doc.name


def due(kind: str) -> list[str]:
	return retention.due_persons(kind, getdate())


def erased(kind: str, name: str) -> bool:
	return bool(frappe.db.get_value(kind, name, "erased_on"))


def test_each_kind_of_person_has_a_period():
	match = factories.match()
	factories.close(match)
	mentor, mentee = frappe.get_doc("Mentor", match.mentor), frappe.get_doc("Mentee", match.mentee)
	candidate, waiting = factories.mentor(stage="Applied"), factories.mentor(stage="Applied")
	gone(mentee, 23), gone(mentor, 23), gone(candidate, 5)
	assert due("Mentee") == due("Mentor") == []
	gone(candidate, 6)
	assert due("Mentor") == [candidate.name]
	gone(mentee, 24), gone(mentor, 24)
	assert due("Mentee") == [mentee.name]
	assert set(due("Mentor")) == {candidate.name, mentor.name}
	assert waiting.name not in due("Mentor")


def test_an_application_that_nobody_touches_goes_like_one_that_was_turned_down():
	touched, silent, held, available = (
		factories.mentor(stage=stage) for stage in ("Applied", "Screening", "Applied", "Available")
	)
	long_ago = add_days(add_months(nowdate(), -6), -1)
	for mentor in (silent, held, available):
		frappe.db.set_value("Mentor", mentor.name, "modified", long_ago, update_modified=False)
	frappe.db.set_value("Mentor", held.name, "legal_hold", 1, update_modified=False)
	assert due("Mentor") == [silent.name]
	assert touched.name not in due("Mentor")


def test_a_period_of_nothing_erases_nobody():
	mentee = factories.mentee()
	gone(mentee, 300)
	frappe.db.set_single_value("Mentoring Settings", "keep_mentee_months", 0)
	assert due("Mentee") == []


def test_the_day_of_leaving_is_noted_and_forgotten_with_a_return():
	mentee = factories.mentee()
	assert mentee.left_on is None
	mentee.status = "Left"
	mentee.save()
	assert str(mentee.left_on) == nowdate()
	mentee.status = "Preparing"
	mentee.save()
	assert mentee.left_on is None


@pytest.mark.commits
def test_the_nightly_job_erases_what_is_due_and_nothing_else():
	due_one, held, fresh = (factories.mentee(goals="Learn to swim in the sea") for _ in range(3))
	for mentee in (due_one, held):
		gone(mentee, 24)
	gone(fresh, 3)
	frappe.db.set_value("Mentee", held.name, "legal_hold", 1)
	frappe.db.commit()
	retention.daily()
	assert [erased("Mentee", doc.name) for doc in (due_one, held, fresh)] == [True, False, False]
	assert frappe.db.get_value("Mentee", due_one.name, ["goals", "gender", "status"]) == (
		None,
		"Female",
		"Left",
	)
	assert frappe.db.get_value("Mentee", held.name, "goals")
	requests = frappe.get_all("Erasure Request", fields=["person", "asked_by", "status"])
	assert [tuple(row.values()) for row in requests] == [(due_one.name, "The period is over", "Done")]
	retention.daily()
	assert frappe.db.count("Erasure Request") == 1


@pytest.mark.commits
def test_one_that_fails_keeps_nobody_waiting_and_is_tried_again(monkeypatch):
	first, second = sorted(gone(factories.mentee(), 24) for _ in range(2))
	frappe.db.commit()
	erase = pseudonym.erase

	def fails_once(kind, name):
		outcome = erase(kind, name)
		if name == first:
			raise RuntimeError("Canary of a name")
		return outcome

	with monkeypatch.context() as patch:
		patch.setattr(pseudonym, "erase", fails_once)
		retention.daily()
	assert [erased("Mentee", name) for name in (first, second)] == [False, True]
	assert frappe.db.exists("Mentee Case File", {"mentee": first})
	assert "Canary" not in frappe.get_all("Error Log", pluck="error", order_by="creation desc", limit=1)[0]
	retention.daily()
	assert erased("Mentee", first)


WORKER = """
import frappe
frappe.init({site!r}, sites_path={sites!r})
frappe.connect()
from libes_mentoring.mentoring_privacy import retention
retention.daily()
"""


@pytest.mark.commits
def test_two_workers_and_a_killed_one_erase_everybody_once():
	names = [gone(factories.mentee(), 24) for _ in range(4)]
	frappe.db.commit()

	def worker():
		code = WORKER.format(site=frappe.local.site, sites=frappe.local.sites_path)
		return subprocess.Popen(
			[sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
		)

	killed = worker()
	for _ in range(300):
		frappe.db.rollback()
		if frappe.db.count("Erasure Request"):
			break
		time.sleep(0.1)
	killed.kill()
	killed.wait()
	workers = [worker(), worker()]
	assert [each.wait(120) for each in workers] == [0, 0]
	frappe.db.rollback()
	assert all(erased("Mentee", name) for name in names)
	assert sorted(frappe.get_all("Erasure Request", pluck="person")) == sorted(names)


def test_notes_go_before_the_people_do():
	match = factories.match(growing=True)
	mentor_name = match.mentor_name
	assert match.goals and match.reasons_for
	log = factories.meeting_log(match, note="A long walk by the river")
	check_in = factories.check_ins(match)[0]
	check_in.update({"status": "Done", "notes": "All is well"})
	check_in.save()
	running = factories.meeting_log(factories.match(growing=True), note="Another walk")
	factories.close(match)
	assert retention.due_matches(getdate()) == []
	frappe.db.set_value("Match", match.name, "closed_on", add_months(nowdate(), -13))
	assert retention.due_matches(getdate()) == [match.name]
	assert retention.forget_notes(match.name, getdate())
	assert frappe.db.get_value("Meeting Log", log.name, ["note", "length_minutes"]) == (None, 90)
	assert frappe.db.get_value("CheckIn", check_in.name, "notes") is None
	match = factories.fresh(match)
	assert not match.goals and not match.reasons_for and not match.reasons_against
	assert (match.mentor_name, match.agreed_meetings_per_month) == (mentor_name, 2)
	assert frappe.db.get_value("Meeting Log", running.name, "note") == "Another walk"
	assert not erased("Mentee", match.mentee)
	assert retention.due_matches(getdate()) == []


def test_spreadsheets_go_after_their_days():
	old, new = (
		frappe.get_doc({"doctype": "Mentoring Import", "workbook": f"/private/files/{name}.csv"})
		for name in ("erasure-old", "erasure-new")
	)
	paths = []
	for doc in (old, new):
		name = doc.workbook.rsplit("/", 1)[-1]
		file = frappe.get_doc(
			{"doctype": "File", "file_name": name, "is_private": 1, "content": name}
		).insert()
		doc.update({"workbook": file.file_url, "programme": factories.programme().name})
		doc.append("rows", {"row_number": 1, "verdict": "New", "message": "-"})
		doc.flags.ignore_validate = True
		doc.insert()
		paths.append(file.get_full_path())
	frappe.db.set_value("Mentoring Import", old.name, "creation", add_days(nowdate(), -31))
	assert retention.due_imports(getdate()) == [old.name]
	retention.forget_import(old.name, getdate())
	assert frappe.db.get_value("Mentoring Import", old.name, "workbook") == ""
	assert frappe.db.get_value("Mentoring Import", new.name, "workbook")
	assert frappe.db.count("Mentoring Import Row", {"parent": old.name}) == 0
	from pathlib import Path

	assert [Path(path).exists() for path in paths] == [False, True]
