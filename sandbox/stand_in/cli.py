"""The commands: start, test, run, stop, reset."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import assets, debian, engine, services, sites
from .bench import chosen_bench
from .config import (
	DEMO_SITE,
	INSIDE,
	REPO,
	TEST_SITE,
	TEST_SITES,
	App,
	Folders,
	SandboxError,
	app_hash,
	default_folders,
	file_hash,
	load_app,
)
from .steps import Plan, lock, locked, remove_tree, say

# Options of pytest whose value is a word of its own and never a path.
VALUE_OPTIONS = {"-k", "-m", "-p", "-o", "-W", "-n", "-r"}


class Sandbox:
	"""The stand-in, brought as far as a command needs it."""

	def __init__(self, app: App, folders: Folders) -> None:
		self.app = app
		self.folders = folders

	def set_up(self, site: str | None, *, browser: bool, demo: bool = False, processes: int = 1) -> None:
		"""Every step looks for itself whether it has something to do; `processes` that test get a site each."""
		folders, app = self.folders, self.app
		folders.make()
		total = 3 + (2 if browser else 0) + (4 if site else 0) + (2 if demo else 0)
		plan = Plan(folders, total + processes)
		plan.step("programs from Debian", debian.ensure_programs)
		plan.step("framework", lambda log: engine.unpack(folders, log))
		engine.link_apps(folders, app)
		with ThreadPoolExecutor(1) as pool:
			# npm's packages and the bundles need nothing of Python's side: make both at once.
			waiting = pool.submit(self.browser_side, plan) if browser else None
			plan.step("Python environment", lambda log: engine.make_env(folders, log))
			plan.step("app in the environment", lambda log: engine.install_app(folders, app, log))
			if site:
				self.site_side(plan, site, demo, processes)
			if waiting:
				waiting.result()

	def browser_side(self, plan: Plan) -> None:
		plan.step("npm packages", lambda log: assets.install_packages(self.folders, log))
		plan.step("browser bundles", lambda log: assets.build_all(self.folders, self.app, log))

	def site_side(self, plan: Plan, site: str, demo: bool, processes: int) -> None:
		folders, app = self.folders, self.app
		plan.step("database server", lambda log: services.start_mariadb(folders, log))
		plan.step("cache and queue server", lambda log: services.start_redis(folders, log))
		sites.write_common_config(folders)
		sites.refresh_site_configs(folders)
		sites.write_apps_list(folders, app)
		plan.step("site with the framework", lambda log: sites.make_frappe_dump(folders, log))
		if site == TEST_SITE:
			for test_site in TEST_SITES[:processes]:
				plan.step("test site", lambda log, name=test_site: sites.make_test_site(folders, app, log, name))
			return
		plan.step("demo site", lambda log: sites.make_demo_site(folders, app, log))
		if demo:
			plan.step("migrate", lambda log: sites.migrate_demo_site(folders, app, log))
			plan.step("demonstration", lambda log: sites.load_demo(folders, app, log))

	def serve(self, wanted: int) -> str:
		"""The web server, one worker and the scheduler; started anew when code has changed."""
		folders = self.folders
		key = file_hash(INSIDE / "serve.py", extra=sites.engine_key(folders) + app_hash(self.app))
		web = services.Service(folders, "web")
		if web.pid() and web.info().get("key") != key:
			services.stop_all(folders, ("web", "worker", "scheduler"))
		port = web.info()["port"] if web.pid() else services.free_port(wanted)
		address = f"http://{services.LOOPBACK}:{port}"
		sites.set_host_name(folders, address)
		env = engine.env_of(folders)
		details = {"cwd": folders.sites, "env": env, "key": key, "port": port}

		def ready() -> bool:
			return services.answers(port) and responds(f"{address}/api/method/ping")

		web.start([folders.python, INSIDE / "serve.py", DEMO_SITE, str(port)], ready, **details)
		worker = sites.frappe_command(folders, "worker", "--queue", "short,default,long")
		scheduler = sites.frappe_command(folders, "schedule")
		services.Service(folders, "worker").start(worker, lambda: True, **details)
		services.Service(folders, "scheduler").start(scheduler, lambda: True, **details)
		return address


def responds(address: str) -> bool:
	# Straight to the loopback address, whatever proxy the user's environment names.
	opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
	try:
		with opener.open(address, timeout=30) as answer:
			return answer.status == 200
	except OSError:
		return False


def print_logins(address: str, logins: Sequence[dict[str, str]]) -> None:
	print(f"\nDesk and portal: {address}/login\n")
	width = {
		key: max([len(key), *(len(str(one.get(key, ""))) for one in logins)]) for key in ("role", "user")
	}
	for one in [{"role": "role", "user": "user", "password": "password"}, *logins]:
		print(
			f"  {one.get('role', ''):{width['role']}}  {one.get('user', ''):{width['user']}}  {one['password']}"
		)
	print()


def start(app: App, folders: Folders, arguments: list[str]) -> int:
	parser = argparse.ArgumentParser("sandbox/start", description="Set up, load a demonstration, serve it.")
	parser.add_argument("--port", type=int, default=8000, help="first port to try (default 8000)")
	options = parser.parse_args(arguments)
	if bench := chosen_bench(app, folders):
		bench.prepare(change_site=True)
		config = bench.config()
		port = config.get("webserver_port", 8000)
		print_logins(config.get("host_name") or f"http://{bench.site}:{port}", bench.demo_logins())
		print("This is your own bench: start and stop it with its own commands (bench start).")
		return 0
	with lock(folders, "set-up"):
		sandbox = Sandbox(app, folders)
		sandbox.set_up(DEMO_SITE, browser=True, demo=True)
		address = sandbox.serve(options.port)
	print_logins(address, sites.logins(folders))
	print("Stop it with sandbox/stop; delete its data with sandbox/reset.")
	return 0


def engine_line(python: Path, site: str, sites_path: Path, env: dict[str, str], suffix: str = "") -> str:
	command = [str(python), str(INSIDE / "engine_line.py"), site, suffix]
	done = subprocess.run(command, cwd=sites_path, env=env, capture_output=True, text=True, check=False)
	if done.returncode:
		raise SandboxError(f"the site {site} does not answer:\n{(done.stdout + done.stderr)[-2000:]}")
	return done.stdout.strip()


def pytest_arguments(arguments: list[str]) -> list[str]:
	"""Straight through; with no path among them, the repository's tests."""
	value_next = False
	for argument in arguments:
		is_option = argument.startswith("-")
		if not value_next and not is_option and (REPO / argument.split("::")[0]).exists():
			return arguments
		value_next = argument in VALUE_OPTIONS
	return [*arguments, "tests"]


