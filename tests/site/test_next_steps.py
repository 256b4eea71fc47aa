"""What the forms say comes next, and who may ask."""

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate

from libes_mentoring.mentoring_relationship.next_steps import next_step


def step_of(record) -> tuple[str, bool]:
	found = next_step(record.doctype, record.name)
	return found["text"], found["late"]


@pytest.mark.req("R5")
def test_mentor_is_told_what_the_screening_still_needs():
	text, late = step_of(factories.mentor(stage="Applied"))
	assert text.startswith("Next: Application – not done yet, since ")
	assert "steps still to do: Record check, References, Interview, Training, Agreement" in text
	assert not late


@pytest.mark.req("R5")
def test_available_mentor_with_an_expired_record_check_is_late():
	mentor = factories.mentor()
	mentor.db_set("record_check_renew_by", add_days(nowdate(), -1))
	text, late = step_of(mentor)
	assert text.startswith("Next: Record check – expired on ")
	assert late


def test_mentor_fills_up_with_matches():
	mentor = factories.mentor(capacity=2)
	assert step_of(mentor)[0].startswith("Ready to be matched.")
	factories.match(mentor)
	assert step_of(mentor)[0].startswith("Ready for another match: 1 of 2")
	factories.match(mentor)
	assert step_of(mentor)[0].startswith("All places are taken: 2 of 2")


@pytest.mark.req("R14")
def test_pause_is_late_only_once_it_is_over():
	mentor = factories.mentor()
	mentor.stage, mentor.paused_until = "Paused", nowdate()
	mentor.save()
	assert not step_of(mentor)[1]
	mentor.db_set("paused_until", add_days(nowdate(), -1))
	assert step_of(mentor)[1]


@pytest.mark.req("E1", "E3", "M7")
def test_mentee_from_the_first_day_to_the_match():
	mentee = factories.mentee(ready=False)
	assert "the mentee has not given consent" in step_of(mentee)[0]
	factories.case_file(mentee)
	factories.consent(mentee)
	assert step_of(mentee)[0] == "Nothing is missing. Set the status to Ready."
	mentee.status = "Ready"
	mentee.save()
	assert step_of(mentee)[0].startswith("Ready to be matched since")
	match = factories.match(mentee=mentee)
	assert step_of(mentee)[0].startswith(f"Matched with {match.mentor_name} since")


@pytest.mark.req("L1", "L2", "M6")
def test_match_from_the_first_meeting_to_the_last_day():
	match = factories.match()
	assert step_of(match)[0].startswith("Plan the first meeting")
	match.first_meeting_on = nowdate()
	match.save()
	assert "Still open on the checklist: 9" in step_of(match)[0]
	factories.check_ins(match)[0].db_set("due_on", add_days(nowdate(), -1))
	text, late = step_of(match)
	assert "A check-in is late" in text
	assert late
	factories.close(match)
	assert step_of(match)[0].startswith("Closed on")


@pytest.mark.req("C2")
def test_match_in_its_closure_names_the_step_that_comes_first():
	from libes_mentoring.mentoring_relationship import closing

	match = factories.match(growing=True)
	closure = factories.closure_of(match)
	closure.update({"reason": "Programme over", "asked_by": "Staff", "timing": "Planned"})
	closure.save()
	closing.begin(closure.name)
	assert step_of(match)[0].startswith(f"Closing. Next: {closure.steps[0].step}.")


@pytest.mark.req("S3")
@pytest.mark.parametrize(
	"who", ["coordinator", "social_worker", "partner_user", "privacy_officer", "volunteer"]
)
def test_nobody_from_elsewhere_is_told(who, as_user):
	match = factories.match()
	records = (("Match", match.name), ("Mentor", match.mentor), ("Mentee", match.mentee))
	with as_user(getattr(factories, who)().name):
		for doctype, name in records:
			with pytest.raises(frappe.PermissionError):
				next_step(doctype, name)


@pytest.mark.req("S3")
def test_who_may_read_none_does_not_learn_which_names_exist(as_user):
	with as_user(factories.volunteer().name), pytest.raises(frappe.PermissionError):
		next_step("Mentee", "Nobody-0000")


def test_other_records_have_no_next_step():
	with pytest.raises(frappe.ValidationError):
		next_step("User", "Administrator")
