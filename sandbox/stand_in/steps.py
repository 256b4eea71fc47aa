"""Progress lines, log files and marker files: what every step of the set-up has in common."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .config import Folders, SandboxError

_print_lock = threading.Lock()


def say(text: str) -> None:
	"""Progress goes to standard error: the output of `run` and `test` stays clean for pipes."""
	with _print_lock:
		print(text, file=sys.stderr, flush=True)


class Plan:
	"""The numbered steps of one command. Only a step that had something to do prints its line."""

	def __init__(self, folders: Folders, total: int) -> None:
		self.folders = folders
		self.total = total
		self._done = 0

	def step(self, name: str, work: Callable[[Path], bool | None]) -> None:
		"""Run `work(log)`; it returns False when everything was already there."""
		log = self.folders.logs / f"{name.replace(' ', '-')}.log"
		began = time.monotonic()
		result = work(log)
		with _print_lock:
			self._done += 1
			number = self._done
		if result is not False:
			say(f"[{number}/{self.total}] {name} … {time.monotonic() - began:.0f} s")


def call(
	command: Sequence[str | Path],
	log: Path,
	*,
	hint: str,
	cwd: Path | None = None,
	env: dict[str, str] | None = None,
	stdin: Path | None = None,
	stdout: Path | None = None,
) -> None:
	"""Run a command with its output in the step's log; say what failed, where, and what to do."""
	with log.open("a") as log_file:
		log_file.write(f"\n$ {' '.join(str(part) for part in command)}\n")
		log_file.flush()
		source = stdin.open("rb") if stdin else subprocess.DEVNULL
		target = stdout.open("wb") if stdout else log_file
		try:
			done = subprocess.run(
				[str(part) for part in command],
				cwd=cwd,
				env=env,
				stdin=source,
				stdout=target,
				stderr=log_file,
				check=False,
			)
		finally:
			for handle in (source, target):
				if handle is not log_file and not isinstance(handle, int):
					handle.close()
	if done.returncode:
		raise SandboxError(
			f"{Path(str(command[0])).name} failed with status {done.returncode}.\n"
			f"{tail(log)}\n  log: {log}\n  what to do: {hint}"
		)


def tail(log: Path, lines: int = 12) -> str:
	"""The end of a log, indented, for an error message."""
	try:
		text = log.read_text(errors="replace").rstrip().splitlines()[-lines:]
	except OSError:
		return ""
	return "\n".join(f"  | {line[:200]}" for line in text)


class Marker:
	"""A file written only when a step has ended; holds the key of what it was made from."""

	def __init__(self, path: Path, key: str) -> None:
		self.path = path
		self.key = key

	def current(self) -> bool:
		return self.path.is_file() and self.path.read_text().strip() == self.key

	def begin(self) -> None:
		self.path.unlink(missing_ok=True)

	def end(self) -> None:
		self.path.parent.mkdir(parents=True, exist_ok=True)
		self.path.write_text(self.key + "\n")


@contextmanager
def lock(folders: Folders, name: str) -> Iterator[None]:
	"""One sandbox command at a time per folder; a second one waits and says for whom."""
	folders.root.mkdir(parents=True, exist_ok=True)
	path = folders.root / f"{name}.lock"
	with path.open("a+") as handle:
		try:
			fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			handle.seek(0)
			say(f"waiting for another sandbox command (process {handle.read().strip() or '?'}) …")
			fcntl.flock(handle, fcntl.LOCK_EX)
		handle.seek(0)
		handle.truncate()
		handle.write(str(os.getpid()))
		handle.flush()
		yield


def locked(folders: Folders, name: str) -> bool:
	"""Whether another command holds the lock at this moment."""
	path = folders.root / f"{name}.lock"
	if not path.exists():
		return False
	with path.open("a+") as handle:
		try:
			fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			return True
	return False


def remove_tree(path: Path) -> None:
	"""Delete a folder of the sandbox; a symbolic link is deleted, never what it points to."""
	if path.is_symlink():
		path.unlink()
	elif path.exists():
		shutil.rmtree(path)
