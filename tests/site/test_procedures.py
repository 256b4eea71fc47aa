"""What only a procedure may change is not changed by a form, a request or a row taken away."""

from datetime import date

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_matching import suggestions
from libes_mentoring.mentor_recruitment import portal_account
from libes_mentoring.mentoring_evaluation import partners
from libes_mentoring.mentoring_relationship import reminders
from libes_mentoring.portal import matches, papers


@pytest.fixture
def programme():
	return factories.programme()


@pytest.fixture
def match(programme):
	return factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))


READ_ONLY = [
	("Match", "score", 99),
	("Match", "reasons_for", "Other"),
	("Match", "closed_on", "2026-01-01"),
	("Match", "planned_end", "2031-01-01"),
	("Match", "previous_match", "MATCH-00001"),
	("Mentee", "ready_on", "2001-01-01"),
	("CheckIn", "escalated_on", "2026-01-01"),
	("CheckIn", "reminded_on", "2026-01-01"),
	("Closure", "status", "Completed"),
	("Closure", "closed_on", "2026-01-01"),
	("Mentor", "user", "Administrator"),
]


@pytest.mark.req("S3", "L2", "C1", "M7")
@pytest.mark.parametrize(("doctype", "field", "value"), READ_ONLY)
def test_read_only_fields_keep_what_is_stored(programme, match, doctype, field, value):
	name = {
		"Match": match.name,
		"Mentee": match.mentee,
		"Mentor": match.mentor,
		"CheckIn": factories.check_ins(match)[0].name,
		"Closure": factories.closure_of(match).name,
	}[doctype]
	before = frappe.db.get_value(doctype, name, field)
	with factories.as_user(programme.coordinator):
		doc = frappe.get_doc(doctype, name)
		doc.set(field, value)
		doc.save()
	assert frappe.db.get_value(doctype, name, field) == before


@pytest.mark.req("L1")
def test_the_history_of_a_match_is_not_rewritten(programme, match):
	with factories.as_user(programme.coordinator):
		doc = frappe.get_doc("Match", match.name)
		doc.stage_log = []
		doc.append("stage_log", {"stage": "Closed"})
		doc.save()
	assert [row.stage for row in frappe.get_doc("Match", match.name).stage_log] == ["Initiation"]


@pytest.mark.req("C2", "M6")
def test_steps_and_points_are_not_taken_away(match):
	closure = factories.closure_of(match)
	closure.steps = closure.steps[1:]
	with pytest.raises(frappe.ValidationError, match="not taken away"):
		closure.save()
	match.reload()
	match.checklist = []
	with pytest.raises(frappe.ValidationError, match="not taken away"):
		match.save()


@pytest.mark.req("C2", "L1")
@pytest.mark.parametrize("table", ["Closure Step", "Match Checklist Item", "Match Stage Entry"])
def test_a_row_is_not_saved_past_its_record(programme, match, table):
	parent = factories.closure_of(match).name if table == "Closure Step" else match.name
	row = frappe.get_doc(table, frappe.db.get_value(table, {"parent": parent}))
	before = frappe.db.get_value(table, row.name, "modified")
	with factories.as_user(programme.coordinator):
		row.update({"done": 1, "stage": "Closed"})
		with pytest.raises(frappe.PermissionError):
			row.save()
	assert frappe.db.get_value(table, row.name, "modified") == before


@pytest.mark.req("L2")
def test_a_late_check_in_is_not_hidden(programme, match):
	with factories.as_user(programme.coordinator):
		check_in = frappe.get_doc("CheckIn", factories.check_ins(match)[0].name)
		check_in.status = "Cancelled"
		with pytest.raises(frappe.ValidationError, match="cancelled by closing"):
			check_in.save()
	factories.close(match)
	done = factories.check_ins(match)[0]
	done.status = "Due"
	with pytest.raises(frappe.ValidationError, match="match is closed"):
		done.save()


