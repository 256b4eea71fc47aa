"""Which text, whose name, until when: the rules about texts that people accept."""

import json
from datetime import date
from pathlib import Path

import pytest

from libes_mentoring.mentoring_programme import policy_rules
from libes_mentoring.mentoring_programme.policy_rules import Version, accept_until, pick_language, same_name
from libes_mentoring.mentoring_programme.telling_words import telling_words_in

PRESETS = Path(policy_rules.__file__).parent / "presets"
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
FIRST, SECOND, THIRD = Version(1, JANUARY, 14), Version(2, FEBRUARY, 14), Version(3, MARCH, 7)


@pytest.mark.req("R9")
@pytest.mark.parametrize(
	"typed",
	["Zoé Quill-O'Hara", "zoe quill-o’hara", "  ZOÉ   QUILL O'HARA ", "Quill-O'Hara Zoé", "zoequillohara"],
)
def test_a_name_counts_however_it_is_typed(typed):
	assert same_name(typed, "Zoé Quill-O'Hara")


@pytest.mark.req("R9")
@pytest.mark.parametrize("typed", ["", "   ", "Zoé", "Zoé Quill", "Zoe Quill Ohara Z", "yes", "…"])
def test_another_name_does_not(typed):
	assert not same_name(typed, "Zoé Quill-O'Hara")


@pytest.mark.req("R9")
@pytest.mark.parametrize(
	("versions", "accepted", "joined", "expected"),
	[
		# The first version: whoever is there has the time of grace, whoever comes later reads first.
		([FIRST], (), date(2025, 5, 1), date(2026, 1, 15)),
		([FIRST], (), JANUARY, date(2026, 1, 15)),
		([FIRST], (), date(2026, 1, 2), None),
		# A new version: grace for who had accepted the one before, whenever they joined.
		([FIRST, SECOND], (1,), date(2025, 5, 1), date(2026, 2, 15)),
		([FIRST, SECOND], (1,), date(2026, 1, 20), date(2026, 2, 15)),
		# Whoever was blocked by the one before is not let through by the next.
		([FIRST, SECOND], (), date(2025, 5, 1), None),
		([FIRST, SECOND, THIRD], (1,), date(2025, 5, 1), None),
		([FIRST, SECOND, THIRD], (1, 2), date(2025, 5, 1), date(2026, 3, 8)),
		([FIRST, SECOND, THIRD], (2,), date(2026, 1, 20), date(2026, 3, 8)),
		# The next came while there was still time for the one before.
		([FIRST, Version(2, date(2026, 1, 10), 14)], (), date(2025, 5, 1), date(2026, 1, 24)),
		([FIRST, Version(2, FEBRUARY, 0)], (1,), JANUARY, FEBRUARY),
	],
)
def test_until_when_a_text_may_stay_open(versions, accepted, joined, expected):
	assert accept_until(versions, accepted, joined) == expected


@pytest.mark.req("R9")
def test_the_language_wished_for_else_english_else_any():
	assert pick_language(["English", "French"], ["Thai", "French"]) == "French"
	assert pick_language(["French", "English"], [None, "Thai"]) == "English"
	assert pick_language(["Dutch", "French"], []) == "Dutch"
	with pytest.raises(ValueError):
		pick_language([], ["English"])


@pytest.mark.req("R9", "P8")
def test_our_texts_are_whole_and_say_nothing_of_why():
	paths = [*PRESETS.rglob("*.json")]
	assert len(paths) >= 7
	for path in paths:
		preset = json.loads(path.read_text())
		assert preset["version"] >= 1 and "English" in (preset.get("texts") or preset["languages"])
		assert telling_words_in(path.read_text()) == [], path.name


@pytest.mark.req("R9")
def test_a_text_becomes_html_that_holds_no_markup_of_its_own():
	html = policy_rules.as_html([{"h": "A <b>"}, {"p": "You & I"}, {"list": ["one", "two"]}])
	assert html == "<h3>A &lt;b&gt;</h3><p>You &amp; I</p><ul><li>one</li><li>two</li></ul>"


@pytest.mark.req("R9")
def test_the_fingerprint_is_of_the_words_that_one_person_reads():
	one = policy_rules.text_fingerprint("Code", "English", "<p>Be kind.</p>")
	assert len(one) == 64
	others = [
		("Code", "French", "<p>Be kind.</p>"),
		("Code", "English", "<p>Be kind!</p>"),
		("Rule", "English", "<p>Be kind.</p>"),
	]
	assert one not in [policy_rules.text_fingerprint(*words) for words in others]
