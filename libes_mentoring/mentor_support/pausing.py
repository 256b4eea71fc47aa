"""A mentor's pause, without a reason and without a penalty, and the way back.

Source: handbook, "Vicarious trauma and self-care". A pause ends nothing: running matches go to the coordinator, who
finds a way with both. Nothing about a pause is counted; while it lasts, its end, who began it and the stage before it
are remembered. Who comes back stands where they stood before: nobody becomes available by pausing.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, add_months, getdate, nowdate

from libes_mentoring.access.roles import COORDINATOR
from libes_mentoring.blocker import Blocker
from libes_mentoring.failures import each
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentor_recruitment.screening_board_rules import READY
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

PAUSED, AVAILABLE, SCREENING = "Paused", "Available", "Screening"
MAY_PAUSE = (SCREENING, AVAILABLE, PAUSED)
LONGEST_MONTHS = 24
# After so many days without a date for coming back, the coordinator is asked to get in touch.
OPEN_END_DAYS = 60


@frappe.whitelist(methods=["POST"])
def set_pause(mentor: str, until: str | None = None) -> None:
	"""A coordinator notes that a mentor pauses; `until` is a day (YYYY-MM-DD), or nothing where it is not known.

	From here on the pause is the coordinator's to end, also where the mentor has begun it. Raises PermissionError for everybody else, ValidationError with the reason where the day cannot be.
	"""
	begin(_own(mentor), until)


@frappe.whitelist(methods=["POST"])
def end_pause(mentor: str) -> dict:
	"""A coordinator takes a mentor back: `{"stage", "open": [sentence]}`, as `come_back` does it.

	Raises PermissionError for everybody else, ValidationError where the mentor does not pause.
	"""
	doc = _own(mentor)
	missing = come_back(doc)
	return {"stage": doc.stage, "open": [screening.sentence(blocker) for blocker in missing]}


def begin(mentor, until: str | date | None, *, by_mentor: bool = False) -> None:
	"""Moves a mentor (a document) to Paused; one who pauses already gets the new day.

	Raises ValidationError for a stage without a pause, and for a mentor's own change (`by_mentor`) of a pause that a
	coordinator has begun.
	"""
	if mentor.stage not in MAY_PAUSE:
		frappe.throw(_("Only a mentor who is in the screening or available can pause."))
	if by_mentor:
		_check_own_pause(mentor)
	mentor.update({"stage": PAUSED, "paused_until": day(until), "paused_by_mentor": int(by_mentor)})
	_save(mentor)


def come_back(mentor, *, by_mentor: bool = False) -> list[Blocker]:
	"""Moves a mentor (a document) back and gives what is left to do before a match.

	To Available for who was available before the pause and whose screening is still complete; otherwise to Screening,
	where a coordinator takes it up. Raises ValidationError where there is no pause, and for a mentor (`by_mentor`) who
	would end one that a coordinator has begun.
	"""
	if mentor.stage != PAUSED:
		frappe.throw(_("This mentor does not pause at the moment."))
	if by_mentor:
		_check_own_pause(mentor)
	missing = screening.open_screening_of(mentor)
	if not missing and mentor.paused_from != AVAILABLE:
		missing = [READY]
	mentor.stage = SCREENING if missing else AVAILABLE
	_save(mentor)
	return missing


def is_the_mentors(mentor) -> bool:
	"""Whether a pause of this mentor (a document or a row) is, or would be, the mentor's own to change and to end."""
	return mentor.stage in MAY_PAUSE and (mentor.stage != PAUSED or bool(mentor.paused_by_mentor))


def day(until: str | date | None) -> date | None:
	"""The day to which somebody pauses, or None. Raises ValidationError for one that cannot be."""
	if not until:
		return None
	try:
		wanted = until if isinstance(until, date) else date.fromisoformat(str(until).strip())
	except ValueError:
		frappe.throw(_("Please enter the date as year, month and day."))
	if wanted <= getdate():
		frappe.throw(_("The pause ends on a day to come."))
	if wanted > getdate(add_months(nowdate(), LONGEST_MONTHS)):
		frappe.throw(_("Please choose a day within the next {0} months.").format(LONGEST_MONTHS))
	return wanted


def keep_dates(mentor, method: str | None = None) -> None:
	"""What belongs to a pause stands in the record while it lasts (hook validate of Mentor)."""
	before = mentor.get_doc_before_save()
	if mentor.stage != PAUSED:
		if before and before.stage == PAUSED:
			mentor.paused_until = None
		mentor.paused_on = mentor.pause_end_told_on = mentor.paused_from = None
		mentor.paused_by_mentor = 0
		return
	if not before or before.stage != PAUSED:
		mentor.paused_from = before.stage if before else None
	if not before or before.stage != PAUSED or not before.paused_on:
		mentor.paused_on = nowdate()
	else:
		mentor.paused_on = before.paused_on
	if before and str(before.paused_until or "") == str(mentor.paused_until or ""):
		mentor.pause_end_told_on = before.pause_end_told_on
	else:
		mentor.pause_end_told_on = None


def after_change(mentor, method: str | None = None) -> None:
	"""A pause brings the mentor's running matches to the coordinator at once (hook on_update of Mentor)."""
	before = mentor.get_doc_before_save()
	if not before or mentor.stage != PAUSED or before.stage == PAUSED:
		return
	for match in frappe.get_all(
		"Match", {"mentor": mentor.name, "stage": ("in", RUNNING)}, ["name", "programme"], order_by="name"
	):
		tell_coordinator(match.programme, _("A match needs your attention today"), "Match", match.name)


def remind(today: date) -> None:
	"""Tells the coordinators, once each, of pauses that are over or have had no end for long. Safe to run again."""
	each(_ended(today), lambda name: _tell_of_end(name, today), "Mentoring: end of a pause not told")


def _ended(today: date) -> list[str]:
	mentor = frappe.qb.DocType("Mentor")
	over = mentor.paused_until <= today
	endless = mentor.paused_until.isnull() & (mentor.paused_on <= add_days(today, -OPEN_END_DAYS))
	return (
		frappe.qb.from_(mentor)
		.select(mentor.name)
		.where((mentor.stage == PAUSED) & mentor.pause_end_told_on.isnull() & (over | endless))
		.orderby(mentor.name)
		.run(pluck=True)
	)


def _tell_of_end(name: str, today: date) -> None:
	# The lock makes a second worker wait here and then find the work done.
	fields = ["programme", "stage", "pause_end_told_on"]
	row = frappe.db.get_value("Mentor", name, fields, as_dict=True, for_update=True)
	if row.stage != PAUSED or row.pause_end_told_on:
		return
	tell_coordinator(row.programme, _("A pause has come to its end"), "Mentor", name)
	frappe.db.set_value("Mentor", name, "pause_end_told_on", today, update_modified=False)


def _check_own_pause(mentor) -> None:
	if not is_the_mentors(mentor):
		frappe.throw(_("This pause was arranged with your coordinator. Please talk with them about what comes next."))


def _own(mentor: str):
	if not (COORDINATOR in frappe.get_roles() and frappe.has_permission("Mentor", "write")):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	if not frappe.db.exists("Mentor", mentor):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	doc = frappe.get_doc("Mentor", mentor, for_update=True)
	doc.check_permission("write")
	return doc


def _save(mentor) -> None:
	mentor.flags.by_procedure = True
	# A coordinator's right was asked before; a volunteer has none, and the mentor is the volunteer's own.
	mentor.save(ignore_permissions=True)
