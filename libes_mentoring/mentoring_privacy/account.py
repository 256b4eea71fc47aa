"""A mentor's account on the portal, when the mentor is erased: shut, and without a name.

An account that serves something else too (of staff, of another app) is not the programme's to erase.
"""

import frappe
from frappe.model.rename_doc import rename_doc

from libes_mentoring.access.roles import VOLUNTEER
from libes_mentoring.mentoring_privacy import traces
from libes_mentoring.mentoring_privacy.inventory import ERASED

ROLES_OF_EVERYBODY = frozenset(("All", "Guest", VOLUNTEER))
TEXT = """middle_name last_name username phone mobile_no location bio interest user_image banner_image gender
	birth_date email_signature last_ip last_active last_login api_key api_secret reset_password_key
	last_reset_password_key_generated_on redirect_url restrict_ip onboarding_status""".split()
# Addresses under this name belong to nobody, for ever.
NOWHERE = "erased.invalid"


def is_of_the_portal_only(user: str) -> bool:
	"""Whether the account is there for mentoring alone."""
	if frappe.db.get_value("User", user, "user_type") != "Website User":
		return False
	return (
		set(frappe.get_all("Has Role", {"parenttype": "User", "parent": user}, pluck="role"))
		<= ROLES_OF_EVERYBODY
	)


def leave_programme(user: str) -> None:
	"""Takes the volunteers' role from an account that goes on existing."""
	frappe.db.delete("Has Role", {"parenttype": "User", "parent": user, "role": VOLUNTEER})
	frappe.clear_cache(user=user)


def erase(user: str) -> list[str]:
	"""Ends every session, empties the account, and renames it everywhere; gives addresses of files to unlink."""
	_end_sessions(user)
	urls = _delete_contacts(user)
	urls += traces.delete(traces.by_reference({"User": [user]}))
	traces.delete_search({"User": [user]})
	anonymous = f"{frappe.generate_hash(length=12)}@{NOWHERE}"
	# Otherwise the framework would rename them too, with a right that an officer has not.
	for doctype in ("Notification Subscribed Document", "Notification Settings"):
		frappe.db.delete(doctype, {"parent" if doctype.endswith("Document") else "name": user})
	# The framework's own way to another name also reaches owners, links and dynamic links.
	rename_doc(
		"User",
		user,
		anonymous,
		force=True,
		# A privacy officer manages no users: this is the one change that an erasure asks for.
		ignore_permissions=True,
		show_alert=False,
		rebuild_search=False,
	)
	_empty(anonymous)
	frappe.db.delete("__Auth", {"doctype": "User", "name": ("in", (user, anonymous))})
	frappe.db.delete("DefaultValue", {"parent": ("in", (user, anonymous))})
	traces.clear_desk_columns({"User": [anonymous]})
	frappe.clear_cache(user=user)
	return urls


def delete(user: str) -> list[str]:
	"""Takes an account away as if it had never been, and what was sent to it; gives addresses of files to unlink.

	For an account of the portal alone, when the app goes: the framework's own way asks for another System Manager
	and keeps a copy.
	"""
	_end_sessions(user)
	urls = _delete_contacts(user)
	urls += traces.delete(traces.by_reference({"User": [user]}))
	email = frappe.db.get_value("User", user, "email") or user
	sent = frappe.get_all("Email Queue Recipient", filters={"recipient": ("in", (user, email))}, pluck="parent")
	logs = frappe.get_all("Activity Log", filters={"user": user}, pluck="name")
	told = frappe.get_all("Notification Log", filters={"for_user": user}, pluck="name")
	settings = frappe.get_all("Notification Settings", filters={"name": user}, pluck="name")
	urls += traces.delete(
		{
			"Email Queue": set(sent),
			"Activity Log": set(logs),
			"Notification Log": set(told),
			"Notification Settings": set(settings),
			"User": {user},
		}
	)
	frappe.db.delete("__Auth", {"doctype": "User", "name": user})
	frappe.db.delete("__UserSettings", {"user": user})
	frappe.db.delete("DefaultValue", {"parent": user})
	frappe.clear_cache(user=user)
	return urls


def _empty(user: str) -> None:
	columns = frappe.db.get_table_columns("User")
	values = {column: None for column in TEXT if column in columns}
	values.update({"first_name": ERASED, "full_name": ERASED, "email": user, "enabled": 0})
	frappe.db.set_value("User", user, values, update_modified=False)
	for df in frappe.get_meta("User").get_table_fields():
		frappe.db.delete(df.options, {"parenttype": "User", "parent": user})


def _end_sessions(user: str) -> None:
	"""Not by the framework's own function, which commits and writes the address into a log."""
	sessions = frappe.qb.DocType("Sessions")
	for sid in frappe.qb.from_(sessions).select(sessions.sid).where(sessions.user == user).run(pluck=True):
		frappe.cache.hdel("session", sid)
	frappe.db.delete("Sessions", {"user": user})


def _delete_contacts(user: str) -> list[str]:
	"""The address book's card, which the framework makes with every account."""
	names = frappe.get_all("Contact", or_filters={"user": user, "email_id": user}, pluck="name")
	if not names:
		return []
	urls = traces.delete(traces.by_reference({"Contact": names}))
	traces.delete_search({"Contact": names})
	return urls + traces.delete({"Contact": set(names)})
