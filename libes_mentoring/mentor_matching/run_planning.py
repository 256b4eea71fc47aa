"""What a run proposes: the plan of the engine on the data as they stand, written into the run."""

import json
from collections.abc import Iterable

import frappe
from frappe import _

from libes_mentoring.mentor_matching import pairs, pool
from libes_mentoring.mentor_matching.engine.plan import Plan, plan
from libes_mentoring.mentor_matching.engine.refusals import LockRefused, Refused, refusal_sentence
from libes_mentoring.mentor_matching.pool import Inputs, Pair

LOCK, VETO, KEEP = CHOICES = ("Lock", "Veto", "Keep")
PROPOSED, ACCEPTED, PASSED_OVER, FAILED, UNDONE = "Proposed", "Accepted", "Passed over", "Failed", "Undone"


def compute(run, lock_now: Pair | None = None) -> list[str]:
	"""Fills an open run (stored or not, not saved here) from the data as they stand now.

	Accepted pairs stay as they are. A lock of the run that cannot be any more is taken away: whoever sets another
	choice could not mend it. Gives sentences for staff about what could not be kept. Raises ValidationError, with
	nothing changed, where nobody waits, nobody is available, or the lock that is set now (`lock_now`) cannot be.
	"""
	inputs = pool.inputs_of(run.programme)
	_check_pool(inputs, run)
	choices, dropped = _choices(run, inputs)
	planned = _plan(inputs, choices, lock_now)
	_unlock(run, planned.released)
	_write(run, inputs, planned)
	return [
		*dropped,
		*(
			_("{0} and {1} could not be kept together: something has changed.").format(
				mentee, _name_of(mentor)
			)
			for mentor, mentee in planned.released
		),
	]


def accepted_pairs(run) -> list[Pair]:
	return [(row.mentor, row.mentee) for row in run.pairs if row.state == ACCEPTED]


def check_choice(run, mentor: str, mentee: str, choice: str) -> None:
	"""Refuses a choice that contradicts another one."""
	if choice not in ("", *CHOICES):
		frappe.throw(_("Unknown choice: {0}.").format(choice))
	if (mentor, mentee) in accepted_pairs(run):
		frappe.throw(_("This pair is a match already. Take the match back first."))
	if choice != LOCK:
		return
	for row in run.choices:
		if row.choice == LOCK and row.mentee == mentee and row.mentor != mentor:
			frappe.throw(
				_("{0} is locked with {1} already. Take that lock away first.").format(
					mentee, _name_of(row.mentor)
				)
			)


def set_choice(run, mentor: str, mentee: str, choice: str) -> None:
	"""One choice for one pair; the last one counts, and an empty one takes it away."""
	rest = [row for row in run.choices if (row.mentor, row.mentee) != (mentor, mentee)]
	run.set("choices", rest)
	if choice:
		run.append("choices", {"choice": choice, "mentor": mentor, "mentee": mentee})


def refused(error: LockRefused) -> str:
	"""Why two people cannot be locked together, for staff."""
	# What the pair breaks by itself; where that is nothing, the other choices of the run stand against it.
	words = pairs.all_broken_rules(pairs.explain(error.mentee, error.mentor)) or [refusal_sentence(error, _)]
	return _("{0} and {1} cannot be locked: {2}").format(
		error.mentee, _name_of(error.mentor), " ".join(words)
	)


def _check_pool(inputs: Inputs, run) -> None:
	if not inputs.mentees and not accepted_pairs(run):
		frappe.throw(
			_("Nobody waits for a mentor in this programme at the moment."), title=_("Nobody to match")
		)
	if not inputs.mentors and not accepted_pairs(run):
		frappe.throw(
			_("The programme has no available mentor at the moment. Waiting: {0}.").format(
				len(inputs.mentees)
			),
			title=_("Nobody to match"),
		)


def _choices(run, inputs: Inputs) -> tuple[dict[str, list[Pair]], list[str]]:
	"""The run's choices by kind; those about somebody who is not in the pool any more are left out, and said."""
	here = {person.id for person in (*inputs.mentors, *inputs.mentees)}
	done = {pair[1] for pair in accepted_pairs(run)}
	found: dict[str, list[Pair]] = {choice: [] for choice in CHOICES}
	dropped, stay = [], []
	for row in run.choices:
		if row.mentor in here and row.mentee in here:
			found[row.choice].append((row.mentor, row.mentee))
		elif row.mentee not in done:
			if row.choice != VETO:
				dropped.append(
					_(
						"{0} and {1} are not held together any more: one of them no longer waits or is no longer available."
					).format(row.mentee, _name_of(row.mentor))
				)
			continue
		stay.append(row)
	run.set("choices", stay)
	return found, dropped


def _plan(inputs: Inputs, choices: dict[str, list[Pair]], lock_now: Pair | None) -> Plan:
	try:
		return plan(
			inputs.mentors,
			inputs.mentees,
			weights=inputs.weights,
			rules=inputs.rules,
			locked=[pair for pair in choices[LOCK] if pair == lock_now],
			held=[pair for pair in choices[LOCK] if pair != lock_now],
			vetoed=choices[VETO],
			kept=choices[KEEP],
			today=frappe.utils.getdate(),
		)
	except LockRefused as error:
		frappe.throw(refused(error), title=_("Not possible"))
	except Refused as error:
		frappe.throw(refusal_sentence(error, _), title=_("Not possible"))


def _unlock(run, released: Iterable[Pair]) -> None:
	gone = set(released)
	rest = [row for row in run.choices if row.choice != LOCK or (row.mentor, row.mentee) not in gone]
	run.set("choices", rest)


def _write(run, inputs: Inputs, planned: Plan) -> None:
	now_planned = {(pair.mentor, pair.mentee) for pair in planned.pairs}
	stay = [
		row
		for row in run.pairs
		if row.state == ACCEPTED or (row.state == UNDONE and (row.mentor, row.mentee) not in now_planned)
	]
	run.set("pairs", stay)
	for pair in sorted(planned.pairs, key=lambda pair: (-pair.score, pair.mentee)):
		run.append(
			"pairs",
			{
				"mentor": pair.mentor,
				"mentee": pair.mentee,
				"score": round(pair.score, 1),
				"locked": int(pair.locked),
				"kept": int(pair.kept),
				"state": PROPOSED,
			},
		)
	run.set("unplaced", [])
	for row in planned.unplaced:
		opening = row.opening
		run.append(
			"unplaced",
			{
				"mentee": row.mentee,
				"partners": row.partners,
				"opening": opening.code if opening else None,
				"opening_partners": opening.partners if opening else 0,
			},
		)
	accepted = accepted_pairs(run)
	run.update(
		{
			"waiting": len(inputs.mentees),
			"available": len(inputs.able),
			"places": inputs.places,
			"possible": planned.possible,
			"planned": len(planned.pairs),
			"total_score": round(sum(pair.score for pair in planned.pairs), 1),
			"weights": json.dumps(inputs.weights, sort_keys=True),
			# As if this run's own matches had not been made: only what others change is a change.
			"fingerprint": pool.fingerprint(pool.inputs_of(run.programme, accepted) if accepted else inputs),
		}
	)


def _name_of(mentor: str) -> str:
	return frappe.db.get_value("Mentor", mentor, "full_name") or mentor
