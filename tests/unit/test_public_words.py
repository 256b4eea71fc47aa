"""Aliases and names that leave the house say nothing about anybody."""

import pytest

from libes_mentoring.mentee_preparation import alias
from libes_mentoring.mentoring_programme.telling_words import telling_words_in


@pytest.mark.req("P8")
def test_aliases_are_random_neutral_and_many():
	drawn = {alias.draw() for _ in range(2000)}
	assert len(drawn) > 1980
	assert all(word.isalpha() and not telling_words_in(word) for word in alias.WORDS)
	assert len(set(alias.WORDS)) == len(alias.WORDS) > 100


@pytest.mark.req("P8")
@pytest.mark.parametrize(
	"name",
	[
		"Support for trafficked women",
		"Buddies for SURVIVORS",
		"Contre la traite",
		"Opferhilfe Köln",
		"Überlebende stärken",
		"Vittime di tratta",
		"Slachtoffers van mensenhandel",
		"Víctimas y apoyo",
	],
)
def test_a_public_name_that_tells_is_found(name):
	assert telling_words_in(name)


@pytest.mark.req("P8")
@pytest.mark.parametrize("name", ["Buddies", "Samen op weg", "Città aperta", "Neue Wege", "Compañeras y compañeros"])
def test_a_neutral_public_name_is_let_through(name):
	assert telling_words_in(name) == []


@pytest.mark.req("P8")
def test_an_organisation_adds_its_own_words():
	assert telling_words_in("Friends of Casa Luna", ["luna", ""]) == ["Luna"]
