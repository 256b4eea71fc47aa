"""The demonstration's accounts: one for each role, and no account with more than its role."""

import frappe
import pytest

from libes_mentoring.setup import demo

pytestmark = pytest.mark.req("S1", "S3")


def roles_of(user: str) -> list[str]:
	return sorted(frappe.get_all("Has Role", {"parenttype": "User", "parent": user}, pluck="role"))


def test_every_account_has_exactly_its_one_role():
	# As on a fresh site, where nobody but the Administrator keeps it.
	frappe.db.delete("Has Role", {"role": "System Manager", "parent": ("!=", "Administrator")})
	demo.add_staff()
	for role, user, _name in demo.STAFF:
		assert roles_of(user) == [role]
		frappe.get_doc("User", user).save()
		assert roles_of(user) == [role], "also after it was saved again"


def test_the_roles_come_back_with_the_app():
	demo.add_staff()
	frappe.db.delete("Has Role", {"role": ("like", "Mentoring %")})
	frappe.clear_cache()
	demo.add_staff()
	assert all(roles_of(user) == [role] for role, user, _name in demo.STAFF)
