"""Pytest plugin: lines that scripts read (`RATIO …`), printed at the end by the process that talks to the terminal.

`say("RATIO name 1.20 <= 1.3")` in a test keeps the line until then, with or without `-s`, and also where the
run is shared out to several processes.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

PROPERTY = "said line"


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
	return lambda line: record_property(PROPERTY, line)


class Printer:
	def __init__(self) -> None:
		self.lines: list[str] = []

	def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
		# Every phase of a test reports all its properties: the last phase has them all, once.
		if report.when == "teardown":
			self.lines += [str(value) for name, value in report.user_properties if name == PROPERTY]

	def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
		for line in self.lines:
			terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
	config.pluginmanager.register(Printer(), "said-lines")
