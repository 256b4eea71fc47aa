"""The sites: made once, kept as dumps, restored in a second or two.

`demo.localhost` is what `start` serves; the test sites are what the tests may restore and spoil.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from .config import (
	ADMIN_PASSWORD,
	DEMO_SITE,
	INSIDE,
	TEST_SITE,
	TEST_SITES,
	App,
	Folders,
	app_hash,
	file_hash,
	read_json,
	write_json,
)
from .engine import env_of
from .services import LOOPBACK, flush_redis, mariadb_client, state
from .steps import Marker, call, say

DATABASES = {
	DEMO_SITE: "sandbox_demo",
	**{site: f"sandbox_test_{number}" for number, site in enumerate(TEST_SITES, 1)},
}

# Numbered databases of Redis per site, cache and queue apart: the worker of the demo site must not
# take the jobs of a test.
REDIS = {site: (2 * number, 2 * number + 1) for number, site in enumerate(DATABASES)}
SITE_HINT = "read the log; when the cause is in the app, mend it and run the same command again"


def inside(folders: Folders, script: str, *arguments: str, log: Path, hint: str = SITE_HINT) -> None:
	"""Run one of the scripts in inside/ with the site's Python, in the sites folder."""
	command = [folders.python, INSIDE / script, *arguments]
	call(command, log, cwd=folders.sites, env=env_of(folders), hint=hint)


def frappe_command(folders: Folders, *arguments: str) -> list[str]:
	"""The framework's own command line, as a bench calls it."""
	return [str(folders.python), "-m", "frappe.utils.bench_helper", "frappe", *arguments]


def engine_key(folders: Folders) -> str:
	return file_hash(folders.engine / "unpacked.key", folders.engine / "env.key", INSIDE / "make_site.py")


def write_common_config(folders: Folders) -> None:
	"""What both sites share. Mail is muted: messages are queued and stay there."""
	known = state(folders)
	write_json(
		folders.sites / "common_site_config.json",
		{
			"db_host": LOOPBACK,
			"db_port": known["db_port"],
			"default_site": DEMO_SITE,
			"developer_mode": 0,
			# No socket.io server here: the desk asks again instead of being told.
			"disable_async": 1,
			# The framework wants a sender even for mail that stays in the queue; port 9 discards.
			"mail_server": LOOPBACK,
			"mail_port": 9,
			"mail_login": "sandbox@example.com",
			"auto_email_id": "sandbox@example.com",
			"email_sender_name": "Sandbox",
			"mute_emails": 1,
			"server_script_enabled": 0,
			**redis_config(folders, DEMO_SITE),
		},
	)


def redis_config(folders: Folders, site: str) -> dict[str, str]:
	cache, queue = REDIS[site]
	redis = f"redis://{LOOPBACK}:{state(folders)['redis_port']}"
	return {
		"redis_cache": f"{redis}/{cache}",
		"redis_queue": f"{redis}/{queue}",
		"redis_socketio": f"{redis}/{cache}",
	}


def refresh_site_configs(folders: Folders) -> None:
	"""Sites made earlier follow when a server had to move to another port."""
	for site in DATABASES:
		path = folders.sites / site / "site_config.json"
		old = read_json(path)
		if old and old != {**old, **site_config(folders, site)}:
			write_json(path, {**old, **site_config(folders, site)})


def write_apps_list(folders: Folders, app: App) -> None:
	names = ["frappe", app.name] if app.exists() else ["frappe"]
	(folders.sites / "apps.txt").write_text("\n".join(names) + "\n")
	(folders.sites / "apps.json").write_text("{}\n")


def site_config(folders: Folders, site: str) -> dict[str, Any]:
	"""The site's own settings; a test site has queues of its own that no worker listens to."""
	known = state(folders)
	old = read_json(folders.sites / site / "site_config.json")
	config: dict[str, Any] = {
		"db_name": DATABASES[site],
		"db_password": old.get("db_password") or secrets.token_hex(12),
		"db_host": LOOPBACK,
		"db_port": known["db_port"],
		"db_type": "mariadb",
		"encryption_key": old.get("encryption_key") or new_encryption_key(),
		"host_name": known.get("host_name", f"http://{LOOPBACK}:8000"),
	}
	if site in TEST_SITES:
		config.update(allow_tests=True, pause_scheduler=1, **redis_config(folders, site))
	return config


def new_encryption_key() -> str:
	"""The form that the framework's encryption (Fernet) asks for."""
	import base64

	return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def write_site_folder(folders: Folders, site: str) -> None:
	"""An empty site folder: settings, and the places where files go."""
	folder = folders.sites / site
	config = site_config(folders, site)
	shutil.rmtree(folder, ignore_errors=True)
	for name in ("public/files", "private/files", "private/backups", "locks", "logs"):
		(folder / name).mkdir(parents=True)
	write_json(folder / "site_config.json", config)


def sql(folders: Folders, text: str, log: Path) -> None:
	call([*mariadb_client(folders), "-e", text], log, hint="read the log")


def fresh_database(folders: Folders, site: str, log: Path) -> None:
	"""An empty database with an account of its own that may do anything in it and nothing elsewhere."""
	name = DATABASES[site]
	password = site_config(folders, site)["db_password"]
	sql(
		folders,
		f"DROP DATABASE IF EXISTS `{name}`;"
		f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;"
		f"CREATE OR REPLACE USER `{name}`@`{LOOPBACK}` IDENTIFIED BY '{password}';"
		f"GRANT ALL PRIVILEGES ON `{name}`.* TO `{name}`@`{LOOPBACK}`;",
		log,
	)


