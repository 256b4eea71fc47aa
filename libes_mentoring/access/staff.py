"""Members of staff by their role, where somebody has to decide."""

import frappe

from libes_mentoring.access.roles import COORDINATOR, MANAGER, SOCIAL_WORKER


def is_staff_of_the_house(user: str) -> bool:
	"""Whether the user's account is open and is a manager's, a coordinator's or a social worker's."""
	is_open = frappe.db.get_value("User", user, "enabled")
	return bool(is_open) and bool({MANAGER, COORDINATOR, SOCIAL_WORKER} & set(frappe.get_roles(user)))
