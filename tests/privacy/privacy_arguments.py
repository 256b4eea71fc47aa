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
STAFF = (
	"manager",
	"coordinator",
	"caregiver",
	"other_coordinator",
	"other_social_worker",
	"former_coordinator",
	"former_caregiver",
)
BRINGS_SPREADSHEETS = ("manager", "coordinator", "other_coordinator", "former_coordinator")
READERS_OF_MENTORS = ("coordinator", "caregiver", "other_coordinator", "other_social_worker")


def _match(cast: Cast) -> dict:
	return {"match": cast.name("Match")}


def _meeting(cast: Cast) -> dict:
	return {**_match(cast), "met_on": nowdate(), "length_minutes": 60, "medium": "In person"}


def _concern(cast: Cast) -> dict:
	return {"concern": cast.name("Concern")}


def _erasure(cast: Cast) -> dict:
	return {"request": cast.name("Erasure Request")}


def _group(cast: Cast) -> dict:
	return {"group": cast.name("Mentoring Group")}


def _agreed(cast: Cast) -> dict:
	return {"meetings_per_month": 2, "length_minutes": 60, "medium": "In person", "shared_goals": "Cook together."}


def _pair(cast: Cast) -> dict:
	return {"mentee": cast.name("Mentee"), "mentor": cast.name("Mentor")}


def _programme(cast: Cast) -> dict:
	return {"programme": cast.name("Mentoring Programme")}


def _mentor(cast: Cast) -> dict:
	return {"mentor": cast.name("Mentor")}


def _policy(cast: Cast) -> dict:
	return {"policy": frappe.db.get_value("Policy Document", {"status": "In force", "asked_of_mentors": 1})}


def _agreement(cast: Cast) -> dict:
	return {"agreement": cast.name("Volunteer Agreement")}


def _signature(cast: Cast) -> dict:
	# Of nobody: whoever is meant signs in the tests of the functions themselves.
	return {"name_typed": "Nobody", "agreed": True}


def _mentee(cast: Cast) -> dict:
	return {"doctype": "Mentee", "name": cast.name("Mentee")}


def _mentee_as_link(cast: Cast) -> dict:
	return {"doctype": "Mentee", "docname": cast.name("Mentee")}


def _file(cast: Cast) -> dict:
	return {"files": [frappe.db.get_value("File", {"file_url": cast.files["Mentee"]})]}


def _data_import(cast: Cast) -> dict:
	return dict.fromkeys(("data_import", "data_import_name"), cast.leftovers["Data Import"][0])


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


def _session(cast: Cast) -> dict:
	return {"session": cast.name("Training Session")}


def _application(cast: Cast) -> dict:
	return {
		"full_name": "Ada Acker",
		"email": "ada.acker@example.org",
		"programme": "Open Door",
		"consent": 1,
	}


def _board(cast: Cast) -> dict:
	return {"board_name": "Mentor Screening"}


def _board_rows(cast: Cast) -> dict:
	fields = ["name", "screening_column", "blocked_by"]
	return {"doctype": "Mentor", "fields": fields, "filters": [], "page_length": 0}


def _waiver(cast: Cast) -> dict:
	return {"waiver": cast.name("Screening Waiver")}


def _review(cast: Cast) -> dict:
	return {"review": cast.name("Record Check Review")}
def _claim(cast: Cast) -> dict:
	# The last one waits for a decision.
	return {"expense": cast.records["Mentor Expense"][-1]}


def _batch(cast: Cast) -> dict:
	return {"batch": cast.name("Mentor Expense Batch")}


def _get_together(cast: Cast) -> dict:
	return {"get_together": cast.name("Mentor Get-together")}


def _reference(cast: Cast) -> dict:
	return {"reference": cast.name("Mentor Reference")}


def _interview(cast: Cast) -> dict:
	return {"interview": cast.name("Mentor Interview")}


def _run(cast: Cast) -> dict:
	return {"run": cast.name("Match Run")}


def _guide(cast: Cast) -> dict:
	return {"guide": frappe.db.get_value("Interview Guide", {}) or "IVG-001"}


