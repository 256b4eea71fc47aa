"""Private MariaDB and Redis, and the processes that serve a site: started here, stopped by pid."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .config import Folders, SandboxError, read_json, write_json
from .debian import SEARCH_PATH, program
from .steps import Marker, call, remove_tree, tail

LOOPBACK = "127.0.0.1"

# In the order in which they are stopped: what uses the database ends before the database.
SERVICES = ("web", "worker", "scheduler", "redis", "mariadb")


def free_port(wanted: int = 0, tries: int = 100) -> int:
	"""The wanted port or the next free one; 0 lets the kernel choose."""
	for port in range(wanted, wanted + tries) if wanted else (0,):
		with socket.socket() as probe:
			probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				probe.bind((LOOPBACK, port))
			except OSError:
				continue
			return probe.getsockname()[1]
	raise SandboxError(f"no free port from {wanted} to {wanted + tries - 1} on {LOOPBACK}")


def answers(port: int) -> bool:
	try:
		with socket.create_connection((LOOPBACK, port), timeout=1):
			return True
	except OSError:
		return False


def state(folders: Folders) -> dict[str, Any]:
	"""Ports and passwords, chosen once per sandbox and remembered."""
	known = read_json(folders.state_file)
	if "db_root_password" not in known:
		known = {
			"db_port": free_port(),
			"redis_port": free_port(),
			"db_root_password": secrets.token_hex(16),
		}
		write_json(folders.state_file, known)
	return known


def own_port(folders: Folders, name: str) -> int:
	"""The remembered port, or another one when a stranger has taken it since."""
	known = state(folders)
	if answers(known[name]):
		known[name] = free_port()
		write_json(folders.state_file, known)
	return known[name]


class Service:
	"""One background process with a pid file; never ended unless it is provably still ours."""

	def __init__(self, folders: Folders, name: str) -> None:
		self.folders = folders
		self.name = name
		self.pid_file = folders.run / f"{name}.json"
		self.log = folders.logs / f"{name}.log"

	def pid(self) -> int | None:
		"""The pid when the process runs and is the one started here, judged by /proc."""
		known = read_json(self.pid_file)
		if known and identity(known["pid"]) == known["identity"]:
			return known["pid"]
		return None

	def info(self) -> dict[str, Any]:
		return read_json(self.pid_file)

	def start(
		self,
		command: Sequence[str | Path],
		ready: Callable[[], bool],
		*,
		cwd: Path | None = None,
		env: dict[str, str] | None = None,
		seconds: int = 60,
		**details: Any,
	) -> bool:
		"""Start unless it runs, and wait until it answers."""
		if self.pid():
			return False
		with self.log.open("a") as log:
			process = subprocess.Popen(
				[str(part) for part in command],
				cwd=cwd,
				env=env,
				stdin=subprocess.DEVNULL,
				stdout=log,
				stderr=log,
				start_new_session=True,
			)
		until = time.monotonic() + seconds
		while time.monotonic() < until:
			if process.poll() is not None:
				break
			if identity(process.pid) and ready():
				known = {"pid": process.pid, "identity": identity(process.pid), **details}
				write_json(self.pid_file, known)
				return True
			time.sleep(0.1)
		if process.poll() is None:
			process.kill()
			process.wait()
		raise SandboxError(
			f"{self.name} did not start.\n{tail(self.log)}\n  log: {self.log}\n"
			"  what to do: read the log; `sandbox/reset` makes the data anew"
		)

	def stop(self, seconds: int = 20) -> bool:
		"""End it politely, then firmly. True when there was something to stop."""
		pid = self.pid()
		if not pid:
			self.pid_file.unlink(missing_ok=True)
			return False
		known = read_json(self.pid_file)
		for number in (signal.SIGTERM, signal.SIGKILL):
			try:
				os.kill(pid, number)
			except ProcessLookupError:
				break
			until = time.monotonic() + seconds
			while time.monotonic() < until and identity(pid) == known["identity"]:
				reap(pid)
				time.sleep(0.05)
			if identity(pid) != known["identity"]:
				break
		self.pid_file.unlink(missing_ok=True)
		return True


def reap(pid: int) -> None:
	"""Collect a child of this very command; another command's child is its own parent's affair."""
	try:
		os.waitpid(pid, os.WNOHANG)
	except ChildProcessError:
		pass


def identity(pid: int) -> str:
	"""Start time and program: the same pid given to another process does not match.

	Of the command line only the first word, because servers rewrite the rest of theirs.
	"""
	try:
		stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
		command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
		program_name = command.split(" ")[0]
	except OSError:
		return ""
	# No command line: it is only just starting, or has ended and gives its memory back.
	if not program_name:
		return ""
	# A process that ended and waits for its parent (state Z) has ended.
	return "" if stat[0] == "Z" else f"{stat[19]} {program_name}"


def start_mariadb(folders: Folders, log: Path) -> bool:
	"""A database server with its own data folder, on its own port of the loopback address."""
	service = Service(folders, "mariadb")
	if service.pid():
		return False
	port = own_port(folders, "db_port")
	socket_file = folders.run / "mariadb.sock"
	if len(str(socket_file)) > 100:
		raise SandboxError(f"the path {socket_file} is too long for a socket: set a shorter LIBES_SANDBOX")
	user = ["--user=root"] if os.geteuid() == 0 else []
	marker = Marker(folders.data / "mariadb.key", "1")
	if not marker.current():
		make_mariadb(folders, user, state(folders)["db_root_password"], log)
		marker.end()
	command = [
		program("mariadbd"),
		"--no-defaults",
		*user,
		f"--datadir={folders.mariadb}",
		f"--socket={socket_file}",
		f"--pid-file={folders.run / 'mariadbd.pid'}",
		f"--port={port}",
		f"--bind-address={LOOPBACK}",
		"--character-set-server=utf8mb4",
		"--collation-server=utf8mb4_unicode_ci",
		"--skip-character-set-client-handshake",
		"--skip-name-resolve",
		"--skip-log-bin",
		# A throwaway: speed before surviving a power cut.
		"--innodb-flush-log-at-trx-commit=0",
		"--innodb-doublewrite=0",
		"--innodb-buffer-pool-size=192M",
		"--innodb-log-file-size=64M",
		"--max-allowed-packet=64M",
		"--performance-schema=OFF",
	]
	return service.start(command, lambda: answers(port))


def make_mariadb(folders: Folders, user: list[str], password: str, log: Path) -> None:
	"""An empty data folder whose only account is root, with a password, from the loopback address."""
	remove_tree(folders.mariadb)
	folders.mariadb.mkdir(parents=True)
	install = [
		program("mariadb-install-db"),
		"--no-defaults",
		*user,
		f"--datadir={folders.mariadb}",
		"--auth-root-authentication-method=normal",
		"--skip-test-db",
	]
	call(install, log, hint="read the log; is there room on the disk?", env=search_env())
	accounts = folders.run / "accounts.sql"
	accounts.write_text(
		"FLUSH PRIVILEGES;\n"
		"DELETE FROM mysql.global_priv WHERE User = '';\n"
		"FLUSH PRIVILEGES;\n"
		f"CREATE OR REPLACE USER 'root'@'{LOOPBACK}' IDENTIFIED BY '{password}';\n"
		f"GRANT ALL PRIVILEGES ON *.* TO 'root'@'{LOOPBACK}' WITH GRANT OPTION;\n"
		f"ALTER USER 'root'@'localhost' IDENTIFIED BY '{password}';\n"
	)
	accounts.chmod(0o600)
	bootstrap = [program("mariadbd"), "--no-defaults", *user, f"--datadir={folders.mariadb}", "--bootstrap"]
	call(bootstrap, log, stdin=accounts, hint="read the log")
	accounts.unlink()


def start_redis(folders: Folders, _log: Path) -> bool:
	"""One Redis for cache and queues; every site has databases of its own in it."""
	service = Service(folders, "redis")
	if service.pid():
		return False
	port = own_port(folders, "redis_port")
	folders.redis.mkdir(parents=True, exist_ok=True)
	command = [program("redis-server"), "--bind", LOOPBACK, "--port", str(port), "--dir", folders.redis]
	command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
	return service.start(command, lambda: answers(port))


def flush_redis(folders: Folders, *databases: int) -> None:
	"""Forget everything in some of Redis' numbered databases, as when a site is made anew."""
	lines = "".join(f"SELECT {number}\r\nFLUSHDB\r\n" for number in databases)
	with socket.create_connection((LOOPBACK, state(folders)["redis_port"]), timeout=5) as connection:
		connection.sendall((lines + "QUIT\r\n").encode())
		while connection.recv(1024):
			pass


def search_env() -> dict[str, str]:
	return {**os.environ, "PATH": SEARCH_PATH}


def mariadb_client(folders: Folders, name: str = "mariadb") -> list[str]:
	"""A client command as the database's root; the password is in a file that only we can read."""
	known = state(folders)
	options = folders.run / "client.cnf"
	options.touch(mode=0o600)
	options.write_text(
		f"[client]\nuser=root\npassword={known['db_root_password']}\n"
		f"host={LOOPBACK}\nport={known['db_port']}\nprotocol=tcp\n"
	)
	return [program(name), f"--defaults-file={options}"]


def stop_all(folders: Folders, names: Sequence[str] = SERVICES) -> list[str]:
	"""Stop what runs, in order; the names of what was stopped."""
	return [name for name in names if Service(folders, name).stop()]
