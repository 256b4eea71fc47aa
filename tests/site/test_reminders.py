"""What is due is remembered, what is late reaches a manager, and nobody is told twice."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate

from libes_mentoring.mentoring_relationship import contacts, reminders


@pytest.fixture
def late():
	"""A match with one check-in that is due today."""
	match = factories.match()
	check_in = factories.check_ins(match)[0]
	check_in.db_set("due_on", getdate())
	return frappe._dict(
		match=match,
		check_in=check_in.name,
		coordinator=frappe.db.get_value("Mentoring Programme", match.programme, "coordinator"),
		manager=factories.manager().name,
	)


@pytest.fixture
def mail_account():
	"""A site that can send: without an account there is only the notification in the desk."""
	factories.mail_account()


def told(user: str) -> list:
	return frappe.get_all(
		"Notification Log", filters={"for_user": user}, fields=["subject", "document_type", "document_name"]
	)


@pytest.mark.req("L2", "S5")
def test_a_check_in_is_remembered_once_and_passed_on_once(late):
	today = getdate()
	reminders.handle(late.check_in, add_days(today, -3))
	assert told(late.coordinator) == []
	for day in (-2, -1, 0, 7):
		reminders.handle(late.check_in, getdate(add_days(today, day)))
	assert len(told(late.coordinator)) == 1 and told(late.manager) == []
	for day in (8, 8, 9):
		reminders.handle(late.check_in, getdate(add_days(today, day)))
	assert len(told(late.coordinator)) == 1
	[message] = told(late.manager)
	assert message.document_type == "Mentoring Programme" and "8 days late" in message.subject
	row = frappe.db.get_value("CheckIn", late.check_in, ["reminded_on", "escalated_on"])
	assert row == (getdate(add_days(today, -2)), getdate(add_days(today, 8)))


@pytest.mark.req("L2", "P8")
def test_messages_carry_a_number_and_a_link_and_no_person(late, mail_account):
	frappe.db.delete("Email Queue")
	reminders.handle(late.check_in, getdate(add_days(getdate(), 8)))
	file = frappe.get_doc("Mentee Case File", {"mentee": late.match.mentee})
	mentor = frappe.db.get_value("Mentor", late.match.mentor, "full_name")
	mails = frappe.get_all("Email Queue", pluck="message")
	assert len(mails) == 2
	said = " ".join(mails) + frappe.as_json(told(late.coordinator) + told(late.manager))
	for name in (file.full_name, mentor):
		assert name not in said
	assert late.check_in in said


@pytest.mark.req("L2")
def test_what_is_done_or_closed_is_left_alone(late):
	check_in = frappe.get_doc("CheckIn", late.check_in)
	check_in.status = "Done"
	check_in.save()
	assert check_in.done_by and getdate(check_in.done_on) == getdate()
	reminders.handle(late.check_in, getdate(add_days(getdate(), 30)))
	assert told(late.coordinator) == [] == told(late.manager)
	factories.close(late.match)
	assert reminders._open_check_ins(getdate(add_days(getdate(), 400))) == []


@pytest.mark.req("L2")
def test_a_match_that_outlasts_its_plan_gets_a_next_contact_once(late):
	today = getdate()
	for check_in in factories.check_ins(late.match):
		check_in.status = "Done"
		check_in.done_on = today
		check_in.save()
	assert contacts.extend_running_matches(today) == 1
	assert contacts.extend_running_matches(today) == 0
	[new] = [row for row in factories.check_ins(late.match) if row.status == "Due"]
	assert new.contact_kind == "Steady" and 28 <= (getdate(new.due_on) - today).days <= 31


@pytest.mark.req("L2", "S5")
@pytest.mark.commits
def test_the_daily_job_survives_a_stop_half_way(late, monkeypatch):
	other = factories.match()
	second = factories.check_ins(other)[0]
	second.db_set("due_on", getdate())
	frappe.db.commit()
	handle, calls = reminders.handle, []

	def stop_after_one(name, today):
		if calls:
			raise KeyboardInterrupt
		calls.append(name)
		handle(name, today)

	monkeypatch.setattr(reminders, "handle", stop_after_one)
	with pytest.raises(KeyboardInterrupt):
		reminders.daily()
	frappe.db.rollback()
	assert frappe.db.count("Notification Log", {"type": "Alert"}) == 1
	monkeypatch.undo()
	reminders.daily()
	reminders.daily()
	assert frappe.db.count("Notification Log", {"type": "Alert"}) == 2
	assert (
		"libes_mentoring.mentoring_relationship.reminders.daily"
		in frappe.get_hooks("scheduler_events")["daily"]
	)
