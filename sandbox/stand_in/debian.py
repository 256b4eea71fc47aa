"""The programs that come from Debian's packages, and how they are installed when missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .config import SandboxError
from .steps import call, say

# Debian keeps servers in sbin, which is not on every user's PATH.
SEARCH_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])

# program -> Debian package
PROGRAMS = {
	"mariadbd": "mariadb-server",
	"mariadb-install-db": "mariadb-server",
	"mariadb": "mariadb-client",
	"mariadb-dump": "mariadb-client",
	"redis-server": "redis-server",
	"wkhtmltopdf": "wkhtmltopdf",
	"chromium": "chromium",
	"node": "nodejs",
	"npm": "npm",
}

POLICY = Path("/usr/sbin/policy-rc.d")


def program(name: str) -> str:
	"""Full path of a program that `ensure_programs` has checked."""
	found = shutil.which(name, path=SEARCH_PATH)
	if not found:
		raise SandboxError(f"{name} is not installed (Debian package {PROGRAMS.get(name, name)}).")
	return found


def missing_packages() -> list[str]:
	return sorted({package for name, package in PROGRAMS.items() if not shutil.which(name, path=SEARCH_PATH)})


@contextmanager
def no_service_starts() -> Iterator[None]:
	"""Keep apt from starting the packages' own services: the sandbox runs private ones only."""
	if POLICY.exists():
		yield
		return
	POLICY.write_text("#!/bin/sh\nexit 101\n")
	POLICY.chmod(0o755)
	try:
		yield
	finally:
		POLICY.unlink(missing_ok=True)


def ensure_programs(log: Path) -> bool:
	"""Install what is missing as root; otherwise name it, with the command that installs it."""
	packages = missing_packages()
	if not packages:
		return False
	command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
	by_hand = f"as root: apt-get update && {' '.join(command)}"
	if os.geteuid() != 0 or not shutil.which("apt-get"):
		raise SandboxError(f"these packages are missing: {', '.join(packages)}\n  what to do: {by_hand}")
	say(f"installing Debian packages: {', '.join(packages)}")
	env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
	with no_service_starts():
		call(["apt-get", "update"], log, env=env, hint="check the package sources and try again")
		call(command, log, env=env, hint=by_hand)
	still = missing_packages()
	if still:
		raise SandboxError(f"still missing after the installation: {', '.join(still)}\n  log: {log}")
	return True
