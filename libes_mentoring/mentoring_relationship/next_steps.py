"""What comes next for a mentor, a mentee or a match: one short text at the top of its form."""

from dataclasses import asdict, dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import choice_steps
from libes_mentoring.mentor_recruitment import (
	acknowledgements,
	agreements,
	candidate_steps,
	screening,
	screening_board,
	screening_board_rules,
	training_plan,
)
from libes_mentoring.mentor_recruitment.screening_rules import TRAINING
from libes_mentoring.mentoring_relationship import (
	first_meeting,
	first_meeting_agreed,
	group_steps,
	meeting_watch,
	places,
	waiting,
)
from libes_mentoring.mentoring_relationship.lifecycle import (
	CLOSED,
	CLOSURE,
	CONTEMPLATION,
	GROWTH,
	INITIATION,
	RUNNING,
)

NOT_BEGUN = ("step_missing", "record_check_missing")


@dataclass(frozen=True)
class NextStep:
	"""A sentence or two for staff; `late` where somebody should have acted already."""

	text: str
	late: bool = False


@frappe.whitelist(methods=["GET", "POST"])
def next_step(doctype: str, name: str) -> dict:
	"""`{"text", "late"}` for a Mentor, Mentee, Match, Volunteer Agreement, Training Session, Mentor Shortlist, Matching
	Session or Mentoring Group that the caller may read.

	Raises PermissionError for anybody else, and ValidationError for any other DocType.
	"""
	answers = {
		"Mentor": _of_mentor,
		"Mentee": _of_mentee,
		"Match": _of_match,
		"Volunteer Agreement": _of_agreement,
		"Training Session": _of_training_session,
		"Mentor Shortlist": _of_shortlist,
		"Matching Session": _of_matching_session,
		"Mentoring Group": _of_group,
	}
	if doctype not in answers:
		frappe.throw(_("{0} has no next step.").format(doctype))
	# Asked about the DocType first: who may read none of them does not learn which names exist either.
	if not frappe.has_permission(doctype, "read"):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return asdict(answers[doctype](doc))


def _of_mentor(mentor) -> NextStep:
	if mentor.turned_down_on:
		text = _("Turned down on {0}.").format(_day(mentor.turned_down_on))
		if not mentor.applied_again_on:
			return NextStep(text)
		return NextStep(text + " " + _("Applied again on {0}: please answer.").format(_day(mentor.applied_again_on)))
	if mentor.stage == "Left":
		if mentor.applied_again_on:
			return NextStep(_("This mentor had left, and applied again on {0}.").format(_day(mentor.applied_again_on)))
		return NextStep(_("This mentor has left."))
	if mentor.stage == "Paused":
		if mentor.paused_until:
			if getdate(mentor.paused_until) < getdate():
				text = _("The pause ended on {0}: ask how they are, and take them back when they like.")
				return NextStep(text.format(_day(mentor.paused_until)), True)
			return NextStep(_("Pausing until {0}.").format(_day(mentor.paused_until)))
		return NextStep(_("Pausing, with no date set for coming back."))
	step = _before_a_match(mentor)
	papers = [step.text, agreements.in_words(mentor.name), acknowledgements.in_words(mentor)]
	return NextStep(" ".join(words for words in papers if words), step.late)


def _before_a_match(mentor) -> NextStep:
	steps, hours = screening.terms_of(mentor.programme)
	facts = screening.facts_of(mentor)
	waived = _waived(screening.waived_steps(facts, steps))
	if found := screening_board_rules.open_in_order(facts, steps, hours, getdate()):
		late = mentor.stage == "Available" or any(blocker.code.endswith("_expired") for _step, blocker in found)
		place = screening_board_rules.place(facts, steps, hours, getdate())
		since = screening_board.since(mentor, place, facts, getdate()) or getdate()
		open_steps = [step for step, _blocker in found]
		told = candidate_steps.told_of(mentor, open_steps)
		late = late or any(is_late for _text, is_late in told)
		own = [text for text, _is_late in told]
		training = [training_plan.next_step_of_mentor(mentor.name)] if TRAINING in open_steps else []
		return NextStep(
			" ".join([_first_open(*found[0], since), *own, *_later_open(found[1:]), *training, *waived]), late
		)
	if mentor.stage != "Available":
		text = _("The screening is complete. Set the stage to Available.")
		return NextStep(" ".join([text, *waived]))
	taken = places.taken([mentor.name])[mentor.name]
	if taken >= mentor.capacity:
		text = _("All places are taken: {0} of {1}.").format(taken, mentor.capacity)
	elif taken:
		text = _("Ready for another match: {0} of {1} places taken.").format(taken, mentor.capacity)
	else:
		text = _("Ready to be matched.")
	text = " ".join(filter(None, (text, waiting.in_words("Mentor", mentor.name))))
	if not mentor.user:
		text += " " + _("Not invited to the portal yet.")
	return NextStep(" ".join([text, *waived]))


