"""The step Training of the screening follows from attendance: passed with the last module, open again without it."""

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.mentor_recruitment import training_records
from libes_mentoring.mentor_recruitment.screening_rules import TRAINING
from libes_mentoring.mentor_recruitment.screening_steps import OPEN, PASSED, record_outcome
from libes_mentoring.mentor_recruitment.training_rules import Standing


def settle(
	mentors: list[str], before: dict[str, Standing] | None = None, decided_by: str | None = None
) -> None:
	"""Writes what attendance says into the step, where it says something new.

	`before` is where the mentors stood before a change of attendance. Only who was complete then and is not any
	more goes back to Open: a training that somebody passed by hand, on paper, is not taken away by a session. A
	step that a person has decided as not passed stays so.
	"""
	steps = _steps(mentors)
	for mentor, now in training_records.standings(mentors).items():
		step = steps.get(mentor)
		if step is None:
			continue
		if now.complete and step.outcome in (OPEN, PASSED):
			if (step.outcome, _day(step.done_on), _day(step.valid_until)) != (
				PASSED,
				now.done_on,
				now.valid_until,
			):
				record_outcome(
					mentor,
					TRAINING,
					PASSED,
					done_on=now.done_on,
					valid_until=now.valid_until,
					decided_by=decided_by,
					note=_("All modules before a match were attended."),
				)
		elif step.outcome == PASSED and before and before[mentor].complete and not now.complete:
			record_outcome(
				mentor, TRAINING, OPEN, note=_("The attendance was corrected: a module is missing.")
			)


def programme_changed(programme, method: str | None = None) -> None:
	"""Fewer modules asked for: who has the rest already is through at once (hook on_update)."""
	before = programme.get_doc_before_save()
	if before and _modules(before) != _modules(programme):
		settle(unfinished(programme.name))


def unfinished(programme: str | None = None) -> list[str]:
	"""Mentors with the step Training open who have attended something, of a programme or of all."""
	mentor, step = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentor Screening Step")
	attendance = frappe.qb.DocType("Training Attendance")
	query = (
		frappe.qb.from_(mentor)
		.inner_join(step)
		.on((step.parent == mentor.name) & (step.parenttype == "Mentor") & (step.step == TRAINING))
		.select(mentor.name)
		.where((step.outcome == OPEN) & (mentor.stage != "Left") & mentor.erased_on.isnull())
		.where(
			mentor.name.isin(
				frappe.qb.from_(attendance).select(attendance.mentor).where(attendance.status == "Attended")
			)
		)
		.orderby(mentor.name)
	)
	return (query.where(mentor.programme == programme) if programme else query).run(pluck=True)


def _steps(mentors: list[str]) -> dict[str, frappe._dict]:
	"""Mentor → the step Training, of those who are still with us."""
	here = frappe.get_all(
		"Mentor",
		filters={"name": ("in", mentors or [""]), "stage": ("!=", "Left"), "erased_on": ("is", "not set")},
		pluck="name",
	)
	rows = frappe.get_all(
		"Mentor Screening Step",
		filters={"parenttype": "Mentor", "parent": ("in", here or [""]), "step": TRAINING},
		fields=["parent", "outcome", "done_on", "valid_until"],
	)
	return {row.parent: row for row in rows}


def _modules(programme) -> set[str]:
	return {row.module for row in programme.training_modules}


def _day(value):
	return getdate(value) if value else None
