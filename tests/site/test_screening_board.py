"""The board follows the screening by itself, nobody is dragged past the rules, and who waits reaches somebody."""

import json

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_recruitment import screening_board, screening_board_calls
from libes_mentoring.mentor_recruitment.screening_rules import RECORD_CHECK, STEPS
from libes_mentoring.mentor_recruitment.screening_steps import record_outcome
from libes_mentoring.mentoring_relationship import next_steps, screening_reminders

pytestmark = pytest.mark.req("R5")

BOARD = "Mentor Screening"
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"
SHOWN = ("screening_column", "blocked_by", "blocked_since")


def shown(mentor) -> tuple:
	return frappe.db.get_value("Mentor", mentor.name, list(SHOWN))


def told(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")


@pytest.fixture
def candidate():
	"""Applied ten days ago; everything is still to do."""
	return factories.mentor(stage="Applied", applied_on=add_days(nowdate(), -10))


def test_a_candidate_moves_by_what_is_done_and_the_record_check_has_its_own_column(candidate):
	today = getdate()
	assert shown(candidate) == ("Application", "Not done yet", getdate(add_days(today, -10)))
	record_outcome(candidate.name, "Application", "Passed")
	assert shown(candidate) == (RECORD_CHECK, "Not seen yet", today)
	seen = factories.fresh(candidate)
	seen.update({"record_check_issued_on": today, "record_check_outcome": "Nothing found"})
	seen.save()
	for step in ("References", "Interview", "Training", "Agreement"):
		assert shown(candidate) == (step, "Not done yet", today)
		record_outcome(candidate.name, step, "Passed")
	column, words, _since = shown(candidate)
	assert column == "Agreement" and words.startswith("Everything is done")
	ready = factories.fresh(candidate)
	ready.stage = "Available"
	ready.save()
	assert shown(candidate) == ("Available", None, None)


def test_the_order_of_the_programme_is_the_order_of_the_steps(candidate):
	programme = frappe.get_doc("Mentoring Programme", candidate.programme)
	programme.screening_steps = []
	for step in ("Interview", "Application"):
		programme.append("screening_steps", {"step": step})
	programme.save()
	assert screening_board.refresh_all(programme.name) == 1
	assert shown(candidate)[0] == "Interview"
	text = next_steps.next_step("Mentor", candidate.name)["text"]
	assert text.startswith("Next: Interview – not done yet, since")
	assert text.endswith("steps still to do: Application.")


@pytest.mark.commits
def test_a_change_of_the_steps_is_handed_to_a_worker(candidate):
	from frappe.utils.background_jobs import get_queue

	programme = frappe.get_doc("Mentoring Programme", candidate.programme)
	frappe.db.commit()

	def waiting() -> int:
		jobs = get_queue("long").get_jobs()
		return sum("refresh_all" in str(job.kwargs) and programme.name in str(job.kwargs) for job in jobs)

	programme.meeting_place = "Town hall"
	programme.save()
	frappe.db.commit()
	assert waiting() == 0
	programme.screening_steps = programme.screening_steps[1:]
	programme.save()
	frappe.db.commit()
	assert waiting() == 1


def test_what_runs_out_is_seen_at_night_and_leaves_the_record_as_old_as_it_was():
	mentor = factories.mentor()
	assert shown(mentor)[0] == "Available"
	yesterday = add_days(nowdate(), -1)
	mentor.db_set("record_check_renew_by", yesterday, update_modified=False)
	before = frappe.db.get_value("Mentor", mentor.name, "modified")
	assert screening_board.refresh_all() == 1
	column, words, since = shown(mentor)
	assert (column, since) == (RECORD_CHECK, getdate())
	assert words.startswith("Expired on")
	assert screening_board.refresh_all() == 0
	assert frappe.db.get_value("Mentor", mentor.name, "modified") == before


@pytest.mark.commits
def test_the_night_survives_a_stop_half_way(monkeypatch):
	mentors = [factories.mentor(), factories.mentor()]
	for mentor in mentors:
		mentor.db_set("record_check_renew_by", add_days(nowdate(), -1))
	frappe.db.commit()
	refresh, done = screening_board.refresh, []

	def stop_after_one(name):
		if done:
			raise KeyboardInterrupt
		done.append(name)
		return refresh(name)

	monkeypatch.setattr(screening_board, "refresh", stop_after_one)
	with pytest.raises(KeyboardInterrupt):
		screening_board.refresh_all()
	frappe.db.rollback()
	monkeypatch.undo()
	assert sorted(shown(mentor)[0] for mentor in mentors) == ["Available", RECORD_CHECK]
	assert screening_board.refresh_all() == 1
	assert [shown(mentor)[0] for mentor in mentors] == [RECORD_CHECK] * 2
	assert (
		"libes_mentoring.mentoring_relationship.screening_reminders.daily"
		in (frappe.get_hooks("scheduler_events")["daily_long"])
	)


def test_many_are_looked_at_with_as_many_queries_as_one(count_queries):
	programme = factories.programme()
	factories.mentor(programme=programme)
	# Once before, so that what is read once for all is there.
	screening_board.refresh_all(programme.name)
	with count_queries() as for_one:
		screening_board.refresh_all(programme.name)
	for _ in range(4):
		factories.mentor(programme=programme)
	with count_queries() as for_five:
		screening_board.refresh_all(programme.name)
	assert for_five.count == for_one.count


def test_what_the_board_shows_is_not_written_by_hand(candidate):
	coordinator = frappe.db.get_value("Mentoring Programme", candidate.programme, "coordinator")
	before = shown(candidate)
	with factories.as_user(coordinator):
		mine = frappe.get_doc("Mentor", candidate.name)
		mine.update({"screening_column": "Available", "blocked_by": None, "blocked_since": None})
		mine.save()
	assert shown(candidate) == before


def test_the_words_on_the_board_are_in_the_language_of_the_site(candidate, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "fr")
	factories.fresh(candidate).save()
	assert shown(candidate)[1] == "Not done yet"
	assert frappe.local.lang == "fr"


# The framework's board ------------------------------------------------------------------------------


def test_the_board_is_there_for_every_coordinator_with_their_own_candidates(candidate, login):
	frappe.db.commit()
	coordinator = frappe.db.get_value("Mentoring Programme", candidate.programme, "coordinator")
	asked = {
		"doctype": "Mentor",
		"fields": json.dumps(["`tabMentor`.`name`", "`tabMentor`.`screening_column`"]),
		"filters": "[]",
		"page_length": 0,
	}
	for user, names in ((coordinator, [candidate.name]), (factories.coordinator().name, [])):
		frappe.db.commit()
		client = login(user)
		boards = client.message(f"{KANBAN}.get_kanban_boards", doctype="Mentor")
		assert [row["name"] for row in boards] == [BOARD]
		columns = client.message("frappe.client.get", doctype="Kanban Board", name=BOARD)["columns"]
		assert [row["column_name"] for row in columns] == [*STEPS, "Available", "Paused"]
		found = client.message("frappe.desk.reportview.get", **asked)
		assert [row[0] for row in (found or {"values": []})["values"]] == names


@pytest.mark.commits
def test_a_drag_is_refused_in_words_and_changes_nothing(candidate, login):
	frappe.db.commit()
	coordinator = frappe.db.get_value("Mentoring Programme", candidate.programme, "coordinator")
	client = login(coordinator)

	def state():
		frappe.db.rollback()
		orders = frappe.get_all("Kanban Board Column", {"parent": BOARD}, ["column_name", "order"])
		return shown(candidate), frappe.db.get_value("Mentor", candidate.name, "modified"), orders

	before = state()
	card = {"board_name": BOARD, "docname": candidate.name, "from_colname": "Application"}
	moved = {**card, "to_colname": "Available", "old_index": 0, "new_index": 0}
	answer = client.call(f"{KANBAN}.update_order_for_single_card", **moved)
	assert answer.status_code == 417 and "The board follows the screening" in answer.text
	assert state() == before
	same = client.message(f"{KANBAN}.update_order_for_single_card", **{**moved, "to_colname": "Application"})
	assert same["name"] == BOARD
	order = json.dumps({"Available": [candidate.name]})
	found = client.message(f"{KANBAN}.update_order", board_name=BOARD, order=order)
	assert found[1] == []
	client.message(f"{KANBAN}.add_card", board_name=BOARD, docname=candidate.name, colname="Available")
	assert state() == before
	told = client.call(
		"frappe.client.set_value",
		doctype="Mentor",
		name=candidate.name,
		fieldname="screening_column",
		value="Available",
	)
	assert told.status_code == 200 and state()[0] == before[0]
	before = state()
	volunteer = login(volunteer_account())
	for method in ("update_order_for_single_card", "update_order", "add_card"):
		arguments = {**moved, "order": order, "colname": "Available"}
		answer = volunteer.call(f"{KANBAN}.{method}", **arguments)
		assert answer.status_code == 403, answer.text
	assert state() == before


def volunteer_account() -> str:
	name = factories.volunteer().name
	frappe.db.commit()
	return name


def test_boards_of_others_are_the_frameworks_own():
	made = frappe.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": "Tasks",
			"reference_doctype": "ToDo",
			"field_name": "status",
			"columns": [{"column_name": "Open"}, {"column_name": "Closed"}],
		}
	).insert()
	task = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
	screening_board_calls.update_order(made.name, json.dumps({"Closed": [task.name]}))
	assert frappe.db.get_value("ToDo", task.name, "status") == "Closed"


