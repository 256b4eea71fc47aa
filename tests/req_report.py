"""Pytest plugin: which requirement each test proves, and the list at the end (`--req-report`)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

PROPERTY = "req"
REQUIREMENTS = Path(__file__).with_name("requirements.csv")


def load_requirements(path: Path = REQUIREMENTS) -> dict[str, str]:
	"""ID → text, in the order of the file."""
	with path.open(encoding="utf-8", newline="") as file:
		return {row["id"]: row["text"] for row in csv.DictReader(file)}


class RequirementReport:
	"""Collects, test by test, what `@pytest.mark.req(...)` claims and whether the test held."""

	def __init__(self, known: dict[str, str]) -> None:
		self.known = known
		self.passed: set[str] = set()
		self.failed: set[str] = set()

	@pytest.hookimpl(tryfirst=True)
	def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
		wrong = []
		for item in items:
			ids = [str(id_) for marker in item.iter_markers("req") for id_ in marker.args]
			if any(not marker.args for marker in item.iter_markers("req")):
				wrong.append(f"{item.nodeid}: req() names no requirement")
			wrong += [f"{item.nodeid}: unknown requirement {id_!r}" for id_ in ids if id_ not in self.known]
			# Goes with the reports of the test, to whichever process prints the list.
			item.user_properties.append((PROPERTY, ids))
		if wrong:
			raise pytest.UsageError("\n".join(wrong))

	def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
		ids = [id_ for name, claimed in report.user_properties if name == PROPERTY for id_ in claimed]
		if report.failed:
			self.failed.update(ids)
		elif report.passed and report.when == "call":
			self.passed.update(ids)

	def lines(self) -> list[str]:
		return [f"REQ {id_} {self._state(id_)}" for id_ in self.known]

	def _state(self, id_: str) -> str:
		if id_ in self.failed:
			return "failed"
		return "passed" if id_ in self.passed else "none"

	def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
		if terminalreporter.config.getoption("req_report"):
			for line in self.lines():
				terminalreporter.write_line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
	parser.addoption(
		"--req-report",
		action="store_true",
		help="list every requirement with passed, failed or none at the end",
	)


def pytest_configure(config: pytest.Config) -> None:
	config.pluginmanager.register(RequirementReport(load_requirements()), "requirement-report")
