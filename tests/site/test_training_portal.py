"""A volunteer's own training: answers, the code in the room, what is read, the hours of the year, the papers."""

import factories
import frappe
import pytest
from frappe.utils import add_to_date, getdate, now_datetime

from libes_mentoring.mentor_recruitment import training_attendance, training_continuing, training_reminders
from libes_mentoring.mentoring_programme.telling_words import telling_words_in
from libes_mentoring.portal import training, training_materials
from libes_mentoring.portal.printing import page

pytestmark = pytest.mark.req("R13")


@pytest.fixture
def house():
	"""A programme that asks for one module; a candidate with an account, and a session that runs now."""
	module = factories.training_module(
		materials=[
			{"title": "To keep in mind", "text": "Be on time.\n\nBe kind.", "needs_acknowledgement": 1}
		]
	)
	programme = factories.programme(training_modules=[{"module": module.name}])
	mentor = factories.mentor(programme=programme, stage="Applied")
	me = factories.volunteer(mentor).name
	now = factories.training_session(programme, module, begins_in_minutes=-30)
	return frappe._dict(module=module, programme=programme, mentor=mentor.name, me=me, now=now)


@pytest.fixture(autouse=True)
def no_tries_yet():
	forget()
	yield
	forget()


def forget():
	for key in frappe.cache.scan_iter("*mentoring_training_code*"):
		frappe.cache.delete(key)


def status_of(house, session) -> str | None:
	return frappe.db.get_value(
		"Training Attendance", {"session": session.name, "mentor": house.mentor}, "status"
	)


def training_step(house) -> str:
	return frappe.db.get_value(
		"Mentor Screening Step", {"parent": house.mentor, "step": "Training"}, "outcome"
	)


def enter(house, code) -> dict:
	with factories.as_user(house.me):
		return training.enter_code(code)


def refused(house, code) -> str:
	with pytest.raises(frappe.ValidationError) as error:
		enter(house, code)
	return str(error.value)


# Answers --------------------------------------------------------------------------------------------


def test_an_invitation_is_answered_and_the_answer_may_change(house):
	session = factories.training_session(house.programme, house.module)
	factories.on_the_list(session, house.mentor)
	with factories.as_user(house.me):
		(shown,) = training.my_training()["invitations"]
		assert set(shown) == {
			"session", "title", "starts_at", "ends_at", "place", "video_link", "trainer", "answer", "open",
		}  # fmt: skip
		assert (shown["session"], shown["answer"], shown["open"]) == (session.name, "", True)
		assert training.answer(session.name, True) == {"session": session.name, "answer": "coming"}
		assert training.answer(session.name, True)["answer"] == "coming"
		assert training.answer(session.name, False)["answer"] == "not coming"
		assert training.answer(session.name, True)["answer"] == "coming"
	assert status_of(house, session) == "Signed up"


def test_a_full_session_takes_nobody_more_and_a_place_given_back_is_free(house):
	session = factories.training_session(house.programme, house.module, places=1)
	other = factories.mentor(programme=house.programme, stage="Applied")
	factories.on_the_list(session, other, status="Signed up")
	factories.on_the_list(session, house.mentor)
	with factories.as_user(house.me):
		with pytest.raises(frappe.ValidationError, match="All places are taken"):
			training.answer(session.name, True)
		assert status_of(house, session) == "Invited"
		frappe.db.set_value("Training Attendance", {"mentor": other.name}, "status", "Excused")
		assert training.answer(session.name, True)["answer"] == "coming"


def test_what_has_begun_or_was_called_off_is_not_answered(house):
	factories.on_the_list(house.now, house.mentor)
	cancelled = factories.training_session(house.programme, house.module)
	factories.on_the_list(cancelled, house.mentor)
	cancelled.db_set("status", "Cancelled")
	with factories.as_user(house.me):
		for session in (house.now, cancelled):
			with pytest.raises(frappe.ValidationError):
				training.answer(session.name, True)
		assert [row["session"] for row in training.my_training()["invitations"]] == [house.now.name]


