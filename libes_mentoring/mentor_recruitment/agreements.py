"""How a volunteer agreement goes from a draft to two signatures, and to its end.

Draft → Sent → Signed by mentor → Countersigned → Ended or Replaced. Each move locks the record, so that of two people
who press a button at the same moment the second finds it moved.

Source: handbook, "Internal policies" (volunteer agreement).
"""

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import formatdate, get_datetime, getdate, now_datetime, nowdate

from libes_mentoring import days
from libes_mentoring.mentor_recruitment import screening_steps
from libes_mentoring.mentor_recruitment.acknowledgements import ON_PAPER, PORTAL, check_name
from libes_mentoring.mentor_recruitment.agreement_content import (
	DRAFT,
	NOT_YET_IN_EFFECT,
	SENT,
	SIGNED,
	fingerprint,
	open_agreement,
)
from libes_mentoring.mentor_recruitment.screening_rules import AGREEMENT
from libes_mentoring.mentoring_relationship.messages import tell_on_portal
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

COUNTERSIGNED, ENDED, REPLACED = "Countersigned", "Ended", "Replaced"
# What a mentor sees of the own agreements.
SHOWN_TO_MENTOR = (SENT, SIGNED, COUNTERSIGNED, ENDED, REPLACED)


@frappe.whitelist(methods=["POST"])
def prepare(mentor: str) -> str:
	"""Gives the name of the agreement that is being made with this mentor: the open one, or a new draft.

	Raises PermissionError for who may not read the mentor or make an agreement, ValidationError for a mentor who was
	turned down or has left.
	"""
	doc = frappe.get_doc("Mentor", mentor)
	doc.check_permission("read")
	if not frappe.has_permission("Volunteer Agreement", "create"):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	# Of two who begin at the same moment, the second is given the first one's draft.
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	if open_one := open_agreement(mentor):
		return open_one
	if doc.stage == "Left" or doc.turned_down_on:
		frappe.throw(_("No agreement is made with somebody who has left or was turned down."))
	return frappe.get_doc({"doctype": "Volunteer Agreement", "mentor": mentor}).insert().name


@frappe.whitelist(methods=["POST"])
def send(agreement: str) -> None:
	"""Puts a draft before the mentor, on the portal. From here on it does not change."""
	doc = _take(agreement, DRAFT)
	mentor = frappe.db.get_value("Mentor", doc.mentor, ["user", "stage"], as_dict=True)
	if not mentor.user:
		frappe.throw(
			_("Invite the mentor to the portal first, or print it and record the signature on paper.")
		)
	doc.status, doc.sent_on = SENT, nowdate()
	_save(doc)
	tell_on_portal([mentor.user], _("A paper waits for you"), "/mentoring/policies")


@frappe.whitelist(methods=["POST"])
def take_back(agreement: str) -> None:
	"""Makes a draft again of what was sent and is not signed."""
	doc = _take(agreement, SENT)
	doc.update({"status": DRAFT, **dict.fromkeys(("sent_on", "content_hash", "reminded_on", "passed_on"))})
	_save(doc)


def sign(agreement: str, *, name_typed: str, content_hash: str) -> datetime:
	"""Signs for the mentor, on the portal; gives when. Sent twice it is signed once.

	Whoever calls has found out that it is the own agreement of the mentor who asks. Raises ValidationError where it is
	not what was shown, or the name is not the mentor's.
	"""
	doc = frappe.get_doc("Volunteer Agreement", agreement, for_update=True)
	if doc.status in (SIGNED, COUNTERSIGNED) and doc.content_hash == content_hash:
		return doc.mentor_signed_on
	if doc.status != SENT or doc.content_hash != content_hash or fingerprint(doc) != content_hash:
		frappe.throw(
			_("This agreement was changed meanwhile. Please load the page again, and read what it says now.")
		)
	check_name(doc.mentor, name_typed)
	_sign(doc, PORTAL, now_datetime(), name_typed.strip())
	programme = frappe.db.get_value("Mentor", doc.mentor, "programme")
	subject = _("A volunteer agreement waits to be countersigned")
	tell_coordinator(programme, subject, "Volunteer Agreement", doc.name)
	return doc.mentor_signed_on


@frappe.whitelist(methods=["POST"])
def record_paper_signature(agreement: str, signed_on: str) -> None:
	"""Notes that the mentor has signed the printed agreement on a day. Raises ValidationError for one that cannot be."""
	doc = _take(agreement, DRAFT, SENT)
	day = days.entered(signed_on)
	if day > getdate():
		frappe.throw(_("A signature cannot be dated in the future."))
	if doc.policy_document:
		since = frappe.db.get_value("Policy Document", doc.policy_document, "in_force_from")
		if day < getdate(since):
			frappe.throw(
				_(
					"The general terms came into force on {0}. A signature from before is one of another text."
				).format(formatdate(since, "d MMMM yyyy"))
			)
	_sign(doc, ON_PAPER, get_datetime(day), None)