def processes_for(arguments: list[str]) -> int:
	"""A whole run is shared out to as many processes as there are test sites and cores; a part runs in one."""
	whole = pytest_arguments(arguments) != arguments
	chosen = any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
	return min(len(TEST_SITES), os.cpu_count() or 1) if whole and not chosen else 1


def test(app: App, folders: Folders, arguments: list[str]) -> int:
	if bench := chosen_bench(app, folders):
		bench.require_tests_allowed()
		bench.prepare(change_site=True)
		line = engine_line(bench.python, bench.site, bench.sites, bench.env())
		return run_pytest(bench.python, bench.site, bench.sites, bench.env(), line, arguments)
	with lock(folders, "tests"):
		processes = processes_for(arguments)
		with lock(folders, "set-up"):
			Sandbox(app, folders).set_up(TEST_SITE, browser=True, processes=processes)
		env = engine.env_of(folders)
		line = engine_line(folders.python, TEST_SITE, folders.sites, env, "stand-in")
		if processes > 1:
			env["LIBES_SITES"] = " ".join(TEST_SITES[:processes])
			# A module's tests stay together: they share what its fixtures have made. The modules go in their order:
			# with the browser's few and slow tests at the end, one process would wait for the other. The processes
			# begin in the sites folder, from where a relative path leads nowhere.
			shared = ["-n", str(processes), "--dist", "loadscope", "--no-loadscope-reorder"]
			arguments = [*shared, *arguments, str(REPO / "tests")]
		return run_pytest(folders.python, TEST_SITE, folders.sites, env, line, arguments)


def run_pytest(
	python: Path, site: str, sites_path: Path, env: dict[str, str], line: str, arguments: list[str]
) -> int:
	print(line, flush=True)
	env = {
		**env,
		"LIBES_ENGINE": line,
		"LIBES_PYTHON": str(python),
		"LIBES_SITE": site,
		"LIBES_SITES_PATH": str(sites_path),
		"PYTHONPATH": str(INSIDE),
	}
	command = [str(python), "-m", "pytest", "-p", "sandbox_cwd", *pytest_arguments(arguments)]
	return subprocess.run(command, cwd=REPO, env=env, check=False).returncode


def absolute(argument: str) -> str:
	"""A path that exists from where the user stands, made absolute: the command runs in sites/."""
	path = Path(argument)
	return str(path.absolute()) if not argument.startswith("-") and path.exists() else argument


