"""The framework itself: one wheel from PyPI with the framework's own names put back, in a venv.

PyPI's `criscostack` 1.0.0 is Frappe 15.0.0-dev of August 2023 republished under another name. It is
installed by hash, renamed in the sandbox's own folder, and then `import frappe` is the real thing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from .config import REPO, App, Folders, SandboxError, file_hash
from .debian import SEARCH_PATH
from .steps import Marker, call

WHEEL = "criscostack==1.0.0"
WHEEL_SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"

# Order matters: the longer names first.
NAMES = (
	("criscostack", "frappe"),
	("Criscostack", "Frappe"),
	("CRISCOSTACK", "FRAPPE"),
	("criscoerp", "erpnext"),
	("Criscoerp", "ERPNext"),
	("Crisco", "Frappe"),
	("crisco", "frappe"),
	("brik_helper", "bench_helper"),
)

# WeasyPrint 59 asks for any pydyf, and works with this one only; the last pip and setuptools that
# every dependency of that time still builds with are not needed: all of them have wheels or build.
EXTRA_REQUIREMENTS = ("pydyf==0.8.0", "setuptools<81", "wheel")

RETRY = "check the connection to the package registry and run the same command again"


def find_python() -> str:
	"""A Python 3.10 or 3.11 that can make virtual environments: the framework needs one of these."""
	probe = "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 10), (3, 11)))"
	for name in ("python3.11", "python3.10", "python3", sys.executable):
		for folder in SEARCH_PATH.split(os.pathsep):
			path = Path(name) if os.path.isabs(name) else Path(folder or ".") / name
			if not os.access(path, os.X_OK):
				continue
			if subprocess.run([path, "-c", probe], capture_output=True, check=False).returncode == 0:
				return str(path)
	raise SandboxError(
		"no Python 3.10 or 3.11 with the venv module found.\n"
		"  what to do: install one; on Debian 12, as root: apt-get install python3 python3-venv"
	)


def put_names_back(text: bytes) -> bytes:
	for other, own in NAMES:
		text = text.replace(other.encode(), own.encode())
	return text


def unpack(folders: Folders, log: Path) -> bool:
	"""Download the wheel by hash and write it as apps/frappe/frappe with its own names."""
	target = folders.apps / "frappe"
	marker = Marker(folders.engine / "unpacked.key", file_hash(extra=f"{WHEEL_SHA256}{NAMES}"))
	if marker.current():
		return False
	marker.begin()
	shutil.rmtree(target, ignore_errors=True)
	download = folders.engine / "download"
	shutil.rmtree(download, ignore_errors=True)
	download.mkdir(parents=True)
	requirement = download / "requirements.txt"
	requirement.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n")
	command = [find_python(), "-m", "pip", "download", "--no-deps", "--require-hashes"]
	call([*command, "-d", download, "-r", requirement], log, hint=RETRY)
	with zipfile.ZipFile(next(download.glob("*.whl"))) as wheel:
		for entry in wheel.infolist():
			name = put_names_back(entry.filename.encode()).decode()
			if entry.is_dir() or name.endswith(".DS_Store"):
				continue
			content = wheel.read(entry)
			path = target / name
			path.parent.mkdir(parents=True, exist_ok=True)
			path.write_bytes(content if b"\0" in content else put_names_back(content))
	shutil.rmtree(download)
	marker.end()
	return True


def requirements(folders: Folders) -> list[str]:
	"""What the framework asks for, from the wheel's own metadata."""
	metadata = next((folders.apps / "frappe").glob("frappe-*.dist-info/METADATA")).read_text()
	found = re.findall(r"^Requires-Dist: (.+)$", metadata.split("\n\n")[0], re.MULTILINE)
	return [line for line in found if "extra ==" not in line] + list(EXTRA_REQUIREMENTS)


def make_env(folders: Folders, log: Path) -> bool:
	"""The virtual environment with the framework's dependencies and the framework on its path."""
	wanted = "\n".join(requirements(folders))
	python = find_python()
	marker = Marker(folders.engine / "env.key", file_hash(extra=f"{wanted}\n{python}"))
	if marker.current() and folders.python.exists():
		return False
	marker.begin()
	(folders.engine / "app.key").unlink(missing_ok=True)
	shutil.rmtree(folders.env, ignore_errors=True)
	call([python, "-m", "venv", folders.env], log, hint="is the venv module of this Python installed?")
	listing = folders.engine / "requirements.txt"
	listing.write_text(wanted + "\n")
	call([folders.python, "-m", "pip", "install", "-r", listing], log, hint=RETRY, env=env_of(folders))
	site_packages = next((folders.env / "lib").glob("python3.*/site-packages"))
	(site_packages / "frappe.pth").write_text(f"{folders.apps / 'frappe'}\n")
	marker.end()
	return True


def install_app(folders: Folders, app: App, log: Path) -> bool:
	"""Install the repository into the environment, editable, with what its tests need."""
	if not (REPO / "pyproject.toml").exists() or not app.exists():
		return False
	env_key = (folders.engine / "env.key").read_text()
	key = file_hash(REPO / "pyproject.toml", REPO / "setup.py", extra=f"{env_key}\n{REPO}")
	marker = Marker(folders.engine / "app.key", key)
	if marker.current():
		return False
	marker.begin()
	what = f"{REPO}[{app.test_extra}]"
	command = [folders.python, "-m", "pip", "install", "-e", what]
	call(command, log, env=env_of(folders), hint="read the log; is pyproject.toml in order?")
	marker.end()
	return True


def link_apps(folders: Folders, app: App) -> None:
	"""The bench-like folder: apps/<name> as the framework's command line looks for them."""
	folders.bench.mkdir(parents=True, exist_ok=True)
	point(folders.bench / "apps", folders.apps)
	if app.exists():
		point(folders.apps / app.name, REPO)


def point(link: Path, target: Path) -> None:
	"""A symbolic link, made or corrected."""
	if link.is_symlink() and os.readlink(link) == str(target):
		return
	if link.is_symlink():
		link.unlink()
	link.symlink_to(target)


def env_of(folders: Folders) -> dict[str, str]:
	"""The environment of every command that runs inside the sandbox."""
	env = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
	env.pop("FRAPPE_SITE", None)
	env["PATH"] = os.pathsep.join([str(folders.env / "bin"), SEARCH_PATH])
	env["VIRTUAL_ENV"] = str(folders.env)
	# Debian's unpatched wkhtmltopdf wants a display unless Qt is told that there is none.
	env.setdefault("QT_QPA_PLATFORM", "offscreen")
	env["SITES_PATH"] = str(folders.sites)
	return env
