"""A pytest plugin: be in the sites folder while the tests run, as every command of a bench is.

Paths on pytest's command line stay relative to the repository, where pytest is started; the
framework reads sites/assets and writes ../logs relative to the current folder.
"""

from __future__ import annotations

import os


def pytest_sessionstart() -> None:
	os.chdir(os.environ["LIBES_SITES_PATH"])
