"""Runs with the site's Python, in the sites folder: serve one site on the loopback address.

The framework's own `serve` listens on every interface and brings a debugger, so it is not used.
"""

from __future__ import annotations

import logging
import os
import sys

import frappe.app
from frappe.middlewares import StaticDataMiddleware
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import run_simple


def main(site: str, port: int) -> None:
	"""The framework's application with the static files that a real bench leaves to nginx."""
	sites = os.getcwd()
	frappe.app._site = site
	frappe.app._sites_path = "."
	application = SharedDataMiddleware(frappe.app.application, {"/assets": os.path.join(sites, "assets")})
	application = StaticDataMiddleware(application, {"/files": sites})
	logging.getLogger("werkzeug").setLevel(logging.WARNING)
	run_simple("127.0.0.1", port, application, threaded=True, use_reloader=False, use_debugger=False)


if __name__ == "__main__":
	main(sys.argv[1], int(sys.argv[2]))
