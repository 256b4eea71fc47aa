"""Accounts, names and numbers of people that stand in the framework's own records, and lists of names of ours."""

from __future__ import annotations

import factories
import frappe
import pytest
from frappe.model.base_document import get_controller

from libes_mentoring.access.policy import GUARDED_DOCTYPES, POLICY
from libes_mentoring.access.quiet_document import QuietDocument

pytestmark = pytest.mark.req("P7", "S3")

FROM_OUTSIDE = ("volunteer", "former_volunteer", "other_volunteer", "partner", "other_partner")
SECRETS = ("reset_password_key", "api_key", "last_ip")
STAFF = ("caregiver", "coordinator", "manager", "privacy_officer", "desk_user")


@pytest.fixture(scope="module")
def keys(cast) -> dict[str, str]:
	"""Everybody has asked for a new password: user → the key in the mail."""
	found = {}
	for user in set(cast.users.values()) - {"Guest"}:
		found[user] = f"key{frappe.generate_hash(length=20)}"
		frappe.db.set_value("User", user, dict.fromkeys(SECRETS, found[user]), update_modified=False)
	frappe.db.commit()
	return found


def _ways_to(field: str) -> list[tuple[str, str, dict]]:
	listed = {"doctype": "User", "fields": ["name", field], "limit_page_length": 0}
	own = {"fields": ["name", f"owner.{field}"], "limit_page_length": 0}
	return [
		("GET", "/api/resource/User", {"fields": ["name", field], "limit_page_length": 0}),
		("GET", "/api/resource/User", {"fields": [f"`tabUser`.`{field}` as a"], "limit_page_length": 0}),
		("GET", "/api/method/frappe.client.get_list", listed),
		("POST", "/api/method/frappe.desk.reportview.get", listed),
		("POST", "/api/method/frappe.desk.reportview.export_query", {**listed, "file_format_type": "CSV"}),
		(
			"GET",
			"/api/method/frappe.client.get_value",
			{"doctype": "User", "fieldname": field, "filters": [["name", "like", "%"]]},
		),
		("GET", "/api/resource/ToDo", own),
		("GET", "/api/resource/Match", own),
	]


@pytest.mark.parametrize("person", [*FROM_OUTSIDE, *STAFF, "guest"])
def test_nobody_reads_the_key_by_which_another_one_logs_in(probe, cast, keys, ledger, person):
	told = []
	for field in SECRETS:
		for method, path, values in _ways_to(field):
			sent = {
				key: value if isinstance(value, str) else frappe.as_json(value)
				for key, value in values.items()
			}
			where = {"params": sent} if method == "GET" else {"data": sent}
			answer = probe(person).send(method, path, f"{path} for {field}", **where)
			others = {user: key for user, key in keys.items() if user != probe(person).user}
			told += [
				f"{person}: {path} tells {field} of {user}"
				for user, key in others.items()
				if key in answer.text
			]
	ledger.leaks.extend(told)
	assert not told


@pytest.mark.parametrize("person", [*FROM_OUTSIDE, *STAFF])
def test_a_key_is_not_found_out_letter_by_letter(probe, cast, keys, person):
	"""A filter on it gives the same answer whether it fits or not."""
	user = cast.users["coordinator"] if person != "coordinator" else cast.users["manager"]
	for path in ("/api/resource/User", "/api/resource/ToDo"):
		field = "reset_password_key" if path.endswith("User") else "owner.reset_password_key"
		right, wrong = (
			probe(person).get(path, filters=[[field, "like", f"{start}%"]], fields=["name"])
			for start in (keys[user][:6], "zzzzzz")
		)
		assert right.denied and wrong.denied
	ordered = probe(person).get("/api/resource/User", order_by="reset_password_key asc", fields=["name"])
	assert ordered.denied


@pytest.mark.parametrize("person", FROM_OUTSIDE)
def test_volunteers_and_partners_see_no_account_but_their_own(probe, cast, ledger, person):
	others = sorted(set(cast.users.values()) - {"Guest", cast.users[person]})
	told = []
	for answer in (
		probe(person).get("/api/resource/User", fields=["name", "full_name"], limit_page_length=0),
		probe(person).call("frappe.desk.search.search_link", doctype="User", txt="", page_length=100),
		probe(person).call(
			"frappe.desk.search.search_link",
			doctype="User",
			txt="a",
			page_length=100,
			ignore_user_permissions=1,
		),
		probe(person).call("frappe.desk.search.get_names_for_mentions", search_term=""),
		probe(person).get("/api/resource/Contact", fields=["*"], limit_page_length=0),
		*(
			probe(person).get(f"/api/resource/User/{other}", "GET /api/resource/User/<other>")
			for other in others
		),
		*(probe(person).call("frappe.client.get", doctype="User", name=other) for other in others[:3]),
	):
		sent_name = next((other for other in others if f"'{other}'" in answer.text), None)
		named = [other for other in others if other in answer.text and other != sent_name]
		told += [
			f"{person}: an answer with status {answer.status} names {other}"
			for other in named
			if answer.status == 200
		]
	ledger.leaks.extend(told)
	assert not told