def test_each_column_gives_those_who_wait_longest(candidate, monkeypatch):
	monkeypatch.setattr(screening_board_calls, "SHOWN_IN_A_COLUMN", 1)
	programme = candidate.programme
	others = [
		factories.mentor(stage="Applied", programme=programme, applied_on=add_days(nowdate(), -days))
		for days in (40, 30, 3)
	]
	available = factories.mentor(programme=programme)
	monkeypatch.setattr(
		frappe.local,
		"form_dict",
		frappe._dict(
			doctype="Mentor",
			fields=json.dumps(["name", "screening_column"]),
			filters=json.dumps([["Mentor", "programme", "=", programme]]),
			page_length="0",
		),
	)
	found = screening_board_calls.get()
	# One more than is shown, so that the page knows of the others.
	assert [row[0] for row in found["values"]] == [others[0].name, others[1].name, available.name]


# Who waits too long ---------------------------------------------------------------------------------


@pytest.mark.req("R5", "P9")
def test_a_step_that_waits_too_long_reaches_the_coordinator_then_the_managers_once_each(candidate):
	manager = factories.manager().name
	coordinator, limit = frappe.db.get_value(
		"Mentoring Programme", candidate.programme, ["coordinator", "screening_reminder_days"]
	)
	began = getdate(add_days(nowdate(), -10))
	assert limit == 21

	def night(day: int) -> tuple[int, int]:
		screening_reminders.handle(candidate.name, getdate(add_days(began, day)))
		return len(told(coordinator)), len(told(manager))

	assert [night(day) for day in (21, 22, 23, 28, 29, 29, 40)] == [
		(0, 0),
		(1, 0),
		(1, 0),
		(1, 0),
		(1, 1),
		(1, 1),
		(1, 1),
	]
	assert told(coordinator) == ["A step has waited for 22 days"]
	assert "29 days" in told(manager)[0] and candidate.full_name not in told(manager)[0]
	# Something else blocks: its own time begins.
	record_outcome(candidate.name, "Application", "Passed")
	assert night(32) == (2, 1)