def _shortlist(cast: Cast) -> dict:
	return {"shortlist": cast.name("Mentor Shortlist")}


def _matching_session(cast: Cast) -> dict:
	return {"session": cast.name("Matching Session")}


def _one_who_came(cast: Cast) -> dict:
	return {**_matching_session(cast), "side": "mentor", "person": cast.name("Mentor")}


CHOOSING: dict[str, Row] = {
	"mentor_matching.shortlists.make": Row(lambda c: {"mentee": c.name("Mentee")}, ("coordinator",)),
	"mentor_matching.shortlists.finish": Row(_shortlist, ("coordinator",)),
	"mentor_matching.shortlists.take_back": Row(_shortlist, ("coordinator",)),
	"mentor_matching.shortlists.withdraw": Row(_shortlist, ("coordinator",)),
	"mentor_matching.choosing.to_choose_from": Row(lambda c: {"mentee": c.name("Mentee")}, INSIDE, http="GET"),
	"mentor_matching.choosing.shown": Row(_shortlist, INSIDE, http="GET"),
	"mentor_matching.choosing.record": Row(lambda c: {**_shortlist(c), "nobody": 1, "present": ["Caregiver"]}, INSIDE),
	"mentor_matching.choosing.outlook": Row(_shortlist, ("coordinator",), http="GET"),
	"mentor_matching.choosing.accept": Row(lambda c: {**_shortlist(c), "letter": "A"}, ("coordinator",)),
	"mentor_matching.sessions.who_is_apart": Row(_matching_session, ("coordinator",), http="GET"),
	"mentor_matching.sessions.who_could_come": Row(_matching_session, ("coordinator",), http="GET"),
	"mentor_matching.sessions.invite": Row(_matching_session, ("coordinator",)),
	"mentor_matching.sessions.call_off": Row(_matching_session, ("coordinator",)),
	"mentor_matching.preferences.overview": Row(_matching_session, ("coordinator",), http="GET"),
	"mentor_matching.preferences.of_one": Row(_one_who_came, ("coordinator",), http="GET"),
	"mentor_matching.preferences.enter": Row(lambda c: {**_one_who_came(c), "nobody": 1}, ("coordinator",)),
	"mentor_matching.settling.propose": Row(_matching_session, ("coordinator",), http="GET"),
	"mentor_matching.settling.accept": Row(
		lambda c: {**_matching_session(c), "pairs": [_pair(c)], "fingerprint": "x"}, ("coordinator",)
	),
	"mentor_matching.settling.finish": Row(_matching_session, ("coordinator",)),
	"portal.invitations.my_invitations": Row(meant_for=VOLUNTEERS, http="GET"),
}


