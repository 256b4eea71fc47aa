"""Cells as people fill them in, in six languages."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libes_mentoring.setup.word_lists import LANGUAGES
from libes_mentoring.spreadsheets import values
from libes_mentoring.spreadsheets.dates import ANY, BIRTH, PAST, parse_date
from libes_mentoring.spreadsheets.problems import MONTHS, WORDS, Problem, sentence
from libes_mentoring.spreadsheets.values import (
	parse_capacity,
	parse_country,
	parse_email,
	parse_gender,
	parse_languages,
	parse_list,
	parse_number,
	parse_phone,
	parse_step,
	parse_wish,
	parse_yes_no,
)
from libes_mentoring.spreadsheets.vocabulary import folded

TODAY = date(2026, 11, 1)
BORN = date(1991, 4, 3)
KNOWN = {
	folded(word): name
	for name, code, aliases in LANGUAGES
	for word in (name, code, *aliases.split(","))
	if word
}

pytestmark = pytest.mark.req("S7")


def words(problem: Problem) -> str:
	return sentence(problem.code, problem.params)


@pytest.mark.parametrize(
	"cell",
	[
		BORN,
		datetime(1991, 4, 3, 10, 30),
		"3.4.1991",
		"03/04/1991",
		"3-4-1991",
		"03.04.91",
		" 3 . 4 . 1991 ",
		"1991-04-03",
		"1991/4/3",
		"1991-04-03T00:00:00",
		"1991-04-03 00:00:00",
		"3 avril 1991",
		"le 3 avril 1991",
		"3 april 1991",
		"3. April 1991",
		"3 aprile 1991",
		"3 de abril de 1991",
		"April 3, 1991",
		"3rd of April 1991",
		"mercredi 3 avril 1991",
		"3-apr-1991",
		"19910403",
		19910403,
		33331,
		33331.0,
		"33331",
	],
)
def test_dates_in_every_style(cell):
	assert parse_date(cell, TODAY, BIRTH).value == BORN


@pytest.mark.parametrize(
	("cell", "day"),
	[
		("12 maart 2026", date(2026, 3, 12)),
		("12 März 2026", date(2026, 3, 12)),
		("1er août 2025", date(2025, 8, 1)),
		("12 décembre 2025", date(2025, 12, 12)),
		("2 gennaio 2026", date(2026, 1, 2)),
		("5 septiembre 2025", date(2025, 9, 5)),
		("5.6.26", date(2026, 6, 5)),
		("29/02/2024", date(2024, 2, 29)),
	],
)
def test_dates_of_this_century(cell, day):
	assert parse_date(cell, TODAY, PAST).value == day


@pytest.mark.parametrize(
	("cell", "text"),
	[
		("29/02/2025", "29 February 2025 does not exist"),
		("2025-02-29", "29 February 2025 does not exist"),
		("31 juni 2020", "31 June 2020 does not exist"),
		("31.4.2020", "31 April 2020 does not exist"),
		("31/13/2020", "this is not a date; write it as 1991-04-03"),
		("Jane Doe", "this is not a date; write it as 1991-04-03"),
		("about 30", "this is not a date; write it as 1991-04-03"),
		(1991, "only a year is given; a day and a month are needed"),
		("1991", "only a year is given; a day and a month are needed"),
		("2.11.2026", "this date is still to come"),
		("1.1.1901", "this date is more than 110 years away"),
		(True, "this is not a date; write it as 1991-04-03"),
		(float("nan"), "this is not a date; write it as 1991-04-03"),
		(1e300, "this is not a date; write it as 1991-04-03"),
	],
)
def test_impossible_dates_are_refused_in_words(cell, text):
	parsed = parse_date(cell, TODAY, BIRTH)
	assert parsed.value is None
	assert words(parsed.problem) == text


@pytest.mark.parametrize(
	("cell", "codes"),
	[
		("03/04/1991", ["day_first"]),
		("04/04/1991", []),
		("13/04/1991", []),
		("04/13/1991", ["month_first"]),
		("03.04.1991", []),
	],
)
def test_what_could_be_read_in_two_ways_is_said(cell, codes):
	assert [note.code for note in parse_date(cell, TODAY, BIRTH).notes] == codes


@pytest.mark.parametrize(("cell", "year"), [("3.4.26", 2026), ("3.4.27", 1927), ("3.4.91", 1991)])
def test_nobody_was_born_in_a_year_to_come(cell, year):
	assert parse_date(cell, TODAY, BIRTH).value == date(year, 4, 3)


def test_dates_to_come_are_right_where_they_make_sense():
	assert parse_date("1.5.28", TODAY, ANY).value == date(2028, 5, 1)
	assert parse_date("1.5.2028", TODAY, PAST).problem.code == "future_date"


@given(st.dates(date(1920, 1, 1), TODAY))
def test_a_date_written_out_is_read_back(day):
	for text in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m/%Y}"):
		assert parse_date(text, TODAY, BIRTH).value == day


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans()))
def test_no_cell_breaks_a_parser_and_none_is_repeated(cell):
	parsed = [
		parse_date(cell, TODAY, BIRTH),
		parse_yes_no(cell),
		parse_step(cell, TODAY),
		parse_wish(cell),
		parse_number(cell, 200),
		parse_capacity(cell),
		parse_gender(cell),
		parse_country(cell, {}),
		parse_languages(cell, KNOWN),
		parse_list(cell, {}, "new_interest", "not_an_interest"),
		parse_email(cell),
		parse_phone(cell),
	]
	for result in parsed:
		for problem in (*result.notes, *([result.problem] if result.problem else ())):
			assert words(problem)


@pytest.mark.parametrize(
	"cell", ["yes", "JA", "oui ", "sì", "si", "Sí", "x", "X", "✓", "✔ ", 1, 1.0, True, "ok"]
)
def test_yes(cell):
	assert parse_yes_no(cell).value is True


@pytest.mark.parametrize("cell", ["no", "Nee", "non", "NEIN", "0", 0, False, "✗", "nog niet", "pas encore"])
def test_no(cell):
	assert parse_yes_no(cell).value is False


@pytest.mark.parametrize("cell", ["perhaps", "yes but no", 7, "?!"])
def test_neither_yes_nor_no(cell):
	assert parse_yes_no(cell).problem.code == "unreadable_yes_no"


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "?", "n/a", "N.v.t.", "–"])
def test_cells_that_say_nothing(cell):
	assert values.is_blank(cell)
	assert not values.is_blank(0)
	assert not values.is_blank("✓")


@pytest.mark.parametrize(
	("cell", "expected"),
	[
		("yes", (True, None)),
		("12/03/2026", (True, date(2026, 3, 12))),
		(datetime(2026, 3, 12), (True, date(2026, 3, 12))),
		("ja, 12.3.2026", (True, date(2026, 3, 12))),
		("oui (12 mars 2026)", (True, date(2026, 3, 12))),
		("no", (False, None)),
		("planned", (None, None)),
		("en cours", (None, None)),
		("ask again", (None, None)),
	],
)
def test_steps_hold_a_yes_or_a_date(cell, expected):
	parsed = parse_step(cell, TODAY)
	assert parsed.value == expected
	said = {"ask again": ["unreadable_step"], "12/03/2026": ["day_first"]}.get(cell, [])
	assert [note.code for note in parsed.notes] == said


def test_a_step_cannot_be_done_in_future():
	assert parse_step("1.1.2027", TODAY).problem.code == "future_date"
	assert parse_step("30/02/2026", TODAY).problem.code == "impossible_date"


@pytest.mark.req("E5")
@pytest.mark.parametrize(
	("cell", "wish"),
	[
		("yes", None),
		("no", "Refused"),
		("nein", "Refused"),
		("liever niet", "Refused"),
		("preferred", "Wanted"),
		("liefst", "Wanted"),
		("egal", None),
	],
)
def test_a_no_is_a_refusal_and_a_yes_is_no_wish(cell, wish):
	assert parse_wish(cell).value == wish


@pytest.mark.req("E5")
@pytest.mark.parametrize("cell", ["only if old", "not a man", "hmm"])
def test_a_refusal_is_never_lost(cell):
	assert parse_wish(cell).problem.code == "unreadable_wish"


@pytest.mark.parametrize(
	("cell", "number"), [(2, 2), ("2", 2), (2.0, 2), ("max 2", 2), ("max. 3", 3), ("2 mentees", 2), (0, 0)]
)
def test_capacity(cell, number):
	assert parse_capacity(cell).value == number


@pytest.mark.parametrize(
	("cell", "shown"), [("-1", "-1"), (-1, "-1"), ("−2", "-2"), (1.5, "1.5"), (99, "99")]
)
def test_an_impossible_capacity_is_refused_in_words(cell, shown):
	assert words(parse_capacity(cell).problem) == f"A mentor cannot take {shown} mentees"


def test_numbers_with_commas_and_ranges():
	assert parse_number("4,5", 200).value == 4.5
	assert parse_number("6 h", 200).value == 6
	ranged = parse_number("4-6", 200)
	assert (ranged.value, ranged.notes[0].params) == (4, {"number": "4"})
	assert parse_number("often", 200).problem.code == "unreadable_number"
	assert parse_number(1000, 200).problem.code == "number_too_big"


@pytest.mark.parametrize(
	("cell", "expected"),
	[
		(
			"English, français / Edo; Italiano (un poco)",
			[("English", None), ("French", None), ("Edo", None), ("Italian", "Basic")],
		),
		("Nederlands (moedertaal)\nEngels: B1", [("Dutch", "Mother tongue"), ("English", "Good")]),
		("un peu de français, a little English", [("French", "Basic"), ("English", "Basic")]),
		("een beetje Engels en Frans", [("English", "Basic"), ("French", None)]),
		("español e italiano", [("Spanish", None), ("Italian", None)]),
		("Deutsch und Englisch", [("German", None), ("English", None)]),
		("EN, FR; nl", [("English", None), ("French", None), ("Dutch", None)]),
		("FR EN NL", [("French", None), ("English", None), ("Dutch", None)]),
		("EN (fluent)", [("English", "Fluent")]),
		("Arabic - native", [("Arabic", "Mother tongue")]),
		("French (B1, spoken)", [("French", "Good")]),
		("English, anglais (C1)", [("English", "Fluent")]),
		("Pidgin English", [("Pidgin English", None)]),
	],
)
def test_several_languages_in_one_cell(cell, expected):
	parsed = parse_languages(cell, KNOWN)
	assert list(parsed.value) == expected
	assert parsed.notes == ()


def test_a_language_that_is_not_known_is_added_and_named():
	parsed = parse_languages("Esan, esan, English", KNOWN)
	assert parsed.value == (("Esan", None), ("English", None))
	assert [words(note) for note in parsed.notes] == ["'Esan' is added to the list of languages"]


@pytest.mark.parametrize("cell", ["speaks many languages very well", "0470 12 34 56", "a" * 50])
def test_what_cannot_be_a_language_is_left_out(cell):
	parsed = parse_languages(cell, KNOWN)
	assert parsed.value == ()
	assert [note.code for note in parsed.notes] == ["not_a_language"]


def test_lists():
	known = {"cooking": "Cooking", "koken": "Cooking"}
	parsed = parse_list(
		"koken / Cooking; board games\nvisiting my aunt at number 5", known, "new_interest", "bad"
	)
	assert parsed.value == ("Cooking", "Board games")
	assert [note.code for note in parsed.notes] == ["new_interest", "bad"]


@pytest.mark.parametrize(
	("cell", "expected"),
	[
		("F", "Female"),
		("vrouw", "Female"),
		("M", "Male"),
		("homme", "Male"),
		("x", "Other"),
		("divers", "Other"),
	],
)
def test_genders(cell, expected):
	assert parse_gender(cell).value == expected


def test_an_m_beside_an_h_is_a_woman():
	assert values.spanish_letters(["H", "M", None, "m "])
	assert not values.spanish_letters(["M", "F", "H"])
	assert not values.spanish_letters(["M", "M"])
	assert parse_gender("M", True).value == "Female"
	assert parse_gender("H", True).value == "Male"


@pytest.mark.parametrize(
	("cell", "country"),
	[
		("Nigerian", "Nigeria"),
		("nigériane", "Nigeria"),
		("roumaine", "Romania"),
		("RO - Romania", "Romania"),
		("Viet Nam", "Vietnam"),
		("moldava", "Moldova, Republic of"),
		("Oekraïne", "Ukraine"),
		("Bhutan", "Bhutan"),
	],
)
def test_countries_and_nationalities(cell, country):
	assert parse_country(cell, {"bhutan": "Bhutan"}).value == country


def test_a_nationality_is_not_guessed():
	assert [note.code for note in parse_country("Congolese", {}).notes] == ["unknown_country"]
	two = parse_country("Nigerian / Italian", {})
	assert (two.value, two.notes[0].code) == ("Nigeria", "several_countries")


@pytest.mark.parametrize(
	("cell", "number"),
	[
		("+32 455 55 00 00", "+32455550000"),
		("0032 455 550000", "+32455550000"),
		(32455550000, "+32455550000"),
		(32455550000.0, "+32455550000"),
		(455550000, "0455550000"),
		("0455/55.00.00", "0455550000"),
		("+44 (0)20 7946 0000", "+442079460000"),
		("0455 55 00 00 / 0455 55 00 01", "0455550000"),
	],
)
def test_telephone_numbers(cell, number):
	assert parse_phone(cell).value == number


def test_what_is_no_telephone_number_is_left_out():
	assert parse_phone("ask the office").notes[0].code == "bad_phone"
	assert parse_phone(float("nan")).value is None


def test_addresses():
	assert parse_email(" Ann.B@Example.ORG ").value == "ann.b@example.org"
	for bad in ("ann@", "ann", "ann@b", "a b@example.org", "a@b@example.org", 5):
		assert parse_email(bad).problem.code == "bad_email"


def test_every_sentence_can_be_said():
	class Anything(dict):
		def __missing__(self, key):
			return "…"

	assert len(MONTHS) == 12
	for text in WORDS.values():
		assert "{" not in text.format_map(Anything())


@pytest.mark.req("S7", "E6")
@pytest.mark.parametrize(
	("cell", "months"),
	[
		(9, 9),
		("9 months", 9),
		("1 year", 12),
		("1,5 Jahre", 18),
		("2ans", 24),
		("12 months (one year)", 12),
		("1 año", 12),
		("6 weeks", "unreadable_number"),
		("90 days", "unreadable_number"),
		("1 year 6 months", "unreadable_number"),
		("10 years", "number_too_big"),
		("abc", "unreadable_number"),
		(-1, "negative_number"),
		(1e9, "number_too_big"),
	],
)
def test_a_year_is_twelve_months_and_a_week_is_none(cell, months):
	found = values.parse_months(cell)
	assert (found.problem.code if found.problem else found.value) == months


@pytest.mark.req("S7", "E6")
@pytest.mark.parametrize(
	("cell", "times"),
	[
		(2, 2),
		("2x", 2),
		("2 per month", 2),
		("1 per week", 4),
		("1x pro Woche", 4),
		("2 par semaine", 8),
		("9 a week", "number_too_big"),
		("1 per day", "unreadable_number"),
		("6 per year", "unreadable_number"),
		("often", "unreadable_number"),
		("-1", "negative_number"),
		(1e9, "number_too_big"),
	],
)
def test_once_a_week_is_four_times_a_month(cell, times):
	found = values.parse_meetings(cell)
	assert (found.problem.code if found.problem else found.value) == times
