"""The browser's side: bundles of the framework and of the app, built with esbuild from npm packages."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from .config import SANDBOX_SOURCE, App, Folders, file_hash, public_hash, read_json, write_json
from .debian import program
from .engine import RETRY, point
from .steps import Marker, call

SOURCE = SANDBOX_SOURCE / "assets"


def install_packages(folders: Folders, log: Path) -> bool:
	"""npm's packages, exactly those of the lock file, without running their install scripts."""
	files = [SOURCE / "package.json", SOURCE / "package-lock.json"]
	marker = Marker(folders.engine / "node.key", file_hash(*files))
	if marker.current():
		return False
	marker.begin()
	folders.node.mkdir(parents=True, exist_ok=True)
	for file in files:
		shutil.copy(file, folders.node)
	command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
	call(command, log, cwd=folders.node, hint=RETRY)
	marker.end()
	return True


def build(folders: Folders, app: str, key: str, log: Path) -> bool:
	"""Build one app's bundles into built/<app>; the manifest is the last file written."""
	target = folders.built / app
	marker = Marker(target / "built.key", file_hash(SOURCE / "build.js", extra=key))
	if marker.current():
		return False
	shutil.rmtree(target, ignore_errors=True)
	command = [program("node"), SOURCE / "build.js", folders.node / "node_modules", folders.apps, app]
	env = {**os.environ, "NODE_PATH": str(folders.node / "node_modules")}
	hint = "read the log; a bundle of the app's public folder may have an error"
	call([*command, target, f"/assets/built/{app}/"], log, env=env, hint=hint)
	marker.end()
	return True


def build_all(folders: Folders, app: App, log: Path) -> bool:
	"""Build what changed, and put sites/assets together."""
	engine_key = file_hash(folders.engine / "unpacked.key", folders.engine / "node.key")
	changed = build(folders, "frappe", engine_key, log)
	if (app.package / "public").is_dir():
		changed = build(folders, app.name, engine_key + public_hash(app), log) or changed
	link_assets(folders, app)
	return changed


def link_assets(folders: Folders, app: App) -> None:
	"""sites/assets: the public folders as they are, the bundles, and the list that names them."""
	assets = folders.sites / "assets"
	assets.mkdir(parents=True, exist_ok=True)
	point(folders.apps / "frappe" / "node_modules", folders.node / "node_modules")
	point(assets / "frappe", folders.apps / "frappe" / "frappe" / "public")
	point(folders.apps / "frappe" / "frappe" / "public" / "node_modules", folders.node / "node_modules")
	point(assets / "built", folders.built)
	if (app.package / "public").is_dir():
		point(assets / app.name, app.package / "public")
	bundles: dict[str, str] = {}
	for name in ("frappe", app.name):
		bundles.update(read_json(folders.built / name / "manifest.json"))
	listing = assets / "assets.json"
	if not listing.exists() or json.loads(listing.read_text()) != bundles:
		write_json(listing, bundles)
	if not (assets / "assets-rtl.json").exists():
		write_json(assets / "assets-rtl.json", {})
