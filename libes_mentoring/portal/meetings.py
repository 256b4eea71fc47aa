"""Noting a meeting from the phone."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime

from libes_mentoring.mentoring_relationship.lifecycle import VISIBLE_TO_MENTOR
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator
from libes_mentoring.portal import scope

# Two taps within this time on the same meeting are one.
DOUBLE_TAP_MINUTES = 2
ACTIVITY_LENGTH, NOTE_LENGTH = 140, 2000
RETURNED = ("met_on", "length_minutes", "medium", "activity", "next_meeting_on", "needs_support")


@frappe.whitelist(methods=["POST"])
def log_meeting(
	match: str,
	met_on: str,
	length_minutes: int,
	medium: str,
	activity: str | None = None,
	next_meeting_on: str | None = None,
	needs_support: bool = False,
	note: str | None = None,
	whole_group: bool = False,
) -> dict:
	"""Stores a meeting of one of the volunteer's own running matches; `whole_group` notes it for the volunteer's other
	matches in the same group too, without the note and the wish for support, which are asked about one.

	Returns `{"meeting", "met_on", "length_minutes", "medium", "activity", "next_meeting_on", "needs_support"}`.
	The same day and length sent twice within two minutes gives the first meeting again. Asking for support
	tells the coordinator. Dates are written YYYY-MM-DD.

	Raises PermissionError where the match is not one of the volunteer's own running ones, ValidationError with
	the reason where the meeting cannot have been; nothing is written then.
	"""
	row = scope.own_match(match)
	length_minutes = _minutes(length_minutes)
	met, planned = _day(met_on), _day(next_meeting_on) if next_meeting_on else None
	activity, note = _text(activity, ACTIVITY_LENGTH), _text(note, NOTE_LENGTH)
	# Two taps arrive at the same moment: the second waits for the first here and then finds its meeting.
	# A match that was taken back or closed meanwhile is nobody's to write to any more.
	if frappe.db.get_value("Match", row.name, "stage", for_update=True) not in VISIBLE_TO_MENTOR:
		scope.refuse()
	whole_group = bool(frappe.utils.cint(whole_group) and row.mentoring_group)
	if first := _just_logged(row.name, met, length_minutes):
		# What the second tap adds is not lost.
		if whole_group:
			_log_for_the_others(row, first)
		return _returned(_ask_later(first, note, row.programme) if needs_support else first)
	log = frappe.get_doc(
		{
			"doctype": "Meeting Log",
			"mentoring_match": row.name,
			"met_on": met,
			"length_minutes": length_minutes,
			"medium": medium,
			"activity": activity,
			"next_meeting_on": planned,
			"needs_support": int(needs_support),
			"note": note,
		}
	)
	# A volunteer has no DocPerm; that the match is the volunteer's own has been checked above.
	log.insert(ignore_permissions=True)
	if whole_group:
		_log_for_the_others(row, log)
	if needs_support:
		_ask_for_support(log, row.programme)
	return _returned(log)


def _log_for_the_others(row: frappe._dict, log) -> None:
	"""The same meeting for each other match of this volunteer in the group that had begun by then."""
	for other in scope.own_matches(scope.own_mentor()):
		if other.name == row.name or other.mentoring_group != row.mentoring_group:
			continue
		if other.matched_on > log.met_on or _just_logged(other.name, log.met_on, log.length_minutes):
			continue
		same = {field: log.get(field) for field in ("met_on", "length_minutes", "medium", "activity", "next_meeting_on")}
		frappe.get_doc({"doctype": "Meeting Log", "mentoring_match": other.name, **same}).insert(
			ignore_permissions=True  # as above: one of the volunteer's own matches
		)


def _just_logged(match: str, met_on: date, length_minutes: int):
	"""The meeting that the same person has logged a moment ago, or None.

	A locking read: in a transaction that has read before, a plain one would not see the other tap's meeting.
	"""
	log = frappe.qb.DocType("Meeting Log")
	query = (
		frappe.qb.from_(log)
		.select(log.name)
		.where((log.mentoring_match == match) & (log.owner == frappe.session.user))
		.where((log.met_on == met_on) & (log.length_minutes == length_minutes))
		.where(log.creation >= add_to_date(now_datetime(), minutes=-DOUBLE_TAP_MINUTES))
		.orderby(log.creation)
		.limit(1)
	)
	if frappe.db.db_type != "sqlite":
		query = query.for_update()
	found = query.run(pluck=True)
	return frappe.get_doc("Meeting Log", found[0]) if found else None


def _ask_later(log, note: str | None, programme: str):
	"""The support that was asked for with the second tap is not lost."""
	if not log.needs_support:
		log.needs_support, log.note = 1, note or log.note
		log.save(ignore_permissions=True)  # the volunteer's own meeting of a moment ago
		_ask_for_support(log, programme)
	return log


def _ask_for_support(log, programme: str) -> None:
	tell_coordinator(programme, _("A volunteer asks for support"), "Meeting Log", log.name)


def _returned(log) -> dict:
	return {"meeting": log.name, **{field: log.get(field) for field in RETURNED}}


def _minutes(value: int | str) -> int:
	try:
		return int(value)
	except (TypeError, ValueError):
		frappe.throw(_("Please enter how long you met as a number of minutes."))


def _day(value: str) -> date:
	try:
		return date.fromisoformat(value.strip())
	except ValueError:
		frappe.throw(_("Please enter the date as year, month and day."))


def _text(value: str | None, longest: int) -> str | None:
	value = (value or "").strip()
	if len(value) > longest:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(longest))
	return value or None
