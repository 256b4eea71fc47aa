"""Which training counts and when a code works."""

from datetime import date, datetime, timedelta
from json import loads
from pathlib import Path

import pytest

import libes_mentoring
from libes_mentoring.mentor_recruitment.training_rules import (
	CODE_LETTERS,
	Attended,
	asked_hours,
	code_works,
	standing,
	tidy_code,
)
from libes_mentoring.mentoring_programme.telling_words import telling_words_in

pytestmark = pytest.mark.req("R13")
TODAY = date(2026, 6, 1)
PRESETS = Path(libes_mentoring.__file__).parent / "setup" / "training_modules.json"


def test_complete_with_the_last_module_and_not_before():
	first, second = Attended("A", date(2026, 3, 1)), Attended("B", date(2026, 4, 1))
	assert standing(("A", "B"), [first], TODAY).missing == ("B",)
	both = standing(("A", "B"), [second, first], TODAY)
	assert both.complete and (both.done_on, both.valid_until) == (date(2026, 4, 1), None)


def test_where_nothing_is_asked_for_no_rule_decides():
	assert not standing((), [Attended("A", TODAY)], TODAY).complete


@pytest.mark.parametrize(
	("today", "complete"), [(date(2027, 12, 31), True), (date(2028, 1, 1), True), (date(2028, 1, 2), False)]
)
def test_a_module_counts_until_its_last_day(today, complete):
	found = standing(("A",), [Attended("A", date(2026, 1, 1), valid_months=24)], today)
	assert found.complete == complete
	assert found.valid_until == (date(2028, 1, 1) if complete else None)


def test_of_a_module_attended_twice_the_longer_time_counts():
	old, new = (Attended("A", date(year, 1, 1), 24) for year in (2025, 2026))
	found = standing(("A", "B"), [new, old, Attended("B", date(2026, 2, 1))], TODAY)
	assert (found.done_on, found.valid_until) == (date(2026, 2, 1), date(2028, 1, 1))
	# What counts for good is never replaced by what ends.
	for_good = standing(("A",), [Attended("A", date(2025, 1, 1)), Attended("A", date(2026, 1, 1), 12)], TODAY)
	assert for_good.valid_until is None


def test_a_code_works_around_the_session_only():
	starts = datetime(2026, 6, 1, 18, 0)
	ends = starts + timedelta(hours=2)
	works = {
		minutes: code_works(starts, ends, starts + timedelta(minutes=minutes))
		for minutes in (-16, -15, 60, 150, 151)
	}
	assert works == {-16: False, -15: True, 60: True, 150: True, 151: False}


@pytest.mark.parametrize("typed", ["ac-de 23", "ACDE23", "  acde23\n"])
def test_a_code_may_be_typed_in_many_ways(typed):
	assert tidy_code(typed) == "ACDE23"


@pytest.mark.parametrize("typed", [None, "", "--", 0])
def test_no_code_is_no_code(typed):
	assert tidy_code(typed) == ""


def test_no_letter_of_a_code_looks_like_another():
	assert not set("01OILS58B") & set(CODE_LETTERS) and len(set(CODE_LETTERS)) == len(CODE_LETTERS)


def test_hours_are_asked_from_the_year_after_the_first_training():
	assert asked_hours(date(2026, 11, 30), 2026, 6) == 0
	assert asked_hours(date(2026, 11, 30), 2027, 6) == 6
	assert asked_hours(None, 2027, 6) == 0


@pytest.mark.req("P8")
def test_the_presets_say_nothing_of_why_people_take_part():
	modules = loads(PRESETS.read_text())["modules"]
	assert len({module["preset_key"] for module in modules}) == len(modules)
	assert sum(module.get("before_match", 0) for module in modules) == 3
	for module in modules:
		assert module["hours"] > 0 and module["topics"]
		said = " ".join([module["title"], *(f"{row['title']} {row['text']}" for row in module["materials"])])
		assert telling_words_in(said) == []
