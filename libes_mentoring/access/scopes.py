"""Which rows belong to a user: small queries that the policy puts together.

Each function takes a user's name and gives a query of one column. They are written with the query
builder once, and serve lists (as a subquery) and single records (as a lookup) alike.
"""

import frappe
from frappe.query_builder import DocType
from frappe.utils import now_datetime
from pypika.queries import QueryBuilder

RUNNING_STAGES = ("Contemplation", "Initiation", "Growth and maintenance", "Closure")


def coordinated_programmes(user: str) -> QueryBuilder:
	"""Programmes that the user coordinates, as the named coordinator or as one of the staff."""
	programme, staff = DocType("Mentoring Programme"), DocType("Mentoring Programme Staff")
	as_staff = (
		frappe.qb.from_(staff)
		.select(staff.parent)
		.where((staff.parenttype == "Mentoring Programme") & (staff.user == user))
		.where(staff.duty == "Coordinator")
	)
	return (
		frappe.qb.from_(programme)
		.select(programme.name)
		.where((programme.coordinator == user) | programme.name.isin(as_staff))
	)


def caseload(user: str) -> QueryBuilder:
	"""Mentees whose caregiver the user is."""
	mentee = DocType("Mentee")
	return frappe.qb.from_(mentee).select(mentee.name).where(mentee.caregiver == user)


def opened_case_files(user: str) -> QueryBuilder:
	"""Mentees of the user's programmes whose case file the user has opened for a reason, while that lasts."""
	opening = DocType("Case File Opening")
	return (
		frappe.qb.from_(opening)
		.select(opening.mentee)
		.where((opening.user == user) & (opening.expires_at > now_datetime()))
		.where(opening.mentee.isin(mentees_of_coordinated_programmes(user)))
	)


def caseload_programmes(user: str) -> QueryBuilder:
	"""Programmes that at least one mentee of the user's caseload takes part in."""
	mentee = DocType("Mentee")
	return frappe.qb.from_(mentee).select(mentee.programme).where(mentee.caregiver == user)


def mentees_of_coordinated_programmes(user: str) -> QueryBuilder:
	mentee = DocType("Mentee")
	return (
		frappe.qb.from_(mentee)
		.select(mentee.name)
		.where(mentee.programme.isin(coordinated_programmes(user)))
	)


def mentors_of_coordinated_programmes(user: str) -> QueryBuilder:
	mentor = DocType("Mentor")
	return (
		frappe.qb.from_(mentor)
		.select(mentor.name)
		.where(mentor.programme.isin(coordinated_programmes(user)))
	)


def matches_of_coordinated_programmes(user: str) -> QueryBuilder:
	match = DocType("Match")
	return (
		frappe.qb.from_(match)
		.select(match.name)
		.where(match.mentee.isin(mentees_of_coordinated_programmes(user)))
	)


def matches_of_caseload(user: str) -> QueryBuilder:
	match = DocType("Match")
	return frappe.qb.from_(match).select(match.name).where(match.mentee.isin(caseload(user)))


def groups_of_caseload(user: str) -> QueryBuilder:
	"""Groups in which a mentee of the user's caseload has a running match."""
	match = DocType("Match")
	return (
		frappe.qb.from_(match)
		.select(match.mentoring_group)
		.where(match.mentee.isin(caseload(user)) & match.stage.isin(RUNNING_STAGES))
		.where(match.mentoring_group.isnotnull())
	)


def received_concerns(user: str) -> QueryBuilder:
	"""Concerns that name the user among their recipients, and are not about the user."""
	recipient, concern = DocType("Concern Recipient"), DocType("Concern")
	about_the_user = frappe.qb.from_(concern).select(concern.name).where(concern.about_user == user)
	return (
		frappe.qb.from_(recipient)
		.select(recipient.parent)
		.where((recipient.parenttype == "Concern") & (recipient.user == user))
		.where(recipient.parent.notin(about_the_user))
	)


def mentors_of_caseload(user: str) -> QueryBuilder:
	"""Mentors who have a running match with a mentee of the user's caseload."""
	match = DocType("Match")
	return (
		frappe.qb.from_(match)
		.select(match.mentor)
		.where(match.mentee.isin(caseload(user)) & match.stage.isin(RUNNING_STAGES))
	)


def own_organisations(user: str) -> QueryBuilder:
	"""Active partner organisations that name the user as a member."""
	member, organisation = DocType("Partner Organisation Member"), DocType("Partner Organisation")
	return (
		frappe.qb.from_(member)
		.inner_join(organisation)
		.on(organisation.name == member.parent)
		.select(member.parent)
		.where((member.parenttype == "Partner Organisation") & (member.user == user))
		.where(organisation.active == 1)
	)


def reviews_to_decide(user: str) -> QueryBuilder:
	"""Reviews of a record check that name the user as one who decides."""
	review = DocType("Record Check Review")
	return (
		frappe.qb.from_(review)
		.select(review.name)
		.where((review.reviewer_1 == user) | (review.reviewer_2 == user) | (review.reviewer_3 == user))
	)


def reviews_in_disagreement(user: str) -> QueryBuilder:
	"""Reviews whose two reviewers have decided differently, so that a manager decides."""
	review = DocType("Record Check Review")
	return frappe.qb.from_(review).select(review.name).where(review.status == "Disagreement")


def interviews_to_hold(user: str) -> QueryBuilder:
	"""Interviews that name the user as one who asks."""
	interview = DocType("Mentor Interview")
	return (
		frappe.qb.from_(interview)
		.select(interview.name)
		.where((interview.interviewer_1 == user) | (interview.interviewer_2 == user))
	)


def scorecards_beside_own(user: str) -> QueryBuilder:
	"""Submitted scorecards of interviews that the user holds, once the user's own is no longer open."""
	card = DocType("Interview Scorecard")
	return _submitted_and_unbiased(user).where(card.interview.isin(interviews_to_hold(user)))


def scorecards_of_coordinated_programmes(user: str) -> QueryBuilder:
	"""Submitted scorecards on candidates of the user's programmes, unless the user's own beside them is still open."""
	card = DocType("Interview Scorecard")
	return _submitted_and_unbiased(user).where(card.mentor.isin(mentors_of_coordinated_programmes(user)))


def _submitted_and_unbiased(user: str) -> QueryBuilder:
	card, own = DocType("Interview Scorecard"), DocType("Interview Scorecard").as_("own_card")
	still_open = frappe.qb.from_(own).select(own.interview).where((own.interviewer == user) & (own.status == "Open"))
	return (
		frappe.qb.from_(card)
		.select(card.name)
		.where((card.status == "Submitted") & card.interview.notin(still_open))
	)
