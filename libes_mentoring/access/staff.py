"""Members of staff by their role, where somebody has to be told or asked."""

import frappe

from libes_mentoring.access.roles import COORDINATOR, MANAGER, SOCIAL_WORKER


def enabled_users(roles: tuple[str, ...]) -> list[str]:
	"""All users with an open account who hold one of the roles."""
	role, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	return (
		frappe.qb.from_(role)
		.inner_join(user)
		.on(user.name == role.parent)
		.select(user.name)
		.distinct()
		.where((role.parenttype == "User") & role.role.isin(roles) & (user.enabled == 1))
		.orderby(user.name)
		.run(pluck=True)
	)


def managers() -> list[str]:
	"""All managers whose account is open."""
	return enabled_users((MANAGER,))


def is_staff_of_the_house(user: str) -> bool:
	"""Whether the user's account is open and is a manager's, a coordinator's or a social worker's."""
	is_open = frappe.db.get_value("User", user, "enabled")
	return bool(is_open) and bool({MANAGER, COORDINATOR, SOCIAL_WORKER} & set(frappe.get_roles(user)))