def test_nobody_is_reminded_of_whom_is_not_waiting(candidate):
	coordinator = frappe.db.get_value("Mentoring Programme", candidate.programme, "coordinator")
	day = getdate(add_days(nowdate(), 100))
	frappe.db.set_value("Mentoring Programme", candidate.programme, "screening_reminder_days", 0)
	screening_reminders.handle(candidate.name, day)
	frappe.db.set_value("Mentoring Programme", candidate.programme, "screening_reminder_days", 21)
	gone = factories.fresh(candidate)
	gone.stage = "Left"
	gone.save()
	assert shown(gone) == ("", None, None)
	screening_reminders.handle(candidate.name, day)
	screening_reminders.handle("MTR-none", day)
	assert told(coordinator) == []


@pytest.mark.req("R5", "P9")
def test_what_runs_out_for_somebody_available_reaches_the_coordinator_once(monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	mentor = factories.mentor()
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	# Also where nobody is to be reminded of candidates.
	frappe.db.set_value("Mentoring Programme", mentor.programme, "screening_reminder_days", 0)
	screening_reminders.daily()
	assert told(coordinator) == []
	step = {"parent": mentor.name, "step": "Training"}
	for runs_out in range(2):
		frappe.db.set_value("Mentor Screening Step", step, "valid_until", add_days(nowdate(), -1))
		for _again in range(2):
			screening_reminders.daily()
			assert told(coordinator) == ["A mentor cannot be matched at the moment"] * (runs_out + 1)
		frappe.db.set_value("Mentor Screening Step", step, "valid_until", add_days(nowdate(), 10))
		screening_reminders.daily()


def test_an_extract_that_has_run_out_is_told_of_once_and_not_twice(monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	mentor = factories.mentor(record_check_renew_by=add_days(nowdate(), 1))
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	frappe.db.set_value("Mentor", mentor.name, "record_check_renew_by", add_days(nowdate(), -1))
	screening_reminders.daily()
	assert told(coordinator) == ["A new extract is overdue"]
