"""The rules a volunteer reads and accepts, and the own agreement: what waits, what it says, a name typed under it."""

import frappe
from frappe import _
from frappe.utils import getdate
from frappe.utils.html_utils import sanitize_html

from libes_mentoring.mentor_recruitment import acknowledgements, agreement_content, agreements
from libes_mentoring.mentoring_programme import policies
from libes_mentoring.portal import scope

AGREEMENT_URL = "/api/method/libes_mentoring.portal.papers.own_agreement?agreement={0}"


@frappe.whitelist(methods=["GET"])
def my_policies() -> list[dict]:
	"""The texts that mentors accept, what waits first.

	`[{"policy", "title", "version", "accepted_on" (None while it waits), "until" (the last day without effect on new
	matches; None where it holds at once), "late"}]`. Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	waiting = {text.policy: text for text in acknowledgements.open_policies([mentor])[mentor]}
	accepted = dict(
		frappe.get_all(
			"Policy Acknowledgement",
			filters={"mentor": mentor},
			fields=["policy", "acknowledged_on"],
			as_list=True,
		)
	)
	today, rows = getdate(), []
	for text in policies.asked_of_mentors():
		is_open = waiting.get(text.name)
		rows.append(
			{
				"policy": text.name,
				"title": text.title,
				"version": text.version,
				"accepted_on": accepted.get(text.name),
				"until": is_open.until if is_open else None,
				"late": bool(is_open) and is_open.is_late(today),
			}
		)
	return sorted(rows, key=lambda row: row["accepted_on"] is not None)


@frappe.whitelist(methods=["GET"])
def policy_text(policy: str, language: str | None = None) -> dict:
	"""`{"policy", "title", "version", "language", "languages", "text" (HTML), "text_hash"}` of a text that is asked for.

	In the language given, else the volunteer's own. Raises PermissionError for any other text, and for everybody who
	is not a volunteer.
	"""
	mentor = scope.own_mentor()
	asked = {"name": str(policy), "status": policies.IN_FORCE, "asked_of_mentors": 1}
	if not frappe.db.exists("Policy Document", asked):
		scope.refuse()
	shown = policies.text_in(policy, [language, *_own_languages(mentor)])
	return {"policy": policy, **shown, "text": sanitize_html(shown.text)}


@frappe.whitelist(methods=["POST"])
def accept(policy: str, language: str, text_hash: str, name_typed: str, agreed: bool) -> dict:
	"""`{"accepted_on"}`: stores that the volunteer accepts exactly the text that was shown; sent twice, stored once.

	Raises ValidationError where a newer version has come, another text was shown, the box is not ticked or the name is
	another; PermissionError for a text that is not asked for, and for everybody who is not a volunteer.
	"""
	mentor = _acting_mentor()
	_check_agreed(agreed)
	accepted_on = acknowledgements.accept(
		mentor, policy, language=language, text_hash=text_hash, name_typed=name_typed
	)
	return {"accepted_on": accepted_on} if accepted_on else scope.refuse()


@frappe.whitelist(methods=["GET"])
def my_agreement() -> dict | None:
	"""The volunteer's newest agreement that was sent; None where there is none.

	`{"agreement", "state" (Sent, Signed by mentor, Countersigned, Ended or Replaced), "signed_on", "content_hash",
	"facts": [(label, words)], "organisation_undertakes", "mentor_undertakes", "both_agree", "terms" (HTML or None),
	"pdf_url"}`. Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	name = frappe.db.get_value(
		"Volunteer Agreement",
		{"mentor": mentor, "status": ("in", agreements.SHOWN_TO_MENTOR)},
		"name",
		order_by="creation desc",
	)
	if not name:
		return None
	facts = agreement_content.facts(frappe.get_doc("Volunteer Agreement", name))
	return {
		"agreement": name,
		"state": facts.status,
		"signed_on": facts.mentor_signed_on,
		"content_hash": facts.content_hash,
		"facts": facts.lines,
		"organisation_undertakes": facts.organisation_undertakes,
		"mentor_undertakes": facts.mentor_undertakes,
		"both_agree": facts.both_agree,
		"terms": facts.terms,
		"pdf_url": AGREEMENT_URL.format(name),
	}


@frappe.whitelist(methods=["POST"])
def sign_agreement(agreement: str, content_hash: str, name_typed: str, agreed: bool) -> dict:
	"""`{"signed_on"}`: signs the own agreement as it was shown; sent twice, signed once.

	Raises ValidationError where it was changed meanwhile, the box is not ticked or the name is another;
	PermissionError for an agreement that is not the volunteer's own, and for everybody who is not a volunteer.
	"""
	mentor = _acting_mentor()
	own_agreement(mentor, agreement)
	_check_agreed(agreed)
	return {"signed_on": agreements.sign(agreement, name_typed=name_typed, content_hash=content_hash)}


def own_agreement(mentor: str, agreement: str) -> str:
	"""The name, where it is this mentor's own agreement and was put before them; else refuses."""
	mine = {"name": str(agreement), "mentor": mentor, "status": ("in", agreements.SHOWN_TO_MENTOR)}
	return agreement if frappe.db.exists("Volunteer Agreement", mine) else scope.refuse()


def signed_agreement_url(mentor: str) -> str | None:
	"""Where a mentor reads the own agreement that both sides have signed; None where there is none in effect."""
	name = frappe.db.get_value("Volunteer Agreement", {"mentor": mentor, "status": agreements.COUNTERSIGNED})
	return AGREEMENT_URL.format(name) if name else None


def is_waiting() -> bool:
	"""Whether something waits to be read or signed by the volunteer."""
	mentor = scope.own_mentor()
	if scope.has_left(mentor):
		return False
	to_sign = {"mentor": mentor, "status": agreement_content.SENT}
	return bool(
		acknowledgements.open_policies([mentor])[mentor] or frappe.db.exists("Volunteer Agreement", to_sign)
	)


def _acting_mentor() -> str:
	"""The mentor behind the session, where there is still something to sign for."""
	mentor = scope.own_mentor()
	return scope.refuse() if scope.has_left(mentor) else mentor


def _check_agreed(agreed: bool) -> None:
	if not agreed:
		frappe.throw(_("Please tick the box that says that you have read it and agree."))


def _own_languages(mentor: str) -> list[str | None]:
	"""The language of the page first, then those that the mentor speaks."""
	spoken = frappe.get_all(
		"Mentoring Language Skill",
		filters={"parenttype": "Mentor", "parent": mentor},
		pluck="language",
		order_by="idx asc",
	)
	return [policies.language_of_code(frappe.local.lang), *spoken]