@frappe.whitelist(methods=["POST"])
def countersign(agreement: str) -> None:
	"""Signs for the organisation. The agreement takes effect, the one before is replaced, the screening step is passed."""
	doc = _take(agreement, SIGNED)
	if fingerprint(doc) != doc.content_hash:
		frappe.throw(_("What was signed is not what is stored. Make a new agreement."))
	user = frappe.db.get_value("Mentor", doc.mentor, "user")
	if user == frappe.session.user:
		frappe.throw(_("Nobody countersigns their own agreement."), frappe.PermissionError)
	for name in frappe.get_all(
		"Volunteer Agreement", filters={"mentor": doc.mentor, "status": COUNTERSIGNED}, pluck="name"
	):
		older = frappe.get_doc("Volunteer Agreement", name)
		older.status, older.ended_on, doc.replaces = REPLACED, nowdate(), name
		_save(older)
	doc.status, doc.countersigned_on, doc.countersigned_by = (
		COUNTERSIGNED,
		now_datetime(),
		frappe.session.user,
	)
	_save(doc)
	_record_step(doc, screening_steps.PASSED)
	if user:
		tell_on_portal([user], _("A paper of yours is complete"), "/mentoring/policies")


@frappe.whitelist(methods=["POST"])
def end(agreement: str) -> None:
	"""Ends an agreement today. Running matches go on until they are closed; there is no new one without a new agreement."""
	doc = _take(agreement, COUNTERSIGNED)
	finish(doc)


def finish(doc) -> None:
	"""Ends what was in effect, or will not be any more; the caller holds the lock and has asked whether it may be."""
	doc.status, doc.ended_on = ENDED, nowdate()
	_save(doc)
	_record_step(doc, screening_steps.OPEN)


def in_words(mentor: str) -> str:
	"""What the mentor's open agreement waits for, as a sentence for staff; empty where there is none."""
	row = frappe.db.get_value(
		"Volunteer Agreement",
		{"mentor": mentor, "status": ("in", NOT_YET_IN_EFFECT)},
		["status", "sent_on"],
		as_dict=True,
	)
	return state_in_words(row.status, row.sent_on) if row else ""


def state_in_words(status: str, sent_on: date | None = None) -> str:
	"""What an agreement in this state waits for, as a sentence for staff; empty where it waits for nothing."""
	return {
		DRAFT: _("The volunteer agreement is a draft: check it and send it."),
		SENT: _("The volunteer agreement waits for the mentor's signature since {0}.").format(
			formatdate(sent_on, "d MMMM yyyy")
		),
		SIGNED: _("The volunteer agreement waits to be countersigned."),
	}.get(status, "")


def refuse_deletion(agreement) -> None:
	"""What was put before somebody stays; a draft may go."""
	if agreement.status != DRAFT:
		frappe.throw(_("An agreement that was sent or signed is not deleted."), frappe.PermissionError)


def _take(agreement: str, *states: str):
	"""The agreement, locked, in one of these states, for somebody who may write it."""
	doc = frappe.get_doc("Volunteer Agreement", agreement)
	doc.check_permission("write")
	# The mentor first, everywhere: two agreements of one mentor do not take effect at the same moment.
	frappe.db.get_value("Mentor", doc.mentor, "name", for_update=True)
	doc = frappe.get_doc("Volunteer Agreement", agreement, for_update=True)
	if doc.status not in states:
		frappe.throw(
			_("This is not possible any more: the agreement is in the state {0}.").format(_(doc.status))
		)
	return doc


def _sign(doc, way: str, when: datetime, name_typed: str | None) -> None:
	doc.status, doc.mentor_way, doc.mentor_signed_on = SIGNED, way, when
	doc.mentor_name_typed, doc.mentor_recorded_by = name_typed, frappe.session.user
	_save(doc)


def _save(doc) -> None:
	doc.flags.by_procedure = True
	# Who acts was asked for before: by `_take`, or it is the mentor, who has no rights in the desk.
	doc.save(ignore_permissions=True)


def _record_step(doc, outcome: str) -> None:
	# A programme may do without the step; then the agreement stands by itself.
	if frappe.db.exists(
		"Mentor Screening Step", {"parent": doc.mentor, "parenttype": "Mentor", "step": AGREEMENT}
	):
		valid_until = doc.ends_on if outcome == screening_steps.PASSED else None
		screening_steps.record_outcome(doc.mentor, AGREEMENT, outcome, valid_until=valid_until)
