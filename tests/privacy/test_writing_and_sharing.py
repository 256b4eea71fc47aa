"""Nobody writes, shares, assigns, tags or follows their way to a record, and nobody gives themselves a role."""

from __future__ import annotations

import frappe
import pytest
from privacy_routes import RECORD, Way
from test_volunteer_reads_records import text_field

from libes_mentoring.access.roles import SOCIAL_WORKER

pytestmark = pytest.mark.req("S3", "P8")

STRANGERS = ("volunteer", "former_volunteer", "guest", "desk_user", "partner", "other_social_worker")
TARGETS = ("Mentee Case File", "Mentee", "Match", "Concern")
CHANGED = {**RECORD, "<field>": "x"}
WHO = {"doctype": "<doctype>", "name": "<name>", "user": "<user>"}
TO_ME = {"reference_type": "<doctype>", "reference_name": "<name>", "allocated_to": "<user>"}
SHARE = {
	"doctype": "DocShare",
	"share_doctype": "<doctype>",
	"share_name": "<name>",
	"user": "<user>",
	"read": 1,
}
REMARK = {
	"reference_doctype": "<doctype>",
	"reference_name": "<name>",
	"comment_email": "<user>",
	"comment_by": "x",
}
LATER = {"remind_at": "2099-01-01 10:00:00", "reminder_doctype": "<doctype>", "reminder_docname": "<name>"}
MAIL = {
	"recipients": "x@example.org",
	"subject": "x",
	"content": "x",
	"send_email": 1,
	"print_format": "Standard",
}
ATTEMPTS = (
	Way("set a value", "frappe.client.set_value", {**RECORD, "fieldname": "<field>", "value": "x"}),
	Way("save", "frappe.client.save", {"doc": CHANGED}),
	Way("save the form", "frappe.desk.form.save.savedocs", {"doc": CHANGED, "action": "Save"}),
	Way("REST write", "/api/resource/<doctype>/<name>", {"<field>": "x"}, http="PUT"),
	Way("REST delete", "/api/resource/<doctype>/<name>", http="DELETE"),
	Way("delete", "frappe.client.delete", RECORD),
	Way(
		"delete in the list",
		"frappe.desk.reportview.delete_items",
		{"doctype": "<doctype>", "items": ["<name>"]},
	),
	Way(
		"rename", "frappe.client.rename_doc", {"doctype": "<doctype>", "old_name": "<name>", "new_name": "x"}
	),
	Way("change many", "frappe.client.bulk_update", {"docs": [{**CHANGED, "docname": "<name>"}]}),
	Way("share with oneself", "frappe.share.add", {**WHO, "read": 1, "share": 1}),
	Way("set a share", "frappe.share.set_permission", {**WHO, "permission_to": "read"}),
	Way("insert a share", "frappe.client.insert", {"doc": SHARE}),
	Way(
		"assign to oneself",
		"frappe.desk.form.assign_to.add",
		{**RECORD, "assign_to": ["<user>"], "description": "x"},
	),
	Way("insert a task", "frappe.client.insert", {"doc": {"doctype": "ToDo", "description": "x", **TO_ME}}),
	Way("comment", "frappe.desk.form.utils.add_comment", {**REMARK, "content": "x"}),
	Way("tag", "frappe.desk.doctype.tag.tag.add_tag", {"tag": "x", "dt": "<doctype>", "dn": "<name>"}),
	Way("like", "frappe.desk.like.toggle_like", {**RECORD, "add": "Yes"}),
	Way(
		"follow",
		"frappe.desk.form.document_follow.follow_document",
		{"doctype": "<doctype>", "doc_name": "<name>", "user": "<user>"},
	),
	Way("mail it", "frappe.core.doctype.communication.email.make", {**RECORD, **MAIL}),
	Way(
		"be reminded",
		"frappe.automation.doctype.reminder.reminder.create_new_reminder",
		{**LATER, "description": "x"},
	),
	Way(
		"attach a file",
		"frappe.client.attach_file",
		{"doctype": "<doctype>", "docname": "<name>", "filename": "x.txt", "filedata": "x", "is_private": 1},
	),
)


