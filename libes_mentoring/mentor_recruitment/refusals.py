"""Turning a candidate down: why, by whom, and from when a new application is considered. Staff only.

Source: handbook, "What makes a good mentor?" (whom to leave out). The reason stands in a record of its own, since a
caregiver reads the mentor's record while a match runs. Nothing outside the desk repeats it.
"""

import hashlib
import hmac
from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import add_months, getdate, nowdate
from frappe.utils.password import get_encryption_key
from pypika.terms import Criterion

from libes_mentoring.access.roles import MANAGER
from libes_mentoring.blocker import Blocker
from libes_mentoring.mentor_recruitment.screening_rules import APPLICATION
from libes_mentoring.mentoring_programme.settings import number_set
from libes_mentoring.spreadsheets.vocabulary import folded

REFUSAL = "Candidate Refusal"
MAY_DO_HARM = "May do harm"
LONGEST = 2000


def reasons() -> list[str]:
	options = frappe.get_meta(REFUSAL).get_field("reason").options
	return [option for option in options.split("\n") if option]


@frappe.whitelist(methods=["POST"])
def turn_down(mentor: str, reason: str, note: str = "") -> str:
	"""Turns a candidate or mentor down and returns the name of the record that says why.

	`reason` is one of `reasons()`, `note` is for staff. For whoever may change the mentor's record: a coordinator of
	the programme. Raises ValidationError for an unknown reason and for somebody who was turned down already.
	"""
	doc = _locked(mentor)
	doc.check_permission("write")
	if reason not in reasons():
		frappe.throw(_("Please choose one of the reasons."))
	if len(note or "") > LONGEST:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(LONGEST))
	if doc.turned_down_on:
		frappe.throw(_("This candidate was turned down already."))
	refusal = frappe.get_doc(
		{
			"doctype": REFUSAL,
			"mentor": doc.name,
			"programme": doc.programme,
			"reason": reason,
			"note": note,
			"decided_on": nowdate(),
			"decided_by": frappe.session.user,
			"reapply_after": _reapply_after(reason),
			"email_mark": _email_mark(doc.email),
			"person_mark": _person_mark(doc.full_name, doc.birth_date),
		}
	)
	# Nobody may create or change these records but this procedure; who calls it was asked above.
	refusal.insert(ignore_permissions=True)
	doc.update({"stage": "Left", "turned_down_on": nowdate()})
	doc.flags.by_procedure = True
	doc.save()
	return refusal.name


@frappe.whitelist(methods=["POST"])
def lift(mentor: str, why: str) -> None:
	"""Takes the decision back: the candidate stands at the application again, with all that was recorded.

	For a coordinator of the programme; "May do harm" is lifted by a manager alone. Raises PermissionError for
	anybody else, ValidationError where `why` is empty or nobody was turned down.
	"""
	is_manager = MANAGER in frappe.get_roles()
	doc = _locked(mentor)
	if not is_manager:
		doc.check_permission("read")
	refusal = of_mentor(doc.name)
	may_decide = is_manager or doc.has_permission("write")
	if not may_decide or (refusal and refusal.reason == MAY_DO_HARM and not is_manager):
		frappe.throw(_("Only a manager lifts this decision."), frappe.PermissionError)
	if not doc.turned_down_on:
		frappe.throw(_("This candidate was not turned down."))
	if not (why or "").strip():
		frappe.throw(_("Please write down why the decision is lifted."))
	if refusal:
		refusal.update(
			{"lifted_on": nowdate(), "lifted_by": frappe.session.user, "lifted_why": why[:LONGEST]}
		)
		refusal.flags.by_procedure = True
		refusal.save(ignore_permissions=True)  # as above
	doc.turned_down_on = None
	doc.stage = "Applied"
	doc.flags.by_procedure = True
	doc.save(ignore_permissions=True)  # a manager reads no mentors; who may lift was asked above


def of_mentor(mentor: str):
	"""The newest refusal of a mentor that was not lifted, as a document; None where there is none."""
	name = frappe.db.get_value(
		REFUSAL,
		{"mentor": mentor, "lifted_on": ("is", "not set")},
		"name",
		order_by="decided_on desc, creation desc",
	)
	return frappe.get_doc(REFUSAL, name) if name else None