def test_staff_still_choose_a_colleague(probe, cast):
	answer = probe("coordinator").call(
		"frappe.desk.search.search_link", doctype="User", txt="", page_length=100
	)
	assert cast.users["caregiver"] in answer.text


@pytest.mark.parametrize("person", [*FROM_OUTSIDE, "other_coordinator", "former_coordinator", "manager"])
def test_no_web_form_lists_the_names_of_our_records(probe, cast, person):
	"""Also through a form that asks for a login, as the framework ships one."""
	forms = frappe.get_all("Web Form", pluck="name")
	assert forms
	leaks = []
	for form in forms:
		for doctype in ("Mentee", "Mentee Case File", "Concern", "Match", "File", "Contact", "User"):
			leaks += (
				probe(person)
				.call(
					"frappe.website.doctype.web_form.web_form.get_link_options",
					web_form_name=form,
					doctype=doctype,
					allow_read_on_all_link_options=1,
				)
				.leaks
			)
	assert not leaks


@pytest.mark.parametrize(
	"person", ["other_coordinator", "coordinator", "partner", "manager", "other_social_worker"]
)
@pytest.mark.parametrize("doctype", ["Mentee Case File", "Concern"])
def test_no_column_of_a_report_is_read_from_another_record(probe, cast, person, doctype):
	"""A column that is added on the screen, and one that is kept in a report of one's own."""
	link = {"fieldname": "mentor", "names": cast.records[doctype]}
	leaks = []
	for field in [
		f.fieldname for f in frappe.get_meta(doctype).fields if f.fieldtype in ("Data", "Small Text")
	]:
		for link_field in ("mentor", link):
			column = {
				"doctype": doctype,
				"fieldname": field,
				"link_field": link_field,
				"label": "x",
				"fieldtype": "Data",
			}
			for function in ("run", "export_query", "background_enqueue_run"):
				leaks += (
					probe(person)
					.call(
						f"frappe.desk.query_report.{function}",
						report_name="Partner Overview",
						filters={},
						file_format_type="CSV",
						custom_columns=[column],
					)
					.leaks
				)
	kept = probe(person).call(
		"frappe.desk.query_report.save_report",
		reference_report="Partner Overview",
		report_name="Mine",
		columns=[column],
		filters={},
	)
	assert not leaks and not kept.leaks
	assert kept.status != 200


@pytest.mark.commits
def test_an_open_list_hears_of_no_record(monkeypatch):
	"""Neither that there is a new one nor who made it; whoever has the record open may read it."""
	heard = []
	monkeypatch.setattr(frappe, "publish_realtime", lambda *args, **kwargs: heard.append((args, kwargs)))
	match = factories.match()
	with factories.as_user(factories.volunteer(factories.fresh(frappe.get_doc("Mentor", match.mentor))).name):
		factories.concern(match)
	rooms = [(args[0], kwargs.get("doctype")) for args, kwargs in heard]
	assert ("doc_update", "Mentee") in rooms
	lists = [args[1]["doctype"] for args, _ in heard if args[0] == "list_update"]
	assert [doctype for doctype in lists if doctype in GUARDED_DOCTYPES] == []


def test_the_controllers_of_all_guarded_records_are_quiet():
	assert [doctype for doctype in POLICY if not issubclass(get_controller(doctype), QuietDocument)] == []


@pytest.mark.parametrize("person", [*FROM_OUTSIDE, "coordinator", "caregiver", "manager", "guest"])
def test_nobody_listens_to_a_list(probe, cast, person):
	for doctype in ("Mentee", "Concern", "Mentee Case File", "Match", "Mentor"):
		assert probe(person).call("frappe.realtime.can_subscribe_doctype", doctype=doctype).denied


def test_a_record_that_is_said_to_be_new_is_not_printed_under_the_name_of_another(probe, cast):
	"""The paper looks the match up by its name."""
	forged = {
		"doctype": "Match",
		"__islocal": 1,
		"name": cast.name("Match"),
		"mentee": cast.others["Mentee"],
		"mentor": cast.others["Mentor"],
	}
	for paper in ("Mentor Agreement", "Standard"):
		answer = probe("other_coordinator").call(
			"frappe.www.printview.get_html_and_style", doc=forged, print_format=paper
		)
		assert not answer.leaks
		assert answer.denied


@pytest.mark.parametrize("person", ["guest", "volunteer", "other_social_worker"])
def test_a_remark_tells_no_alias_that_exists_from_one_that_does_not(probe, cast, person):
	there, not_there = (
		probe(person).call(
			function,
			"POST",
			reference_doctype="Mentee",
			reference_name=name,
			like=1,
			route="",
			title="x",
			reply="x",
			topic_name="",
		)
		for function in ("frappe.templates.includes.likes.likes.like",)
		for name in (cast.name("Mentee"), "Nobody-0000")
	)
	assert there.status == not_there.status == 403
	for name in (cast.name("Mentee"), "Nobody-0000"):
		answer = probe(person).call(
			"frappe.website.doctype.discussion_topic.discussion_topic.submit_discussion",
			doctype="Mentee",
			docname=name,
			reply="x",
			title="x",
			topic_name="",
		)
		assert answer.denied
