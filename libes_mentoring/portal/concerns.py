"""Raising a concern from the phone, and seeing that it has arrived."""

import frappe
from frappe import _
from frappe.utils import add_to_date, getdate, now_datetime

from libes_mentoring.mentoring_relationship import concerns
from libes_mentoring.portal import scope

# Two taps within this time on the same words are one.
DOUBLE_TAP_MINUTES = 2
CONCERNS_PER_HOUR = 10


@frappe.whitelist(methods=["POST"])
def raise_concern(kind: str, text: str, urgent: bool = False, match: str | None = None) -> dict:
	"""Stores a concern of the volunteer, on one of the own running matches or in general, and tells its recipients.

	`kind` is one of the keys of `kinds()`. Returns the concern as `my_concerns` does. The same words sent twice
	within two minutes give the first concern again; "urgent" that comes with the second is not lost.

	Raises PermissionError where the match is not one of the volunteer's own running ones, ValidationError with the
	reason where something is missing, too long or too much for an hour; nothing is written then.
	"""
	mentor = scope.own_mentor()
	programme = (
		scope.own_match(match).programme if match else frappe.db.get_value("Mentor", mentor, "programme")
	)
	# Two taps arrive at the same moment: the second waits for the first here and then finds its concern.
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	recent = _recent(minutes=60)
	if first := _just_raised(recent, kind, (text or "").strip(), match):
		doc = frappe.get_doc("Concern", first)
		if urgent and not doc.urgent and doc.status != concerns.CLOSED:
			concerns.make_urgent(doc)
		return _shown(doc)
	if len(recent) >= CONCERNS_PER_HOUR:
		frappe.throw(_("You have written many times within an hour. Please call your organisation now."))
	doc = concerns.store(
		kind=kind,
		text=text,
		urgent=urgent,
		programme=programme,
		mentoring_match=match or None,
		raised_by=frappe.session.user,
	)
	return _shown(doc)


@frappe.whitelist(methods=["GET"])
def my_concerns() -> list[dict]:
	"""What the volunteer has raised, the latest first: `[{"received_on", "status", "closed_on"}]`.

	Days, and "Received" or "Closed" in the volunteer's language; nothing that staff have written, nor who.

	Raises PermissionError for everybody who is not a volunteer.
	"""
	scope.own_mentor()
	# Read past permissions: the filter is the person asking, and only these fields leave.
	rows = frappe.get_all(
		"Concern",
		filters={"raised_by": frappe.session.user},
		fields=["status", "received_on", "closed_on"],
		order_by="received_on desc, name asc",
	)
	return [_shown(row) for row in rows]


def kinds() -> dict[str, str]:
	"""What a volunteer may be worried about: the value that is stored and the words that a volunteer reads."""
	words = (
		_("The person I meet may not be safe"),
		_("Somebody else may not be safe"),
		_("Somebody seems very unwell or not themselves"),
		_("My own limits"),
		_("Someone from the team"),
		_("Something else"),
	)
	return dict(zip(concerns.KINDS, words, strict=True))


def _recent(minutes: int) -> list[frappe._dict]:
	"""What the user has raised of late.

	A locking read: in a transaction that has read before, a plain one would not see the other tap's concern.
	"""
	concern = frappe.qb.DocType("Concern")
	query = (
		frappe.qb.from_(concern)
		.select(concern.name, concern.kind, concern.text, concern.mentoring_match, concern.creation)
		.where((concern.raised_by == frappe.session.user) & (concern.owner == frappe.session.user))
		.where(concern.creation >= add_to_date(now_datetime(), minutes=-minutes))
		.orderby(concern.creation)
	)
	if frappe.db.db_type != "sqlite":
		query = query.for_update()
	return query.run(as_dict=True)


def _just_raised(recent: list, kind: str, text: str, match: str | None) -> str | None:
	since = add_to_date(now_datetime(), minutes=-DOUBLE_TAP_MINUTES)
	for row in recent:
		same = (row.kind, row.text, row.mentoring_match or None) == (kind, text, match or None)
		if same and row.creation >= since:
			return row.name
	return None


def _shown(row) -> dict:
	closed = row.status == concerns.CLOSED
	return {
		"received_on": getdate(row.received_on),
		"status": _("Closed") if closed else _("Received"),
		"closed_on": getdate(row.closed_on) if closed else None,
	}
