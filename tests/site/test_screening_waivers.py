"""A step may be missing for a time: a manager's decision, with a reason and an end, that stands as it was taken."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.access.staff import managers
from libes_mentoring.mentor_matching import suggestions
from libes_mentoring.mentor_recruitment import screening, screening_board, waivers
from libes_mentoring.mentoring_relationship import next_steps

pytestmark = pytest.mark.req("R5")


@pytest.fixture
def house():
	"""A mentor whose references are missing, a manager, and a mentee who waits."""
	programme = factories.programme()
	mentor = factories.mentor(programme=programme, stage="Screening")
	row = next(row for row in mentor.screening_steps if row.step == "References")
	row.update({"outcome": "Open", "done_on": None})
	mentor.save(ignore_permissions=True)
	return frappe._dict(
		mentor=mentor,
		programme=programme,
		manager=factories.manager().name,
		mentee=factories.mentee(programme=programme),
	)


def column(mentor) -> str:
	return frappe.db.get_value("Mentor", mentor.name, "screening_column")


def suggested(mentee) -> dict:
	return {row["mentor"]: row for row in suggestions.suggest_mentors(mentee.name)["suggestions"]}


def test_a_waiver_lets_somebody_through_until_its_last_day_and_no_longer(house):
	assert column(house.mentor) == "References"
	with factories.as_user(house.manager):
		made = factories.waiver(house.mentor, "References")
	assert (made.granted_by, getdate(made.granted_on)) == (house.manager, getdate())
	assert column(house.mentor) == "Agreement"
	ready = factories.fresh(house.mentor)
	ready.stage = "Available"
	ready.save(ignore_permissions=True)
	until = frappe.utils.formatdate(made.valid_until, "d MMMM yyyy")
	assert suggested(house.mentee)[house.mentor.name]["waived"] == [f"References is waived until {until}"]
	assert f"References is waived until {until}." in next_steps.next_step("Mentor", house.mentor.name)["text"]
	made.db_set("valid_until", nowdate())
	assert house.mentor.name in suggested(house.mentee)
	made.db_set("valid_until", add_days(nowdate(), -1))
	assert house.mentor.name not in suggested(house.mentee)
	screening_board.refresh(house.mentor.name)
	assert column(house.mentor) == "References"
	assert frappe.db.get_value("Mentor", house.mentor.name, "blocked_since") == getdate()
	with pytest.raises(frappe.ValidationError, match="this step is open: References"):
		factories.match(factories.fresh(house.mentor), house.mentee)


def test_revoking_opens_the_step_at_once_and_leaves_a_mark_on_the_mentor(house):
	with factories.as_user(house.manager):
		made = factories.waiver(house.mentor, "References")
		marked = frappe.db.get_value("Mentor", house.mentor.name, "modified")
		waivers.revoke(made.name)
		waivers.revoke(made.name)
	stored = factories.fresh(made)
	assert stored.revoked_by == house.manager and stored.revoked_on
	assert column(house.mentor) == "References"
	assert frappe.db.get_value("Mentor", house.mentor.name, "modified") > marked


def ask(house, user: str, **fields):
	with factories.as_user(user):
		return frappe.get_doc(
			{
				"doctype": "Screening Waiver",
				"mentor": house.mentor.name,
				"step": "References",
				"reason": "The referee is abroad until next month.",
				"valid_until": add_days(nowdate(), 30),
				**fields,
			}
		).insert()


def told(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")


def test_a_coordinator_asks_and_a_manager_who_reads_no_mentors_decides(house):
	coordinator = house.programme.coordinator
	made = ask(house, coordinator, status="Granted", granted_by=coordinator)
	assert (made.status, made.granted_by) == ("Asked for", None)
	assert column(house.mentor) == "References"
	assert told(house.manager) == ["A decision waits for you"]
	strangers = (coordinator, factories.social_worker().name, factories.coordinator().name)
	for user in strangers:
		with factories.as_user(user):
			for function in (waivers.grant, waivers.decline, waivers.revoke):
				with pytest.raises(frappe.PermissionError):
					function(made.name)
	with factories.as_user(strangers[2]):
		assert frappe.get_list("Screening Waiver") == []
		with pytest.raises(frappe.PermissionError):
			ask(house, strangers[2])
	with factories.as_user(house.manager):
		assert frappe.get_list("Screening Waiver", pluck="name") == [made.name]
		waivers.grant(made.name)
		waivers.grant(made.name)
	assert column(house.mentor) == "Agreement"
	assert told(coordinator) == ["A decision was taken"]


def test_nobody_grants_their_own_request_while_another_manager_can(house):
	both = factories.user("Mentoring Manager", "Mentoring Coordinator").name
	house.programme.db_set("coordinator", both)
	made = ask(house, both)
	with factories.as_user(both), pytest.raises(frappe.PermissionError, match="Another manager decides"):
		waivers.grant(made.name)
	assert factories.fresh(made).status == "Asked for" and column(house.mentor) == "References"
	for manager in managers():
		frappe.db.set_value("User", manager, "enabled", int(manager == both))
	with factories.as_user(both):
		waivers.grant(made.name)
	assert column(house.mentor) == "Agreement"


def test_a_manager_declines_and_the_step_stays_open(house):
	made = ask(house, house.programme.coordinator)
	with factories.as_user(house.manager):
		waivers.decline(made.name)
		waivers.decline(made.name)
		for function in (waivers.grant, waivers.revoke):
			with pytest.raises(frappe.ValidationError):
				function(made.name)
	assert frappe.db.get_value("Screening Waiver", made.name, "status") == "Declined"
	assert column(house.mentor) == "References"


def test_what_has_changed_since_it_was_asked_for_is_looked_at_again(house):
	made = ask(house, house.programme.coordinator)
	row = next(row for row in house.mentor.screening_steps if row.step == "References")
	frappe.db.set_value("Mentor Screening Step", row.name, "outcome", "Not passed")
	with factories.as_user(house.manager), pytest.raises(frappe.ValidationError, match="does not overturn"):
		waivers.grant(made.name)
	frappe.db.set_value("Mentor Screening Step", row.name, "outcome", "Open")
	made.db_set("valid_until", add_days(nowdate(), -1))
	with factories.as_user(house.manager), pytest.raises(frappe.ValidationError, match="in the past"):
		waivers.grant(made.name)


@pytest.mark.parametrize(
	("field", "value"),
	[("valid_until", "2999-01-01"), ("reason", "Another reason altogether."), ("step", "Training")],
)
def test_a_waiver_is_never_changed_and_never_deleted(house, field, value):
	made = ask(house, house.programme.coordinator)
	with factories.as_user(house.programme.coordinator):
		made = factories.fresh(made)
		made.set(field, value)
		with pytest.raises(frappe.ValidationError):
			made.save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Screening Waiver", made.name)
	assert str(frappe.db.get_value("Screening Waiver", made.name, field)) != value


@pytest.mark.parametrize(
	("days", "words", "reason"),
	[
		(None, "Known to us for years.", "until when"),
		(-1, "Known to us for years.", "in the past"),
		(370, "Known to us for years.", "12 months at the most"),
		(30, "None.", "in a sentence"),
	],
)
def test_bad_input_is_refused_and_nothing_is_stored(house, days, words, reason):
	until = None if days is None else add_days(nowdate(), days)
	with factories.as_user(house.manager), pytest.raises(frappe.ValidationError, match=reason):
		factories.waiver(house.mentor, "References", valid_until=until, reason=words)
	assert not frappe.db.count("Screening Waiver")
	assert column(house.mentor) == "References"


@pytest.mark.req("R6", "R7")
def test_a_waiver_overturns_no_decision_and_covers_no_age(house):
	row = next(row for row in house.mentor.screening_steps if row.step == "References")
	frappe.db.set_value("Mentor Screening Step", row.name, "outcome", "Not passed")
	with factories.as_user(house.manager):
		with pytest.raises(frappe.ValidationError, match=r"does not overturn .*not passed: References"):
			factories.waiver(house.mentor, "References")
		frappe.db.set_value("Mentor", house.mentor.name, "record_check_outcome", "To be discussed")
		with pytest.raises(frappe.ValidationError, match="does not overturn"):
			factories.waiver(house.mentor, "Record check")
		for step in ("Application", "Interview", "Training", "Agreement"):
			factories.waiver(house.mentor, step)
	house.mentor.db_set("birth_date", add_days(nowdate(), -365 * 17))
	codes = {blocker.code for blocker in screening.open_screening_of(factories.fresh(house.mentor))}
	assert {"minor", "step_not_passed", "record_check_open"} <= codes