ARGUMENTS: dict[str, Row] = {
	**CHOOSING,
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
	"access.framework_people.zip_files": Row(_file, INSIDE, http="GET"),
	"access.framework_people.get_preview_from_template": Row(_data_import),
	"access.framework_people.form_start_import": Row(_data_import),
	"access.framework_people.download_errored_template": Row(_data_import, http="GET"),
	"access.framework_people.download_import_log": Row(_data_import, http="GET"),
	"access.framework_people.get_import_status": Row(_data_import, http="GET"),
	"access.framework_people.get_import_logs": Row(_data_import, http="GET"),
	"access.framework_people.get_link_options": Row(
		# Later releases have no such function, and refuse everybody.
		lambda c: {"web_form_name": "edit-profile", "doctype": "Mentee", "allow_read_on_all_link_options": 1},
		own_only=True,
	),
	# The names of the house's staff, for staff.
	"access.framework_people.get_names_for_mentions": Row(lambda c: {"search_term": "canary"}, own_only=True),
	"access.framework_people.get_contact_details": Row(lambda c: {"contact": "nobody"}, http="GET"),
	"access.framework_people.can_subscribe_doctype": Row(lambda c: {"doctype": "Mentee"}, http="GET"),
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
	"mentor_matching.suggestions.suggest_mentees": Row(_mentor, ("coordinator",)),
	# Coordinators of other programmes are told of their own.
	"mentor_matching.runs.programmes": Row(
		meant_for=("coordinator", "other_coordinator", "former_coordinator"), own_only=True, http="GET"
	),
	"mentor_matching.runs.start": Row(
		lambda c: {"programme": frappe.db.get_value("Match Run", c.name("Match Run"), "programme")}, ("coordinator",)
	),
	"mentor_matching.runs.look": Row(_run, ("coordinator",), http="GET"),
	"mentor_matching.runs.choose": Row(lambda c: {**_run(c), **_pair(c), "choice": "Veto"}, ("coordinator",)),
	"mentor_matching.runs.explain": Row(lambda c: {**_run(c), **_pair(c)}, ("coordinator",), http="GET"),
	"mentor_matching.runs.compare": Row(
		lambda c: {**_run(c), "other": c.name("Match Run")}, ("coordinator",), http="GET"
	),
	"mentor_matching.runs.accept": Row(lambda c: {**_run(c), "pairs": "none"}, ("coordinator",)),
	"mentor_matching.runs.undo": Row(_run, ("coordinator",)),
	# What counts in a programme, for whoever reads it; where its mentees live, for its coordinator alone.
	"mentor_matching.weights.choices": Row(_programme, ("coordinator", "manager", "caregiver")),
	"mentor_matching.distances.missing": Row(_programme, ("coordinator",)),
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
	"mentoring_relationship.groups.join": Row(lambda c: {**_group(c), **_pair(c)}, ("coordinator",)),
	"mentoring_relationship.groups.add_mentor": Row(
		lambda c: {**_group(c), "mentor": c.name("Mentor")}, ("coordinator",)
	),
	"mentoring_relationship.groups.set_role": Row(
		lambda c: {**_group(c), "mentor": c.name("Mentor"), "role": "Lead mentor"}, ("coordinator",)
	),
	"mentoring_relationship.groups.remove_mentor": Row(
		lambda c: {**_group(c), "mentor": c.name("Mentor")}, ("coordinator",)
	),
	"mentoring_relationship.groups.hand_on": Row(
		lambda c: {**_match(c), "mentor": c.name("Mentor")}, ("coordinator",)
	),
	"mentoring_relationship.groups.start": Row(_group, ("coordinator",)),
	"mentoring_relationship.groups.end": Row(_group, ("coordinator",)),
	"mentoring_relationship.groups.members": Row(_group, ("coordinator", "caregiver")),
	"mentoring_relationship.first_meeting.options": Row(
		lambda c: {"doctype": "Match", "name": c.name("Match")}, ("coordinator",)
	),
	"mentoring_relationship.first_meeting.plan_meeting": Row(
		lambda c: {
			"doctype": "Match",
			"name": c.name("Match"),
			"day": nowdate(),
			"at": "15:00",
			"place": "Town hall",
			"staff": c.users["coordinator"],
		},
		("coordinator",),
	),
	"mentoring_relationship.first_meeting.agreed_rhythm": Row(_match, ("coordinator", "caregiver")),
	"mentoring_relationship.first_meeting.mark_briefed": Row(
		lambda c: {**_match(c), "who": "Mentor"}, ("coordinator",)
	),
	"mentoring_relationship.first_meeting.complete_first_meeting": Row(
		lambda c: {**_match(c), **_agreed(c)}, ("coordinator",)
	),
	"mentoring_relationship.first_meeting.complete_for_group": Row(
		lambda c: {**_group(c), **_agreed(c)}, ("coordinator",)
	),
	"mentoring_relationship.next_steps.next_step": Row(
		lambda c: {"doctype": "Mentee", "name": c.name("Mentee")}, ("coordinator", "caregiver")
	),
	# A board of mentors for those who read mentors; what else it is asked for is the framework's own answer.
	"mentor_recruitment.screening_board_calls.get": Row(_board_rows, READERS_OF_MENTORS, own_only=True, http="GET"),
	"mentor_recruitment.screening_board_calls.update_order": Row(
		lambda c: {**_board(c), "order": "{}"}, READERS_OF_MENTORS, own_only=True
	),
	"mentor_recruitment.screening_board_calls.update_order_for_single_card": Row(
		lambda c: {
			**_board(c),
			"docname": c.name("Mentor"),
			"from_colname": "Interview",
			"to_colname": "Available",
			"old_index": 0,
			"new_index": 0,
		},
		READERS_OF_MENTORS,
	),
	"mentor_recruitment.screening_board_calls.add_card": Row(
		lambda c: {**_board(c), "docname": c.name("Mentor"), "colname": "Available"}, READERS_OF_MENTORS, own_only=True
	),
	"mentor_recruitment.record_check_reviews.before_deciding": Row(_review, INSIDE),
	"mentor_recruitment.record_check_reviews.decide": Row(
		lambda c: {**_review(c), "decision": "Accept"}, INSIDE
	),
	"mentor_recruitment.waivers.grant": Row(_waiver, ("manager",)),
	"mentor_recruitment.waivers.decline": Row(_waiver, ("manager",)),
	"mentor_recruitment.waivers.revoke": Row(_waiver, ("manager",)),
	"mentor_recruitment.motivations.revisit": Row(
		lambda c: {**_mentor(c), "own_words": "Still glad to be here."}, ("coordinator",)
	),
	"mentor_recruitment.refusals.turn_down": Row(lambda c: {**_mentor(c), "reason": "Other"}, ("coordinator",)),
	"mentor_recruitment.refusals.lift": Row(lambda c: {**_mentor(c), "why": "Talked."}, ("coordinator", "manager")),
	"mentor_recruitment.letters.send_letter": Row(_mentor, ("coordinator",)),
	"mentor_recruitment.status_link.send_new": Row(_mentor, ("coordinator",)),
	"mentor_recruitment.references.request": Row(
		lambda c: {"mentor": c.name("Mentor"), "referee_name": "Rosa Rell"}, ("coordinator",)
	),
	"mentor_recruitment.references.ask": Row(_reference, ("coordinator",)),
	"mentor_recruitment.references.record_by_phone": Row(
		lambda c: {**_reference(c), "answers": {}}, ("coordinator",)
	),
	"mentor_recruitment.references.decide": Row(
		lambda c: {**_reference(c), "decision": "Accepted"}, ("coordinator",)
	),
	"mentor_recruitment.references.conclude": Row(
		lambda c: {"mentor": c.name("Mentor"), "outcome": "Passed"}, ("coordinator",)
	),
	"mentor_recruitment.references.call_off": Row(_reference, ("coordinator",)),
	# The questions alone, for those who may read references at all.
	"mentor_recruitment.references.form": Row(meant_for=READERS_OF_MENTORS, own_only=True, http="GET"),
	"mentor_recruitment.interview_guides.put_in_force": Row(_guide, ("manager",)),
	"mentor_recruitment.interview_guides.new_version": Row(_guide, ("manager",)),
	"mentor_recruitment.interviews.invite": Row(_interview, ("coordinator",)),
	"mentor_recruitment.interviews.decide": Row(
		lambda c: {**_interview(c), "outcome": "Suitable"}, ("coordinator",)
	),
	"mentor_recruitment.interviews.call_off": Row(_interview, ("coordinator",)),
	"mentor_recruitment.scorecards.submit": Row(
		lambda c: {"scorecard": c.name("Interview Scorecard")}, ("coordinator",)
	),
	"mentor_recruitment.scorecards.side_by_side": Row(_interview, INSIDE, http="GET"),
	# A key that nobody has: the same answer for everybody.
	"portal.references.answer": Row(lambda c: {"key": c.name("Mentor Reference")}),
	"portal.application.apply": Row(_application, EVERYBODY),
	"portal.concerns.my_concerns": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.concerns.raise_concern": Row(
		lambda c: {"kind": "Something else", "text": "Quiet.", **_match(c)}, ("volunteer",)
	),
	"portal.matches.my_matches": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.meetings.log_meeting": Row(_meeting, ("volunteer",)),
	"portal.papers.agreement": Row(_match, ("volunteer",), http="GET"),
	"portal.papers.first_meeting": Row(_match, ("volunteer",), http="GET"),
	"portal.papers.certificate": Row(
		lambda c: {"closure": c.records["Closure"][-1]}, ("former_volunteer",), http="GET"
	),
	"portal.papers.my_certificates": Row(meant_for=VOLUNTEERS, http="GET"),
	"spreadsheets.api.download_template": Row(meant_for=BRINGS_SPREADSHEETS, http="GET"),
	"spreadsheets.api.download_sample": Row(meant_for=BRINGS_SPREADSHEETS, http="GET"),
	"mentoring_programme.policies.new_version": Row(_policy, ("manager",)),
	"mentoring_programme.policy_presets.use_our_texts": Row(meant_for=("manager",)),
	"mentor_recruitment.acknowledgements.record_on_paper": Row(
		lambda c: {
			**_mentor(c),
			"policies_signed": [_policy(c)["policy"]],
			"signed_on": nowdate(),
			"language": "English",
		},
		("coordinator",),
	),
	"mentor_support.wellbeing.signs": Row(
		meant_for=("coordinator", "other_coordinator", "former_coordinator")
	),
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
	"mentor_recruitment.training_attendance.attendance_list": Row(_session, ("coordinator",), http="GET"),
	"mentor_recruitment.training_attendance.record_attendance": Row(
		lambda c: {**_session(c), "rows": [{**_mentor(c), "status": "Absent"}]}, ("coordinator",)
	),
	"mentor_recruitment.training_plan.plan": Row(_mentor, ("coordinator", "caregiver"), http="GET"),
	"mentor_recruitment.training_sessions.who_needs": Row(_session, ("coordinator",), http="GET"),
	"mentor_recruitment.training_sessions.invite": Row(
		lambda c: {**_session(c), "mentors": [c.name("Mentor")]}, ("coordinator",)
	),
	"mentor_recruitment.training_sessions.cancel": Row(_session, ("coordinator",)),
	"mentor_recruitment.training_sessions.catch_up": Row(
		lambda c: {**_mentor(c), "starts_at": "2099-01-01 10:00:00"}, ("coordinator",)
	),
	"portal.training.my_training": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.training.answer": Row(lambda c: {**_session(c), "coming": True}, ("volunteer",)),
	"portal.training.enter_code": Row(
		lambda c: {"code": frappe.db.get_value("Training Session", c.name("Training Session"), "attendance_code")},
		VOLUNTEERS,
	),
	"portal.training.certificate": Row(meant_for=("volunteer",), http="GET"),
	"portal.training_materials.my_materials": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.training_materials.acknowledge": Row(
		lambda c: {"material": "none", "fingerprint": "none"}, ("volunteer",)
	),
	# Nobody is given this one.
	"portal.training_materials.material_file": Row(lambda c: {"material": "none"}, http="GET"),
	"mentor_recruitment.acknowledgements.open_for": Row(_mentor, ("coordinator", "caregiver"), http="GET"),
	"mentor_recruitment.acknowledgements.who_has_not": Row(_policy, READERS_OF_MENTORS, own_only=True, http="GET"),
	"mentor_recruitment.agreements.prepare": Row(_mentor, ("coordinator",)),
	"mentor_recruitment.agreements.send": Row(_agreement, ("coordinator",)),
	"mentor_recruitment.agreements.take_back": Row(_agreement, ("coordinator",)),
	"mentor_recruitment.agreements.record_paper_signature": Row(
		lambda c: {**_agreement(c), "signed_on": nowdate()}, ("coordinator",)
	),
	"mentor_recruitment.agreements.countersign": Row(_agreement, ("coordinator",)),
	"mentor_recruitment.agreements.end": Row(_agreement, ("coordinator",)),
	"portal.policies.my_policies": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.policies.policy_text": Row(_policy, VOLUNTEERS, http="GET"),
	"portal.policies.accept": Row(
		lambda c: {**_policy(c), **_signature(c), "language": "English", "text_hash": "x"}, VOLUNTEERS
	),
	"portal.policies.my_agreement": Row(meant_for=VOLUNTEERS, http="GET"),
	"portal.policies.sign_agreement": Row(
		lambda c: {**_agreement(c), **_signature(c), "content_hash": "x"}, ("volunteer",)
	),
	"portal.papers.own_agreement": Row(_agreement, ("volunteer",), http="GET"),
}