@pytest.mark.parametrize("person", STRANGERS)
def test_nothing_is_written_and_nothing_is_gained(probe, cast, person):
	leaks = []
	for doctype in TARGETS:
		name, field = cast.name(doctype), text_field(doctype)
		before = frappe.get_doc(doctype, name).as_dict()
		for attempt in ATTEMPTS:
			leaks += attempt.go(probe(person), doctype, name, field).leaks
		# What an attempt may have opened is looked for where it would show.
		leaks += probe(person).get(f"/api/resource/{doctype}/{name}", "GET after every attempt").leaks
		leaks += probe(person).get(f"/api/resource/{doctype}", "GET after every attempt", fields=["*"]).leaks
		frappe.db.rollback()
		assert frappe.get_doc(doctype, name).as_dict() == before
		assert not frappe.get_all("DocShare", filters={"share_doctype": doctype, "share_name": name})
		assert not frappe.get_all(
			"ToDo", filters={"reference_name": name, "allocated_to": probe(person).user}
		)
	assert not leaks


@pytest.mark.parametrize("person", ["volunteer", "desk_user", "partner"])
def test_nobody_gives_themselves_a_role(probe, cast, person):
	me, user = probe(person), cast.users[person]
	role = {"doctype": "Has Role", "role": SOCIAL_WORKER}
	before = (frappe.get_roles(user), frappe.db.get_value("User", user, "user_type"))
	me.send(
		"PUT",
		f"/api/resource/User/{user}",
		"PUT /api/resource/User",
		json={"roles": [role], "user_type": "System User"},
	)
	me.call("frappe.client.set_value", doctype="User", name=user, fieldname="user_type", value="System User")
	me.call("frappe.client.save", doc={"doctype": "User", "name": user, "roles": [role]})
	me.call(
		"frappe.client.insert", doc={**role, "parent": user, "parenttype": "User", "parentfield": "roles"}
	)
	me.call(
		"frappe.client.insert",
		doc={"doctype": "Custom DocPerm", "parent": "Mentee Case File", "role": "All", "read": 1},
	)
	me.call(
		"frappe.core.page.permission_manager.permission_manager.add",
		parent="Mentee Case File",
		role="All",
		permlevel=0,
	)
	me.call(
		"frappe.desk.page.user_profile.user_profile.update_profile_info",
		profile_info={"roles": [role], "user_type": "System User"},
	)
	frappe.db.rollback()
	frappe.clear_cache(user=user)
	assert (frappe.get_roles(user), frappe.db.get_value("User", user, "user_type")) == before
	assert not frappe.db.exists("Custom DocPerm", {"parent": "Mentee Case File"})
	assert not me.get(
		f"/api/resource/Mentee Case File/{cast.name('Mentee Case File')}", "GET after every attempt"
	).leaks


@pytest.mark.parametrize("person", ["caregiver", "coordinator"])
def test_staff_do_not_hand_a_record_on(probe, cast, person):
	"""A share or an assignment would go round the caseload and the programme."""
	doctype = "Mentee Case File" if person == "caregiver" else "Match"
	name, other = cast.name(doctype), cast.users["desk_user"]
	me = probe(person)
	me.call("frappe.share.add", doctype=doctype, name=name, user=other, read=1)
	me.call("frappe.share.add", doctype=doctype, name=name, everyone=1, read=1)
	me.call("frappe.desk.form.assign_to.add", doctype=doctype, name=name, assign_to=[other], description="x")
	frappe.db.rollback()
	assert not frappe.get_all("DocShare", filters={"share_doctype": doctype, "share_name": name})
	answer = probe("desk_user").get(f"/api/resource/{doctype}/{name}", "GET after a hand-over")
	assert answer.denied
	assert not answer.leaks
