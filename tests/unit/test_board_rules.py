"""What a post may not say, however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libes_mentoring.mentee_preparation.alias import WORDS, draw
from libes_mentoring.mentor_support import board_rules

pytestmark = pytest.mark.req("R15", "P8")

BETWEEN = st.text(st.sampled_from(" \t\n.-–—_/·,;:!?()[]'\"\u200b\u200d\u00ad\u2060\ufeff"), max_size=3)
DISGUISES = (
	str.upper,
	str.lower,
	lambda text: unicodedata.normalize("NFD", text),
	lambda text: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
	lambda text: text.translate(str.maketrans("eoacpE", "еоасрЕ")),
	lambda text: "".join(f"{char}\u0301" for char in text),
	lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
)


@given(st.data(), st.sampled_from(WORDS), st.integers(1000, 9999), st.sampled_from(DISGUISES))
def test_an_alias_is_found_however_it_is_written(data, word, number, disguise):
	written = "".join(char + data.draw(BETWEEN) for char in f"{word}{number}")
	assert board_rules.names_an_alias(f"Yesterday {disguise(written)} told me")


@given(st.text(max_size=300))
def test_no_text_makes_the_rules_fall_over(text):
	for rule in (board_rules.names_an_alias, board_rules.says_how_to_reach):
		assert rule(text) in (True, False)
	assert board_rules.names_a_person(text, [text, "Ada Acker"]) in (True, False)


@given(st.text(st.characters(categories=("Ll", "Lu")), min_size=3, max_size=12), BETWEEN)
def test_aliases_of_another_shape_are_found_too(alias, between):
	assert board_rules.names_an_alias(f"x {between.join(alias)} y", [alias])


@pytest.mark.parametrize("text", ["Heron number 4821", "heron nr. 48-21", "(Heron) #4821", "my Heron4821s"])
def test_ways_people_write_an_alias(text):
	assert board_rules.names_an_alias(text)


@pytest.mark.parametrize(
	"text",
	[
		"We saw a heron by the lake in 2024.",
		"The garden was full of lilies at half past five.",
		"Two hours, 48 pages, 21 pictures.",
		"",
	],
)
def test_everyday_words_are_no_alias(text):
	assert not board_rules.names_an_alias(text, [draw() for _ in range(50)])


@pytest.mark.parametrize(
	"text",
	[
		"call 0470 12 34 56",
		"+32 (0)470/12.34.56",
		"0 4 7 0 1 2 3 4 5 6",
		"04.70.12.34.56",
		"٠٤٧٠١٢٣٤٥٦",
		"write to ada@example.org",
		"ada (at) example (dot) org",
		"ada at example dot org",
		"find her as @ada_a",
		"12 High Street",
		"rue de la Loi 16",
		"Hauptstraße 5",
		"Kerkstraat 12b",
		"Via Roma 3",
		"B-1000",
		"SW1A 1AA",
		"see wa.me/x",
	],
)
def test_what_says_how_to_reach_somebody(text):
	assert board_rules.says_how_to_reach(f"Hello, {text} for more")


@pytest.mark.parametrize(
	"text",
	[
		"We meet on 12.05.2026 at 14:30 for 2 hours.",
		"On 2026-05-12 there is a talk.",
		"From 2024 to 2025 I was away.",
		"It is a 5 minute walk on the way to the library.",
		"I look at the clock. It is late at night. Go home.",
		"I have done this for 12 years, on this road.",
		"https://example.org/tips is a good read",
	],
)
def test_everyday_words_that_reach_nobody(text):
	assert not board_rules.says_how_to_reach(text)


@pytest.mark.parametrize(
	"text",
	["Zoé came", "ZOE!", "zoe's coat", "Z o e", "Z.o.é", "with Quill", "zoequill", "Quíll-like", "Z\u200boe"],
)
def test_a_name_is_found_whole_or_in_part(text):
	assert board_rules.names_a_person(text, ["Zoé van der Quill"])


@pytest.mark.parametrize("text", ["Zoetrope", "quilling is fun", "the van of der Berg", "a zoo", "x"])
def test_parts_of_words_and_particles_are_nobody(text):
	assert not board_rules.names_a_person(text, ["Zoé van der Quill", ""])


def test_many_aliases_take_no_time():
	import time

	aliases = {f"Person{number}x" for number in range(20_000)}
	text = "a quiet evening by the river " * 70
	began = time.perf_counter()
	assert not board_rules.names_an_alias(text, aliases)
	assert board_rules.names_an_alias(f"{text} person 19999 X", aliases)
	# Generous: it is a fraction of this; a search alias by alias would be far above.
	assert time.perf_counter() - began < 2
