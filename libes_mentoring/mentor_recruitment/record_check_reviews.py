"""Where a record check shows something, two people decide, each for themselves; where they differ, a manager.

Source: handbook, "Candidate applications" and its note on the principle of non-punishment. A finding refuses
nobody by itself. The offence is written nowhere; conditions are what was agreed with the person.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.access.roles import MANAGER
from libes_mentoring.access.staff import is_staff_of_the_house, managers
from libes_mentoring.mentor_recruitment.record_check import has_open_review
from libes_mentoring.mentor_recruitment.record_check_rules import ACCEPTED, NOT_ACCEPTED, TO_BE_DISCUSSED
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

OPEN, DISAGREEMENT, COMPLETED = "Open", "Disagreement", "Completed"
OUTCOMES = {"Accept": ACCEPTED, "Do not accept": NOT_ACCEPTED}
SURVIVOR = "Survivor"
FIRST_TWO, MANAGER_PLACE = (1, 2), 3


def after_mentor_change(mentor, method: str | None = None) -> None:
	"""A finding opens a review (hook on_update of Mentor); one that is open already stays the only one."""
	before = mentor.get_doc_before_save()
	was = before.record_check_outcome if before else None
	if (
		mentor.record_check_outcome != TO_BE_DISCUSSED
		or was == TO_BE_DISCUSSED
		or has_open_review(mentor.name)
	):
		return
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	frappe.get_doc(
		{
			"doctype": "Record Check Review",
			"mentor": mentor.name,
			# Where the coordinator is a mentor too, the place is left to be filled.
			"reviewer_1": coordinator if _may_review(coordinator) else None,
			"opened_on": getdate(),
			"opened_by": frappe.session.user,
		}
	).insert(
		ignore_permissions=True
	)  # follows from the outcome, which the user may enter; nobody opens one by hand


def check(review) -> None:
	"""Refuses reviewers who cannot decide, and a change of who has decided."""
	if review.is_new():
		review.status = OPEN
	before = review.get_doc_before_save()
	for place in FIRST_TWO:
		field = f"reviewer_{place}"
		if before and before.get(field) == review.get(field):
			continue
		if before and (before.get(f"decision_{place}") or before.status != OPEN):
			frappe.throw(_("Who has decided stays in the review."))
		if review.get(field):
			_check_reviewer(review, review.get(field))
	if review.reviewer_1 and review.reviewer_1 == review.reviewer_2:
		frappe.throw(_("Two different people decide."))


def tell_new_reviewers(review) -> None:
	"""Whoever is asked for a decision hears that one waits; who has asked themselves need not."""
	before = review.get_doc_before_save()
	known = {before.get(f"reviewer_{place}") for place in FIRST_TWO} if before else set()
	asked = [review.get(f"reviewer_{place}") for place in FIRST_TWO]
	new = [user for user in asked if user and user not in known and user != frappe.session.user]
	_tell(review, sorted(set(new)))


@frappe.whitelist(methods=["POST"])
def decide(review: str, decision: str, conditions: str = "") -> str:
	"""One reviewer's own decision (a key of `OUTCOMES`), with conditions in words; gives the review's status.

	The outcome stands once two different people have decided alike; where the first two differ, a manager who is
	neither of them is the third. Raises PermissionError for anybody else, ValidationError for a second decision.
	"""
	# Asked before anything is told of the record.
	if not row_is_visible("Record Check Review", review, frappe.session.user):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	if decision not in OUTCOMES:
		frappe.throw(_("Please choose a decision."))
	# Read by the lock: what this request has seen before may be older than the other one's decision.
	doc = frappe.get_doc("Record Check Review", review, for_update=True)
	place = _place_of(doc, frappe.session.user)
	if place == MANAGER_PLACE:
		doc.reviewer_3 = frappe.session.user
	doc.update(
		{
			f"decision_{place}": decision,
			f"conditions_{place}": (conditions or "").strip(),
			f"decided_on_{place}": now_datetime(),
		}
	)
	_conclude(doc)
	return doc.status


@frappe.whitelist(methods=["GET", "POST"])
def before_deciding(review: str) -> dict:
	"""`{"mentor_name", "principle": [str], "emphasised", "may_decide"}` for who may read the review.

	The principle is shown to everybody, since the kind of mentor may not be known; that it is a survivor is told to
	nobody but who sees the mentor's own record. Raises PermissionError.
	"""
	if not row_is_visible("Record Check Review", review, frappe.session.user):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	doc = frappe.get_doc("Record Check Review", review)
	doc.check_permission("read")
	mentor = frappe.db.get_value("Mentor", doc.mentor, ["full_name", "mentor_kind"], as_dict=True)
	try:
		_place_of(doc, frappe.session.user)
		may_decide = True
	except (frappe.ValidationError, frappe.PermissionError):
		frappe.clear_last_message()
		may_decide = False
	return {
		"mentor_name": mentor.full_name,
		"principle": principle(),
		"emphasised": mentor.mentor_kind == SURVIVOR and frappe.has_permission("Mentor", "read", doc=doc.mentor),
		"may_decide": may_decide,
	}


def principle() -> list[str]:
	"""What stands where the decision is taken."""
	return [
		_("An entry in a record is where a conversation starts. It refuses nobody by itself."),
		_(
			"People who were exploited are not to be punished, by a court or by us, for what they were made to do "
			"or could not avoid doing. Where an entry may come from such a time, it does not count against the person."
		),
		_(
			"Ask what would put the people whom we support at risk today: how long ago it was, what has changed "
			"since, and whether conditions would be enough."
		),
		_("Never write down the offence, nor ask the person to explain their past."),
	]


def _may_review(user: str) -> bool:
	return is_staff_of_the_house(user) and not frappe.db.exists("Mentor", {"user": user})


def _check_reviewer(review, user: str) -> None:
	if not _may_review(user):
		frappe.throw(_("A reviewer is a manager, a coordinator or a social worker of yours, and no mentor."))


def _place_of(review, user: str) -> int:
	"""Whose decision this would be: the first's, the second's or the manager's."""
	if review.status == COMPLETED:
		frappe.throw(_("This review is completed."))
	first_two = [review.get(f"reviewer_{place}") for place in FIRST_TWO]
	if review.status == OPEN and user in first_two:
		place = first_two.index(user) + 1
		if review.get(f"decision_{place}"):
			frappe.throw(_("You have decided already. Now the other one decides."))
		return place
	if review.status == DISAGREEMENT and user not in first_two and MANAGER in frappe.get_roles(user):
		return MANAGER_PLACE
	frappe.throw(_("The two reviewers decide, and a manager where they differ."), frappe.PermissionError)


