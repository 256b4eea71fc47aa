"""Mentors meet each other: get-togethers of a programme, or of all.

Source: e-mentoring tips, "Problem-solving and nurturing the relationship" (mentors share challenges and ideas).
"""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.mentor_support.notices import PEERS_PAGE, tell_volunteer
from libes_mentoring.mentoring_programme.public_words import refuse_telling_words

GET_TOGETHER, SIGN_UP = "Mentor Get-together", "Get-together Sign-up"
PLANNED, CANCELLED = "Planned", "Cancelled"
# What those who have signed up must hear of when it changes.
WHEN_AND_WHERE = ("starts_at", "place", "online_link")


def check(doc) -> None:
	"""Refuses what cannot be, and words that say why people take part (controller, validate)."""
	before = doc.get_doc_before_save()
	if doc.status == PLANNED and doc.has_value_changed("starts_at"):
		if get_datetime(doc.starts_at) <= now_datetime():
			frappe.throw(_("A get-together is planned for a time to come."))
	if doc.online_link and not doc.online_link.startswith(("https://", "http://")):
		frappe.throw(_("Please enter the whole address of the link: it begins with https://."))
	if doc.status == PLANNED and not (doc.place or doc.online_link):
		frappe.throw(_("Please say where: a place, or a link to the call."))
	if before and doc.places and doc.places < before.coming:
		frappe.throw(_("{0} have signed up already: there cannot be fewer places.").format(before.coming))
	if doc.programme and doc.has_value_changed("programme") and not doc.flags.ignore_permissions:
		if not row_is_visible("Mentoring Programme", doc.programme, frappe.session.user):
			frappe.throw(_("You do not coordinate that programme."), frappe.PermissionError)
	refuse_telling_words(doc.title, doc.place, doc.description)


def after_change(doc) -> None:
	"""Those who have signed up hear that the time, the place or the plan has changed (controller, on_update)."""
	before = doc.get_doc_before_save()
	if not before or get_datetime(before.starts_at) <= now_datetime():
		return
	moved = doc.status == PLANNED and any(
		str(before.get(field) or "") != str(doc.get(field) or "") for field in WHEN_AND_WHERE
	)
	if moved or (doc.status == CANCELLED and before.status == PLANNED):
		for mentor in frappe.get_all(
			SIGN_UP, {"get_together": doc.name}, pluck="mentor", order_by="creation"
		):
			tell_volunteer(mentor, PEERS_PAGE)


def open_to(programme: str) -> list[frappe._dict]:
	"""Planned get-togethers to come for mentors of a programme, the next one first, with their fields.

	Read past permissions, by whoever has checked that the programme is the mentor's own.
	"""
	table = frappe.qb.DocType(GET_TOGETHER)
	return (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.title,
			table.programme,
			table.starts_at,
			table.length_minutes,
			table.organiser,
			table.place,
			table.online_link,
			table.places,
			table.coming,
			table.description,
		)
		.where((table.status == PLANNED) & (table.starts_at > now_datetime()))
		.where((table.programme == programme) | table.programme.isnull() | (table.programme == ""))
		.orderby(table.starts_at)
		.orderby(table.name)
		.run(as_dict=True)
	)


def sign_up(get_together: str, mentor: str) -> None:
	"""Keeps a place for a mentor; who has one keeps it. Raises ValidationError where all are taken.

	The caller has checked that the get-together is open to this mentor.
	"""
	# Of two who want the last place, the second waits here and then reads that it is taken.
	row = frappe.db.get_value(
		GET_TOGETHER, get_together, ["title", "status", "starts_at", "places"], as_dict=True, for_update=True
	)
	if row.status != PLANNED or get_datetime(row.starts_at) <= now_datetime():
		frappe.throw(_("This get-together is no longer planned."))
	coming = _mentors_of(get_together)
	if mentor in coming:
		return
	if row.places and len(coming) >= row.places:
		frappe.throw(_("All places are taken. Perhaps next time!"))
	name, programme = frappe.db.get_value("Mentor", mentor, ["full_name", "programme"])
	frappe.get_doc(
		{
			"doctype": SIGN_UP,
			"get_together": get_together,
			"get_together_title": row.title,
			"mentor": mentor,
			"mentor_name": name,
			"programme": programme,
		}
		# A volunteer has no DocPerm; that it is the own place has been checked by the portal.
	).insert(ignore_permissions=True)
	_count(get_together, len(coming) + 1)


def cancel(get_together: str, mentor: str) -> None:
	"""Gives the mentor's place back; without one nothing happens."""
	frappe.db.get_value(GET_TOGETHER, get_together, "name", for_update=True)
	coming = _mentors_of(get_together)
	if mentor not in coming:
		return
	for name in frappe.get_all(SIGN_UP, {"get_together": get_together, "mentor": mentor}, pluck="name"):
		# The volunteer's own place. No copy is kept of what somebody has taken back.
		frappe.delete_doc(SIGN_UP, name, ignore_permissions=True, delete_permanently=True)
	_count(get_together, len(coming) - 1)


def _mentors_of(get_together: str) -> list[str]:
	"""A locking read: a plain one would show what was there before the lock."""
	table = frappe.qb.DocType(SIGN_UP)
	query = frappe.qb.from_(table).select(table.mentor).where(table.get_together == get_together)
	return (query if frappe.db.db_type == "sqlite" else query.for_update()).run(pluck=True)


def _count(get_together: str, number: int) -> None:
	# Not a change of the plan: whoever has the form open can still save it.
	frappe.db.set_value(GET_TOGETHER, get_together, "coming", number, update_modified=False)