@pytest.mark.req("S3")
def test_only_the_own_invitation_is_answered_and_refusals_are_alike(house):
	session = factories.training_session(house.programme, house.module)
	factories.on_the_list(session, factories.mentor(programme=house.programme, stage="Applied"))
	said = set()
	with factories.as_user(house.me):
		for name in (session.name, "TRS-99999", ""):
			with pytest.raises(frappe.PermissionError) as error:
				training.answer(name, True)
			said.add(str(error.value))
	assert len(said) == 1


@pytest.mark.req("S3")
@pytest.mark.parametrize("who", ["Guest", "Administrator", "coordinator"])
def test_who_is_no_volunteer_has_no_training_here(house, who):
	user = factories.coordinator().name if who == "coordinator" else who
	with factories.as_user(user):
		for call in (
			training.my_training,
			training.certificate,
			training_materials.my_materials,
			lambda: training.answer(house.now.name, True),
			lambda: training.enter_code(house.now.attendance_code),
			lambda: training_materials.acknowledge("x", "x"),
			lambda: training_materials.material_file("x"),
		):
			with pytest.raises(frappe.PermissionError):
				call()


# The code in the room -------------------------------------------------------------------------------


def test_the_code_in_the_room_records_who_is_there_and_passes_the_step(house):
	factories.on_the_list(house.now, house.mentor, status="Signed up")
	code = house.now.attendance_code
	first = enter(house, f" {code[:3].lower()}-{code[3:].lower()} ")
	assert first == enter(house, code) == {"title": house.module.title, "hours": 2}
	assert frappe.db.count("Training Attendance", {"mentor": house.mentor}) == 1
	row = frappe.get_doc("Training Attendance", {"mentor": house.mentor})
	assert (row.status, row.by_code, row.hours, row.recorded_by) == ("Attended", 1, 2, house.me)
	assert training_step(house) == "Passed"
	decided_by = frappe.db.get_value(
		"Mentor Screening Step", {"parent": house.mentor, "step": "Training"}, "decided_by"
	)
	assert decided_by == house.programme.coordinator


def test_a_code_of_another_session_is_refused_and_nothing_is_stored(house):
	factories.on_the_list(house.now, house.mentor)
	elsewhere = factories.training_session(factories.programme(), house.module, begins_in_minutes=-30)
	not_invited = factories.training_session(house.programme, house.module, begins_in_minutes=-30)
	called_off = factories.training_session(house.programme, house.module, begins_in_minutes=-30)
	factories.on_the_list(called_off, house.mentor)
	called_off.db_set("status", "Cancelled")
	said = {refused(house, session.attendance_code) for session in (elsewhere, not_invited, called_off)}
	said |= {refused(house, code) for code in ("", "ZZZZZZ", "%", "' or 1=1")}
	assert len(said) == 1 and "does not fit" in said.pop()
	assert status_of(house, house.now) == "Invited"
	assert frappe.db.count("Training Attendance", {"mentor": house.mentor}) == 2
	assert training_step(house) == "Open"


@pytest.mark.parametrize("begins_in_minutes", [-60 * 24, -151, 16, 60 * 24])
def test_a_code_out_of_its_time_says_when_it_works(house, begins_in_minutes):
	session = factories.training_session(house.programme, house.module, begins_in_minutes=begins_in_minutes)
	factories.on_the_list(session, house.mentor)
	assert "This code works from" in refused(house, session.attendance_code)
	assert status_of(house, session) == "Invited"


def test_codes_are_not_found_by_trying(house):
	factories.on_the_list(house.now, house.mentor)
	for _try in range(training_attendance.TRIES):
		refused(house, "ZZZZZZ")
	assert "Too many codes" in refused(house, house.now.attendance_code)
	assert status_of(house, house.now) == "Invited"
	with pytest.raises(training_attendance.TooManyTries) as error:
		enter(house, house.now.attendance_code)
	assert error.value.http_status_code == 429
	# Counted for each person: the others in the room are not kept out.
	other = factories.mentor(programme=house.programme, stage="Applied")
	factories.on_the_list(house.now, other)
	with factories.as_user(factories.volunteer(other).name):
		assert training.enter_code(house.now.attendance_code)["hours"] == 2