def _of_training_session(session) -> NextStep:
	return NextStep(*training_plan.next_step_of_session(session))


def _of_shortlist(shortlist) -> NextStep:
	return NextStep(*choice_steps.of_shortlist(shortlist))


def _of_matching_session(session) -> NextStep:
	return NextStep(*choice_steps.of_session(session))


def _of_mentee(mentee) -> NextStep:
	match = frappe.db.get_value(
		"Match",
		{"mentee": mentee.name, "stage": ("in", RUNNING)},
		["mentor_name", "matched_on", "stage"],
		as_dict=True,
	)
	if match:
		return NextStep(
			_("Matched with {0} since {1}. Stage: {2}.").format(
				match.mentor_name, _day(match.matched_on), _(match.stage)
			)
		)
	if mentee.status == "Left":
		return NextStep(_("Takes part no more."))
	missing = readiness.open_preparation_of([mentee.name])[mentee.name]
	if missing:
		# Someone called ready who can no longer be matched waits in vain until somebody looks.
		late = mentee.status == "Ready"
		words = "; ".join(readiness.sentence(blocker) for blocker in missing)
		return NextStep(_("Open before a match: {0}.").format(words), late)
	if mentee.status == "Ready":
		since = _("Ready to be matched since {0}.").format(_day(mentee.ready_on))
		return NextStep(" ".join(filter(None, (since, waiting.in_words("Mentee", mentee.name)))))
	if mentee.status == "Paused":
		return NextStep(_("Pausing. To be matched again, set the status to Ready."))
	return NextStep(_("Nothing is missing. Set the status to Ready."))


def _of_agreement(agreement) -> NextStep:
	if waits := agreements.state_in_words(agreement.status, agreement.sent_on):
		return NextStep(waits, agreement.status == agreements.SIGNED)
	if agreement.status != agreements.COUNTERSIGNED:
		return NextStep(_("Not in effect any more since {0}.").format(_day(agreement.ended_on)))
	if agreement.programme != frappe.db.get_value("Mentor", agreement.mentor, "programme"):
		return NextStep(_("In effect, but the mentor has moved to another programme: make a new agreement."), True)
	if agreement.contact_rule != frappe.db.get_value("Mentoring Programme", agreement.programme, "contact_rule"):
		return NextStep(
			_("In effect, but the programme's rule on contact with professionals has changed: make a new agreement."),
			True,
		)
	if not frappe.db.get_value("User", agreement.supervisor, "enabled"):
		return NextStep(_("In effect, but the supervisor's account is closed: make a new agreement."), True)
	return NextStep(_("In effect since {0}.").format(_day(agreement.countersigned_on)))


def _of_group(group) -> NextStep:
	return NextStep(*group_steps.next_step(group))


def _of_match(match) -> NextStep:
	if match.stage == CLOSED:
		return NextStep(_("Closed on {0}.").format(_day(match.closed_on)))
	by_stage = {
		CONTEMPLATION: _while_contemplating,
		INITIATION: _before_the_relationship,
		GROWTH: _during_the_relationship,
		CLOSURE: _during_the_closure,
	}
	parts = [_mentor_of(match), _pause(match.mentor), by_stage[match.stage](match), _check_in(match.name)]
	return NextStep(" ".join(part.text for part in parts if part.text), any(part.late for part in parts))


def _mentor_of(match) -> NextStep:
	"""Whether the mentor's record check has run out while the two are meeting."""
	blockers = screening.blockers_by_mentor([match.mentor]).get(match.mentor, ())
	if any(blocker.code == "record_check_expired" for blocker in blockers):
		return NextStep(_("The mentor's record check has run out: decide whether the two go on meeting meanwhile."), True)
	return NextStep("")


