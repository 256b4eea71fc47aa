"""Why somebody wants to be a mentor: noted when they apply, gone back to later, never overwritten."""

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate

from libes_mentoring.mentor_recruitment import motivations

pytestmark = pytest.mark.req("R4")


@pytest.fixture
def mentor():
	return factories.mentor()


@pytest.fixture
def coordinator(mentor):
	return frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")


def test_a_later_motivation_stands_beside_the_first(mentor, coordinator):
	factories.match(mentor)
	with factories.as_user(coordinator):
		assert motivations.revisit(mentor.name, "It does me good as well", "Glad of our walks.") == 2
	first, second = factories.fresh(mentor).motivations
	assert first.own_words == "Likes to meet people."
	assert (second.motivation, second.own_words) == ("It does me good as well", "Glad of our walks.")
	assert (second.occasion, str(second.noted_on)) == ("Check-in", nowdate())


@pytest.mark.parametrize(
	("values", "words"),
	[
		({}, "choose a motivation or write"),
		({"own_words": "  "}, "choose a motivation or write"),
		({"motivation": "Made up"}, "choose from the list"),
		({"own_words": "Yes", "occasion": "Made up"}, "choose from the list"),
		({"own_words": "x" * 2001}, "shorter"),
	],
)
def test_what_says_nothing_is_refused(mentor, coordinator, values, words):
	with factories.as_user(coordinator), pytest.raises(frappe.ValidationError, match=words):
		motivations.revisit(mentor.name, **values)
	assert len(factories.fresh(mentor).motivations) == 1


def test_no_motivation_comes_from_the_future(mentor):
	mentor.append("motivations", {"own_words": "Soon", "noted_on": add_days(nowdate(), 1)})
	with pytest.raises(frappe.ValidationError, match="future"):
		mentor.save()


@pytest.mark.req("S3", "P9")
def test_only_the_coordinator_writes_them_down(mentor):
	match = factories.match(mentor)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	for user in (
		caregiver,
		factories.coordinator().name,
		factories.manager().name,
		factories.volunteer().name,
	):
		with factories.as_user(user), pytest.raises(frappe.PermissionError):
			motivations.revisit(mentor.name, own_words="Mine")


@pytest.mark.parametrize("make", [factories.mentor, factories.mentee])
@pytest.mark.req("R3", "E6")
def test_each_time_of_the_week_is_kept_once(make):
	slot = {"weekday": "Saturday", "day_part": "Morning"}
	record = make(availability_slots=[slot, {"weekday": "Monday", "day_part": "Evening"}, slot])
	kept = [(row.weekday, row.day_part) for row in factories.fresh(record).availability_slots]
	assert kept == [("Saturday", "Morning"), ("Monday", "Evening")]
