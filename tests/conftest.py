"""What every test gets: a site as freshly restored, a transaction that is rolled back, a server.

Tests in `tests/unit` need no site. All others do: `./sandbox/test` and a bench give one through the
environment (LIBES_SITE, LIBES_SITES_PATH, LIBES_PYTHON, LIBES_ENGINE). Test modules are imported by their
bare names, so each has a name of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest_plugins = ("req_report", "said_lines", "privacy_report")

TESTS = Path(__file__).parent
WITHOUT_SITE = TESTS / "unit"
HOW_TO_RUN = "site tests not run: use ./sandbox/test"



def _own_site() -> str:
	"""Each process of a run that is shared out (pytest-xdist) has a site of its own."""
	number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
	sites = os.environ.get("LIBES_SITES", os.environ.get("LIBES_SITE", "")).split()
	if number and sites and number >= len(sites):
		raise pytest.UsageError(f"{number + 1} processes need {number + 1} sites, and there are {len(sites)}.")
	return sites[number] if sites else ""


SITE = _own_site()
SITES_PATH = os.environ.get("LIBES_SITES_PATH", "")


def pytest_addoption(parser: pytest.Parser) -> None:
	# Here, not beside the benchmarks: options are only known early from the folders named on the command line.
	parser.addoption("--full-size", action="store_true", help="benchmarks at the sizes that are promised")


def pytest_configure(config: pytest.Config) -> None:
	config.addinivalue_line("markers", "commits: the test commits; the site is restored right after it")
	if SITE:
		_check_site()
	elif os.environ.get("CI") or os.environ.get("LIBES_REQUIRE_SITE"):
		raise pytest.UsageError(
			"No site to test on (LIBES_SITE is not set). Run the tests by ./sandbox/test."
		)


def _check_site() -> None:
	"""A site that was asked for and cannot be used is a failure, never a skip."""
	import json

	config_file = Path(SITES_PATH or ".") / SITE / "site_config.json"
	try:
		import frappe  # noqa: F401
	except ImportError as error:
		raise pytest.UsageError(f"The site {SITE} cannot be tested: {error}.") from error
	if not config_file.is_file():
		raise pytest.UsageError(f"There is no site {SITE} in {SITES_PATH or 'LIBES_SITES_PATH (not set)'}.")
	settings = json.loads(config_file.read_text())
	if not settings.get("allow_tests"):
		raise pytest.UsageError(f"The tests overwrite data, and {SITE} does not allow them (allow_tests).")
	if settings.get("db_type", "mariadb") != "mariadb":
		raise pytest.UsageError(
			f"The site tests restore a MariaDB database; {SITE} has {settings['db_type']}."
		)


@pytest.hookimpl(wrapper=True)
def pytest_sessionstart(session: pytest.Session) -> Iterator[None]:
	"""The engine is the very first line of every run, also of a quiet one."""
	reporter = session.config.pluginmanager.get_plugin("terminalreporter")
	if reporter:
		reporter.write_line(_engine_line())
	return (yield)


def _engine_line() -> str:
	if not SITE:
		return f"ENGINE none; {HOW_TO_RUN}"
	line = os.environ.get("LIBES_ENGINE") or _ask_engine()
	return line if line.startswith("ENGINE ") else f"ENGINE {line}"


def _ask_engine() -> str:
	import frappe

	with _in_sites_folder():
		frappe.init(SITE, sites_path=SITES_PATH)
		frappe.connect()
		version = str(frappe.db.sql("select version()")[0][0]).split("-")[0]
		frappe.destroy()
	return f"frappe {frappe.__version__} mariadb {version}"


@contextmanager
def _in_sites_folder() -> Iterator[None]:
	"""Where every command of a bench runs: the framework reads assets and writes logs relative to it."""
	before = os.getcwd()
	os.chdir(SITES_PATH)
	try:
		yield
	finally:
		os.chdir(before)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
	"""Without a site, site tests are not even imported: the framework may not be there."""
	if not SITE and TESTS in collection_path.parents and _needs_site(collection_path):
		return True
	return None


def _needs_site(path: Path) -> bool:
	return path != WITHOUT_SITE and WITHOUT_SITE not in path.parents


@pytest.fixture(scope="session")
def snapshot() -> Iterator:
	"""The connection of this process, and the state of the site to which every module comes back."""
	import frappe
	import known_defaults
	from snapshot import Snapshot, reconnect

	with _in_sites_folder():
		frappe.init(SITE, sites_path=SITES_PATH)
		frappe.connect()
		# flags.in_test stays off. With it, the framework takes other ways than in production: only_for() lets
		# everybody through, versions are not kept, some jobs run at once. Jobs wait in the queue, mail is muted.
		reconnect()
		known_defaults.keep()
		_keep_parsed_fields()
		taken = Snapshot(SITE)
		yield taken
		taken.restore()
		taken.close()
		frappe.destroy()


def _keep_parsed_fields() -> None:
	"""The stand-in's release parses the name of each field of each query anew: a tenth of all the time of a run."""
	from functools import lru_cache

	from frappe.database import query

	if parser := getattr(query, "sqlparse", None):
		parser.format = lru_cache(maxsize=4096)(parser.format)


@pytest.fixture(scope="module")
def site(snapshot) -> str:
	"""The site with the data it had at the start, whatever the module before has left."""
	snapshot.restore()
	return SITE


@pytest.fixture
def db(site: str, request: pytest.FixtureRequest) -> Iterator:
	"""One transaction as Administrator, rolled back at the end.

	A test that changes a DocType, a field or a permission is marked `commits`.
	"""
	import frappe
	from snapshot import reconnect

	_be_administrator()
	yield frappe.db
	wrote = getattr(frappe.db, "transaction_writes", 1)
	frappe.db.rollback()
	if request.node.get_closest_marker("commits"):
		request.getfixturevalue("snapshot").restore()
	elif wrote:
		# Redis has heard of documents that are not there any more.
		reconnect(everything=False)
	_be_administrator()


def _be_administrator() -> None:
	import frappe

	frappe.set_user("Administrator")
	frappe.clear_messages()
	frappe.flags.mute_emails = True


@pytest.fixture(autouse=True)
def _site_tests_roll_back(request: pytest.FixtureRequest) -> None:
	if SITE and _needs_site(request.path):
		request.getfixturevalue("db")


@pytest.fixture
def as_user() -> Callable:
	"""`with as_user("name@example.org"): …`"""
	from factories import as_user

	return as_user


@pytest.fixture(scope="session")
def server(snapshot) -> Iterator:
	"""The site over HTTP, by a process of its own. Only what is committed is there."""
	from serving import Server

	started = Server(SITE, SITES_PATH).start()
	yield started
	started.stop()


@pytest.fixture(scope="session")
def login(server) -> Callable:
	"""`login("name@example.org")` gives a client that is logged in by password; `login()` gives a guest."""
	import frappe
	from factories import PASSWORD
	from frappe.utils.password import update_password
	from serving import Client

	def log_in(user: str = "Guest"):
		if user == "Guest":
			return Client(server)
		update_password(user, PASSWORD)
		# What the test has made so far is committed with the password, or the server would not know the user.
		frappe.db.commit()
		return Client(server, user, PASSWORD)

	return log_in
