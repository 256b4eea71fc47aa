"""Where everything is: the repository, the app's name, and the folders of the sandbox."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SANDBOX_SOURCE = Path(__file__).resolve().parent.parent
REPO = SANDBOX_SOURCE.parent
INSIDE = SANDBOX_SOURCE / "inside"

DEMO_SITE = "demo.localhost"
# The tests run on the first; a whole run is shared out to both.
TEST_SITES = ("test.localhost", "test-2.localhost")
TEST_SITE = TEST_SITES[0]
ADMIN_PASSWORD = "admin"

# Files that decide what a site looks like in the database: a change means install or migrate again.
APP_SUFFIXES = {".csv", ".html", ".json", ".py", ".txt"}


class SandboxError(Exception):
	"""Something a person can act on; shown without a traceback."""


@dataclass(frozen=True)
class App:
	"""The one thing the sandbox knows about the app, from sandbox/app.json."""

	name: str
	demo: str
	test_extra: str

	@property
	def package(self) -> Path:
		return REPO / self.name

	def exists(self) -> bool:
		return (self.package / "hooks.py").exists()


def load_app() -> App:
	"""Read app.json, so that the name of the app is written in one place only."""
	data = json.loads((SANDBOX_SOURCE / "app.json").read_text())
	return App(data["app"], data["demo"], data["test_extra"])


class Folders:
	"""The sandbox's own folder and what is in it; nothing is written anywhere else."""

	def __init__(self, root: Path) -> None:
		self.root = root
		self.engine = root / "engine"
		self.env = self.engine / "env"
		self.apps = self.engine / "apps"
		self.node = self.engine / "node"
		self.data = root / "data"
		self.mariadb = self.data / "mariadb"
		self.redis = self.data / "redis"
		self.run = root / "run"
		self.logs = root / "logs"
		self.bench = root / "bench"
		self.sites = self.bench / "sites"
		self.built = self.bench / "built"
		self.dumps = root / "dumps"
		self.state_file = self.data / "state.json"

	@property
	def python(self) -> Path:
		return self.env / "bin" / "python"

	def make(self) -> None:
		for folder in (self.engine, self.data, self.run, self.logs, self.sites, self.dumps):
			folder.mkdir(parents=True, exist_ok=True)
		(self.bench / "logs").mkdir(exist_ok=True)


def default_folders() -> Folders:
	"""$LIBES_SANDBOX, or a folder in the user's cache."""
	chosen = os.environ.get("LIBES_SANDBOX")
	cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
	root = Path(chosen).expanduser() if chosen else cache / f"{load_app().name}-sandbox"
	return Folders(root.absolute())


def file_hash(*paths: Path, extra: str = "") -> str:
	"""One short key for the contents of some files; a missing file counts as empty."""
	digest = hashlib.sha256(extra.encode())
	for path in paths:
		digest.update(str(path.name).encode() + b"\0")
		digest.update(path.read_bytes() if path.is_file() else b"")
	return digest.hexdigest()[:16]


def app_hash(app: App) -> str:
	"""Key of everything in the app's package that shapes a site."""
	files = sorted(
		path
		for path in app.package.rglob("*")
		if path.suffix in APP_SUFFIXES and not {"__pycache__", "node_modules"} & set(path.parts)
	)
	names = "\n".join(str(path.relative_to(app.package)) for path in files)
	return file_hash(*files, extra=names)


def public_hash(app: App) -> str:
	"""Key of what the app's browser bundles are built from."""
	files = sorted(path for path in (app.package / "public").rglob("*") if path.is_file())
	names = "\n".join(str(path.relative_to(app.package)) for path in files)
	return file_hash(*files, extra=names)


def read_json(path: Path) -> dict[str, Any]:
	"""A JSON file, or an empty dictionary when it is not there or was cut off half-way."""
	try:
		return json.loads(path.read_text())
	except (OSError, ValueError):
		return {}


def write_json(path: Path, data: Any) -> None:
	"""Write next to the file and rename, so that a reader never sees half of it."""
	temporary = path.with_name(path.name + ".new")
	temporary.write_text(json.dumps(data, indent="\t") + "\n")
	os.chmod(temporary, 0o600)
	temporary.replace(path)