@pytest.mark.req("M3", "R6")
@pytest.mark.parametrize("change", [{"stage": "Left"}, {"turned_down_on": date.today()}])
def test_who_is_gone_sees_no_match_and_the_coordinator_hears_of_it(programme, match, change):
	mentor = frappe.get_doc("Mentor", match.mentor)
	volunteer = factories.volunteer(mentor).name
	with factories.as_user(volunteer):
		assert len(matches.my_matches()) == 1
	mentor.reload()
	mentor.update(change)
	mentor.save()
	with factories.as_user(volunteer):
		for call in (matches.my_matches, lambda: papers.agreement(match.name)):
			try:
				assert not call()
			except frappe.PermissionError:
				continue
	[told] = frappe.get_all("Notification Log", {"for_user": programme.coordinator}, ["document_name"])
	assert told.document_name == match.name


@pytest.mark.req("M3")
def test_nobody_leaves_or_moves_out_of_a_running_match(match):
	elsewhere = factories.programme().name
	for doctype, name, values in (
		("Mentee", match.mentee, {"status": "Left"}),
		("Mentee", match.mentee, {"programme": elsewhere}),
		("Mentor", match.mentor, {"programme": elsewhere}),
	):
		doc = frappe.get_doc(doctype, name)
		doc.update(values)
		with pytest.raises(frappe.ValidationError, match="running match"):
			doc.save()


@pytest.mark.req("S3")
def test_nobody_is_moved_into_a_programme_of_others(programme):
	mentee, mentor = factories.mentee(programme=programme), factories.mentor(programme=programme)
	foreign = factories.programme()
	with factories.as_user(programme.coordinator):
		for doc in (frappe.get_doc("Mentee", mentee.name), frappe.get_doc("Mentor", mentor.name)):
			doc.programme = foreign.name
			with pytest.raises(frappe.PermissionError):
				doc.save()


@pytest.mark.req("C3", "M7")
def test_after_a_match_it_is_decided_anew_and_waiting_begins_anew(match):
	assert getdate(match.mentee_ready_on) == getdate()
	factories.close(match)
	mentee = frappe.get_doc("Mentee", match.mentee)
	assert (mentee.status, mentee.ready_on) == ("Preparing", None)
	assert suggestions.suggest_mentors(mentee.name)["suggestions"] == []


@pytest.mark.req("M7")
def test_a_pause_ends_the_waiting(programme):
	mentee = factories.mentee(programme=programme)
	mentee.db_set("ready_on", "2026-01-01")
	mentee.reload()
	mentee.status = "Paused"
	mentee.save()
	assert mentee.ready_on is None


@pytest.mark.req("S3", "P8")
def test_a_foreign_mentor_and_an_unknown_one_are_refused_alike(programme):
	mentee, foreign = factories.mentee(programme=programme), factories.mentor(turned_down_on=None)
	answers = []
	with factories.as_user(programme.coordinator):
		for name in (foreign.name, "MTR-99999"):
			with pytest.raises(frappe.PermissionError) as refused:
				suggestions.accept(mentee.name, name)
			answers.append(str(refused.value))
	assert answers[0] == answers[1]


@pytest.mark.req("S6")
def test_a_second_invitation_makes_no_second_account(programme):
	mentor = factories.mentor(programme=programme)
	user = portal_account.invite(mentor.name)
	mentor.reload()
	mentor.email = "new.address@example.org"
	mentor.save()
	assert portal_account.invite(mentor.name) == user
	assert not frappe.db.exists("User", "new.address@example.org")


@pytest.mark.req("R5")
def test_a_screening_step_has_one_outcome():
	candidate = factories.mentor(stage="Applied")
	candidate.append("screening_steps", {"step": "References", "outcome": "Passed"})
	with pytest.raises(frappe.ValidationError, match="twice: References"):
		candidate.save()


