"""Runs with the site's Python, in the sites folder: create a site, install the app, load its demo."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import frappe


def create(site: str, admin_password: str) -> None:
	"""A site with the framework only, as `bench new-site` makes it; its settings are there already."""
	from frappe.installer import _new_site

	frappe.init(site=site, sites_path=".", new_site=True)
	conf = frappe.conf
	_new_site(
		conf.db_name,
		site,
		db_root_username="root",
		db_root_password=os.environ["SANDBOX_DB_ROOT_PASSWORD"],
		admin_password=admin_password,
		verbose=True,
		install_apps=[],
		force=True,
		no_mariadb_socket=True,
		db_password=conf.db_password,
		db_type="mariadb",
		db_host=conf.db_host,
		db_port=conf.db_port,
	)
	frappe.connect()
	frappe.set_user("Administrator")
	finish_setup()
	frappe.db.commit()


def finish_setup() -> None:
	"""Answer the setup wizard, so that the desk opens directly; the values suit a demonstration."""
	settings = frappe.get_doc("System Settings")
	settings.update(
		{
			"language": "en",
			"country": "Belgium",
			"time_zone": "Europe/Brussels",
			"date_format": "dd-mm-yyyy",
			"time_format": "HH:mm",
			"first_day_of_the_week": "Monday",
			"number_format": "#.###,##",
			"setup_complete": 1,
			"enable_scheduler": 1,
			"enable_telemetry": 0,
		}
	)
	settings.flags.ignore_mandatory = True
	settings.save(ignore_permissions=True)
	frappe.db.set_default("desktop:home_page", "workspace")
	frappe.db.set_value("User", "Administrator", "time_zone", "Europe/Brussels")
	frappe.db.set_value("User", "Administrator", "language", "en")
	# Later 15 releases ask the app, not the settings, whether it is set up.
	if frappe.get_meta("Installed Application").has_field("is_setup_complete"):
		frappe.db.set_value("Installed Application", {"app_name": "frappe"}, "is_setup_complete", 1)


def install(site: str, app: str) -> None:
	"""Install the app as `bench install-app` does, once."""
	from frappe.installer import install_app

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	if app not in frappe.get_installed_apps():
		install_app(app, verbose=True)
	if frappe.get_meta("Installed Application").has_field("is_setup_complete"):
		frappe.db.set_value("Installed Application", {"app_name": app}, "is_setup_complete", 1)
	frappe.db.commit()


def demo(site: str, function: str, answer: str) -> None:
	"""Call the app's loader and write down the logins that it answers; nothing when it has no loader."""
	if find_spec(function.rpartition(".")[0]) is None:
		print(f"the app has no {function}")
		return
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	logins = frappe.get_attr(function)()
	frappe.db.commit()
	Path(answer).write_text(json.dumps(logins or [], default=str))


COMMANDS: dict[str, Callable[..., None]] = {"create": create, "install": install, "demo": demo}

if __name__ == "__main__":
	try:
		COMMANDS[sys.argv[1]](*sys.argv[2:])
	finally:
		frappe.destroy()
