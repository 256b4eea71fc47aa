"""Training before a match: modules, sessions, invitations, attendance by list, the gate, late joiners."""

import factories
import frappe
import pytest
from frappe.utils import add_days, add_months, add_to_date, get_datetime, getdate, now_datetime, nowdate

from libes_mentoring.mentor_recruitment import (
	screening,
	training_attendance,
	training_gate,
	training_plan,
	training_records,
	training_reminders,
	training_sessions,
)
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.setup import defaults

pytestmark = pytest.mark.req("R13")


@pytest.fixture
def house():
	"""A programme that asks for two modules, with a candidate whose other steps are done."""
	first, second = factories.training_module(), factories.training_module(valid_months=24)
	coordinator = factories.coordinator().name
	programme = factories.programme(
		coordinator=coordinator, training_modules=[{"module": first.name}, {"module": second.name}]
	)
	return frappe._dict(
		programme=programme.name,
		coordinator=coordinator,
		first=first,
		second=second,
		candidate=candidate(programme),
	)


def candidate(programme, **fields):
	steps = [
		{"step": step, "outcome": "Passed", "done_on": nowdate()}
		for step in ("Application", "References", "Interview", "Agreement")
	]
	return factories.mentor(programme=programme, stage="Screening", screening_steps=steps, **fields)


def step_of(mentor) -> frappe._dict:
	doc = frappe.get_doc("Mentor", getattr(mentor, "name", mentor))
	return next(row for row in doc.screening_steps if row.step == "Training")


def attend(session, *mentors, status="Attended", **more):
	rows = [{"mentor": mentor.name, "status": status, **more} for mentor in mentors]
	return training_attendance.record_attendance(session.name, rows)


def statuses(session) -> dict:
	return dict(
		frappe.get_all("Training Attendance", {"session": session.name}, ["mentor", "status"], as_list=True)
	)


# Modules --------------------------------------------------------------------------------------------


def test_a_new_programme_asks_for_the_three_sessions_and_set_up_runs_twice():
	before = frappe.db.count("Training Module")
	defaults.create_training_modules()
	assert frappe.db.count("Training Module") == before
	programme = factories.programme()
	keys = [
		frappe.db.get_value("Training Module", row.module, "preset_key") for row in programme.training_modules
	]
	assert keys == ["session-1", "session-2", "session-3"]
	assert programme.continuing_training_hours == 6


def test_what_the_organisation_changed_in_a_preset_stays():
	module = frappe.get_doc("Training Module", {"preset_key": "session-1"})
	module.title = "Our first evening"
	module.save()
	defaults.create_training_modules()
	assert frappe.db.get_value("Training Module", module.name, "title") == "Our first evening"


@pytest.mark.req("P8")
@pytest.mark.parametrize(
	"fields",
	[
		{"title": "Working with survivors"},
		{"materials": [{"title": "Trauma", "text": "x"}]},
		{"materials": [{"title": "To read", "text": "About victims."}]},
		{"materials": [{"title": "Empty"}]},
		{"materials": [{"title": "Odd", "link": "javascript:alert(1)"}]},
		{"hours": 0},
	],
)
def test_what_volunteers_must_not_read_or_cannot_attend_is_refused(fields):
	with pytest.raises(frappe.ValidationError):
		factories.training_module(**fields)


@pytest.mark.req("P8")
@pytest.mark.parametrize(
	"fields",
	[
		{"place": "Shelter North"},
		{"trainer_name": "Anti-trafficking unit"},
		{"video_link": "javascript:alert(1)"},
		{"ends_at": "2020-01-01 10:00:00"},
		{"modules": []},
		{"trainer": "Guest"},
	],
)
def test_a_session_that_cannot_be_is_refused(house, fields):
	with pytest.raises(frappe.ValidationError):
		factories.training_session(house.programme, house.first, **fields)


# Invitations ----------------------------------------------------------------------------------------


