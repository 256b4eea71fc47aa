"""Pytest plugin: what the privacy tests have sent and found, summed up over all processes of the run."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class Ledger:
	"""What a whole run has sent and found."""

	requests: int = 0
	planted: int = 0
	leaks: list[str] = field(default_factory=list)
	# route → person → status → how often
	statuses: dict[str, dict[str, Counter]] = field(
		default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
	)

	def line(self) -> str:
		return f"PRIVACY requests={self.requests} canaries={self.planted} leaks={len(set(self.leaks))}"

	def as_data(self) -> dict:
		return {
			"requests": self.requests,
			"planted": self.planted,
			"leaks": self.leaks,
			"statuses": [
				(route, person, status, count)
				for route, persons in self.statuses.items()
				for person, counted in persons.items()
				for status, count in counted.items()
			],
		}

	def add(self, data: dict) -> None:
		"""Takes over what another process has sent and found; each plants the same canaries."""
		self.requests += data["requests"]
		self.planted = max(self.planted, data["planted"])
		self.leaks.extend(data["leaks"])
		for route, person, status, count in data["statuses"]:
			self.statuses[route][person][status] += count


LEDGER = Ledger()


def pytest_sessionfinish(session: pytest.Session) -> None:
	"""A leak fails the run also where no test has looked for it."""
	output = getattr(session.config, "workeroutput", None)
	if output is not None:
		output["privacy"] = LEDGER.as_data()
	elif LEDGER.leaks and session.exitstatus == pytest.ExitCode.OK:
		session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
	"""Another process of the run has ended (hook of pytest-xdist)."""
	if data := getattr(node, "workeroutput", {}).get("privacy"):
		LEDGER.add(data)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
	if not LEDGER.requests:
		return
	for leak in sorted(set(LEDGER.leaks)):
		terminalreporter.write_line(f"LEAK {leak}")
	terminalreporter.write_line(LEDGER.line())
	# The statuses of every route, for a reader who wants to see them.
	if path := os.environ.get("LIBES_PRIVACY_STATUSES"):
		Path(path).write_text(json.dumps(LEDGER.statuses, indent="\t", sort_keys=True) + "\n")
