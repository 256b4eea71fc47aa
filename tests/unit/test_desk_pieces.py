"""Pieces of desk code that are read into the script of a form or a page, and what would break the whole of it."""

import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "libes_mentoring"
INCLUDE = re.compile(r'{%\s*include\s+"libes_mentoring/([^"]+)"\s*%}')
INCLUDED = sorted({piece for file in APP.rglob("*.js") for piece in INCLUDE.findall(file.read_text())})


@pytest.mark.req("M1", "M6")
def test_there_are_such_pieces():
	assert "public/desk/forms.js" in INCLUDED and "public/desk/first_meeting.js" in INCLUDED


@pytest.mark.req("M1", "M6")
@pytest.mark.parametrize("piece", INCLUDED)
def test_a_piece_that_is_read_in_has_no_backslash(piece):
	# The framework puts a piece in as the replacement of a pattern, where a backslash does not stand for itself.
	assert "\\" not in (APP / piece).read_text()