class Dump:
	"""A copy of a site's database and files, complete only when its marker says so."""

	def __init__(self, folders: Folders, name: str, key: str) -> None:
		self.folders = folders
		self.folder = folders.dumps / name
		self.marker = Marker(self.folder / "dump.key", key)

	def current(self) -> bool:
		return self.marker.current()

	def save(self, site: str, log: Path) -> None:
		shutil.rmtree(self.folder, ignore_errors=True)
		self.folder.mkdir(parents=True)
		command = [*mariadb_client(self.folders, "mariadb-dump"), "--single-transaction", "--quick"]
		call(
			[*command, "--skip-comments", DATABASES[site]],
			log,
			stdout=self.folder / "database.sql",
			hint="read the log",
		)
		for name in ("public", "private"):
			shutil.copytree(self.folders.sites / site / name, self.folder / name)
		self.marker.end()

	def restore(self, site: str, log: Path) -> None:
		write_site_folder(self.folders, site)
		fresh_database(self.folders, site, log)
		for name in ("public", "private"):
			shutil.copytree(self.folder / name, self.folders.sites / site / name, dirs_exist_ok=True)
		command = [*mariadb_client(self.folders), DATABASES[site]]
		call(command, log, stdin=self.folder / "database.sql", hint="read the log")
		flush_redis(self.folders, *REDIS[site])


def frappe_dump(folders: Folders) -> Dump:
	return Dump(folders, "frappe", engine_key(folders))


def app_dump(folders: Folders, app: App) -> Dump:
	return Dump(folders, "app", file_hash(extra=engine_key(folders) + app_hash(app)))


def make_frappe_dump(folders: Folders, log: Path) -> bool:
	"""A site with the framework only, the setup wizard answered; the ground for everything else."""
	dump = frappe_dump(folders)
	if dump.current():
		return False
	site_marker(folders, TEST_SITE).begin()
	write_site_folder(folders, TEST_SITE)
	flush_redis(folders, *REDIS[TEST_SITE])
	os.environ["SANDBOX_DB_ROOT_PASSWORD"] = state(folders)["db_root_password"]
	inside(folders, "make_site.py", "create", TEST_SITE, ADMIN_PASSWORD, log=log)
	del os.environ["SANDBOX_DB_ROOT_PASSWORD"]
	dump.save(TEST_SITE, log)
	return True


def site_marker(folders: Folders, site: str) -> Marker:
	"""Says that a site is whole; gone while it is being made."""
	return Marker(folders.sites / f"{site}.made", engine_key(folders))


def make_test_site(folders: Folders, app: App, log: Path, site: str = TEST_SITE) -> bool:
	"""A test site as right after installation; an unchanged app comes from its dump."""
	marker = site_marker(folders, site)
	marker.begin()
	dump = app_dump(folders, app)
	if app.exists() and not dump.current():
		frappe_dump(folders).restore(site, log)
		inside(folders, "make_site.py", "install", site, app.name, log=log)
		dump.save(site, log)
	else:
		(dump if app.exists() else frappe_dump(folders)).restore(site, log)
	marker.end()
	return True


def make_demo_site(folders: Folders, app: App, log: Path) -> bool:
	"""The demo site, kept between starts; made from the framework's dump when it is not whole."""
	marker = site_marker(folders, DEMO_SITE)
	installed = folders.sites / f"{DEMO_SITE}.app"
	if marker.current() and (installed.exists() or not app.exists()):
		return False
	marker.begin()
	for file in (installed, logins_file(folders)):
		file.unlink(missing_ok=True)
	frappe_dump(folders).restore(DEMO_SITE, log)
	if app.exists():
		inside(folders, "make_site.py", "install", DEMO_SITE, app.name, log=log)
		installed.write_text(app_hash(app) + "\n")
	marker.end()
	return True


def migrate_demo_site(folders: Folders, app: App, log: Path) -> bool:
	"""Bring a demo site made from an older state of the app up to date, keeping its data."""
	installed = folders.sites / f"{DEMO_SITE}.app"
	key = app_hash(app)
	if not app.exists() or not installed.exists() or installed.read_text().strip() == key:
		return False
	command = frappe_command(folders, "--site", DEMO_SITE, "migrate")
	hint = "read the log; `sandbox/reset` makes the site anew"
	call(command, log, cwd=folders.sites, env=env_of(folders), hint=hint)
	installed.write_text(key + "\n")
	return True


def logins_file(folders: Folders) -> Path:
	return folders.sites / f"{DEMO_SITE}.logins.json"


def load_demo(folders: Folders, app: App, log: Path) -> bool:
	"""Call the app's demonstration loader, once per made site, and keep the logins it answers."""
	target = logins_file(folders)
	if target.exists() or not app.exists():
		return False
	answer = folders.run / "demo.json"
	answer.unlink(missing_ok=True)
	inside(folders, "make_site.py", "demo", DEMO_SITE, app.demo, str(answer), log=log)
	if not answer.exists():
		say(f"no demonstration: the app has no {app.demo}")
		return False
	answer.replace(target)
	return True


def logins(folders: Folders) -> list[dict[str, str]]:
	"""One login per role, and the administrator that every site has."""
	try:
		found = json.loads(logins_file(folders).read_text())
	except (OSError, ValueError):
		found = []
	admin = {"role": "Administrator", "user": "Administrator", "password": ADMIN_PASSWORD}
	return [*(found or []), admin]


def set_host_name(folders: Folders, address: str) -> None:
	"""Links in mails and PDF files use the address that is really served."""
	known = state(folders)
	known["host_name"] = address
	write_json(folders.state_file, known)
	refresh_site_configs(folders)
