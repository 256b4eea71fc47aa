"""The end of a match, step by step, once."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentoring_relationship import closing, papers


@pytest.fixture
def match():
	return factories.match(growing=True)


def fill(closure, **values):
	closure.update({"reason": "Self-sufficient", "asked_by": "Mentee", "timing": "Planned", **values})
	closure.save()


@pytest.mark.req("C1", "C2")
def test_the_procedure_asks_for_what_is_missing_and_closes_once(match):
	closure = factories.closure_of(match)
	with pytest.raises(frappe.ValidationError, match="Begin the closure first"):
		closing.complete(closure.name)
	with pytest.raises(frappe.MandatoryError, match="Reason, Asked for by"):
		closing.begin(closure.name)
	fill(closure)
	closing.begin(closure.name)
	assert frappe.db.get_value("Match", match.name, "stage") == "Closure"
	with pytest.raises(frappe.MandatoryError, match="Notice given on, Last meeting on"):
		closing.complete(closure.name)
	closure.reload()
	fill(closure, notice_given_on=add_days(nowdate(), -14), last_meeting_on=nowdate())
	with pytest.raises(frappe.ValidationError, match="These steps are open: Talk with the mentor alone"):
		closing.complete(closure.name)
	closure.reload()
	for row in closure.steps[:-1]:
		row.done = 1
	closure.steps[-1].not_possible = 1
	closure.save()
	closing.complete(closure.name)
	closed = frappe.get_doc("Match", match.name)
	assert (closed.stage, getdate(closed.closed_on)) == ("Closed", getdate())
	assert [row.stage for row in closed.stage_log][-2:] == ["Closure", "Closed"]
	assert {row.status for row in factories.check_ins(match)} == {"Cancelled"}
	with pytest.raises(frappe.ValidationError):
		closing.complete(closure.name)


@pytest.mark.req("C1")
def test_of_two_who_never_met_no_last_meeting_is_asked_for():
	match = factories.match()
	closure = factories.closure_of(match)
	fill(closure)
	closing.begin(closure.name)
	with pytest.raises(frappe.MandatoryError, match=r"first: Notice given on\.$"):
		closing.complete(closure.name)
	closure.reload()
	for row in closure.steps:
		row.not_possible = 1
	fill(closure, notice_given_on=nowdate())
	closing.complete(closure.name)
	assert frappe.db.get_value("Match", match.name, "stage") == "Closed"


@pytest.mark.req("C1", "L1")
def test_a_closed_match_is_never_changed_again(match):
	closure = factories.close(match)
	closure.reason = "No bond"
	with pytest.raises(frappe.ValidationError, match="A new beginning is a new match"):
		closure.save()
	closed = frappe.get_doc("Match", match.name)
	closed.stage = "Growth and maintenance"
	with pytest.raises(frappe.ValidationError):
		closed.save()
	closed.reload()
	closed.first_meeting_place = "Elsewhere"
	with pytest.raises(frappe.ValidationError, match="A new beginning is a new match"):
		closed.save()
	with pytest.raises(frappe.ValidationError, match="only while the match is running"):
		factories.meeting_log(match)


@pytest.mark.req("C1", "L1")
def test_a_closure_that_was_begun_can_be_called_off(match):
	closure = factories.closure_of(match)
	with pytest.raises(frappe.ValidationError, match="being prepared"):
		closing.call_off(closure.name)
	fill(closure)
	closing.begin(closure.name)
	match.reload()
	match.stage = "Growth and maintenance"
	with pytest.raises(frappe.ValidationError, match="through its closure"):
		match.save()
	closing.call_off(closure.name)
	assert frappe.db.get_value("Match", match.name, "stage") == "Growth and maintenance"
	assert frappe.db.get_value("Closure", closure.name, "status") == "Not started"


@pytest.mark.req("C1")
def test_dates_of_a_closure_do_not_lie_in_the_future(match):
	closure = factories.closure_of(match)
	for field in ("notice_given_on", "last_meeting_on"):
		closure.reload()
		with pytest.raises(frappe.ValidationError, match="in the future"):
			fill(closure, **{field: add_days(nowdate(), 2)})


@pytest.mark.req("C1", "S3")
def test_only_the_coordinator_closes(match):
	closure = factories.closure_of(match)
	fill(closure)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	for user in (caregiver, factories.coordinator().name, factories.manager().name):
		with factories.as_user(user), pytest.raises(frappe.PermissionError):
			closing.begin(closure.name)
	coordinator = frappe.db.get_value("Mentoring Programme", match.programme, "coordinator")
	with factories.as_user(coordinator):
		closing.begin(closure.name)
	assert frappe.db.get_value("Closure", closure.name, "status") == "In preparation"


@pytest.mark.req("C4", "P8")
def test_the_certificate_counts_meetings_and_names_nobody_but_the_mentor(match):
	for length in (90, 120):
		factories.meeting_log(match, length_minutes=length)
	closure = factories.close(match)
	facts = papers.certificate_facts(closure.name)
	assert (facts.meetings, facts.hours) == (2, 4)
	file = frappe.get_doc("Mentee Case File", {"mentee": match.mentee})
	said = frappe.as_json(facts)
	assert match.mentee not in said and file.full_name not in said
	assert match.programme not in said.replace(facts.programme, "")
	assert frappe.db.get_value("Mentor", match.mentor, "full_name") in said


@pytest.mark.req("R10", "S4")
def test_the_agreement_names_the_terms_of_the_programme():
	programme = factories.programme(purpose="Prescriptive", hours_per_month=5)
	match = factories.match(
		factories.mentor(programme=programme, hours_per_month=6), factories.mentee(programme=programme)
	)
	facts = papers.agreement_facts(match.name)
	assert (facts.months, facts.hours, facts.programme) == (6, "5", programme.public_name)
	assert facts.supervisor == frappe.db.get_value("User", programme.coordinator, "full_name")
	assert match.mentee not in frappe.as_json(facts)
