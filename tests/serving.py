"""Serve the test site over HTTP, and talk to it as a browser would.

Run as a script (with the site's Python, in the sites folder) this file is the server; imported by the
tests it starts and stops that server. The framework's own `serve` listens on every interface and brings
a debugger, so it is not used.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

LOOPBACK = "127.0.0.1"
START_SECONDS = 60
CSRF_TOKEN = re.compile(r"""csrf_token\s*=\s*["']([0-9a-zA-Z]+)["']""")


class Server:
	"""The site's web server in a process of its own, on a free port of the loopback address."""

	def __init__(self, site: str, sites_path: str, python: str | None = None) -> None:
		self.site = site
		self.sites_path = sites_path
		self.python = python or os.environ.get("LIBES_PYTHON") or sys.executable
		self.process: subprocess.Popen | None = None
		self.log: Path | None = None
		self.url = ""

	def start(self) -> Server:
		handle, path = tempfile.mkstemp(prefix="site-server-", suffix=".log")
		self.log = Path(path)
		with os.fdopen(handle, "wb") as log:
			self.process = subprocess.Popen(
				[self.python, str(Path(__file__).resolve()), self.site],
				cwd=self.sites_path,
				stdin=subprocess.PIPE,
				stdout=subprocess.PIPE,
				stderr=log,
				text=True,
			)
		self.url = f"http://{LOOPBACK}:{self._read_port()}"
		self._wait_for_answer()
		return self

	def stop(self) -> None:
		if not self.process:
			return
		self.process.terminate()
		try:
			self.process.wait(10)
		except subprocess.TimeoutExpired:
			self.process.kill()
			self.process.wait(10)
		self.process = None
		self.log.unlink(missing_ok=True)

	def tail(self, lines: int = 30) -> str:
		return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

	def _read_port(self) -> int:
		# A process that dies closes the pipe; one that hangs is ended by the timer.
		timer = threading.Timer(START_SECONDS, self.process.kill)
		timer.start()
		line = self.process.stdout.readline().strip()
		timer.cancel()
		if not line.isdigit():
			self.process.wait(10)
			raise RuntimeError(f"The web server of {self.site} did not start:\n{self.tail()}")
		return int(line)

	def _wait_for_answer(self) -> None:
		answer = Client(self).get("/api/method/ping", timeout=START_SECONDS)
		if answer.status_code != 200:
			raise RuntimeError(f"The web server of {self.site} answers {answer.status_code}:\n{self.tail()}")


def Client(server: Server, user: str = "Guest", password: str | None = None):
	"""A requests session at the site, logged in by password, sending the CSRF token as the pages do."""
	import requests

	class SiteClient(requests.Session):
		def request(self, method: str, url: str, **kwargs) -> requests.Response:
			kwargs.setdefault("timeout", 60)
			response = super().request(method, server.url + url if url.startswith("/") else url, **kwargs)
			# Pages carry the token that the next request has to send; a session may get it late.
			if "text/html" in response.headers.get("Content-Type", ""):
				found = CSRF_TOKEN.search(response.text)
				if found and found[1] != "None":
					self.headers["X-Frappe-CSRF-Token"] = found[1]
			return response

		def call(self, method: str, **arguments) -> requests.Response:
			"""POST to a whitelisted function, arguments as JSON."""
			return self.post(f"/api/method/{method}", json=arguments)

		def message(self, method: str, **arguments):
			"""What a whitelisted function answers; an error fails the test with the server's words."""
			response = self.call(method, **arguments)
			assert response.status_code == 200, f"{method}: {response.status_code} {response.text[:2000]}"
			return response.json().get("message")

	client = SiteClient()
	# No proxy of the machine stands between a test and the loopback address.
	client.trust_env = False
	client.user = user
	client.headers.update({"X-Frappe-Site-Name": server.site, "Accept": "application/json"})
	if user != "Guest":
		_log_in(client, user, password)
	return client


def _log_in(client, user: str, password: str | None) -> None:
	response = client.post("/api/method/login", data={"usr": user, "pwd": password})
	if response.status_code != 200:
		raise RuntimeError(f"{user} cannot log in: {response.status_code} {response.text[:500]}")
	# The desk hands out the token for desk users, every web page does for the others.
	page = "/app" if response.json().get("message") == "Logged In" else "/me"
	client.get(page, headers={"Accept": "text/html"})


def serve(site: str) -> None:
	"""The framework's application with the static files that a real bench leaves to nginx."""
	import logging

	import frappe.app
	from frappe.middlewares import StaticDataMiddleware
	from werkzeug.middleware.shared_data import SharedDataMiddleware
	from werkzeug.serving import make_server

	sites = os.getcwd()
	frappe.app._site = site
	frappe.app._sites_path = sites
	application = SharedDataMiddleware(frappe.app.application, {"/assets": os.path.join(sites, "assets")})
	application = StaticDataMiddleware(application, {"/files": sites})
	logging.getLogger("werkzeug").setLevel(logging.WARNING)
	server = make_server(LOOPBACK, 0, application, threaded=True)
	print(server.server_port, flush=True)
	# Nobody reads the pipe any more; what the framework prints goes to the log, or it would block when full.
	os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
	threading.Thread(target=_end_with_parent, daemon=True).start()
	server.serve_forever()


def _end_with_parent() -> None:
	"""The pipe closes when the tests end in whatever way, so no server is left behind."""
	sys.stdin.read()
	os._exit(0)


if __name__ == "__main__":
	# The folder of this file is on the path of the script; nothing of the tests may shadow a module.
	sys.path.remove(str(Path(__file__).resolve().parent))
	serve(sys.argv[1])
