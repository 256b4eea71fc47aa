"""Whether the mentor knows: no, until the mentee agrees and the mentor is trained; and staff only."""

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate

from libes_mentoring.mentoring_privacy.disclosure import mentor_knows

pytestmark = pytest.mark.req("P8")

KNOWS, DOES_NOT = "The mentor knows", "The mentor does not know"


@pytest.fixture(scope="module")
def match(site):
	made = factories.match()
	frappe.db.commit()
	return made


def disclosure(match, state: str = KNOWS, **fields):
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	consent = {
		"consent_given_on": nowdate(),
		"consent_taken_by": caregiver,
		"consent_how": "Said it in a conversation",
	}
	values = {"doctype": "Match Disclosure", "mentoring_match": match.name, "state": state}
	return frappe.get_doc({**values, **(consent if state == KNOWS else {}), **fields})


def coordinator_of(match) -> str:
	return frappe.db.get_value("Mentoring Programme", match.programme, "coordinator")


def test_nobody_knows_until_it_is_recorded(match):
	assert mentor_knows(match.name) is False
	with factories.as_user(coordinator_of(match)):
		record = disclosure(match).insert()
	assert mentor_knows(match.name) is True
	assert record.recorded_by == coordinator_of(match) and record.recorded_on


def test_the_newest_counts_and_the_older_ones_stay(match):
	for state in (KNOWS, DOES_NOT, KNOWS, DOES_NOT):
		disclosure(match, state).insert()
		assert mentor_knows(match.name) is (state == KNOWS)
	assert frappe.db.count("Match Disclosure", {"mentoring_match": match.name}) == 4


@pytest.mark.parametrize("field", ["consent_given_on", "consent_taken_by", "consent_how"])
def test_a_yes_needs_the_mentees_consent(match, field):
	with pytest.raises(frappe.ValidationError, match="consent"):
		disclosure(match, **{field: None}).insert()
	assert not mentor_knows(match.name)


def test_the_consent_is_not_of_tomorrow_and_is_taken_by_staff(match):
	with pytest.raises(frappe.ValidationError, match="in the future"):
		disclosure(match, consent_given_on=add_days(nowdate(), 1)).insert()
	mentor = frappe.get_doc("Mentor", match.mentor)
	for outsider in (factories.partner_user().name, factories.volunteer(mentor).name):
		with pytest.raises(frappe.ValidationError, match="member of staff"):
			disclosure(match, consent_taken_by=outsider).insert()
	both = factories.user("Mentoring Coordinator", "Mentoring Volunteer").name
	frappe.db.set_value("Mentor", match.mentor, "user", both)
	with pytest.raises(frappe.ValidationError, match="never taken by a mentor"):
		disclosure(match, consent_taken_by=both).insert()
	assert not mentor_knows(match.name)


@pytest.mark.parametrize(
	"training",
	[{"outcome": "Open"}, {"outcome": "Not passed"}, {"outcome": "Passed", "valid_until": "2020-01-31"}],
)
def test_a_yes_needs_a_trained_mentor(match, training):
	step = {"parenttype": "Mentor", "parent": match.mentor, "step": "Training"}
	frappe.db.set_value("Mentor Screening Step", step, training)
	with pytest.raises(frappe.ValidationError, match="training is not passed"):
		disclosure(match).insert()
	assert not mentor_knows(match.name)
	disclosure(match, DOES_NOT).insert()


def test_a_training_counts_through_its_last_day(match):
	step = {"parenttype": "Mentor", "parent": match.mentor, "step": "Training"}
	frappe.db.set_value("Mentor Screening Step", step, "valid_until", nowdate())
	disclosure(match).insert()
	assert mentor_knows(match.name)


@pytest.mark.parametrize("change", ["save", "delete", "rename"])
def test_a_record_is_never_changed(match, change):
	record = disclosure(match).insert()
	record.state = DOES_NOT
	with pytest.raises(
		(frappe.PermissionError, frappe.ValidationError), match=r"not changed|stays|cannot be changed|Cannot"
	):
		if change == "save":
			record.save(ignore_permissions=True)
		elif change == "delete":
			frappe.delete_doc("Match Disclosure", record.name, force=True, ignore_permissions=True)
		else:
			frappe.rename_doc("Match Disclosure", record.name, "x", force=True)
	assert mentor_knows(match.name)


@pytest.mark.parametrize(
	"make", ["coordinator", "social_worker", "manager", "partner_user", "volunteer", "privacy_officer"]
)
def test_only_staff_of_the_match_read_or_record_it(match, make):
	record = disclosure(match).insert()
	user = getattr(factories, make)().name
	with factories.as_user(user):
		assert not frappe.has_permission("Match Disclosure", "read", doc=record.name)
		try:
			assert frappe.get_list("Match Disclosure") == []
		except frappe.PermissionError:
			pass
		with pytest.raises(frappe.PermissionError):
			disclosure(match, DOES_NOT).insert()
	for staff in (coordinator_of(match), frappe.db.get_value("Mentee", match.mentee, "caregiver")):
		with factories.as_user(staff):
			assert record.name in frappe.get_list("Match Disclosure", pluck="name")
			assert disclosure(match, DOES_NOT).insert()


def test_it_is_in_nothing_that_leaves_the_house(match):
	"""No field of a match or a mentor says it, so that no print, no portal page and no list of a partner does."""
	for doctype in ("Match", "Mentor", "Mentee", "Closure"):
		assert not frappe.get_meta(doctype).get("fields", {"options": "Match Disclosure"})
	meta = frappe.get_meta("Match Disclosure")
	assert not any(p.print or p.export or p.report or p.email or p.share for p in meta.permissions)
	assert not meta.track_changes
	disclosure(match).insert()
	mentor = frappe.get_doc("Mentor", match.mentor)
	volunteer = factories.volunteer(mentor).name
	from libes_mentoring.portal.matches import my_matches

	with factories.as_user(volunteer):
		answer = frappe.as_json(my_matches())
	assert match.name in answer
	assert not any(word in answer for word in (KNOWS, DOES_NOT, "disclos"))