def _conclude(review) -> None:
	"""Stores a decision and what follows from it: for the mentor, or for the managers."""
	given = [
		OUTCOMES[review.get(f"decision_{place}")] for place in (1, 2, 3) if review.get(f"decision_{place}")
	]
	alike = next((outcome for outcome in given if given.count(outcome) > 1), None)
	if alike:
		review.update({"status": COMPLETED, "outcome": alike, "completed_on": getdate()})
	elif len(given) > 1:
		review.status = DISAGREEMENT
	review.flags.by_procedure = True
	# The decision is the reviewer's, who has no right to change anything else in it.
	review.save(ignore_permissions=True)
	if alike:
		_write_outcome(review.mentor, alike)
	elif review.status == DISAGREEMENT:
		third = [user for user in managers() if user not in (review.reviewer_1, review.reviewer_2)]
		if third:
			_tell(review, third)
		else:
			programme = frappe.db.get_value("Mentor", review.mentor, "programme")
			tell_coordinator(programme, _("A decision needs a manager"), "Record Check Review", review.name)


def _write_outcome(mentor: str, outcome: str) -> None:
	doc = frappe.get_doc("Mentor", mentor, for_update=True)
	doc.record_check_outcome = outcome
	doc.flags.by_procedure = True
	# Decided by the two; a reviewer need not see the mentor's record.
	doc.save(ignore_permissions=True)


def _tell(review, users: list[str]) -> None:
	if users:
		tell(users, _("A decision waits for you"), "Record Check Review", review.name)
