"""The app comes and goes: twice over without doubles, and without a trace when it leaves."""

import os

import factories
import frappe
import pytest
from frappe.installer import install_app, remove_app

from libes_mentoring.access import roles
from libes_mentoring.access.policy import GUARDED_DOCTYPES, OPEN_DOCTYPES
from libes_mentoring.access.roles import ALL_ROLES
from libes_mentoring.mentee_preparation import consent
from libes_mentoring.mentor_recruitment import portal_account
from libes_mentoring.mentoring_relationship import messages
from libes_mentoring.setup import install, uninstall
from libes_mentoring.setup.word_lists import INTERESTS, LANGUAGES, SUPPORT_AREAS

# What an app leaves on a site: everything that names a module, and roles.
OF_MODULES = (
	"DocType",
	"Workspace",
	"Print Format",
	"Number Card",
	"Report",
	"Web Form",
	"Page",
	"Dashboard",
)
APP = "libes_mentoring"
MODULES = frappe.get_module_list(APP)
# The framework notes there what it has deleted itself, by names that are nobody's data.
OF_THE_FRAMEWORK = ("tabDeleted Document",)


def traces() -> dict[str, list[str]]:
	modules = ("in", MODULES)
	found = {kind: frappe.get_all(kind, filters={"module": modules}, pluck="name") for kind in OF_MODULES}
	found["Module Def"] = frappe.get_all("Module Def", filters={"app_name": APP}, pluck="name")
	found["Role"] = frappe.get_all("Role", filters={"name": ("in", ALL_ROLES)}, pluck="name")
	found["Has Role"] = frappe.get_all("Has Role", filters={"role": ("in", ALL_ROLES)}, pluck="name")
	found["Custom Field"] = frappe.get_all(
		"Custom Field", filters={"dt": ("in", [*GUARDED_DOCTYPES, *OPEN_DOCTYPES])}, pluck="name"
	)
	found["tables"] = [
		table
		for table in frappe.db.get_tables(cached=False)
		if table.removeprefix("tab") in (*GUARDED_DOCTYPES, *OPEN_DOCTYPES)
	]
	return {kind: names for kind, names in found.items() if names}


@pytest.mark.req("S1", "S8")
def test_set_up_runs_twice_without_doubles():
	def counted():
		kinds = ("Mentoring Language", "Mentoring Support Area", "Mentoring Interest", "Gender", "Role")
		return {kind: frappe.db.count(kind) for kind in kinds}

	before = counted()
	assert before["Mentoring Language"] == len(LANGUAGES)
	assert before["Mentoring Support Area"] == len(SUPPORT_AREAS) == 8
	assert before["Mentoring Interest"] == len(INTERESTS)
	install.after_install()
	install.after_migrate()
	assert counted() == before


@pytest.mark.req("S2")
@pytest.mark.parametrize("doctype", ["Mentor", "Mentee", "Match", "CheckIn", "Closure"])
def test_the_records_carry_the_names_of_the_field(doctype):
	assert frappe.get_meta(doctype).name == doctype
	assert frappe.db.table_exists(doctype)


@pytest.mark.req("S1")
def test_erpnext_is_not_needed():
	assert frappe.get_hooks("required_apps", app_name=APP) in ([], None)
	assert APP in frappe.get_installed_apps()


def left_behind(doctypes: list[str]) -> list[str]:
	"""Every value of every column of the database that is the name of one of these DocTypes."""
	found = []
	own_tables = {f"tab{doctype}" for doctype in doctypes}
	for table in frappe.db.get_tables(cached=False):
		if table in own_tables or not table.startswith(("tab", "__global")):
			continue
		for column, kind, *_ in frappe.db.sql(f"show columns from `{table}`"):
			# The framework notes there which DocTypes it has deleted; they are nobody's data.
			if (table, column) == ("tabDeleted Document", "deleted_name"):
				continue
			if "char" in kind and frappe.db.sql(
				f"select 1 from `{table}` where `{column}` in %s limit 1", (doctypes,)
			):
				found.append(f"{table}.{column}")
	return found


@pytest.mark.req("S1")
@pytest.mark.commits
def test_no_trace_of_a_person_stays_when_the_app_leaves():
	match = factories.match()
	case_file = frappe.db.get_value("Mentee Case File", {"mentee": match.mentee})
	values = {"file_name": "paper.txt", "content": "quiet words", "is_private": 1}
	to = {"attached_to_doctype": "Mentee Case File", "attached_to_name": case_file}
	file = frappe.get_doc({"doctype": "File", **values, **to}).insert()
	path = file.get_full_path()
	frappe.get_doc("Mentee", match.mentee).add_comment("Comment", "quiet words")
	rows = (
		("Tag Link", {"document_type": "Mentee", "document_name": match.mentee, "tag": "x"}),
		("Version", {"ref_doctype": "Mentor", "docname": match.mentor, "data": "{}"}),
		("ToDo", {"reference_type": "Match", "reference_name": match.name, "description": "x"}),
		("Notification Log", {"document_type": "Match", "document_name": match.name, "subject": "x"}),
		("Communication", {"reference_doctype": "Match", "reference_name": match.name, "subject": "x"}),
		("Communication Link", {"link_doctype": "Match", "link_name": match.name}),
		("Deleted Document", {"deleted_doctype": "Mentee Case File", "deleted_name": "x", "data": "{}"}),
		("DocShare", {"share_doctype": "Mentee", "share_name": match.mentee, "user": "Guest"}),
		("View Log", {"reference_doctype": "Mentee", "reference_name": match.mentee}),
		("Access Log", {"export_from": "Mentee", "reference_document": match.mentee}),
	)
	for doctype, fields in rows:
		row = frappe.new_doc(doctype)
		row.update({**fields, "name": frappe.generate_hash(length=10)})
		if "int" in frappe.db.sql(f"show columns from `tab{doctype}` like 'name'")[0][1]:
			row.name = 10**7
		row.db_insert()
	frappe.db.commit()
	doctypes = uninstall.own_doctypes()
	assert {"Mentee", "Mentee Case File", "Mentoring Settings", "Match Wish"} <= set(doctypes)
	remove_app(APP, yes=True, no_backup=True)
	assert left_behind(doctypes) == []
	assert not os.path.exists(path)
	assert not frappe.db.sql("select name from tabSeries where name in ('MTR-', 'MATCH-', 'CON-', 'IMP-')")
	assert not frappe.get_all("Scheduled Job Type", {"method": ("like", f"{APP}.%")})