def test_who_still_needs_a_session_is_found_in_few_queries(house, count_queries):
	session = factories.training_session(house.programme, house.first)
	has_it, left = candidate(house.programme), candidate(house.programme)
	left.stage = "Left"
	left.save()
	attend(factories.training_session(house.programme, house.first, begins_in_minutes=-200), has_it)
	with factories.as_user(house.coordinator):
		found = training_sessions.who_needs(session.name)
	assert [row["mentor"] for row in found] == [house.candidate.name]
	assert house.first.title in found[0]["why"] and found[0]["booked"] is None
	other_part = factories.training_session(house.programme, house.second)
	same = factories.training_session(house.programme, house.first)
	factories.on_the_list(other_part, house.candidate)
	assert training_sessions.needing(session)[0]["booked"] is None
	factories.on_the_list(same, house.candidate)
	assert training_sessions.needing(session)[0]["booked"] == getdate(same.starts_at)
	for _more in range(5):
		candidate(house.programme)
	with count_queries() as few:
		training_sessions.needing(session)
	for _more in range(15):
		candidate(house.programme)
	with count_queries() as many:
		assert len(training_sessions.needing(session)) == 21
	assert many.count == few.count


def test_inviting_tells_once_and_names_who_has_no_portal(house):
	session = factories.training_session(house.programme, house.first)
	with factories.as_user(house.coordinator):
		first = training_sessions.invite(session.name, [house.candidate.name])
		second = training_sessions.invite(session.name, frappe.as_json([house.candidate.name]))
	assert first == {"invited": 1, "already": 0, "without_portal": [house.candidate.full_name]}
	assert second == {"invited": 0, "already": 1, "without_portal": []}
	assert statuses(session) == {house.candidate.name: "Invited"}


@pytest.mark.parametrize("who", ["elsewhere", "left", "excluded", "unknown"])
def test_nobody_is_invited_where_one_cannot_be(house, who):
	session = factories.training_session(house.programme, house.first)
	name = "MTR-99999"
	if who == "elsewhere":
		name = factories.mentor(stage="Applied").name
	elif who != "unknown":
		other = candidate(house.programme)
		name = other.name
		other.db_set({"left": {"stage": "Left"}, "excluded": {"turned_down_on": nowdate()}}[who])
	with pytest.raises(frappe.ValidationError):
		training_sessions.invite(session.name, [house.candidate.name, name])
	assert statuses(session) == {}


def test_a_session_that_is_over_or_called_off_invites_nobody(house):
	over = factories.training_session(house.programme, house.first, begins_in_minutes=-200)
	cancelled = factories.training_session(house.programme, house.first)
	training_sessions.cancel(cancelled.name)
	for session in (over, cancelled):
		with pytest.raises(frappe.ValidationError):
			training_sessions.invite(session.name, [house.candidate.name])
	with pytest.raises(frappe.ValidationError):
		training_sessions.cancel(cancelled.name)


@pytest.mark.req("S3")
@pytest.mark.parametrize("who", ["coordinator", "social_worker", "manager", "partner_user", "volunteer"])
def test_nobody_from_elsewhere_plans_or_records(house, who):
	session = factories.training_session(house.programme, house.first, begins_in_minutes=-200)
	factories.on_the_list(session, house.candidate)
	with factories.as_user(getattr(factories, who)().name):
		for call in (
			lambda: training_sessions.who_needs(session.name),
			lambda: training_sessions.invite(session.name, [house.candidate.name]),
			lambda: training_sessions.cancel(session.name),
			lambda: training_sessions.catch_up(house.candidate.name, "2099-01-01 10:00"),
			lambda: attend(session, house.candidate),
			lambda: training_attendance.attendance_list(session.name),
			lambda: training_plan.plan(house.candidate.name),
		):
			with pytest.raises(frappe.PermissionError):
				call()
	assert statuses(session) == {house.candidate.name: "Invited"}


def test_not_there_and_not_yours_are_one_answer(house):
	session = factories.training_session(house.programme, house.first)
	said = []
	with factories.as_user(factories.coordinator().name):
		for name in (session.name, "TRS-99999"):
			with pytest.raises(frappe.PermissionError) as refused:
				training_sessions.who_needs(name)
			said.append(str(refused.value))
	assert said[0] == said[1]


# Attendance by list, and the gate -------------------------------------------------------------------


def test_the_last_module_passes_the_step_and_a_correction_opens_it_again(house):
	one = factories.training_session(house.programme, house.first, begins_in_minutes=-3000)
	two = factories.training_session(house.programme, house.second, begins_in_minutes=-200)
	with factories.as_user(house.coordinator):
		attend(one, house.candidate)
		assert step_of(house.candidate).outcome == "Open"
		attend(two, house.candidate)
		step = step_of(house.candidate)
		day = getdate(two.starts_at)
		assert (step.outcome, getdate(step.done_on), getdate(step.valid_until)) == (
			"Passed",
			day,
			getdate(add_months(day, 24)),
		)
		assert screening.open_screening_of(factories.fresh(house.candidate)) == []
		attend(two, house.candidate)
		attend(two, house.candidate, status="Absent")
	step = step_of(house.candidate)
	assert (step.outcome, step.done_on, step.valid_until) == ("Open", None, None)
	assert statuses(two) == {house.candidate.name: "Absent"}
	row = frappe.get_doc("Training Attendance", {"session": two.name})
	assert (row.hours, row.held_on, row.recorded_by) == (0, None, house.coordinator)


