"""What finds, counts or links: the search of the desk and of the website, tags, mentions, fields of linked records,
rows of tables, and every list of the framework's own DocTypes, where traces of our records may lie."""

from __future__ import annotations

from urllib.parse import quote

import frappe
import pytest
from frappe.model import table_fields
from privacy_canaries import BEGINNING
from privacy_policy import READERS

pytestmark = pytest.mark.req("P8", "S3")

STRANGERS = ("volunteer", "former_volunteer", "guest", "desk_user", "partner", "other_coordinator", "manager")
SEARCHES = (
	("frappe.utils.global_search.search", {"text": BEGINNING, "limit": 100}),
	("frappe.utils.global_search.web_search", {"text": BEGINNING, "limit": 100}),
	("frappe.www.search.get_search_results", {"text": BEGINNING, "limit": 100}),
	("frappe.search.web_search", {"query": BEGINNING, "scope": "", "limit": 100}),
	("frappe.desk.search.get_names_for_mentions", {"search_term": BEGINNING}),
	("frappe.email.get_contact_list", {"txt": BEGINNING}),
	("frappe.desk.doctype.tag.tag.get_tags_list_for_awesomebar", {}),
	("frappe.desk.notifications.get_notifications", {}),
	("frappe.desk.doctype.notification_log.notification_log.get_notification_logs", {"limit": 100}),
	("frappe.desk.doctype.event.event.get_events", {"start": "2000-01-01", "end": "2099-01-01"}),
	("frappe.desk.desktop.get_workspace_sidebar_items", {}),
	("frappe.desk.doctype.route_history.route_history.frequently_visited_links", {}),
)


@pytest.mark.parametrize("person", [*STRANGERS, "other_social_worker", "coordinator"])
def test_no_search_finds_them(probe, cast, person):
	leaks = []
	for function, arguments in SEARCHES:
		leaks += probe(person).call(function, **arguments).leaks
	leaks += probe(person).get("/search", q=BEGINNING).leaks
	assert not leaks


@pytest.mark.parametrize("person", ["volunteer", "guest", "desk_user", "partner", "other_coordinator"])
def test_no_list_of_the_framework_holds_a_trace(probe, cast, person):
	"""Comments, versions, tasks, files, messages, logs, tags …: every DocType that has rows, as a list."""
	leaks = []
	for doctype in doctypes_with_rows():
		answer = probe(person).get(
			f"/api/resource/{quote(doctype)}",
			f"GET /api/resource/{doctype}",
			fields=["*"],
			limit_page_length=0,
		)
		leaks += answer.leaks
	assert not leaks


def doctypes_with_rows() -> list[str]:
	names = frappe.get_all("DocType", filters={"istable": 0, "issingle": 0, "is_virtual": 0}, pluck="name")
	return [name for name in names if name not in READERS and frappe.db.exists(name, {})]


def test_the_administrator_does_find_traces_there(probe, cast):
	found = set()
	for doctype in ("Comment", "ToDo", "File", "Version"):
		found |= (
			probe("administrator").get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0).found
		)
	assert found


@pytest.mark.parametrize("person", STRANGERS)
def test_rows_of_a_table_are_read_with_their_record_only(probe, cast, person):
	leaks = []
	for parent in (
		"Mentee",
		"Mentor",
		"Match",
		"Closure",
		"Concern",
		"Mentoring Import",
		"Mentoring Programme",
	):
		for table in frappe.get_meta(parent).get_table_fields():
			if person in READERS[table.options]:
				continue
			arguments = {"doctype": table.options, "parent": parent, "fields": ["*"], "limit_page_length": 0}
			leaks += probe(person).call("frappe.client.get_list", **arguments).leaks
			path = f"/api/resource/{quote(table.options)}"
			leaks += probe(person).get(path, "GET /api/resource/<rows>", fields=["*"], parent=parent).leaks
			leaks += probe(person).get(path, "GET /api/resource/<rows>", fields=["*"]).leaks
	assert not leaks


@pytest.mark.parametrize(
	"person",
	["volunteer", "partner", "other_partner", "manager", "other_coordinator", "other_social_worker", "coordinator"],
)
def test_fields_of_linked_records_are_not_read_along(probe, cast, person):
	"""`fields=["mentee.strengths"]` on a record that one may read."""
	leaks = []
	for doctype, link, field in linked_fields():
		for fields in ([f"{link}.{field}"], ["name", f"{link}.{field} as x"]):
			leaks += (
				probe(person)
				.get(
					f"/api/resource/{quote(doctype)}",
					"GET /api/resource/<DocType>?fields=<link>.<field>",
					fields=fields,
				)
				.leaks
			)
	assert not leaks


def linked_fields() -> list[tuple[str, str, str]]:
	"""(DocType, link, text field of the linked record) for every link between the app's DocTypes."""
	found = []
	for doctype in READERS:
		meta = frappe.get_meta(doctype)
		if meta.istable or meta.issingle:
			continue
		for link in meta.get("fields", {"fieldtype": "Link", "options": ("in", list(READERS))}):
			target = frappe.get_meta(link.options)
			fields = [f for f in target.fields if f.fieldtype in ("Data", "Small Text", "Text")]
			found += [(doctype, link.fieldname, fields[-1].fieldname)] if fields else []
		for table in meta.get("fields", {"fieldtype": ("in", table_fields)}):
			for link in frappe.get_meta(table.options).get("fields", {"fieldtype": "Link"}):
				found.append((doctype, table.fieldname, link.fieldname))
	return found