def test_without_an_invitation_it_is_the_programme_s_rule_that_counts(house):
	with factories.as_user(house.me):
		assert not training.my_training()["code_wanted"]
	refused(house, house.now.attendance_code)
	frappe.db.set_value("Mentoring Programme", house.programme.name, "training_walk_ins", 1)
	with factories.as_user(house.me):
		assert training.my_training()["code_wanted"]
	assert enter(house, house.now.attendance_code)["hours"] == 2
	alone = factories.training_session(
		house.programme, house.module, begins_in_minutes=-30, kind="Individual"
	)
	refused(house, alone.attendance_code)


def test_every_session_has_a_code_of_its_own(house):
	codes = {factories.training_session(house.programme, house.module).attendance_code for _each in range(5)}
	assert len(codes) == 5 and all(len(code) == 6 for code in codes)


# What is read ---------------------------------------------------------------------------------------


def test_what_was_read_is_noted_with_its_version_and_asked_anew_when_it_changes(house):
	with factories.as_user(house.me):
		(group,) = training_materials.my_materials()
		(shown,) = group["materials"]
		assert (group["module"], shown["acknowledged_on"]) == (house.module.title, None)
		for _twice in range(2):
			done = training_materials.acknowledge(shown["material"], shown["fingerprint"])
			assert done == {"material": shown["material"], "acknowledged_on": getdate()}
		assert training_materials.my_materials()[0]["materials"][0]["acknowledged_on"] == getdate()
	(line,) = frappe.get_all(
		"Training Acknowledgement", {"mentor": house.mentor}, ["text_hash", "module", "owner"]
	)
	assert line == {"text_hash": shown["fingerprint"], "module": house.module.name, "owner": house.me}
	module = factories.fresh(house.module)
	module.materials[0].text = "Be early."
	module.save()
	with factories.as_user(house.me):
		with pytest.raises(frappe.ValidationError, match="changed"):
			training_materials.acknowledge(shown["material"], shown["fingerprint"])
		assert training_materials.my_materials()[0]["materials"][0]["acknowledged_on"] is None


def test_only_the_own_materials_are_read_and_refusals_are_alike(house):
	other = factories.training_module(
		materials=[{"title": "Elsewhere", "text": "x", "needs_acknowledgement": 1}]
	)
	said = set()
	with factories.as_user(house.me):
		assert "Elsewhere" not in frappe.as_json(training_materials.my_materials())
		for name in (other.materials[0].name, "nothing", ""):
			for call in (
				lambda name=name: training_materials.acknowledge(name, "x"),
				lambda name=name: training_materials.material_file(name),
			):
				with pytest.raises(frappe.PermissionError) as error:
					call()
				said.add(str(error.value))
	assert len(said) == 1


def test_a_file_is_private_and_comes_to_those_who_are_given_it(house):
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": 'plan" of the day.txt',
			"is_private": 1,
			"content": "Ten o'clock",
			"attached_to_doctype": "Training Module",
			"attached_to_name": house.module.name,
		}
	).insert()
	module = factories.fresh(house.module)
	module.append("materials", {"title": "The plan", "file": file.file_url})
	module.save()
	material = module.materials[-1].name
	with factories.as_user(house.me):
		shown = training_materials.my_materials()[0]["materials"][-1]
		assert file.file_url not in frappe.as_json(shown) and shown["file_url"].endswith(material)
		training_materials.material_file(material)
		assert "Ten o'clock" in str(frappe.local.response.filecontent)
		assert '"' not in frappe.local.response.filename
		assert frappe.local.response.type == "binary"
	with factories.as_user(factories.volunteer().name), pytest.raises(frappe.PermissionError):
		training_materials.material_file(material)


def test_materials_in_languages_are_given_in_the_own_one(house, monkeypatch):
	module = factories.fresh(house.module)
	for language in ("English", "French"):
		module.append("materials", {"title": f"In {language}", "text": "x", "language": language})
	module.save()

	def titles():
		return [row["title"] for row in training_materials.my_materials()[0]["materials"]]

	with factories.as_user(house.me):
		monkeypatch.setattr(frappe.local, "lang", "fr")
		assert titles() == ["To keep in mind", "In French"]
		monkeypatch.setattr(frappe.local, "lang", "xx")
		assert titles() == ["To keep in mind", "In English", "In French"]