def test_both_modules_in_one_session_are_enough(house):
	session = factories.training_session(house.programme, house.first, house.second, begins_in_minutes=-200)
	assert session.hours == 4 and session.title == f"{house.first.title} · {house.second.title}"
	attend(session, house.candidate)
	assert step_of(house.candidate).outcome == "Passed"


def test_what_was_passed_by_hand_is_not_taken_away_by_a_session(house):
	by_hand = factories.mentor(programme=house.programme)
	session = factories.training_session(house.programme, house.first, begins_in_minutes=-200)
	attend(session, by_hand)
	attend(session, by_hand, status="Absent")
	assert step_of(by_hand).outcome == "Passed"


def test_a_person_s_decision_against_somebody_stands(house):
	doc = factories.fresh(house.candidate)
	next(row for row in doc.screening_steps if row.step == "Training").outcome = "Not passed"
	doc.save()
	session = factories.training_session(house.programme, house.first, house.second, begins_in_minutes=-200)
	attend(session, house.candidate)
	assert step_of(house.candidate).outcome == "Not passed"


def test_validity_ends_the_step_and_a_new_session_renews_it(house):
	long_ago = factories.training_session(
		house.programme, house.first, house.second, begins_in_minutes=-60 * 24 * 720
	)
	attend(long_ago, house.candidate)
	step = step_of(house.candidate)
	assert step.outcome == "Passed" and getdate(step.valid_until) > getdate()
	later = getdate(add_days(step.valid_until, 1))
	assert training_records.standings([house.candidate.name], later)[house.candidate.name].missing == (
		house.second.name,
	)
	again = factories.training_session(house.programme, house.second, begins_in_minutes=-200)
	attend(again, house.candidate)
	assert getdate(step_of(house.candidate).valid_until) == getdate(add_months(getdate(again.starts_at), 24))


def test_a_programme_that_asks_for_less_lets_through_who_has_the_rest(house):
	attend(factories.training_session(house.programme, house.first, begins_in_minutes=-200), house.candidate)
	assert step_of(house.candidate).outcome == "Open"
	programme = frappe.get_doc("Mentoring Programme", house.programme)
	programme.training_modules = programme.training_modules[:1]
	programme.save()
	assert step_of(house.candidate).outcome == "Passed"


def test_a_module_is_asked_for_once(house):
	programme = frappe.get_doc("Mentoring Programme", house.programme)
	programme.append("training_modules", {"module": house.first.name})
	with pytest.raises(frappe.ValidationError):
		programme.save()


@pytest.mark.parametrize(
	"rows",
	[
		[],
		"no list",
		["x"],
		[{"mentor": "", "status": "Attended"}],
		[{"mentor": "<candidate>", "status": "Invited"}],
		[{"mentor": "<candidate>", "status": "Attended", "hours": 99}],
		[{"mentor": "<candidate>", "status": "Attended", "hours": -1}],
		[{"mentor": "<candidate>", "status": "Attended"}, {"mentor": "<candidate>", "status": "Absent"}],
		[{"mentor": "<candidate>", "status": "Attended"}, {"mentor": "<stranger>", "status": "Attended"}],
	],
)
def test_a_list_that_does_not_fit_is_refused_whole(house, rows):
	session = factories.training_session(house.programme, house.first, begins_in_minutes=-200)
	factories.on_the_list(session, house.candidate)
	names = {"<candidate>": house.candidate.name, "<stranger>": factories.mentor(stage="Applied").name}
	if isinstance(rows, list):
		rows = [
			{**row, "mentor": names.get(row["mentor"], "")} if isinstance(row, dict) else row for row in rows
		]
	with pytest.raises(frappe.ValidationError):
		training_attendance.record_attendance(session.name, rows)
	assert statuses(session) == {house.candidate.name: "Invited"}


def test_nobody_has_attended_what_has_not_begun(house):
	session = factories.training_session(house.programme, house.first)
	with pytest.raises(frappe.ValidationError):
		attend(session, house.candidate)
	# That somebody cannot come is known before.
	attend(session, house.candidate, status="Excused")
	assert statuses(session) == {house.candidate.name: "Excused"}


