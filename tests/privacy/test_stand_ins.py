"""What stands in for functions of the framework stands at every door, and leaves other DocTypes alone."""

from __future__ import annotations

import json
import sys

import frappe
import pytest
from privacy_canaries import BEGINNING
from privacy_routes import HIT
from test_every_framework_function import functions_of_the_framework
from test_volunteer_reads_records import text_field

from libes_mentoring.access.framework_doors import OVERRIDES

pytestmark = pytest.mark.req("P8", "S3")

COUNT = "frappe.client.get_count"
ASKED = {"doctype": "Mentee Case File"}


def originals() -> dict[str, object]:
	"""Those functions of the table that this release has."""
	functions_of_the_framework(False)
	found = {}
	for name in OVERRIDES:
		module, function = name.rsplit(".", 1)
		if hasattr(sys.modules.get(module), function):
			found[name] = getattr(sys.modules[module], function)
	return found


def test_no_other_name_leads_to_the_same_function():
	"""The framework looks for a stand-in by the name in the request, and modules import from each other."""
	names = {id(function): name for name, function in originals().items()}
	assert len(names) > 12
	aliases = []
	for module_name, module in list(sys.modules.items()):
		if module_name.startswith("libes_mentoring"):
			continue
		for attribute, value in list(vars(module).items()) if module else ():
			name = f"{module_name}.{attribute}"
			if id(value) in names and name not in OVERRIDES:
				aliases.append(f"{name} is {names[id(value)]}")
	assert not aliases


def test_every_stand_in_is_whitelisted_and_nothing_is_open_to_guests():
	for door, name in OVERRIDES.items():
		function = frappe.get_attr(name)
		assert function in frappe.whitelisted
		# The options of a public form's fields, which the form itself shows.
		assert function not in frappe.guest_methods or door.endswith(".web_form.get_link_options")


@pytest.mark.parametrize(
	"door", ["/api/method/{}", "/api/v1/method/{}", "/api/v2/method/{}", "/api/method/{}/more", "/?cmd={}"]
)
@pytest.mark.parametrize("person", ["volunteer", "desk_user"])
def test_it_holds_at_every_door(probe, cast, person, door):
	field = text_field("Mentee Case File")
	answers = []
	for word in (HIT, "NOBODY%"):
		filters = json.dumps([["Mentee Case File", field, "like", word]])
		path = door.format(COUNT)
		answers.append(probe(person).send("POST", path, door, data={**ASKED, "filters": filters}))
		assert answers[-1].status in (403, 404)
	assert answers[0].status == answers[1].status


@pytest.mark.parametrize(
	"filters",
	[
		[["Mentee Boundary", "note", "like", HIT]],
		{"`tabMentee Case File`.referral_source": ["like", HIT]},
	],
)
def test_our_records_are_not_asked_about_by_way_of_others(probe, cast, filters):
	answer = probe("desk_user").call(COUNT, doctype="ToDo", filters=filters)
	assert answer.status == 403


@pytest.mark.parametrize(
	"doctype", ["tabMentee Case File", "mentee case file ", "ToDo`, `tabMentee Case File"]
)
def test_another_spelling_is_not_another_doctype(probe, cast, doctype):
	assert probe("desk_user").call(COUNT, doctype=doctype).denied


def test_staff_count_what_is_theirs(probe, cast):
	for person, expected in (("caregiver", 1), ("other_social_worker", 0)):
		filters = {"name": cast.name("Mentee")}
		assert probe(person).call(COUNT, doctype="Mentee", filters=filters).says() == expected
	got = probe("caregiver").call(
		"frappe.client.get", doctype="Mentee", filters={"name": cast.name("Mentee")}
	)
	assert got.says()["name"] == cast.name("Mentee")


def test_other_doctypes_are_answered_as_ever(probe, cast):
	me = probe("desk_user")
	assert me.call(COUNT, doctype="Language").says() == frappe.db.count("Language")
	assert me.call(COUNT, doctype="Language", filters={"name": "en"}).says() == 1
	assert me.call("frappe.client.get", doctype="Language", name="en").status in (200, 403)
	assert me.call("frappe.client.validate_link", doctype="Language", docname="en").says() == {"name": "en"}
	assert me.call("frappe.desk.search.get_link_title", doctype="Language", docname="en").says() in (
		"en",
		"English",
	)
	assert me.call("frappe.desk.search.search_link", doctype="Language", txt="en").status == 200


def test_a_title_is_told_to_whoever_reads_the_record(probe, cast):
	asked = {"doctype": "Mentoring Programme", "docname": cast.name("Mentoring Programme")}
	stranger = probe("other_coordinator").call("frappe.desk.search.get_link_title", **asked)
	assert stranger.says() == asked["docname"]
	assert BEGINNING not in stranger.text.replace(asked["docname"], "")
	# Who has no part in the programme at all does not even ask.
	assert probe("desk_user").call("frappe.desk.search.get_link_title", **asked).denied


@pytest.mark.req("S6")
def test_a_volunteers_session_has_a_token_once_the_page_is_open(probe, cast, server):
	"""Without one, the framework would let a POST of any foreign page through."""
	import requests
	from factories import PASSWORD

	user = probe("volunteer").user
	session = requests.Session()
	session.trust_env = False
	session.headers.update({"X-Frappe-Site-Name": server.site, "Accept": "application/json"})
	logged_in = session.post(f"{server.url}/api/method/login", data={"usr": user, "pwd": PASSWORD})
	assert logged_in.status_code == 200
	assert session.get(f"{server.url}/mentoring").status_code == 200
	asked = f"{server.url}/api/method/libes_mentoring.portal.matches.my_matches"
	assert session.get(asked).status_code == 200
	assert session.post(asked).status_code == 400
	assert session.post(asked, headers={"X-Frappe-CSRF-Token": "None"}).status_code == 400