# Continuing training --------------------------------------------------------------------------------


@pytest.fixture
def trained():
	"""A mentor trained two years ago, of a programme that asks for six hours a year."""
	module = factories.training_module(continuing=1)
	programme = factories.programme(training_modules=[{"module": module.name}])
	mentor = factories.mentor(programme=programme)
	user = factories.volunteer(mentor).name
	frappe.db.set_value(
		"Mentor Screening Step",
		{"parent": mentor.name, "step": "Training"},
		"done_on",
		f"{getdate().year - 2}-05-01",
	)
	return frappe._dict(module=module, programme=programme, mentor=mentor.name, me=user, year=getdate().year)


def attended(trained, year, hours=2):
	session = factories.training_session(trained.programme, trained.module, begins_in_minutes=-200)
	factories.on_the_list(session, trained.mentor)
	frappe.db.set_value(
		"Training Attendance",
		{"session": session.name},
		{"status": "Attended", "held_on": f"{year}-03-05", "hours": hours},
	)


def test_hours_are_those_of_the_calendar_year(trained):
	attended(trained, trained.year - 1, 5)
	assert training_continuing.missing_hours([trained.mentor], trained.year) == {trained.mentor: 6}
	attended(trained, trained.year, 2.5)
	assert training_continuing.missing_hours([trained.mentor], trained.year) == {trained.mentor: 3.5}
	attended(trained, trained.year, 4)
	assert training_continuing.missing_hours([trained.mentor], trained.year) == {}
	assert training_continuing.missing_hours([trained.mentor], trained.year - 1) == {trained.mentor: 1}


def test_nothing_is_asked_in_the_first_year_of_none_and_of_who_has_left(trained):
	names = [trained.mentor]
	assert training_continuing.hours_asked(names, trained.year - 2) == {trained.mentor: 0}
	frappe.db.set_value("Mentoring Programme", trained.programme.name, "continuing_training_hours", 0)
	assert training_continuing.missing_hours(names, trained.year) == {}
	frappe.db.set_value("Mentoring Programme", trained.programme.name, "continuing_training_hours", 6)
	frappe.db.set_value("Mentor", trained.mentor, "stage", "Left")
	assert training_continuing.missing_hours(names, trained.year) == {}


def test_a_refresher_does_not_start_the_years_anew(trained):
	attended(trained, trained.year - 2)
	frappe.db.set_value(
		"Mentor Screening Step",
		{"parent": trained.mentor, "step": "Training"},
		"done_on",
		f"{trained.year}-01-10",
	)
	assert training_continuing.hours_asked([trained.mentor], trained.year) == {trained.mentor: 6}


@pytest.mark.req("S3")
def test_the_report_shows_the_own_programmes_and_who_is_short_first(trained):
	from libes_mentoring.mentor_recruitment.report.continuing_training.continuing_training import execute

	full = factories.mentor(programme=trained.programme)
	with factories.as_user(trained.programme.coordinator):
		columns, rows = execute({"year": trained.year})
		assert [(row["mentor"], row["missing"]) for row in rows] == [(trained.mentor, 6), (full.name, 0)]
		assert set(rows[0]) == {column["fieldname"] for column in columns}
		assert [row["mentor"] for row in execute({"only_below": 1})[1]] == [trained.mentor]
		with pytest.raises(frappe.ValidationError):
			execute({"year": 99999})
	with factories.as_user(factories.coordinator().name):
		assert execute()[1] == []


def test_the_needing_of_a_continuing_module_are_those_short_of_hours(trained):
	from libes_mentoring.mentor_recruitment import training_sessions

	more = factories.training_module(continuing=1)
	session = factories.training_session(trained.programme, more, begins_in_minutes=60)
	(row,) = training_sessions.needing(session)
	assert (row["mentor"], row["why"]) == (trained.mentor, "6 hours short this year")


