"""Plausible arguments for every whitelisted function of the app: a function without a row fails the suite.

The records are ours, so whoever is not in `meant_for` is refused, or answered with what is their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe.utils import nowdate
from privacy_cast import Cast
from privacy_policy import EVERYBODY, INSIDE

# What somebody gets who is not meant: refused, not found, or told that the request is not valid.
REFUSED = (401, 403, 404, 417)


@dataclass(frozen=True)
class Row:
	arguments: Callable[[Cast], dict] = lambda cast: {}
	meant_for: tuple[str, ...] = ()
	# A function that gives everybody their own, or nothing, answers strangers too.
	own_only: bool = False
	http: str = "POST"


VOLUNTEERS = ("volunteer", "former_volunteer", "other_volunteer")
STAFF = ("manager", "coordinator", "caregiver", "other_coordinator", "other_social_worker")


def _match(cast: Cast) -> dict:
	return {"match": cast.name("Match")}


def _meeting(cast: Cast) -> dict:
	return {**_match(cast), "met_on": nowdate(), "length_minutes": 60, "medium": "In person"}


def _concern(cast: Cast) -> dict:
	return {"concern": cast.name("Concern")}


def _erasure(cast: Cast) -> dict:
	return {"request": cast.name("Erasure Request")}


def _pair(cast: Cast) -> dict:
	return {"mentee": cast.name("Mentee"), "mentor": cast.name("Mentor")}


def _policy(cast: Cast) -> dict:
	return {"policy": frappe.db.get_value("Policy Document", {}) or "POL-0001"}


def _mentee(cast: Cast) -> dict:
	return {"doctype": "Mentee", "name": cast.name("Mentee")}


def _mentee_as_link(cast: Cast) -> dict:
	return {"doctype": "Mentee", "docname": cast.name("Mentee")}


def _mentees(cast: Cast) -> dict:
	return {"doctype": "Mentee", "filters": {"name": cast.name("Mentee")}}


def _goal(cast: Cast) -> dict:
	# Of a record that everybody may read: their own user.
	return {
		"title": "x",
		"doctype": "User",
		"docname": "Guest",
		"goal_value_field": "x",
		"goal_total_field": "x",
		"goal_history_field": "x",
		"goal_doctype": "Mentee Case File",
		"goal_doctype_link": "name",
		"goal_field": "referral_source",
		"date_field": "creation",
		"aggregation": "max",
	}


def _remark(cast: Cast) -> dict:
	at = {"reference_doctype": "Mentee", "reference_name": cast.name("Mentee")}
	return {"comment": "x", "comment_email": "x@example.org", "comment_by": "x", "route": "", **at}


def _application(cast: Cast) -> dict:
	return {
		"full_name": "Ada Acker",
		"email": "ada.acker@example.org",
		"programme": "Open Door",
		"consent": 1,
	}


def _claim(cast: Cast) -> dict:
	# The last one waits for a decision.
	return {"expense": cast.records["Mentor Expense"][-1]}


def _batch(cast: Cast) -> dict:
	return {"batch": cast.name("Mentor Expense Batch")}


def _get_together(cast: Cast) -> dict:
	return {"get_together": cast.name("Mentor Get-together")}


ARGUMENTS: dict[str, Row] = {
	# What stands in for functions of the framework: those who may read lists are told what is theirs.
	"access.framework_calls.get": Row(_mentee, INSIDE, http="GET"),
	"access.framework_calls.get_count": Row(_mentees, INSIDE, own_only=True, http="GET"),
	"access.framework_calls.validate_link": Row(_mentee_as_link, INSIDE, own_only=True, http="GET"),
	"access.framework_calls.get_link_title": Row(_mentee_as_link, INSIDE, own_only=True, http="GET"),
	"access.framework_calls.get_next": Row(
		lambda c: {"doctype": "Mentee", "value": c.name("Mentee"), "prev": 0},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"access.framework_calls.get_workflow_state_count": Row(
		lambda c: {"doctype": "Mentee", "workflow_state_field": "strengths", "states": "[]"},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"access.framework_calls.get_group_by_count": Row(
		lambda c: {"doctype": "Mentee", "current_filters": "[]", "field": "assigned_to"},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"access.framework_calls.get_monthly_goal_graph_data": Row(_goal, http="GET"),
	"access.framework_calls.get_data_for_custom_field": Row(
		lambda c: {"doctype": "Mentee", "field": "strengths"}, INSIDE, own_only=True, http="GET"
	),
	# Refused to everybody in releases that refuse the remarks of others.
	"access.framework_traces.get_linked": Row(_mentee_as_link, own_only=True, http="GET"),
	"access.framework_traces.get_tagged_docs": Row(
		lambda c: {"doctype": "Mentee", "tag": "%"}, INSIDE, own_only=True, http="GET"
	),
	"access.framework_traces.toggle_like": Row(lambda c: {**_mentee(c), "add": "Yes"}, INSIDE),
	"access.framework_traces.relink": Row(
		lambda c: {"name": "none", "reference_doctype": "Mentee", "reference_name": c.name("Mentee")}, INSIDE
	),
	"access.framework_traces.get_reviews": Row(_mentee_as_link, INSIDE, http="GET"),
	"access.framework_traces.add_website_comment": Row(_remark),
	"access.framework_indirect.search_link": Row(
		lambda c: {"doctype": "Mentee", "txt": "", "ignore_user_permissions": 1},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"access.framework_indirect.search_widget": Row(
		lambda c: {"doctype": "Mentee", "txt": "", "ignore_user_permissions": 1},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"access.framework_indirect.get_all_nodes": Row(
		lambda c: {
			"doctype": "Mentee",
			"label": "x",
			"parent": "strengths",
			"states": "[]",
			"tree_method": "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"access.framework_indirect.map_docs": Row(
		lambda c: {
			"method": "frappe.client.get_count",
			"source_names": '["Mentee"]',
			"target_doc": '{"strengths": ["like", "CANARY%"]}',
		},
		INSIDE,
		own_only=True,
		http="GET",
	),
	"mentee_preparation.consent.withdraw": Row(
		lambda c: {"mentee": c.name("Mentee")}, ("caregiver", "coordinator")
	),
	"mentee_preparation.consent.confirm_again": Row(
		lambda c: {"mentee": c.name("Mentee")}, ("caregiver", "coordinator")
	),
	"mentoring_programme.policies.put_in_force": Row(_policy, ("manager",)),
	"mentoring_relationship.closing.call_off": Row(
		lambda c: {"closure": c.name("Closure")}, ("coordinator",)
	),
	"mentor_matching.suggestions.suggest_mentors": Row(
		lambda c: {"mentee": c.name("Mentee")}, ("coordinator",)
	),
	"mentor_matching.suggestions.accept": Row(_pair, ("coordinator",)),
	"mentor_recruitment.portal_account.invite": Row(lambda c: {"mentor": c.name("Mentor")}, ("coordinator",)),
	"mentoring_evaluation.figures.waiting_mentees": Row(meant_for=STAFF),
	"mentoring_evaluation.figures.available_mentors": Row(meant_for=STAFF),
	"mentoring_evaluation.figures.running_matches": Row(meant_for=STAFF),
	"mentoring_evaluation.figures.overdue_check_ins": Row(meant_for=STAFF),
	"mentoring_programme.doctype.mentoring_import.mentoring_import.check": Row(
		lambda c: {"name": c.name("Mentoring Import")}, ("coordinator",)
	),
	"mentoring_programme.doctype.mentoring_import.mentoring_import.apply": Row(
		lambda c: {"name": c.name("Mentoring Import")}, ("coordinator",)
	),
	"mentoring_privacy.erasure.preview": Row(_erasure, ("privacy_officer",)),
	"mentoring_privacy.erasure.erase": Row(
		lambda c: {**_erasure(c), "confirm": c.name("Mentee")}, ("privacy_officer",)
	),
	"mentoring_privacy.subject_access.export": Row(
		lambda c: {"doctype": "Mentee", "name": c.name("Mentee")}, ("privacy_officer", "caregiver")
	),
	"mentoring_privacy.break_glass.open_case_file": Row(
		lambda c: {"mentee": c.name("Mentee"), "reason": "The person has called us and nobody is there."},
		("coordinator",),
	),
	"mentoring_relationship.closing.begin": Row(lambda c: {"closure": c.name("Closure")}, ("coordinator",)),
	"mentoring_relationship.closing.complete": Row(
		lambda c: {"closure": c.name("Closure")}, ("coordinator",)
	),
	"mentoring_relationship.concerns.enter": Row(
		lambda c: {"kind": "Something else", "text": "Quiet.", **_match(c)}, ("coordinator", "caregiver")
	),
	"mentoring_relationship.concerns.take": Row(_concern, ("coordinator",)),
	"mentoring_relationship.concerns.add_step": Row(
		lambda c: {**_concern(c), "what": "Called."}, ("coordinator",)
	),
	"mentoring_relationship.concerns.add_recipient": Row(
		lambda c: {**_concern(c), "user": c.users["manager"]}, ("coordinator",)
	),
	"mentoring_relationship.concerns.close": Row(
		lambda c: {**_concern(c), "decision": "All well.", "outcome": "Other"}, ("coordinator",)
	),
	"mentoring_relationship.next_steps.next_step": Row(
		lambda c: {"doctype": "Mentee", "name": c.name("Mentee")}, ("coordinator", "caregiver")
	),
	"portal.application.apply": Row(_application, EVERYBODY),
	"portal.concerns.my_concerns": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.concerns.raise_concern": Row(
		lambda c: {"kind": "Something else", "text": "Quiet.", **_match(c)}, ("volunteer",)
	),
	"portal.matches.my_matches": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.meetings.log_meeting": Row(_meeting, ("volunteer",)),
	"portal.papers.agreement": Row(_match, ("volunteer",), http="GET"),
	"portal.papers.certificate": Row(
		lambda c: {"closure": c.records["Closure"][-1]}, ("former_volunteer",), http="GET"
	),
	"portal.papers.my_certificates": Row(meant_for=VOLUNTEERS, http="GET"),
	"mentor_support.wellbeing.signs": Row(meant_for=("coordinator", "other_coordinator")),
	"mentor_support.wellbeing.note": Row(
		lambda c: {"answers": {"sleep": "Often"}, "mentor": c.name("Mentor")}, ("coordinator",)
	),
	"mentor_support.wellbeing.talked": Row(
		lambda c: {"mentor": c.name("Mentor"), "what_was_agreed": "A walk."}, ("coordinator",)
	),
	"mentor_support.wellbeing.flagged_mentors": Row(meant_for=("coordinator",), own_only=True),
	"mentor_support.pausing.set_pause": Row(lambda c: {"mentor": c.name("Mentor")}, ("coordinator",)),
	"mentor_support.pausing.end_pause": Row(lambda c: {"mentor": c.name("Mentor")}, ("coordinator",)),
	"mentor_support.board.publish": Row(lambda c: {"post": c.name("Peer Post")}, ("coordinator",)),
	"mentor_support.board.remove": Row(lambda c: {"post": c.name("Peer Post")}, ("coordinator",)),
	"mentor_support.expenses.approve": Row(_claim, ("coordinator", "manager")),
	"mentor_support.expenses.send_back": Row(
		lambda c: {**_claim(c), "note": "Where is the receipt?"}, ("coordinator", "manager")
	),
	"mentor_support.expenses.refuse": Row(
		lambda c: {**_claim(c), "note": "Not for this."}, ("coordinator", "manager")
	),
	"mentor_support.expense_payments.make": Row(
		lambda c: {"programme": c.name("Mentoring Programme")}, ("coordinator", "manager")
	),
	"mentor_support.expense_payments.download": Row(_batch, ("coordinator", "manager"), http="GET"),
	"mentor_support.expense_payments.mark_paid": Row(
		lambda c: {**_batch(c), "paid_on": nowdate()}, ("coordinator", "manager")
	),
	"mentor_support.expense_payments.draft_in_erpnext": Row(
		lambda c: {**_batch(c), "company": "x", "expense_account": "x", "payable_account": "x"},
		("coordinator", "manager"),
	),
	"portal.care.my_pause": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.care.pause": Row(meant_for=VOLUNTEERS),
	"portal.care.come_back": Row(meant_for=VOLUNTEERS),
	"portal.peers.my_board": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.peers.my_get_togethers": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.peers.write_post": Row(lambda c: {"text": "Hello all."}, VOLUNTEERS),
	"portal.peers.change_post": Row(
		lambda c: {"post": c.name("Peer Post"), "text": "Hello."}, ("volunteer",)
	),
	"portal.peers.delete_post": Row(lambda c: {"post": c.name("Peer Post")}, ("volunteer",)),
	"portal.peers.report_post": Row(
		lambda c: {"post": c.name("Peer Post")}, ("volunteer", "former_volunteer")
	),
	"portal.peers.sign_up": Row(_get_together, ("volunteer", "former_volunteer")),
	"portal.peers.cancel_sign_up": Row(_get_together, ("volunteer", "former_volunteer")),
	"portal.expenses.my_claims": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.expenses.receipt": Row(lambda c: {"claim": c.name("Mentor Expense")}, http="GET"),
	"portal.expenses.claim": Row(
		lambda c: {"amount": "-5", "key": "0123456789", "again": c.name("Mentor Expense")}, ("volunteer",)
	),
	"spreadsheets.api.download_template": Row(
		meant_for=("manager", "coordinator", "other_coordinator"), http="GET"
	),
	"spreadsheets.api.download_sample": Row(
		meant_for=("manager", "coordinator", "other_coordinator"), http="GET"
	),
}