def test_what_was_attended_keeps_its_day_and_its_modules(house):
	session = factories.training_session(house.programme, house.first, begins_in_minutes=-200)
	attend(session, house.candidate)
	for change in ("modules", "day"):
		doc = factories.fresh(session)
		if change == "modules":
			doc.append("modules", {"module": house.second.name})
		else:
			doc.update(
				{"starts_at": add_to_date(doc.starts_at, days=1), "ends_at": add_to_date(doc.ends_at, days=1)}
			)
		with pytest.raises(frappe.ValidationError):
			doc.save()
	with pytest.raises(frappe.ValidationError):
		training_sessions.cancel(session.name)


@pytest.mark.req("S3")
def test_a_trainer_ticks_the_own_list_and_sees_no_more_of_the_mentors(house):
	trainer = factories.social_worker().name
	session = factories.training_session(
		house.programme, house.first, house.second, begins_in_minutes=-200, trainer=trainer
	)
	other = factories.training_session(house.programme, house.first, begins_in_minutes=-200)
	factories.on_the_list(session, house.candidate)
	with factories.as_user(trainer):
		shown = training_attendance.attendance_list(session.name)
		assert [set(row) for row in shown["people"]] == [
			{"mentor", "full_name", "status", "hours", "by_code"}
		]
		attend(session, house.candidate)
		assert frappe.get_list("Training Session", pluck="name") == [session.name]
		for doctype in ("Training Attendance", "Training Acknowledgement"):
			with pytest.raises(frappe.PermissionError):
				frappe.get_list(doctype)
		with pytest.raises(frappe.PermissionError):
			training_attendance.attendance_list(other.name)
		with pytest.raises(frappe.PermissionError):
			training_sessions.invite(session.name, [house.candidate.name])
	assert step_of(house.candidate).outcome == "Passed"


@pytest.mark.req("S3")
def test_attendance_is_written_by_its_procedures_alone(house):
	session = factories.training_session(house.programme, house.first)
	factories.on_the_list(session, house.candidate)
	row = frappe.get_doc("Training Attendance", {"session": session.name})
	with factories.as_user(house.coordinator):
		row.status = "Attended"
		with pytest.raises(frappe.PermissionError):
			row.save()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(
				{"doctype": "Training Attendance", "session": session.name, "mentor": house.candidate.name}
			).insert()
		doc = factories.fresh(session)
		doc.update({"status": "Held", "attendance_code": "AAAAAA"})
		doc.save()
	assert (doc.status, doc.attendance_code) == ("Planned", session.attendance_code)


# Late joiners, and what comes next ------------------------------------------------------------------


def test_who_missed_one_sees_where_it_is_offered_next(house):
	attend(factories.training_session(house.programme, house.second, begins_in_minutes=-200), house.candidate)
	later = factories.training_session(house.programme, house.first, begins_in_minutes=60 * 24 * 30)
	sooner = factories.training_session(house.programme, house.first, begins_in_minutes=60 * 24 * 3)
	with factories.as_user(house.coordinator):
		first, second = training_plan.plan(house.candidate.name)["modules"]
	assert (first["attended_on"], first["next_session"]) == (None, sooner.name)
	assert second["attended_on"] and second["next_session"] is None
	assert later.name != first["next_session"]


def test_one_click_plans_what_is_missing_for_one_person(house):
	attend(factories.training_session(house.programme, house.second, begins_in_minutes=-200), house.candidate)
	starts = add_to_date(now_datetime(), days=7)
	with factories.as_user(house.coordinator):
		name = training_sessions.catch_up(house.candidate.name, str(starts))
		with pytest.raises(frappe.ValidationError):
			training_sessions.catch_up(house.candidate.name, str(starts))
	session = frappe.get_doc("Training Session", name)
	assert (session.kind, session.places, session.trainer) == ("Individual", 1, house.coordinator)
	assert [row.module for row in session.modules] == [house.first.name]
	assert statuses(session) == {house.candidate.name: "Invited"}
	with pytest.raises(frappe.ValidationError):
		training_sessions.invite(name, [candidate(house.programme).name])
	session.db_set(
		{"starts_at": add_to_date(now_datetime(), hours=-3), "ends_at": add_to_date(now_datetime(), hours=-1)}
	)
	attend(session, house.candidate)
	assert step_of(house.candidate).outcome == "Passed"
	with pytest.raises(frappe.ValidationError, match="Nothing is missing"):
		training_sessions.catch_up(house.candidate.name, str(starts))


