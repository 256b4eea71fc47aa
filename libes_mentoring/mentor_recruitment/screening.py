"""The screening rules, asked about mentors of the site."""

from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentor_recruitment.screening_rules import (
	STEPS,
	MentorFacts,
	Step,
	matching_blockers,
	screening_blockers,
)

FACT_FIELDS = (
	"name",
	"programme",
	"stage",
	"birth_date",
	"hours_per_month",
	"record_check_outcome",
	"record_check_renew_by",
	"turned_down_on",
)


def blockers_of(mentor) -> list[Blocker]:
	"""What stands between this mentor (a document, saved or not) and a match."""
	return matching_blockers(_facts(mentor, mentor.screening_steps), *_terms(mentor.programme), getdate())


def open_screening_of(mentor) -> list[Blocker]:
	"""What is missing for this mentor (a document, saved or not) to become available."""
	return screening_blockers(_facts(mentor, mentor.screening_steps), *_terms(mentor.programme), getdate())


def blockers_by_mentor(mentors: list[str]) -> dict[str, list[Blocker]]:
	"""The blockers of many mentors with a constant number of queries; every name given has an entry."""
	if not mentors:
		return {}
	rows = frappe.get_all("Mentor", filters={"name": ("in", mentors)}, fields=list(FACT_FIELDS))
	steps = defaultdict(list)
	for row in frappe.get_all(
		"Mentor Screening Step",
		filters={"parenttype": "Mentor", "parent": ("in", mentors)},
		fields=["parent", "step", "outcome", "done_on", "valid_until"],
	):
		steps[row.parent].append(row)
	terms = {programme: _terms(programme) for programme in {row.programme for row in rows}}
	today = getdate()
	return {
		row.name: matching_blockers(_facts(row, steps[row.name]), *terms[row.programme], today) for row in rows
	}


def move_ready_mentors(mentors: list[str]) -> list[str]:
	"""Makes those available whose screening is complete, and gives their names. Safe to run again."""
	moved = []
	for name in mentors:
		mentor = frappe.get_doc("Mentor", name)
		if mentor.stage in ("Applied", "Screening") and not open_screening_of(mentor):
			mentor.stage = "Available"
			# Called after an import by whoever may import; the screening rules have decided.
			mentor.save(ignore_permissions=True)
			moved.append(name)
	return moved


def sentence(blocker: Blocker) -> str:
	"""The blocker in a coordinator's words."""
	params = {key: _shown(value) for key, value in blocker.params.items()}
	texts = {
		"excluded": _("the application was turned down"),
		"no_birth_date": _("the date of birth is missing"),
		"minor": _("mentors must be 18 or older"),
		"too_little_time": _("{hours} hours a month is less than the {minimum} the programme needs"),
		"record_check_missing": _("the record check has not been seen"),
		"record_check_open": _("the record check has not been decided on"),
		"record_check_no_expiry": _("the record check has no date by which to renew it"),
		"record_check_expired": _("the record check expired on {date}"),
		"step_missing": _("this step is open: {step}"),
		"step_not_passed": _("this step was not passed: {step}"),
		"step_expired": _("this step expired on {date}: {step}"),
		"not_available": _("the mentor's stage is {stage}"),
	}
	return texts[blocker.code].format(**params)


def refusal(blockers: list[Blocker]) -> str:
	"""One sentence that says why a mentor cannot be matched."""
	return _("This mentor cannot be matched: {0}.").format("; ".join(sentence(b) for b in blockers))


def _shown(value: object) -> str:
	if isinstance(value, date):
		return formatdate(value, "d MMMM yyyy")
	if isinstance(value, float):
		return f"{value:g}"
	return _(str(value))


def steps_of(programme: str) -> tuple[str, ...]:
	"""The programme's screening steps in their order."""
	return _terms(programme)[0]


def _terms(programme: str) -> tuple[tuple[str, ...], float]:
	"""The programme's screening steps and its least hours a month."""
	steps = frappe.get_all(
		"Mentoring Programme Step",
		filters={"parenttype": "Mentoring Programme", "parent": programme},
		pluck="step",
		order_by="idx asc",
	)
	hours = frappe.db.get_value("Mentoring Programme", programme, "hours_per_month") or 0
	return tuple(steps) or STEPS, hours


def _facts(row, steps) -> MentorFacts:
	return MentorFacts(
		stage=row.stage,
		birth_date=getdate(row.birth_date) if row.birth_date else None,
		# An empty number field reads as zero: nothing was said, so nothing is held against the person.
		hours_per_month=row.hours_per_month or None,
		record_check_outcome=row.record_check_outcome,
		record_check_renew_by=getdate(row.record_check_renew_by) if row.record_check_renew_by else None,
		excluded=bool(row.turned_down_on),
		steps={
			step.step: Step(
				step.outcome or "Open",
				getdate(step.done_on) if step.done_on else None,
				getdate(step.valid_until) if step.valid_until else None,
			)
			for step in steps
		},
	)
