"""Give every test module the same site: one dump at the start, and back to it where something changed.

A checksum of every table (some twenty milliseconds) says exactly what was committed since, whoever did
it: the tests, the web server, a browser or a job. Only those tables are put back.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import frappe

SECTION = re.compile(r"^-- (?:Table|Sequence) structure for (?:table )?`(.+)`$", re.MULTILINE)
DATA = re.compile(r"^-- Dumping data for table `.+`$", re.MULTILINE)
FILE_FOLDERS = ("public/files", "private/files")
# Keys in Redis, and the tables they are read from.
ABOUT_DOCTYPES = (
	b"doctype_meta",
	b"doctype_form_meta",
	b"table_columns",
	b"app_hooks",
	b"merged_translations",
)
DOCTYPE_TABLES = ("DocType", "DocField", "DocPerm", "Custom Field", "Property Setter", "Custom DocPerm")


class Snapshot:
	"""The site as it was when the tests began."""

	def __init__(self, site: str) -> None:
		self.site = site
		self.folder = Path(tempfile.mkdtemp(prefix="site-snapshot-"))
		# Goes up with every restore: what was built before is gone.
		self.generation = 0
		self.seconds = 0.0
		self._write_client_settings()
		self.preamble, self.sections = self._dump()
		self.state = _state()
		self.files = _files()

	def restore(self) -> bool:
		"""Put back what changed; True when something did. The connection of this process is new then."""
		began = time.monotonic()
		frappe.db.rollback()
		now = _state()
		extra = [name for name in now if name not in self.state]
		changed = [name for name, state in self.state.items() if now.get(name) != state]
		for path in _files() - self.files:
			path.unlink(missing_ok=True)
		if not extra and not changed:
			return False
		script = [self.preamble]
		for name in extra:
			kind = "SEQUENCE" if now[name][0] == "SEQUENCE" else "TABLE"
			script.append(f"DROP {kind} IF EXISTS `{name}`;")
		for name in changed:
			same_columns = name in now and now[name][1] == self.state[name][1]
			script.append(self._rows(name) if same_columns else self.sections[name])
		# An open connection of ours would hold locks on the tables that are put back.
		frappe.db.close()
		self._run("\n".join(script))
		reconnect(everything=any(f"tab{name}" in changed for name in DOCTYPE_TABLES))
		self.generation += 1
		self.seconds += time.monotonic() - began
		return True

	def close(self) -> None:
		shutil.rmtree(self.folder, ignore_errors=True)

	def _rows(self, name: str) -> str:
		"""Emptying and filling a table is much quicker than making it anew."""
		section = self.sections[name]
		found = DATA.search(section)
		return f"DELETE FROM `{name}`;\n{section[found.end() :] if found else ''}\nCOMMIT;"

	def _dump(self) -> tuple[str, dict[str, str]]:
		frappe.db.rollback()
		arguments = ["--single-transaction", "--quick", "--skip-add-locks", "--skip-disable-keys"]
		text = self._command("mariadb-dump", "mysqldump", [*arguments, frappe.conf.db_name])
		preamble, *rest = SECTION.split(text)
		return preamble, dict(zip(rest[::2], rest[1::2], strict=True))

	def _run(self, script: str) -> None:
		self._command("mariadb", "mysql", [frappe.conf.db_name], script)

	def _command(self, name: str, older_name: str, arguments: list[str], script: str = "") -> str:
		program = shutil.which(name) or shutil.which(older_name)
		if not program:
			raise RuntimeError(f"The site tests need the program {name} on the path.")
		settings = f"--defaults-extra-file={self.folder / 'client.cnf'}"
		done = subprocess.run(
			[program, settings, "--default-character-set=utf8mb4", *arguments],
			input=script.encode(),
			capture_output=True,
			check=False,
		)
		if done.returncode:
			raise RuntimeError(f"{name} failed: {done.stderr.decode(errors='replace')[-2000:]}")
		return done.stdout.decode("utf-8", errors="surrogateescape")

	def _write_client_settings(self) -> None:
		"""The site's own account; in a file, so that the password is in no list of processes."""
		conf = frappe.conf
		lines = ["[client]", f"user={conf.get('db_user') or conf.db_name}", f'password="{conf.db_password}"']
		if conf.get("db_socket"):
			lines.append(f"socket={conf.db_socket}")
		else:
			lines += [f"host={conf.db_host or '127.0.0.1'}", f"port={conf.db_port or 3306}"]
		path = self.folder / "client.cnf"
		path.touch(0o600)
		path.write_text("\n".join(lines) + "\n")


def reconnect(*, everything: bool = True) -> None:
	"""Start this process anew on the site, with nothing remembered of what its database held.

	Reading all DocTypes again takes seconds, so without `everything` what is known of them stays.
	"""
	site, sites_path = frappe.local.site, frappe.local.sites_path
	keys = frappe.cache.get_keys("")
	if not everything:
		keys = [key for key in keys if not key.split(b"|", 1)[-1].startswith(ABOUT_DOCTYPES)]
	if keys:
		frappe.cache.delete_value(keys, make_keys=False)
	frappe.destroy()
	frappe.init(site, sites_path=sites_path)
	frappe.connect()
	if hasattr(frappe, "client_cache"):
		frappe.client_cache.clear_cache()


def _state() -> dict[str, tuple]:
	"""Table → (kind, columns, checksum). Sequences only move forward, so they have no checksum."""
	kinds = dict(
		frappe.db.sql(
			"select table_name, table_type from information_schema.tables where table_schema = database()"
		)
	)
	columns: dict[str, list] = {}
	for table, *column in frappe.db.sql(
		"""select table_name, column_name, column_type, column_default, is_nullable
		from information_schema.columns where table_schema = database()
		order by table_name, ordinal_position"""
	):
		columns.setdefault(table, []).append(tuple(column))
	tables = [name for name, kind in kinds.items() if kind == "BASE TABLE"]
	listed = ", ".join(f"`{name}`" for name in tables)
	sums = {row[0].split(".", 1)[1]: row[1] for row in frappe.db.sql(f"checksum table {listed}")}
	return {
		name: (kind, tuple(columns.get(name, ())) if kind == "BASE TABLE" else (), sums.get(name))
		for name, kind in kinds.items()
		if kind in ("BASE TABLE", "SEQUENCE")
	}


def _files() -> set[Path]:
	root = Path(frappe.get_site_path()).resolve()
	return {path for folder in FILE_FOLDERS for path in (root / folder).rglob("*") if path.is_file()}
