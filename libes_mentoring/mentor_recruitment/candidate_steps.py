"""What to do about references and interview of a candidate: who has not answered, since when, what waits to be read."""

import frappe
from frappe import _
from frappe.utils import format_datetime, formatdate, get_datetime, now_datetime

from libes_mentoring.mentor_recruitment import interviews, references, scorecards
from libes_mentoring.mentor_recruitment.screening_rules import INTERVIEW, REFERENCES


def told_of(mentor, open_steps: list[str]) -> list[tuple[str, bool]]:
	"""`[(sentence, late)]` on the steps References and Interview of a mentor (a document), where they are open.

	What has not begun is named for the first of the open steps only: everything in its order.
	"""
	tellers = {REFERENCES: _of_references, INTERVIEW: _of_interview}
	found = []
	for step in dict.fromkeys(open_steps):
		if step in tellers:
			found += tellers[step](mentor, step == open_steps[0])
	return found


def _of_references(mentor, is_next: bool) -> list[tuple[str, bool]]:
	rows = frappe.get_all(
		references.REFERENCE,
		filters={"mentor": mentor.name, "status": ("!=", references.CALLED_OFF)},
		fields=["referee_name", "status", "asked_on", "chased", "handed_over_on"],
		order_by="creation asc",
	)
	needed = references.needed_in(mentor.programme)
	words = [sentence for row in rows if (sentence := _of_reference(row))]
	refused = [row for row in rows if row.status == references.NOT_ACCEPTED]
	coming = len(rows) - len(refused)
	if refused:
		words.append((_("References not accepted: {0}. Decide what that means.").format(len(refused)), True))
	if is_next and coming < needed:
		words.append((_("Ask for references: {0} of {1} are named.").format(coming, needed), False))
	if needed and sum(row.status == references.ACCEPTED for row in rows) >= needed:
		words.append((_("As many references are accepted as the programme asks for: decide on the step."), False))
	if is_next and not needed:
		words.append((_("The programme asks for no references: decide on the step."), False))
	return words


def _of_reference(row) -> tuple[str, bool] | None:
	if row.status == references.RECEIVED:
		return _("The reference by {0} has arrived: read it and decide.").format(row.referee_name), False
	if row.status == references.TO_ASK:
		return _("{0} has not been asked for a reference yet.").format(row.referee_name), False
	if row.status != references.ASKED:
		return None
	day = formatdate(row.asked_on, "d MMMM yyyy")
	if row.handed_over_on:
		return (
			_(
				"{0} was asked on {1} and has not answered after {2} reminders: call, or ask somebody else."
			).format(row.referee_name, day, row.chased),
			True,
		)
	return _("{0} was asked for a reference on {1} and has not answered yet.").format(
		row.referee_name, day
	), False


def _of_interview(mentor, is_next: bool) -> list[tuple[str, bool]]:
	row = frappe.db.get_value(
		interviews.INTERVIEW,
		{"mentor": mentor.name, "status": interviews.PLANNED},
		["name", "held_on", "invited_for"],
		as_dict=True,
		order_by="held_on desc",
	)
	if not row:
		return [(_("Plan the interview."), False)] if is_next else []
	when = format_datetime(row.held_on, "d MMMM yyyy, HH:mm")
	if get_datetime(row.held_on) > now_datetime():
		if row.invited_for and get_datetime(row.invited_for) == get_datetime(row.held_on):
			return [(_("Interview on {0}, the candidate is invited.").format(when), False)]
		return [(_("Interview on {0}: invite the candidate.").format(when), False)]
	waiting = frappe.get_all(
		scorecards.SCORECARD,
		filters={"interview": row.name, "status": scorecards.OPEN},
		pluck="interviewer",
		order_by="name asc",
	)
	if waiting:
		names = ", ".join(frappe.db.get_value("User", user, "full_name") or user for user in waiting)
		return [(_("Interview held on {0}? A scorecard is open from: {1}.").format(when, names), True)]
	count = frappe.db.count(scorecards.SCORECARD, {"interview": row.name, "status": scorecards.SUBMITTED})
	if count < (needed := interviews.needed_in(mentor.programme)):
		return [
			(
				_("Interview on {0}: scorecards {1} of {2}. Name another interviewer.").format(
					when, count, needed
				),
				True,
			)
		]
	return [(_("The scorecards of the interview are in: talk them over and decide."), False)]
