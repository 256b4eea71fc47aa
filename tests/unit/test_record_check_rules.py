"""How long a record check counts, without a site."""

from datetime import date, timedelta

import pytest

from libes_mentoring.mentor_recruitment.record_check_rules import (
	Validity,
	due_reminder,
	is_too_old,
	renew_by,
	rule_for,
)

pytestmark = pytest.mark.req("R5")

END = date(2026, 6, 30)


def test_a_country_has_its_own_rule_and_the_line_without_a_country_serves_the_others():
	rules = [("Belgium", Validity(12, 1)), ("", Validity(36, 6))]
	assert rule_for("Belgium", rules) == Validity(12, 1)
	assert rule_for("Italy", rules) == rule_for(None, rules) == Validity(36, 6)
	assert rule_for("Italy", [("Belgium", Validity(12, 1))]) == Validity(24, 3)


def test_months_are_counted_from_the_day_of_issue():
	assert renew_by(date(2026, 1, 31), Validity(1, 3)) == date(2026, 2, 28)
	assert renew_by(date(2024, 2, 29), Validity(24, 3)) == date(2026, 2, 28)


@pytest.mark.parametrize(
	("seen_on", "old"),
	[(date(2026, 1, 15), False), (date(2026, 4, 15), False), (date(2026, 4, 16), True)],
)
def test_an_extract_is_fresh_up_to_and_on_its_last_day(seen_on, old):
	assert is_too_old(date(2026, 1, 15), seen_on, Validity(24, 3)) is old
	assert not is_too_old(date(2026, 1, 15), seen_on, Validity(24, 0))


def test_each_reminder_comes_once_and_one_that_was_missed_is_not_made_up_for():
	given, before = {}, 0
	for left in range(90, -3, -1):
		if reminder := due_reminder(END, before, END - timedelta(days=left)):
			given[left], before = reminder, reminder
	assert given == {60: 60, 30: 30, 7: 7}
	assert due_reminder(END, 0, END - timedelta(days=5)) == 7
	assert due_reminder(END, 7, END) is None
	assert due_reminder(END, 0, END + timedelta(days=1)) is None
