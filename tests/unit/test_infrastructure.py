"""The suite's own rules, tried on small suites of their own: no site, a wrong site, the requirement list."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
REPOSITORY = TESTS.parent
PARTS = ("conftest.py", "privacy_report.py", "req_report.py", "requirements.csv", "said_lines.py")
ROWS_PER_CHAPTER = {"P": 9, "R": 15, "E": 7, "M": 7, "L": 9, "C": 4, "G": 1, "V": 5, "S": 8}

pytestmark = pytest.mark.req("S8")


@pytest.fixture
def suite(tmp_path: Path):
	"""A copy of this suite's rules with tests of its own: `suite({"unit/test_a.py": "…"}, "-q", CI="1")`."""

	def run(files: dict[str, str], *arguments: str, **env: str) -> subprocess.CompletedProcess:
		(tmp_path / "tests").mkdir()
		shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
		for part in PARTS:
			shutil.copy(TESTS / part, tmp_path / "tests")
		for name, text in files.items():
			path = tmp_path / name
			path.parent.mkdir(parents=True, exist_ok=True)
			path.write_text(text)
		clean = {
			key: value
			for key, value in os.environ.items()
			if key != "CI" and not key.startswith(("LIBES_", "PYTEST_"))
		}
		clean["PYTHONDONTWRITEBYTECODE"] = "1"
		return subprocess.run(
			[sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
			cwd=tmp_path,
			env={**clean, **env},
			capture_output=True,
			text=True,
			check=False,
		)

	return run


UNIT = {"tests/unit/test_plain.py": "def test_it():\n\tassert True\n"}
SITE_TEST = {"tests/site/test_records.py": "raise RuntimeError('imported without a site')\n"}


def test_without_a_site_only_unit_tests_run_and_one_line_says_how_to_run_the_rest(suite):
	done = suite(UNIT | SITE_TEST)
	assert done.returncode == 0, done.stdout + done.stderr
	assert "1 passed" in done.stdout
	hints = [line for line in done.stdout.splitlines() if "./sandbox/test" in line]
	assert hints == ["ENGINE none; site tests not run: use ./sandbox/test"]
	assert done.stdout.splitlines()[0] == hints[0]


def test_site_tests_asked_for_by_name_without_a_site_do_not_pass(suite):
	assert suite(UNIT | SITE_TEST, "tests/site").returncode != 0


@pytest.mark.parametrize("asked", [{"CI": "true"}, {"LIBES_REQUIRE_SITE": "1"}], ids=["CI", "sandbox"])
def test_a_missing_site_is_a_failure_where_one_is_expected(suite, asked):
	done = suite(UNIT, **asked)
	assert done.returncode != 0
	assert "No site to test on" in done.stderr
	assert "passed" not in done.stdout


@pytest.mark.parametrize(
	("config", "sentence"),
	[
		(None, "There is no site one.localhost"),
		({"db_name": "one"}, "does not allow them (allow_tests)"),
		({"db_name": "one", "allow_tests": True, "db_type": "sqlite"}, "one.localhost has sqlite"),
	],
	ids=["absent", "not for tests", "another database"],
)
def test_a_site_that_cannot_be_tested_is_a_failure_with_a_reason(suite, tmp_path, config, sentence):
	files = {**UNIT, "path/frappe/__init__.py": ""}
	if config is not None:
		files["sites/one.localhost/site_config.json"] = json.dumps(config)
	done = suite(
		files,
		LIBES_SITE="one.localhost",
		LIBES_SITES_PATH=str(tmp_path / "sites"),
		PYTHONPATH=str(tmp_path / "path"),
	)
	assert done.returncode != 0
	assert sentence in done.stderr


def test_the_engine_is_the_first_line_of_a_quiet_run(suite, tmp_path):
	files = {
		**UNIT,
		"path/frappe/__init__.py": "",
		"sites/one.localhost/site_config.json": json.dumps({"db_name": "one", "allow_tests": True}),
	}
	done = suite(
		files,
		"-q",
		LIBES_SITE="one.localhost",
		LIBES_SITES_PATH=str(tmp_path / "sites"),
		LIBES_ENGINE="frappe 15.0.0-dev mariadb 10.11.6 stand-in",
		PYTHONPATH=str(tmp_path / "path"),
	)
	assert done.returncode == 0, done.stdout + done.stderr
	assert done.stdout.splitlines()[0] == "ENGINE frappe 15.0.0-dev mariadb 10.11.6 stand-in"


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one", "two"])
def test_lines_for_scripts_are_printed_whole_however_many_processes_run(suite, processes):
	text = "def test_speed(say):\n\tsay('RATIO growth 1.10 <= 1.3')\n"
	lines = suite({"tests/unit/test_a.py": text}, "-q", *processes).stdout.splitlines()
	assert lines.count("RATIO growth 1.10 <= 1.3") == 1


def test_a_leak_found_by_another_process_fails_the_run(suite):
	text = (
		"from privacy_report import LEDGER\n\n"
		"def test_{0}():\n\tLEDGER.add(dict(requests=3, planted=2, leaks=[{1}], statuses=[]))\n"
	)
	files = {"tests/unit/test_a.py": text.format("a", "'somebody'"), "tests/unit/test_b.py": text.format("b", "")}
	done = suite(files, "-n", "2", "--dist", "loadscope")
	assert done.returncode != 0
	assert "LEAK somebody" in done.stdout.splitlines()
	assert "PRIVACY requests=6 canaries=2 leaks=1" in done.stdout.splitlines()


CLAIMS = """
import pytest

@pytest.fixture
def broken():
	raise RuntimeError

@pytest.mark.req("P1", "P2")
def test_holds(): pass

@pytest.mark.req("P2")
def test_fails(): assert False

@pytest.mark.req("P3")
def test_errors(broken): pass

@pytest.mark.req("P4")
def test_skipped(): pytest.skip()

@pytest.mark.req("P5")
@pytest.mark.xfail
def test_expected_to_fail(): assert False
"""


def test_the_report_has_one_line_for_every_requirement(suite):
	lines = suite({"tests/unit/test_claims.py": CLAIMS}, "--req-report").stdout.splitlines()
	report = dict(line.split()[1:] for line in lines if line.startswith("REQ "))
	assert len(report) == sum(ROWS_PER_CHAPTER.values())
	assert {key: value for key, value in report.items() if value != "none"} == {
		"P1": "passed",
		"P2": "failed",
		"P3": "failed",
	}


def test_without_the_option_there_is_no_report(suite):
	assert "REQ " not in suite({"tests/unit/test_claims.py": CLAIMS}).stdout


@pytest.mark.parametrize(
	("marker", "sentence"),
	[('req("P99")', "unknown requirement 'P99'"), ("req()", "names no requirement")],
)
def test_a_claim_that_is_not_on_the_list_is_an_error(suite, marker, sentence):
	text = f"import pytest\n\n@pytest.mark.{marker}\ndef test_it(): pass\n"
	done = suite({"tests/unit/test_claims.py": text})
	assert done.returncode != 0
	assert sentence in done.stdout + done.stderr


def test_the_list_holds_every_row_once_with_a_text():
	from req_report import load_requirements

	known = load_requirements()
	expected = [
		f"{chapter}{number + 1}" for chapter, rows in ROWS_PER_CHAPTER.items() for number in range(rows)
	]
	assert list(known) == expected
	assert len((TESTS / "requirements.csv").read_text().splitlines()) == len(expected) + 1
	assert all(re.search(r"\w{3}", text) for text in known.values())
