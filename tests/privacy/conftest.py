"""The matrix of privacy: everybody's session; tests/privacy_report.py says how much was tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from privacy_probe import Probe
from privacy_report import LEDGER, Ledger


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
	return snapshot.site


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