RUN_HELP = """usage: sandbox/run [--env] [--site NAME] CMD [ARGUMENTS]

CMD is a program of the environment or of PATH (python, ruff, mariadb-dump …), or else the framework's
own command for the site: `sandbox/run migrate`, `sandbox/run console`, `sandbox/run execute a.b.c`.
It runs in the sites folder, as every command of a bench does; an argument that names an existing
file or folder is made absolute first.

  --env        only the Python environment: no servers, no site, and in the current folder
  --site NAME  the site (default: demo.localhost)
"""


def run(app: App, folders: Folders, arguments: list[str]) -> int:
	env_only, site = False, DEMO_SITE
	while arguments and arguments[0] in ("--env", "--site", "-h", "--help"):
		option = arguments.pop(0)
		if option == "--env":
			env_only = True
		elif option == "--site" and arguments:
			site = arguments.pop(0)
		else:
			print(RUN_HELP)
			return 0
	if not arguments:
		print(RUN_HELP, file=sys.stderr)
		return 2
	bench = chosen_bench(app, folders)
	if bench:
		bench.prepare(change_site=False)
		env, python, sites_path, site = bench.env(), bench.python, bench.sites, bench.site
	else:
		if site not in sites.DATABASES:
			raise SandboxError(f"no site named {site}; there are {' and '.join(sites.DATABASES)}.")
		with lock(folders, "set-up"):
			prepare_run(Sandbox(app, folders), None if env_only else site)
		env, python, sites_path = engine.env_of(folders), folders.python, folders.sites
	env = {**env, "FRAPPE_SITE": site, "LIBES_SITE": site, "LIBES_SITES_PATH": str(sites_path)}
	found = shutil.which(absolute(arguments[0]), path=env["PATH"])
	if found and not env_only:
		command = [found, *(absolute(argument) for argument in arguments[1:])]
	elif found:
		command = [found, *arguments[1:]]
	else:
		module = [str(python), "-m", "frappe.utils.bench_helper", "frappe", "--site", site]
		command = [*module, *arguments]
	return subprocess.run(command, cwd=None if env_only else sites_path, env=env, check=False).returncode


def prepare_run(sandbox: Sandbox, site: str | None) -> None:
	"""A site that is whole is used as it is: `run` neither restores nor migrates it."""
	folders = sandbox.folders
	if site == TEST_SITE and sites.site_marker(folders, TEST_SITE).current():
		sandbox.set_up(None, browser=False)
		services.start_mariadb(folders, folders.logs / "database-server.log")
		services.start_redis(folders, folders.logs / "cache-and-queue-server.log")
		sites.write_common_config(folders)
		sites.refresh_site_configs(folders)
		return
	sandbox.set_up(site, browser=False)


def stop(_app: App, folders: Folders, arguments: list[str]) -> int:
	parser = argparse.ArgumentParser("sandbox/stop", description="Stop everything the sandbox started.")
	parser.add_argument(
		"--unless-serving", action="store_true", help="leave a sandbox that is served or tested"
	)
	options = parser.parse_args(arguments)
	if options.unless_serving and (services.Service(folders, "web").pid() or locked(folders, "tests")):
		return 0
	with lock(folders, "set-up"):
		stopped = services.stop_all(folders)
	say(f"stopped: {', '.join(stopped)}" if stopped else "nothing was running")
	return 0


def reset(_app: App, folders: Folders, arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(
		"sandbox/reset", description="Stop, and delete the sites and their data."
	)
	parser.add_argument("--all", action="store_true", help="delete the framework and its environment as well")
	options = parser.parse_args(arguments)
	if not folders.root.exists():
		return 0
	with lock(folders, "set-up"):
		services.stop_all(folders)
		for folder in (folders.bench, folders.data, folders.dumps, folders.run, folders.logs):
			remove_tree(folder)
		if options.all:
			remove_tree(folders.engine)
			remove_tree(folders.root / "benches")
	say("deleted: sites and data" + (" and the framework" if options.all else ""))
	return 0


COMMANDS: dict[str, Callable[[App, Folders, list[str]], int]] = {
	"start": start,
	"test": test,
	"run": run,
	"stop": stop,
	"reset": reset,
}


def main(command: str, arguments: list[str]) -> int:
	"""Every command ends with a status; what a person can act on is told without a traceback."""
	try:
		return COMMANDS[command](load_app(), default_folders(), arguments)
	except SandboxError as error:
		say(f"\nsandbox/{command}: {error}")
		return 1
	except KeyboardInterrupt:
		return 130