@pytest.mark.req("M3")
@pytest.mark.parametrize(
	("values", "message"),
	[
		({"matched_on": "1950-01-01"}, "before the programme began"),
		({"mentor": None}, "Please choose: Mentor"),
		({"mentee": "Nobody-1"}, "Could not find Mentee"),
	],
)
def test_impossible_matches_are_refused_in_words(programme, values, message):
	given = {
		"doctype": "Match",
		"mentor": factories.mentor(programme=programme).name,
		"mentee": factories.mentee(programme=programme).name,
	}
	with pytest.raises(Exception, match=message):
		frappe.get_doc({**given, **values}).insert()


@pytest.mark.req("P1", "M3")
def test_no_match_in_a_closed_programme(programme):
	mentor, mentee = factories.mentor(programme=programme), factories.mentee(programme=programme)
	programme.status = "Closed"
	programme.save()
	with pytest.raises(frappe.ValidationError, match="programme is closed"):
		factories.match(mentor, mentee)


@pytest.mark.req("L2")
@pytest.mark.commits
def test_trouble_in_one_programme_stops_nobody_elses_reminders(match):
	other = factories.match()
	for one in (match, other):
		factories.check_ins(one)[0].db_set("due_on", getdate())
	frappe.db.commit()
	frappe.db.set_value("Match", match.name, "programme", "PRG-GONE")
	frappe.db.commit()
	reminders.daily()
	coordinator = frappe.db.get_value("Mentoring Programme", other.programme, "coordinator")
	assert frappe.db.count("Notification Log", {"for_user": coordinator}) == 1


@pytest.mark.req("L2")
def test_managers_stand_in_for_a_closed_account(match, programme):
	manager = factories.manager().name
	frappe.db.set_value("User", programme.coordinator, "enabled", 0)
	check_in = factories.check_ins(match)[0]
	check_in.db_set("due_on", getdate())
	reminders.handle(check_in.name, getdate())
	assert frappe.db.count("Notification Log", {"for_user": manager}) == 1


@pytest.mark.req("P7")
def test_a_partner_sees_the_own_mentors_by_name_and_mentees_by_alias_only(programme):
	organisation = factories.partner_organisation()
	partner = factories.partner_user(organisation).name
	mentor = factories.mentor(
		programme=programme, partner_organisation=organisation, mentor_kind="Survivor", staff_notes="Quiet"
	)
	match = factories.match(mentor, factories.mentee(programme=programme), matched_on=add_days(nowdate(), -9))
	factories.meeting_log(match)
	factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	with factories.as_user(partner):
		[row] = partners.rows()
		from frappe.desk.query_report import run

		assert [line["mentor"] for line in run("Partner Overview")["result"]] == [mentor.full_name]
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Mentor")
	assert set(row) == {column["fieldname"] for column in partners.columns()}
	assert (row.mentor, row.alias, row.meetings) == (mentor.full_name, match.mentee, 1)
	said = frappe.as_json(row)
	for secret in ("Survivor", "Quiet", programme.programme_name, "Belgium", "Cooking"):
		assert secret not in said


@pytest.mark.req("P7", "S3")
def test_the_partners_report_gives_staff_no_more_than_they_see_anyhow(programme):
	organisation = factories.partner_organisation()
	mentor = factories.mentor(programme=programme, partner_organisation=organisation)
	match = factories.match(mentor, factories.mentee(programme=programme))
	elsewhere = factories.programme()
	from frappe.desk.query_report import run

	with factories.as_user(programme.coordinator):
		assert [(row.mentor, row.alias) for row in partners.rows()] == [(mentor.full_name, match.mentee)]
	with factories.as_user(elsewhere.coordinator):
		assert partners.rows() == []
	with factories.as_user(factories.manager().name):
		assert partners.rows() == []
		with pytest.raises(frappe.PermissionError):
			run("Partner Overview")
	with factories.as_user(factories.partner_user(factories.partner_organisation()).name):
		assert partners.rows() == []


@pytest.mark.req("C1")
def test_a_closure_is_not_dated_before_its_match(match):
	closure = factories.closure_of(match)
	closure.last_meeting_on = "1999-01-01"
	with pytest.raises(frappe.ValidationError, match="before the match"):
		closure.save()
