"""The matrix of privacy: everybody's session, and one line that says how much was tried."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from privacy_probe import Ledger, Probe

LEDGER = Ledger()


@pytest.fixture(scope="session")
def ledger() -> Ledger:
	return LEDGER


@pytest.fixture(scope="session")
def _stage() -> dict:
	return {}


@pytest.fixture(scope="module")
def site(snapshot, _stage) -> str:
	"""One cast for all modules of this folder: it takes longer to make than a module to run."""
	if _stage.get("generation") != snapshot.generation:
		_stage.clear()
		snapshot.restore()
	return os.environ["LIBES_SITE"]


@pytest.fixture(scope="module")
def cast(site, snapshot, _stage, ledger):
	import frappe
	from privacy_cast import build

	if _stage.get("failed"):
		pytest.fail("The cast could not be made; the first error of this run says why.", pytrace=False)
	if "cast" not in _stage:
		_stage["failed"] = True
		frappe.set_user("Administrator")
		frappe.flags.mute_emails = True
		_stage.update(cast=build(), generation=snapshot.generation, probes={}, failed=False)
		ledger.planted = len(_stage["cast"].vault)
	return _stage["cast"]


@pytest.fixture
def probe(cast, login, _stage, ledger) -> Callable[[str], Probe]:
	"""`probe("volunteer")`: that person's session, the same one in every test."""

	def of(person: str) -> Probe:
		if person not in _stage["probes"]:
			user = "Administrator" if person == "administrator" else cast.users[person]
			_stage["probes"][person] = Probe(person, login(user), cast.vault, ledger)
		return _stage["probes"][person]

	return of


def pytest_sessionfinish(session: pytest.Session) -> None:
	"""A leak fails the run also where no test has looked for it."""
	if LEDGER.leaks and session.exitstatus == pytest.ExitCode.OK:
		session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
	if not LEDGER.requests:
		return
	for leak in sorted(set(LEDGER.leaks)):
		terminalreporter.write_line(f"LEAK {leak}")
	terminalreporter.write_line(LEDGER.line())
	# The statuses of every route, for a reader who wants to see them.
	if path := os.environ.get("LIBES_PRIVACY_STATUSES"):
		Path(path).write_text(json.dumps(LEDGER.statuses, indent="\t", sort_keys=True) + "\n")
