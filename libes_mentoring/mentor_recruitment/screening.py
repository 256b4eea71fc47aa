"""The screening rules, asked about mentors of the site."""

from collections import defaultdict
from dataclasses import replace
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
	step_blockers,
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

# What other rooms have to say about a mentor. By path, since those rooms call this one.
# A function of `names: list[str]` that gives `{name: [Blocker]}`, with a constant number of queries; names without
# any may be left out. A blocker's `params["step"]` puts it under that step on the board, else under the agreement.
EXTRA_BLOCKERS: tuple[str, ...] = (
	"libes_mentoring.mentor_recruitment.acknowledgements.blockers",
	"libes_mentoring.mentor_recruitment.refusals.blockers",
)
# A function without arguments that gives `{code: translated sentence with its params as placeholders}`.
EXTRA_SENTENCES: tuple[str, ...] = (
	"libes_mentoring.mentor_recruitment.acknowledgements.sentences",
	"libes_mentoring.mentor_recruitment.refusals.sentences",
)


def blockers_of(mentor) -> list[Blocker]:
	"""What stands between this mentor (a document, saved or not) and a match."""
	return matching_blockers(facts_of(mentor), *terms_of(mentor.programme), getdate())


def open_screening_of(mentor) -> list[Blocker]:
	"""What is missing for this mentor (a document, saved or not) to become available."""
	return screening_blockers(facts_of(mentor), *terms_of(mentor.programme), getdate())


def facts_of(mentor) -> MentorFacts:
	"""What the rules need to know of a mentor (a document, saved or not)."""
	stored = [mentor.name] if mentor.name else []
	return _facts(mentor, mentor.screening_steps, extra_blockers(stored), waivers_of(stored))


def blockers_by_mentor(mentors: list[str]) -> dict[str, list[Blocker]]:
	"""The blockers of many mentors with a constant number of queries; every name given has an entry."""
	rows, facts = facts_by_mentor(mentors)
	terms = {programme: terms_of(programme) for programme in {row.programme for row in rows.values()}}
	today = getdate()
	return {name: matching_blockers(facts[name], *terms[row.programme], today) for name, row in rows.items()}


def facts_by_mentor(mentors: list[str]) -> tuple[dict[str, frappe._dict], dict[str, MentorFacts]]:
	"""`FACT_FIELDS` and what the rules need to know, of many mentors by name, with a constant number of queries."""
	if not mentors:
		return {}, {}
	rows = frappe.get_all("Mentor", filters={"name": ("in", mentors)}, fields=list(FACT_FIELDS))
	steps = defaultdict(list)
	for row in frappe.get_all(
		"Mentor Screening Step",
		filters={"parenttype": "Mentor", "parent": ("in", mentors)},
		fields=["parent", "step", "outcome", "done_on", "valid_until"],
	):
		steps[row.parent].append(row)
	extra, waivers = extra_blockers(mentors), waivers_of(mentors)
	facts = {row.name: _facts(row, steps[row.name], extra, waivers) for row in rows}
	return {row.name: row for row in rows}, facts


def waivers_of(mentors: list[str]) -> dict[str, dict[str, date]]:
	"""Mentor → step → the last day of the waivers that were granted and not revoked, run out or not."""
	found = defaultdict(dict)
	if not mentors:
		return found
	# Later ones last, so that of two for the same step the longer one counts.
	for row in frappe.get_all(
		"Screening Waiver",
		filters={"mentor": ("in", mentors), "status": "Granted"},
		fields=["mentor", "step", "valid_until"],
		order_by="valid_until asc",
	):
		found[row.mentor][row.step] = getdate(row.valid_until)
	return found


def waived_steps(facts: MentorFacts, required: tuple[str, ...]) -> dict[str, date]:
	"""Step → until when a waiver stands in for it, of the steps that would be open today without one."""
	today, without = getdate(), replace(facts, waivers={})
	return {
		step: until
		for step, until in facts.waivers.items()
		if step in required
		and until >= today
		and len(step_blockers(without, step, today)) > len(step_blockers(facts, step, today))
	}


def waiver_sentences(mentors: list[str]) -> dict[str, list[str]]:
	"""What is waived for each mentor and until when, in a coordinator's words; names without any are left out."""
	rows, facts = facts_by_mentor([name for name in waivers_of(mentors)])
	return {
		name: [
			_("{step} is waived until {date}").format(step=_(step), date=_shown(until))
			for step, until in waived_steps(facts[name], terms_of(row.programme)[0]).items()
		]
		for name, row in rows.items()
	}


def extra_blockers(mentors: list[str]) -> dict[str, list[Blocker]]:
	"""What the rooms listed in `EXTRA_BLOCKERS` have found, by mentor."""
	found = defaultdict(list)
	for path in EXTRA_BLOCKERS if mentors else ():
		for name, blockers in frappe.get_attr(path)(mentors).items():
			found[name].extend(blockers)
	return found


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
		"record_check_not_accepted": _("the record check was not accepted"),
		"record_check_no_expiry": _("the record check has no date by which to renew it"),
		"record_check_expired": _("the record check expired on {date}"),
		"step_missing": _("this step is open: {step}"),
		"step_not_passed": _("this step was not passed: {step}"),
		"step_expired": _("this step expired on {date}: {step}"),
		"to_be_made_available": _("everything is done: the mentor can be made available"),
		"not_available": _("the mentor's stage is {stage}"),
	}
	for path in EXTRA_SENTENCES:
		texts.update(frappe.get_attr(path)())
	return texts[blocker.code].format(**params)


def under_its_step(blocker: Blocker) -> str:
	"""The blocker in a few words, where the step that it belongs to is named beside it."""
	params = {key: _shown(value) for key, value in blocker.params.items()}
	texts = {
		"step_missing": _("not done yet"),
		"step_not_passed": _("not passed"),
		"step_expired": _("expired on {date}"),
		"record_check_missing": _("not seen yet"),
		"record_check_open": _("to be decided on"),
		"record_check_not_accepted": _("not accepted"),
		"record_check_expired": _("expired on {date}"),
	}
	return texts[blocker.code].format(**params) if blocker.code in texts else sentence(blocker)


def refusal(blockers: list[Blocker]) -> str:
	"""One sentence that says why a mentor cannot be matched."""
	return _("This mentor cannot be matched: {0}.").format("; ".join(sentence(b) for b in blockers))


def _shown(value: object) -> str:
	if isinstance(value, date):
		return formatdate(value, "d MMMM yyyy")
	if isinstance(value, float):
		return f"{value:g}"
	return _(str(value))


def terms_of(programme: str) -> tuple[tuple[str, ...], float]:
	"""The programme's screening steps and its least hours a month."""
	steps = frappe.get_all(
		"Mentoring Programme Step",
		filters={"parenttype": "Mentoring Programme", "parent": programme},
		pluck="step",
		order_by="idx asc",
	)
	hours = frappe.db.get_value("Mentoring Programme", programme, "hours_per_month") or 0
	return tuple(steps) or STEPS, hours


def _facts(row, steps, extra: dict, waivers: dict) -> MentorFacts:
	return MentorFacts(
		stage=row.stage,
		birth_date=getdate(row.birth_date) if row.birth_date else None,
		# An empty number field reads as zero: nothing was said, so nothing is held against the person.
		hours_per_month=row.hours_per_month or None,
		record_check_outcome=row.record_check_outcome,
		record_check_renew_by=getdate(row.record_check_renew_by) if row.record_check_renew_by else None,
		extra=tuple(extra.get(row.name, ())),
		waivers=waivers.get(row.name, {}),
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
