"""Every function of the app that a browser can call, found by importing the whole package.

Each is called by everybody with the names of our records: whoever is not meant is refused, and nobody is answered
with more than the policy gives.
"""

from __future__ import annotations

import importlib
import pkgutil

import frappe
import pytest
from privacy_arguments import ARGUMENTS, REFUSED
from privacy_policy import EVERYBODY

import libes_mentoring

pytestmark = pytest.mark.req("P8", "S3")

PREFIX = "libes_mentoring."
# Done, not valid, or, for the public form alone, too often.
ANSWERED = (200, 417, 429)
# Who may change something with these functions does so in the tests of the functions themselves.
CHANGING = (
	"toggle_like",
	"relink",
	"add_website_comment",
	"withdraw",
	"confirm_again",
	"accept",
	"choose",
	"undo",
	"invite",
	"begin",
	"call_off",
	"complete",
	"put_in_force",
	"check",
	"apply",
	"log_meeting",
	"join",
	"add_mentor",
	"set_role",
	"remove_mentor",
	"hand_on",
	"start",
	"end",
	"plan_meeting",
	"mark_briefed",
	"complete_first_meeting",
	"complete_for_group",
	"open_case_file",
	"preview",
	"erase",
	"export",
	"enter",
	"take",
	"add_step",
	"add_recipient",
	"close",
	"raise_concern",
	"decide",
	"grant",
	"decline",
	"revoke",
	"new_version",
	"use_our_texts",
	"record_on_paper",
	"prepare",
	"send",
	"take_back",
	"record_paper_signature",
	"countersign",
	"end",
	"sign_agreement",
	"record_attendance",
	"cancel",
	"catch_up",
	"answer",
	"enter_code",
	"acknowledge",
	"revisit",
	"turn_down",
	"lift",
	"send_letter",
	"send_new",
	"note",
	"talked",
	"set_pause",
	"end_pause",
	"pause",
	"come_back",
	"publish",
	"remove",
	"approve",
	"send_back",
	"refuse",
	"make",
	"mark_paid",
	"draft_in_erpnext",
	"write_post",
	"change_post",
	"delete_post",
	"report_post",
	"sign_up",
	"cancel_sign_up",
	"claim",
	"request",
	"ask",
	"record_by_phone",
	"conclude",
	"submit",
	"record",
	"finish",
	"withdraw",
)


def whitelisted() -> list[str]:
	for module in pkgutil.walk_packages(libes_mentoring.__path__, PREFIX):
		importlib.import_module(module.name)
	functions = [function for function in frappe.whitelisted if function.__module__.startswith(PREFIX)]
	return sorted(f"{function.__module__}.{function.__qualname__}" for function in functions)


def test_every_function_has_a_row():
	declared = {PREFIX + name for name in ARGUMENTS}
	missing = set(whitelisted()) - declared
	assert not missing, f"Say in privacy_arguments.py how and by whom these are called: {sorted(missing)}"
	assert not declared - set(whitelisted()), "A row of privacy_arguments.py names no whitelisted function."


def test_nothing_but_public_forms_is_open_to_guests():
	open_to_guests = {
		f"{f.__module__}.{f.__name__}" for f in frappe.guest_methods if f.__module__.startswith(PREFIX)
	}
	assert open_to_guests == {
		"libes_mentoring.portal.application.apply",
		"libes_mentoring.portal.references.answer",
		# Of the site's own public forms, as the framework does; of our records, nothing.
		"libes_mentoring.access.framework_people.get_link_options",
	}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_nobody_else_is_answered(probe, cast, name):
	row, leaks, answered = ARGUMENTS[name], [], []
	for person in EVERYBODY:
		if (
			person in row.meant_for
			and name.rsplit(".", 1)[-1] in CHANGING
			and name != "portal.application.apply"
		):
			continue
		answer = probe(person).call(PREFIX + name, row.http, **row.arguments(cast))
		leaks += answer.leaks
		if person in row.meant_for:
			assert answer.status in ANSWERED, f"{person}: {answer.status} {answer.text[:300]}"
		elif not row.own_only and answer.status not in REFUSED:
			answered.append(f"{person}: {answer.status} {answer.text[:200]}")
	assert not leaks
	assert not answered


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_get_request_changes_nothing(probe, cast, name):
	"""What writes is called by POST only, so that no link or image of a foreign page does it."""
	row = ARGUMENTS[name]
	if name.rsplit(".", 1)[-1] in CHANGING:
		answer = probe("administrator").call(PREFIX + name, "GET", **row.arguments(cast))
		assert answer.status == 403


def test_refused_calls_have_changed_nothing(cast):
	"""The last of this file: what strangers have tried above has left our records as they were."""
	assert frappe.db.get_value("Match", cast.name("Match"), "stage") == "Growth and maintenance"
	assert frappe.db.get_value("Closure", cast.name("Closure"), "status") == "Not started"
	assert frappe.db.get_value("Mentee Consent", cast.name("Mentee Consent"), "status") == "Given"
	assert frappe.db.count("Match", {"mentee": cast.name("Mentee")}) == 2
	assert frappe.db.get_value("Concern", cast.name("Concern"), "status") == "Received"
	assert frappe.db.count("Concern Recipient", {"parent": cast.name("Concern")}) == 1
	assert frappe.db.get_value("Mentor", cast.name("Mentor"), "stage") == "Available"
	assert frappe.db.get_value("Peer Post", cast.name("Peer Post"), "status") == "Published"
	assert frappe.db.get_value("Mentor Expense", cast.records["Mentor Expense"][-1], "status") == "Sent"
	assert frappe.db.get_value("Mentor Expense Batch", cast.name("Mentor Expense Batch"), "status") == "To be paid"
	assert frappe.db.get_value("Mentor Wellbeing Note", cast.name("Mentor Wellbeing Note"), "status") == "Quiet flag"


def test_a_former_volunteer_keeps_the_certificate_and_nothing_else(probe, cast):
	matches = probe("former_volunteer").call(f"{PREFIX}portal.matches.my_matches", "GET")
	assert matches.says() == []
	certificates = probe("former_volunteer").call(f"{PREFIX}portal.papers.my_certificates", "GET").says()
	assert [row["closure"] for row in certificates] == [cast.records["Closure"][-1]]


def test_the_volunteer_is_answered_with_the_own_match(probe, cast):
	"""The control, and the fields by name: a new one is a decision, not an accident."""
	(match,) = probe("volunteer").call(f"{PREFIX}portal.matches.my_matches", "GET").says()
	assert match["match"] == cast.name("Match")
	assert match["alias"] == cast.name("Mentee")
	assert set(match) == {
		"match",
		"alias",
		"programme",
		"stage",
		"matched_on",
		"group",
		"first_meeting_on",
		"first_meeting_at",
		"first_meeting_is_ahead",
		"place",
		"staff",
		"rhythm",
		"goals",
		"in_common",
		"wishes",
		"caregiver",
		"coordinator",
		"meetings",
		"next_meeting_on",
		"agreement_url",
		"agreement_is_signed",
	}
	assert set(match["group"]) == {"name", "next_meeting_on", "mine"}
	# The one goal that is written down is the mentee's own.
	assert match["goals"] == []
	# The programme keeps mentors and caregivers apart, and the mentee shares no wish.
	assert (match["wishes"], match["caregiver"]) == ([], None)
	assert all(set(row) == {"met_on", "length_minutes", "medium", "activity"} for row in match["meetings"])
	# Of two meetings, one was noted by staff.
	assert len(match["meetings"]) == 1
