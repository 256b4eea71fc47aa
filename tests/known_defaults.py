"""Saving a user costs no test what the framework knows of all DocTypes.

With every user that is saved, the framework writes which passwords of mail accounts are awaited, a default of the
whole site, and forgets its entire cache. Reading all DocTypes again took most of the time that making people takes
in these tests. Here a default that would be written as it stands is left alone: the site is the same, and so are
the answers.
"""

from __future__ import annotations

import frappe
import frappe.defaults


def keep() -> None:
	"""For this process, from now on. The default itself is stored, so that no test is the first to write it."""
	write = frappe.defaults.set_default

	def unless_the_same(key: str, value: object, parent: str, parenttype: str = "__default") -> None:
		stored = frappe.get_all(
			"DefaultValue", filters={"defkey": key, "parent": parent}, pluck="defvalue", limit=2
		)
		if value is None or len(stored) != 1 or (stored[0] or "") != value:
			write(key, value, parent, parenttype)

	frappe.defaults.set_default = unless_the_same
	from frappe.core.doctype.user.user import ask_pass_update

	ask_pass_update()
	frappe.db.commit()