def in_force(email: str | None, full_name: str | None = None, birth_date=None) -> frappe._dict | None:
	"""`{"mentor", "programme"}` of a refusal because of which no application is considered today.

	A person is known by the address, or by name and date of birth. Read past permissions: a guest asks by applying,
	and is never told the answer.
	"""
	refusal = frappe.qb.DocType(REFUSAL)
	email_mark, person_mark = _email_mark(email), _person_mark(full_name, birth_date)
	marks = [refusal.email_mark == email_mark] if email_mark else []
	marks += [refusal.person_mark == person_mark] if person_mark else []
	if not marks:
		return None
	found = (
		frappe.qb.from_(refusal)
		.select(refusal.mentor, refusal.programme)
		.where(Criterion.any(marks) & _counts(refusal))
		.orderby(refusal.decided_on, order=frappe.qb.desc)
		.limit(1)
		.run(as_dict=True)
	)
	return found[0] if found else None


def blockers(mentors: list[str]) -> dict[str, list[Blocker]]:
	"""Mentors who are, by their address or by name and date of birth, somebody of whom no application is considered.

	In `screening.EXTRA_BLOCKERS`: a record that came in under another address is looked at before anything else.
	"""
	refusal = frappe.qb.DocType(REFUSAL)
	marked = (
		frappe.qb.from_(refusal)
		.select(refusal.mentor, refusal.email_mark, refusal.person_mark)
		.where(_counts(refusal))
		.run(as_dict=True)
	)
	of_whom = defaultdict(set)
	for row in marked:
		for mark in filter(None, (row.email_mark, row.person_mark)):
			of_whom[mark].add(row.mentor)
	if not of_whom:
		return {}
	found = {}
	for row in frappe.get_all(
		"Mentor", filters={"name": ("in", mentors)}, fields=["name", "email", "full_name", "birth_date"]
	):
		marks = (_email_mark(row.email), _person_mark(row.full_name, row.birth_date))
		if set().union(*(of_whom[mark] for mark in marks if mark in of_whom)) - {row.name}:
			found[row.name] = [Blocker("known_by_refusal", {"step": APPLICATION})]
	return found


def sentences() -> dict[str, str]:
	return {"known_by_refusal": _("a person of this name and date of birth is known: first talk to a manager")}


def daily() -> None:
	"""Scheduled once a day: by what somebody would be known again is kept no longer than it is needed.

	One statement; running twice changes nothing.
	"""
	refusal = frappe.qb.DocType(REFUSAL)
	over = refusal.lifted_on.notnull() | (refusal.reapply_after <= getdate())
	(
		frappe.qb.update(refusal)
		.set(refusal.email_mark, None)
		.set(refusal.person_mark, None)
		.where(over & (refusal.email_mark.notnull() | refusal.person_mark.notnull()))
		.run()
	)


def _counts(refusal):
	"""Of refusals that were not lifted and whose time is not over."""
	return refusal.lifted_on.isnull() & (refusal.reapply_after.isnull() | (refusal.reapply_after > getdate()))


def _locked(mentor: str):
	"""The record, locked: two colleagues may decide at the same moment."""
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	return frappe.get_doc("Mentor", mentor)


def _reapply_after(reason: str):
	if reason == MAY_DO_HARM:
		return None
	return add_months(nowdate(), number_set("reapply_months"))


def _email_mark(email: str | None) -> str | None:
	address = (email or "").strip().lower()
	return _mark("address", address) if address else None


def _person_mark(full_name: str | None, birth_date) -> str | None:
	# The family name may be written first.
	words = sorted(folded(full_name or "").split())
	return _mark("person", f"{' '.join(words)} {getdate(birth_date)}") if words and birth_date else None


def _mark(kind: str, value: str) -> str:
	"""By which a value is known again but not read: the site's key goes into it, so that no list of names helps."""
	return hmac.new(get_encryption_key().encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