@pytest.mark.parametrize("when", ["", "soon", "2001-01-01 10:00", "2099-13-01", "2099-01-01T10:00:00+02:00"])
def test_a_catch_up_needs_a_time_to_come(house, when):
	with pytest.raises(frappe.ValidationError):
		training_sessions.catch_up(house.candidate.name, when)
	assert not frappe.db.exists("Training Session", {"programme": house.programme})


def test_the_next_step_names_the_session_or_says_that_there_is_none(house):
	def said():
		return next_step("Mentor", house.candidate.name)["text"]

	assert "no session booked, and none is planned" in said()
	session = factories.training_session(house.programme, house.first)
	day = frappe.utils.formatdate(session.starts_at, "d MMMM yyyy")
	assert f"the next one is on {day}" in said()
	factories.on_the_list(session, house.candidate)
	assert f"Training: session on {day}, not answered yet." in said()
	training_sessions.answer(session.name, house.candidate.name, True)
	assert f"Training: session on {day}." in said()


def test_the_session_says_what_comes_next_to_it(house):
	session = factories.training_session(house.programme, house.first)
	assert next_step("Training Session", session.name) == {"text": "Invite those who need it.", "late": False}
	factories.on_the_list(session, house.candidate)
	assert next_step("Training Session", session.name)["text"].startswith("0 of 1 invited have signed up.")
	session.db_set(
		{"starts_at": add_days(now_datetime(), -1), "ends_at": add_to_date(now_datetime(), hours=-22)}
	)
	assert next_step("Training Session", session.name)["late"]


# Every day ------------------------------------------------------------------------------------------


def test_the_daily_job_asks_for_the_list_and_closes_what_was_held(house, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	half, whole = (
		factories.training_session(
			house.programme, house.first, begins_in_minutes=-300, trainer=house.coordinator
		)
		for _each in range(2)
	)
	other = candidate(house.programme)
	factories.on_the_list(half, house.candidate, other)
	attend(half, house.candidate)
	attend(whole, house.candidate)
	for session in (half, whole):
		session.db_set("status", "Planned")
	for _day in range(2):
		training_reminders.daily()
	told = frappe.get_all(
		"Notification Log",
		{"for_user": house.coordinator, "document_type": "Training Session"},
		["document_name"],
	)
	assert [row.document_name for row in told] == [half.name]
	assert {factories.fresh(session).status for session in (half, whole)} == {"Held"}


def test_the_daily_job_mends_a_step_that_was_missed(house, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	session = factories.training_session(house.programme, house.first, house.second, begins_in_minutes=-200)
	factories.on_the_list(session, house.candidate)
	frappe.db.set_value(
		"Training Attendance",
		{"session": session.name},
		{"status": "Attended", "held_on": nowdate(), "hours": 4},
	)
	assert training_gate.unfinished(house.programme) == [house.candidate.name]
	training_reminders.daily()
	assert step_of(house.candidate).outcome == "Passed"
	assert get_datetime(session.starts_at) < now_datetime()


def test_who_moves_to_another_programme_signs_anew_and_takes_its_training_along_where_it_fits():
	module, other = factories.training_module(valid_months=12), factories.training_module()
	here, fits, asks_more, asks_nothing = (
		factories.programme(training_modules=[{"module": name} for name in modules])
		for modules in ([module.name], [module.name], [module.name, other.name], [])
	)
	for elsewhere, outcome in ((fits, "Passed"), (asks_more, "Open"), (asks_nothing, "Open")):
		mentor = factories.mentor(programme=here)
		session = factories.training_session(here, module, begins_in_minutes=-300)
		factories.on_the_list(session, mentor)
		attend(session, mentor)
		mentor = factories.fresh(mentor)
		mentor.programme = elsewhere.name
		mentor.save()
		steps = {row.step: row for row in factories.fresh(mentor).screening_steps}
		assert (steps["Agreement"].outcome, steps["Agreement"].decided_by) == ("Open", None)
		assert (steps["Interview"].outcome, steps["References"].outcome) == ("Passed", "Passed")
		assert (steps["Training"].outcome, bool(steps["Training"].valid_until)) == (outcome, outcome == "Passed")
		mentor.reload()
		assert (mentor.stage, mentor.screening_column) == (
			"Available",
			"Agreement" if outcome == "Passed" else "Training",
		), "nobody is matched before it is done"
