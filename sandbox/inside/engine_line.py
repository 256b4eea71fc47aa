"""Runs with the site's Python, in the sites folder: one line that says what the tests run on."""

from __future__ import annotations

import sys

import frappe


def engine_line(site: str, suffix: str) -> str:
	"""For instance `ENGINE frappe 15.0.0-dev mariadb 10.11.6 stand-in`."""
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		text = str(frappe.db.sql("select version()")[0][0])
		postgres = frappe.conf.db_type == "postgres"
	finally:
		frappe.destroy()
	if postgres:
		database = " ".join(text.split()[:2]).lower()
	else:
		database = f"mariadb {text.split('-')[0]}"
	return f"ENGINE frappe {frappe.__version__} {database} {suffix}".rstrip()


if __name__ == "__main__":
	print(engine_line(sys.argv[1], " ".join(sys.argv[2:])))
