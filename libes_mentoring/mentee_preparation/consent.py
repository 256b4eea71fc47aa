"""Consent of a mentee: what makes it informed, what holds now, its confirmation and its withdrawal.

Source: handbook, "Preparing the mentees" and "Internal policies": voluntary, without effect on any benefit,
withdrawn at any time and without a reason; not given to please whoever proposed the programme.
"""

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring.access.roles import DESK_ROLES
from libes_mentoring.mentoring_programme import policies

GIVEN, WITHDRAWN = "Given", "Withdrawn"
ON_PAPER = "On paper, before this system"

# What was told is part of what was consented to.
EXPLAINED = ("explained_voluntary", "explained_no_effect", "explained_withdrawal", "signed")
# Facts of the day on which consent was given: nobody rewrites them later.
FIXED = ("given_on", "taken_by", "how", "language", "policy_document", "text_version", *EXPLAINED)


def consents_of(mentees: list[str]) -> dict[str, str]:
	"""The state of the latest consent of each mentee that has one, in one query."""
	rows = frappe.get_all(
		"Mentee Consent",
		filters={"mentee": ("in", mentees)},
		fields=["mentee", "status"],
		order_by="given_on asc, creation asc",
	)
	return {row.mentee: row.status for row in rows}


def has_consent(mentee: str) -> bool:
	return consents_of([mentee]).get(mentee) == GIVEN


def check(consent) -> None:
	"""Refuses a consent that is not informed, not dated well, or taken by the wrong person."""
	before = consent.get_doc_before_save()
	if before:
		_check_unchanged(before, consent)
		return
	if consent.status != GIVEN:
		frappe.throw(_("A consent begins as given."))
	if getdate(consent.given_on) > getdate():
		frappe.throw(_("A consent cannot be dated in the future."))
	if missing := [_(consent.meta.get_label(field)) for field in EXPLAINED if not consent.get(field)]:
		frappe.throw(
			_("A consent counts once all of this is true: {0}.").format("; ".join(missing)),
			title=_("Not informed yet"),
		)
	if consent.how in ("Read out", "Interpreted") and not consent.language:
		frappe.throw(_("Say in which language the text was read out or interpreted."))
	_check_proposer_is_known(consent)
	_check_taker(consent)
	_note_text(consent)


def check_proposer(mentee) -> None:
	"""Refuses a change of who proposed the programme that would make a consent one of the proposer's own taking."""
	before = mentee.get_doc_before_save()
	if not before or before.recruited_by == mentee.recruited_by:
		return
	if not mentee.recruited_by:
		frappe.throw(_("Who proposed the programme is corrected, never emptied: consent is taken by somebody else."))
	# The lock lets a consent that is being stored come first, or makes it wait for this change.
	frappe.db.get_value("Mentee", mentee.name, "name", for_update=True)
	given = frappe.db.get_values(
		"Mentee Consent",
		{"mentee": mentee.name, "status": GIVEN},
		["taken_by", "reconfirmed_by"],
		as_dict=True,
		for_update=True,
	)
	if any(mentee.recruited_by in (row.taken_by, row.reconfirmed_by) for row in given):
		frappe.throw(
			_("The consent that holds was taken by this person. Who proposed the programme must be somebody else.")
		)
	if given and before.recruited_by:
		frappe.throw(
			_("Who proposed the programme stays as it is while a consent holds: the consent was taken knowing it.")
		)


@frappe.whitelist(methods=["POST"])
def confirm_again(mentee: str) -> None:
	"""Notes that the mentee, asked again after the first weeks, still wants to take part.

	Raises PermissionError for anybody but staff of the mentee, ValidationError where no consent holds.
	"""
	frappe.get_doc("Mentee", mentee).check_permission("write")
	name = frappe.db.get_value(
		"Mentee Consent", {"mentee": mentee, "status": GIVEN}, "name", order_by="given_on desc, creation desc"
	)
	if not name or not has_consent(mentee):
		frappe.throw(_("There is no consent to confirm. Take a new one."))
	consent = frappe.get_doc("Mentee Consent", name)
	_check_taker(consent, frappe.session.user)
	consent.reconfirmed_on, consent.reconfirmed_by = nowdate(), frappe.session.user
	consent.flags.by_procedure = True
	consent.save()


@frappe.whitelist(methods=["POST"])
def withdraw(mentee: str) -> None:
	"""Withdraws every consent of the mentee, effective at once. No reason is asked for.

	Raises PermissionError where the caller may not write the mentee's consents, ValidationError where none holds.
	"""
	frappe.get_doc("Mentee", mentee).check_permission("write")
	given = frappe.get_all("Mentee Consent", filters={"mentee": mentee, "status": GIVEN}, pluck="name")
	if not given:
		frappe.throw(_("There is no consent to withdraw: none holds at present."))
	for name in given:
		consent = frappe.get_doc("Mentee Consent", name)
		consent.status, consent.withdrawn_on = WITHDRAWN, nowdate()
		consent.flags.by_procedure = True
		consent.save()
	frappe.msgprint(_("The consent is withdrawn. No new match will be proposed."), alert=True)


def _check_unchanged(before, consent) -> None:
	changed = [field for field in (*FIXED, "mentee") if consent.has_value_changed(field)]
	if changed:
		frappe.throw(_("A consent is not rewritten. Take a new one."))
	if before.status == WITHDRAWN and consent.status != WITHDRAWN:
		frappe.throw(_("A withdrawn consent stays withdrawn. Take a new one."))
	if before.status != consent.status and not consent.flags.by_procedure:
		frappe.throw(_("Consent is withdrawn on the mentee's page, so that everything that follows is done."))


def _check_proposer_is_known(consent) -> None:
	"""Without it nobody could tell that the consent was taken by somebody else; old paper may not know."""
	if consent.how == ON_PAPER:
		return
	if not frappe.db.get_value("Mentee", consent.mentee, "recruited_by", for_update=True):
		frappe.throw(
			_("First enter on the mentee's page who proposed the programme: consent is taken by somebody else."),
			frappe.MandatoryError,
		)


def _check_taker(consent, taker: str | None = None) -> None:
	taker = taker or consent.taken_by
	if not set(DESK_ROLES) & set(frappe.get_roles(taker)):
		frappe.throw(_("Consent is taken by a member of staff."))
	if frappe.db.exists("Mentor", {"user": taker}):
		frappe.throw(_("Consent is never taken by a mentor."))
	if taker == frappe.db.get_value("Mentee", consent.mentee, "recruited_by", for_update=True):
		frappe.throw(
			_("Consent is taken by somebody else than who proposed the programme, so that nobody agrees to please.")
		)


def _note_text(consent) -> None:
	"""Which words were agreed to; paper from before this system names its form instead."""
	if not consent.policy_document:
		if consent.how != ON_PAPER and frappe.db.exists(
			"Policy Document", {"policy_kind": policies.CONSENT_OF_MENTEES, "status": policies.IN_FORCE}
		):
			frappe.throw(_("Choose the text that was consented to."), frappe.MandatoryError)
		return
	policy = frappe.get_doc("Policy Document", consent.policy_document)
	if policy.policy_kind != policies.CONSENT_OF_MENTEES or policy.status != policies.IN_FORCE:
		frappe.throw(_("Only the consent text that is in force can be agreed to."))
	consent.text_version, consent.text_hash = str(policy.version), policy.text_hash