@pytest.mark.req("S1")
@pytest.mark.commits
def test_the_app_leaves_the_site_as_it_was_and_comes_back():
	before = traces()
	assert {"DocType", "Module Def", "Role", "tables", "Print Format", "Workspace", "Number Card"} <= set(
		before
	)
	remove_app(APP, yes=True, no_backup=True)
	assert traces() == {}
	assert APP not in frappe.get_installed_apps()
	install_app(APP, verbose=False)
	frappe.db.commit()
	after = traces()
	assert {kind: sorted(names) for kind, names in after.items() if kind != "Has Role"} == {
		kind: sorted(names) for kind, names in before.items() if kind != "Has Role"
	}


def rows_per_table() -> dict[str, int]:
	return {
		table: frappe.db.sql(f"select count(*) from `{table}`")[0][0]
		for table in frappe.db.get_tables(cached=False)
		if table not in OF_THE_FRAMEWORK
	}


def invited_volunteer(mentor: str) -> str:
	"""An account made by an invitation, with the mail that says so, and a visit to the portal."""
	account = {"email_id": "office@example.org", "enable_outgoing": 1, "default_outgoing": 1}
	office = frappe.get_doc(
		{"doctype": "Email Account", "email_account_name": "Office", "smtp_server": "localhost", **account}
	)
	office.name = "Office"
	# Past its own validation, which would call the mail server.
	office.db_insert()
	user = portal_account.invite(mentor)
	assert frappe.db.exists("Email Queue Recipient", {"recipient": user})
	visit = frappe.get_doc({"doctype": "Activity Log", "subject": "Logged in", "user": user, "operation": "Login"})
	visit.insert(ignore_permissions=True)
	messages.tell([user], "Something waits", "Match", "MATCH-00001")
	frappe.db.delete("Email Account", {"name": "Office"})
	return user


@pytest.mark.req("S1", "S8")
@pytest.mark.commits
def test_every_table_holds_as_many_rows_afterwards_as_before():
	"""Also accounts that the app made, their address cards and mails, genders, and lines of the search index."""
	staff = [factories.user().name for _role in range(2)]
	own = frappe.get_doc({"doctype": "User", "email": "own@example.org", "first_name": "Own"})
	own.update({"user_type": "Website User", "send_welcome_email": 0})
	own.insert(ignore_permissions=True)
	remove_app(APP, yes=True, no_backup=True)
	frappe.db.delete("Gender")
	frappe.db.commit()
	before = rows_per_table()
	install_app(APP, verbose=False)
	for name, role in zip(staff, (roles.COORDINATOR, roles.SOCIAL_WORKER), strict=True):
		row = frappe.get_doc({"doctype": "Has Role", "role": role, "parenttype": "User", "parent": name})
		row.update({"parentfield": "roles", "name": frappe.generate_hash(length=10)})
		row.db_insert()
	frappe.clear_cache()
	assert frappe.db.count("Gender")
	programme = factories.programme(coordinator=staff[0])
	mentor = factories.mentor(programme=programme)
	match = factories.match(mentor, factories.mentee(programme=programme, caregiver=staff[1]), growing=True)
	volunteer = invited_volunteer(mentor.name)
	had = factories.mentor(programme=programme, email=own.name)
	assert portal_account.invite(had.name) == own.name
	consent.withdraw(match.mentee)
	values = {"file_name": "paper.txt", "content": "quiet words", "is_private": 1}
	frappe.get_doc({"doctype": "File", **values, **_at(match)}).insert()
	for kind, name in (("Report", "Partner Overview"), ("Match", match.name), ("User", volunteer)):
		frappe.db.sql(
			"insert into __global_search (doctype, name, title, content, route, published) values (%s,%s,'','x','',0)",
			(kind, name),
		)
	frappe.db.commit()
	remove_app(APP, yes=True, no_backup=True)
	frappe.db.commit()
	after = rows_per_table()
	differing = {
		table: (before.get(table, 0), after.get(table, 0))
		for table in {*before, *after}
		if before.get(table, 0) != after.get(table, 0)
	}
	assert differing == {}
	# Whoever had an account before keeps it, without our role.
	assert frappe.db.exists("User", own.name) and not frappe.db.exists("User", volunteer)


def _at(doc) -> dict:
	return {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
