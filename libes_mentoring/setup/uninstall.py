"""Takes away what `install` and the fixtures added, and what the framework keeps elsewhere about our records.

The framework removes the DocTypes and their tables. What points at them it leaves: files and their bytes,
comments, versions, tasks, logs, deleted documents, values of settings, counters of names, jobs, mails in the
queue, the search index. Accounts that the app made for volunteers go too, where they serve nothing else. That another
account once had one of our roles stays in that account's own history.
"""

import json
import re

import frappe
from frappe.utils.global_search import sync_global_search

from libes_mentoring.access.roles import ALL_ROLES
from libes_mentoring.mentor_recruitment.portal_account import MADE_HERE
from libes_mentoring.mentoring_privacy import account, traces, words
from libes_mentoring.setup.defaults import ADDED_GENDERS

APP = "libes_mentoring"
# Columns of the framework and of other apps that name a DocType next to a column that names a record.
NAME_A_DOCTYPE = (
	"attached_to_doctype",
	"deleted_doctype",
	"document_type",
	"export_from",
	"link_doctype",
	"parenttype",
	"ref_doctype",
	"reference_doctype",
	"reference_type",
	"reminder_doctype",
	"share_doctype",
	"timeline_doctype",
)
# A series as it stands at `autoname`: MTR-.##### counts under "MTR-".
SERIES = re.compile(r"^([^.:#]+)\.#+$")


# Records that an app brings along in its modules, and that the framework takes away with it.
OF_MODULES = ("Report", "Print Format", "Workspace", "Number Card", "Web Form", "Page", "Dashboard")


def before_uninstall() -> None:
	# What waits for the search index would come after us.
	sync_global_search()
	doctypes = own_doctypes()
	remove_boards(doctypes)
	remove_accounts()
	remove_files(doctypes)
	remove_mails(doctypes)
	# Before what describes our records goes with what points at them: a report names the DocType that it is about.
	remove_from_search(doctypes)
	remove_what_points_at(doctypes)
	remove_settings_and_counters(doctypes)
	remove_jobs()
	remove_genders(doctypes)
	remove_roles()


def own_modules() -> list[str]:
	return frappe.get_all("Module Def", filters={"app_name": APP}, pluck="name")


def own_doctypes() -> list[str]:
	"""Every DocType of the app's modules, child tables and settings too."""
	return frappe.get_all("DocType", filters={"module": ("in", own_modules())}, pluck="name")


def remove_accounts() -> None:
	"""Accounts that an invitation to the portal has made, unless they have come to serve something else."""
	made = frappe.get_all(
		"DefaultValue", filters={"parenttype": "__default", "defkey": MADE_HERE}, pluck="parent"
	)
	for user in made:
		if frappe.db.exists("User", user) and account.is_of_the_portal_only(user):
			traces.unlink(dict.fromkeys(account.delete(user)))
	frappe.db.delete("DefaultValue", {"defkey": MADE_HERE})


def remove_mails(doctypes: list[str]) -> None:
	"""Mails in the queue that lead to one of our records: most name it in their words alone."""
	places = [f"/{doctype.lower().replace(' ', '-')}/" for doctype in doctypes]
	found = [
		name
		for name, message in frappe.get_all("Email Queue", fields=["name", "message"], as_list=True)
		if message and any(place in words.text_of_message(message) for place in places)
	]
	traces.delete({"Email Queue": set(found)})


def remove_files(doctypes: list[str]) -> None:
	"""Files at our records with their bytes; bytes that another record still holds stay."""
	names = frappe.get_all("File", filters={"attached_to_doctype": ("in", doctypes)}, pluck="name")
	for name in names:
		# Uninstalling is the administrator's command, whatever user it runs under.
		frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)
	traces.delete_search({"File": names} if names else {})


def remove_boards(doctypes: list[str]) -> None:
	"""Boards of our records with their columns: ours, and those that people have made of them."""
	for name in frappe.get_all("Kanban Board", filters={"reference_doctype": ("in", doctypes)}, pluck="name"):
		# Uninstalling is the administrator's command, whatever user it runs under.
		frappe.delete_doc("Kanban Board", name, force=True, ignore_permissions=True, delete_permanently=True)


def remove_what_points_at(doctypes: list[str]) -> None:
	"""Rows of any table that name one of our DocTypes, whichever app the table belongs to."""
	own_tables = {f"tab{doctype}" for doctype in doctypes}
	for table, column in columns_that_name_a_doctype():
		if table not in own_tables:
			frappe.db.delete(table.removeprefix("tab"), {column: ("in", doctypes)})


def remove_from_search(doctypes: list[str]) -> None:
	"""Lines of the search index about our records, and about what describes them."""
	frappe.db.delete("__global_search", {"doctype": ("in", doctypes)})
	for kind in OF_MODULES:
		names = frappe.get_all(kind, filters={"module": ("in", own_modules())}, pluck="name")
		traces.delete_search({kind: names} if names else {})


def columns_that_name_a_doctype() -> list[tuple[str, str]]:
	"""Table and column of every such column in this site's database."""
	found = []
	for table in frappe.db.get_tables(cached=False):
		if table.startswith("tab"):
			columns = frappe.db.get_table_columns(table.removeprefix("tab"))
			found += [(table, column) for column in NAME_A_DOCTYPE if column in columns]
	return found


def remove_settings_and_counters(doctypes: list[str]) -> None:
	frappe.db.delete("Singles", {"doctype": ("in", doctypes)})
	prefixes = [
		found[1]
		for name in frappe.get_all("DocType", filters={"name": ("in", doctypes)}, pluck="autoname")
		if (found := SERIES.match(name or ""))
	]
	series = frappe.qb.Table("tabSeries")
	frappe.qb.from_(series).delete().where(series.name.isin(prefixes)).run()
	# A site that takes us in again begins without our patches done.
	frappe.db.delete("Patch Log", {"patch": ("like", f"{APP}.%")})


def remove_jobs() -> None:
	"""Our lines in the list of scheduled jobs, and what was logged of their runs."""
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ("like", f"{APP}.%")}, pluck="name")
	frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ("in", jobs)})
	frappe.db.delete("Scheduled Job Type", {"name": ("in", jobs)})


def remove_genders(doctypes: list[str]) -> None:
	"""Genders that the app has brought, unless somebody else's records name them by now."""
	brought = json.loads(frappe.db.get_global(ADDED_GENDERS) or "[]")
	fields = frappe.get_all(
		"DocField", filters={"fieldtype": "Link", "options": "Gender"}, fields=["parent", "fieldname"]
	) + frappe.get_all(
		"Custom Field", filters={"fieldtype": "Link", "options": "Gender"}, fields=["dt as parent", "fieldname"]
	)
	others = [row for row in fields if row.parent not in doctypes and frappe.db.table_exists(row.parent)]
	for name in brought:
		if not any(frappe.db.exists(row.parent, {row.fieldname: name}) for row in others):
			frappe.db.delete("Gender", {"name": name})
	frappe.db.delete("DefaultValue", {"defkey": ADDED_GENDERS})


def remove_roles() -> None:
	"""Roles of the app, and with them what users had of them."""
	frappe.db.delete("Has Role", {"role": ("in", ALL_ROLES)})
	for role in ALL_ROLES:
		frappe.delete_doc("Role", role, ignore_missing=True, force=True, ignore_permissions=True)
