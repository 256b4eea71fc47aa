"""The token of a form: good for a day, for one form, and made by nobody else."""

import pytest

from libes_mentoring.portal import form_token

NOW = 1_800_000_000.7


def accepted(token, now=NOW, key="key", purpose="application"):
	return form_token.is_valid(token, purpose, key, now)


@pytest.mark.req("R3")
@pytest.mark.parametrize(
	("later", "good"),
	[(0, True), (form_token.LIFETIME_SECONDS - 1, True), (form_token.LIFETIME_SECONDS + 1, False)],
)
def test_a_token_is_good_for_a_day(later, good):
	assert accepted(form_token.issue("application", "key", NOW), NOW + later) is good


@pytest.mark.req("R3")
def test_no_two_tokens_are_the_same():
	assert form_token.issue("application", "key", NOW) != form_token.issue("application", "key", NOW)


@pytest.mark.req("R3")
def test_another_form_another_site_and_another_time_are_refused():
	token = form_token.issue("application", "key", NOW)
	said, _dot, signature = token.rpartition(".")
	assert not accepted(token, purpose="reference")
	assert not accepted(token, key="other")
	assert not accepted(token, now=NOW - 60)
	assert not accepted(f"{int(NOW) + 5}.{said.partition('.')[2]}.{signature}")


@pytest.mark.req("R3")
@pytest.mark.parametrize("token", ["", ".", "..", "x", "é.ü.ö", "1.2.3", "\ud800", "1.2.\udfff", "\ud800.2.3", None, 7, ["1"], {"a": 1}])
def test_whatever_is_no_token_is_refused(token):
	assert not accepted(token)