@pytest.mark.req("S5")
def test_the_year_s_reminder_comes_once_to_mentor_and_coordinator(trained, monkeypatch):
	told, today = [], getdate(f"{trained.year}-09-01")
	monkeypatch.setattr(training_reminders, "tell_on_portal", lambda users, *_words: told.extend(users))
	for _twice in range(2):
		training_reminders.remind_of_hours(trained.mentor, today)
		training_reminders.tell_of_hours(trained.programme.name, today)
	assert told == [trained.me]
	staff = frappe.get_all("Notification Log", {"for_user": trained.programme.coordinator}, pluck="subject")
	assert len(staff) == 1
	training_reminders.remind_of_hours(trained.mentor, getdate(f"{trained.year + 1}-09-01"))
	assert told == [trained.me] * 2


@pytest.mark.parametrize(("month", "reminded"), [("08", False), ("09", True)])
def test_hours_are_spoken_of_while_there_is_time(trained, monkeypatch, month, reminded):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(training_reminders, "getdate", lambda: getdate(f"{trained.year}-{month}-02"))
	training_reminders.daily()
	year = frappe.db.get_value("Mentor", trained.mentor, "continuing_reminded_year")
	assert (year == trained.year) == reminded


def test_a_session_is_recalled_once_shortly_before(house, monkeypatch):
	told = []
	monkeypatch.setattr(training_reminders, "tell_on_portal", lambda users, *_words: told.extend(users))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	soon = factories.training_session(house.programme, house.module, begins_in_minutes=60 * 24)
	later = factories.training_session(house.programme, house.module, begins_in_minutes=60 * 24 * 9)
	for session in (soon, later):
		factories.on_the_list(session, house.mentor)
	training_reminders.daily()
	assert told == [], "who was invited a moment ago knows"
	frappe.db.set_value(
		"Training Attendance", {"mentor": house.mentor}, "creation", add_to_date(now_datetime(), days=-3)
	)
	for _twice in range(2):
		training_reminders.daily()
	assert told == [house.me]


# Papers ---------------------------------------------------------------------------------------------


@pytest.mark.req("S4", "P8")
def test_the_certificate_says_what_was_attended_and_nothing_of_why(house):
	frappe.db.set_value("Mentor", house.mentor, "full_name", "Ada <b>Acker</b>")
	factories.on_the_list(house.now, house.mentor)
	with factories.as_user(house.me):
		with pytest.raises(frappe.PermissionError):
			training.certificate()
	enter(house, house.now.attendance_code)
	with factories.as_user(house.me):
		text = page("Mentor", house.mentor, "Training Certificate")
		training.certificate()
		answer = dict(frappe.local.response)
	assert answer["filecontent"].startswith(b"%PDF") and answer["filename"] == "training-certificate.pdf"
	for word in (house.module.title, house.programme.public_name, "2 hours", "Ada &lt;b&gt;Acker"):
		assert word in text
	assert telling_words_in(text) == []
	assert house.programme.programme_name not in text and "mentee" not in text.lower()
	assert house.mentor not in text


@pytest.mark.req("S4")
def test_who_has_left_keeps_the_history_and_the_certificate_and_nothing_else(house):
	factories.on_the_list(house.now, house.mentor)
	enter(house, house.now.attendance_code)
	frappe.db.set_value("Mentor", house.mentor, "stage", "Left")
	with factories.as_user(house.me):
		mine = training.my_training()
		assert (mine["invitations"], mine["before_match"], len(mine["history"])) == ([], [], 1)
		assert training_materials.my_materials() == []
		training.certificate()
		with pytest.raises(frappe.PermissionError):
			training.enter_code(house.now.attendance_code)


@pytest.mark.req("S4")
def test_the_sheet_for_the_room_carries_the_code_and_the_names(house):
	factories.on_the_list(house.now, house.mentor)
	text = frappe.get_print("Training Session", house.now.name, "Training Attendance Sheet")
	name = frappe.db.get_value("Mentor", house.mentor, "full_name")
	for word in (house.now.attendance_code, name, house.programme.public_name, "Garden room"):
		assert word in text
	assert house.programme.programme_name not in text