def _pause(mentor: str) -> NextStep:
	"""A pause of the mentor closes nothing: somebody finds a way with both."""
	stage, until = frappe.db.get_value("Mentor", mentor, ["stage", "paused_until"])
	if stage != "Paused":
		return NextStep("")
	if until:
		return NextStep(_("The mentor pauses until {0}: talk with both about the time until then.").format(_day(until)))
	return NextStep(_("The mentor pauses: talk with both about how to go on."))


def _while_contemplating(match) -> NextStep:
	return NextStep(_("Both are thinking it over."))


def _before_the_relationship(match) -> NextStep:
	if late := meeting_watch.late_words(match):
		return NextStep(late, True)
	open_items = sum(1 for row in match.checklist if not row.done)
	plan = first_meeting.plan_of(match)
	ahead = first_meeting.is_to_come(plan)
	if not plan.first_meeting_on or (getdate(plan.first_meeting_on) > getdate() and not plan.first_meeting_place):
		return NextStep(_("Plan the first meeting: enter its day and place."))
	day = _day(plan.first_meeting_on)
	if ahead and not first_meeting.place_suits(plan.first_meeting_place, match.programme, [match.mentee]):
		# A boundary that was entered after the plan.
		return NextStep(_("The place of the first meeting does not suit any more: plan another."), True)
	if getdate(plan.first_meeting_on) > getdate():
		words = [_("First meeting on {0}. Open on the checklist: {1}.").format(day, open_items)]
		if unbriefed := [_(who) for who, field in first_meeting.BRIEFED.items() if not match.get(field)]:
			words.append(_("Still to be told what to expect: {0}.").format(", ".join(unbriefed)))
		return NextStep(" ".join(words))
	if open_items:
		return NextStep(
			_("First meeting held on {0}? Still open on the checklist: {1}.").format(day, open_items)
		)
	return NextStep(_("The first meeting was on {0}: the relationship can start.").format(day))


def _during_the_relationship(match) -> NextStep:
	if match.planned_end and getdate(match.planned_end) < getdate():
		return NextStep(
			_("The agreed time ended on {0}: talk about going on or closing.").format(
				_day(match.planned_end)
			),
			True,
		)
	if late := meeting_watch.late_words(match):
		return NextStep(late, True)
	return NextStep(first_meeting_agreed.rhythm_in_words(match))


def _during_the_closure(match) -> NextStep:
	closure = frappe.get_doc("Closure", {"mentoring_match": match.name})
	if open_steps := [row.step for row in closure.steps if not (row.done or row.not_possible)]:
		return NextStep(_("Closing. Next: {0}. Open steps: {1}.").format(open_steps[0], len(open_steps)))
	return NextStep(_("Every step of the closure is done: the match can be closed."))


def _check_in(match: str) -> NextStep:
	due_on = frappe.db.get_value(
		"CheckIn", {"mentoring_match": match, "status": "Due"}, "due_on", order_by="due_on asc"
	)
	if not due_on:
		return NextStep("")
	if getdate(due_on) < getdate():
		return NextStep(_("A check-in is late: it was due on {0}.").format(_day(due_on)), True)
	return NextStep(_("Next check-in: {0}.").format(_day(due_on)))


def _first_open(step: str, blocker, since: date) -> str:
	"""The step that blocks now, in the programme's order, what is open in it, and since when."""
	what = screening.under_its_step(blocker)
	if blocker.code.endswith("_expired"):
		# The words name the day already.
		return _("Next: {step} – {what}.").format(step=_(step), what=what)
	return _("Next: {step} – {what}, since {day}.").format(step=_(step), what=what, day=_day(since))


def _later_open(found) -> list[str]:
	"""What else is open before a match, the steps nobody has begun named together."""
	steps = [_(step) for step, blocker in found if blocker.code in NOT_BEGUN]
	words = [screening.sentence(blocker) for _step, blocker in found if blocker.code not in NOT_BEGUN]
	if steps:
		words.append(_("steps still to do: {0}").format(", ".join(steps)))
	return [_("Also open before a match: {0}.").format("; ".join(words))] if words else []


def _waived(steps) -> list[str]:
	return [_("{0} is waived until {1}.").format(_(step), _day(until)) for step, until in steps.items()]


def _day(value) -> str:
	return formatdate(value, "d MMMM yyyy")
