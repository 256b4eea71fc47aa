"""A real bench instead of the stand-in: FRAPPE_BENCH names its folder, FRAPPE_SITE a site of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from .config import INSIDE, REPO, App, Folders, SandboxError, app_hash, file_hash, read_json
from .steps import Marker, call, say


class Bench:
	"""The bench that the user pointed at. Nothing of it is started, and no site is made."""

	def __init__(self, folder: Path, app: App, folders: Folders) -> None:
		self.folder = folder
		self.app = app
		self.folders = folders
		self.sites = folder / "sites"
		self.python = folder / "env" / "bin" / "python"
		if not self.python.exists() or not self.sites.is_dir():
			raise SandboxError(f"FRAPPE_BENCH is {folder}, which has no env/bin/python and sites/ folder.")
		self.site = os.environ.get("FRAPPE_SITE") or self.default_site()
		if not (self.sites / self.site / "site_config.json").exists():
			raise SandboxError(f"the bench {folder} has no site named {self.site}; set FRAPPE_SITE.")
		place = file_hash(extra=str(folder))
		self.markers = folders.root / "benches" / place

	def default_site(self) -> str:
		found = read_json(self.sites / "common_site_config.json").get("default_site")
		if not found:
			raise SandboxError("the bench has no default_site; name one in FRAPPE_SITE.")
		return found

	def config(self) -> dict[str, Any]:
		common = read_json(self.sites / "common_site_config.json")
		return {**common, **read_json(self.sites / self.site / "site_config.json")}

	def allows_tests(self) -> bool:
		return bool(read_json(self.sites / self.site / "site_config.json").get("allow_tests"))

	def require_tests_allowed(self) -> None:
		if not self.allows_tests():
			raise SandboxError(
				f"the site {self.site} has no allow_tests in its site_config.json, and the tests restore the"
				" database.\n  what to do: use a site made for testing; on it,"
				f" bench --site {self.site} set-config allow_tests true"
			)

	def env(self) -> dict[str, str]:
		env = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
		env["PATH"] = os.pathsep.join([str(self.folder / "env" / "bin"), env.get("PATH", "")])
		env["VIRTUAL_ENV"] = str(self.folder / "env")
		env["SITES_PATH"] = str(self.sites)
		return env

	def frappe(self, *arguments: str) -> list[str]:
		module = [str(self.python), "-m", "frappe.utils.bench_helper", "frappe"]
		return [*module, "--site", self.site, *arguments]

	def pip(self) -> list[str]:
		"""Newer benches make their environment with uv, which brings no pip."""
		probe = subprocess.run([self.python, "-m", "pip", "--version"], capture_output=True, check=False)
		if probe.returncode and shutil.which("uv"):
			return ["uv", "pip", "install", "--python", str(self.python)]
		return [str(self.python), "-m", "pip", "install"]

	def prepare(self, *, change_site: bool) -> None:
		"""The app in the bench's environment and, on a site that allows tests, installed and migrated."""
		self.folders.logs.mkdir(parents=True, exist_ok=True)
		log = self.folders.logs / "bench.log"
		key = file_hash(REPO / "pyproject.toml", REPO / "setup.py", extra=str(REPO))
		installed = Marker(self.markers / "pip.key", key)
		if not installed.current():
			say(f"installing {self.app.name}[{self.app.test_extra}] into {self.folder / 'env'}")
			what = f"{REPO}[{self.app.test_extra}]"
			call([*self.pip(), "-e", what], log, env=self.env(), hint="read the log")
			installed.end()
		if not change_site:
			return
		if self.app.name not in self.site_apps():
			if not self.allows_tests():
				raise SandboxError(
					f"{self.app.name} is not installed on {self.site}, and the site does not allow tests.\n"
					f"  what to do: bench --site {self.site} install-app {self.app.name}"
				)
			self.list_app()
			say(f"installing {self.app.name} on {self.site}")
			# The cache still knows the modules from before the app stood in apps.txt.
			call(self.frappe("clear-cache"), log, cwd=self.sites, env=self.env(), hint="read the log")
			command = self.frappe("install-app", self.app.name)
			call(command, log, cwd=self.sites, env=self.env(), hint="read the log")
			Marker(self.markers / f"{self.site}.key", app_hash(self.app)).end()
		migrated = Marker(self.markers / f"{self.site}.key", app_hash(self.app))
		if self.allows_tests() and not migrated.current():
			say(f"migrating {self.site}")
			call(self.frappe("migrate"), log, cwd=self.sites, env=self.env(), hint="read the log")
			migrated.end()

	def list_app(self) -> None:
		"""What `bench get-app` would have done: the app's folder in apps/ and its name in apps.txt."""
		link = self.folder / "apps" / self.app.name
		if not link.exists():
			link.symlink_to(REPO)
		listing = self.sites / "apps.txt"
		names = listing.read_text().split()
		if self.app.name not in names:
			listing.write_text("\n".join([*names, self.app.name]) + "\n")

	def site_apps(self) -> list[str]:
		command = self.frappe("list-apps")
		done = subprocess.run(
			command, cwd=self.sites, env=self.env(), capture_output=True, text=True, check=False
		)
		if done.returncode:
			raise SandboxError(
				f"the site {self.site} does not answer:\n{(done.stdout + done.stderr)[-2000:]}"
			)
		return [line.split()[0] for line in done.stdout.splitlines() if line.strip()]

	def demo_logins(self) -> list[dict[str, str]]:
		"""Load the demonstration where that is harmless: on a site that allows tests."""
		if not self.allows_tests():
			return []
		answer = self.markers / "demo.json"
		command = [self.python, INSIDE / "make_site.py", "demo", self.site, self.app.demo, answer]
		call(command, self.folders.logs / "bench.log", cwd=self.sites, env=self.env(), hint="read the log")
		found = read_json(answer)
		return found if isinstance(found, list) else []


def chosen_bench(app: App, folders: Folders) -> Bench | None:
	"""The bench named by FRAPPE_BENCH, if any."""
	folder = os.environ.get("FRAPPE_BENCH")
	return Bench(Path(folder).expanduser().absolute(), app, folders) if folder else None
