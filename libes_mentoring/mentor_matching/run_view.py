"""What the page of a run shows, in words: figures, pairs, who is without, and what is different between two runs."""

import json
from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import format_datetime, getdate

from libes_mentoring.access import scopes
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import pool
from libes_mentoring.mentor_matching.engine.weights import LABELS
from libes_mentoring.mentor_matching.pool import Inputs
from libes_mentoring.mentor_matching.run_planning import ACCEPTED, PROPOSED, accepted_pairs
from libes_mentoring.mentor_matching.run_words import without_a_mentor
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING
from libes_mentoring.mentoring_relationship.waiting_rules import waiting_days

FIGURES = ("waiting", "available", "places", "possible", "planned", "total_score")
OPEN = "Open"


def programmes(user: str) -> list[dict]:
	"""See `runs.programmes`; those that are not closed first, by name."""
	programme = frappe.qb.DocType("Mentoring Programme")
	query = frappe.qb.from_(programme).select(programme.name, programme.public_name, programme.status)
	if user != "Administrator":
		query = query.where(programme.name.isin(scopes.coordinated_programmes(user)))
	rows = query.run(as_dict=True)
	waiting, latest = _waiting_counts([row.name for row in rows]), _latest_runs([row.name for row in rows])
	found = [
		{
			"name": row.name,
			"title": row.public_name or row.name,
			"closed": row.status == "Closed",
			"waiting": waiting[row.name],
			"run": latest.get(row.name),
		}
		for row in rows
	]
	return sorted(found, key=lambda row: (row["closed"], row["title"].casefold(), row["name"]))


def state(run, notes: list[str] | None = None) -> dict:
	"""Everything that the page shows of a run: for staff of the programme.

	`{"run", "programme", "title", "status", "closed" (the programme), "words" (why nothing can be decided, or ""),
	"made", "previous_run", "changed" (what it has read is different now), "figures": {…}, "notes": [str],
	"pairs": [{"mentor", "mentor_name", "mentee", "score", "choice", "state", "why_not", "match", "waiting"}],
	"unplaced": [{"mentee", "waiting", "partners", "sentence"}], "free": [{"mentor", "mentor_name", "places", "note"}],
	"vetoes": [{"mentor", "mentor_name", "mentee"}]}`; `waiting` in days, None where no day is known.
	"""
	programme = frappe.db.get_value(
		"Mentoring Programme", run.programme, ["public_name", "status"], as_dict=True
	)
	# A run that is decided says what was; only an open one is held against the data of today.
	inputs = pool.inputs_of(run.programme, accepted_pairs(run)) if run.status == OPEN else None
	mentees = [row.mentee for row in (*run.pairs, *run.unplaced)]
	names = _mentor_names([row.mentor for row in (*run.pairs, *run.choices)], inputs)
	waiting, choices = _waiting_days(mentees), {(row.mentor, row.mentee): row.choice for row in run.choices}
	return {
		"run": run.name,
		"programme": run.programme,
		"title": programme.public_name or run.programme,
		"status": run.status,
		"closed": programme.status == "Closed",
		"words": "" if run.status == OPEN else not_open(run),
		"made": _made(run),
		"previous_run": run.previous_run,
		"changed": bool(inputs) and pool.fingerprint(inputs) != run.fingerprint,
		"figures": {field: run.get(field) for field in FIGURES},
		"notes": notes or [],
		"pairs": [
			{
				"mentor": row.mentor,
				"mentor_name": names.get(row.mentor, row.mentor),
				"mentee": row.mentee,
				"score": round(row.score or 0),
				"choice": choices.get((row.mentor, row.mentee), ""),
				"state": row.state,
				"why_not": row.why_not or "",
				"match": row.mentoring_match or "",
				"waiting": waiting.get(row.mentee),
			}
			for row in run.pairs
		],
		"unplaced": _unplaced(run, inputs, waiting),
		"free": _free(run, inputs, names),
		"vetoes": [
			{"mentor": mentor, "mentor_name": names.get(mentor, mentor), "mentee": mentee}
			for (mentor, mentee), choice in choices.items()
			if choice == "Veto"
		],
	}


def compare(one, two) -> dict:
	"""Two runs side by side.

	`{"runs": [{"run", "made", "status", **figures}] (the two), "same": int, "only": [[{"mentor_name", "mentee", "score"}],
	[…]], "unplaced": [[mentee], [mentee]], "weights": [{"label", "values": [float, float], "differs"}]}`.
	"""
	runs = (one, two)
	pairs = [{(row.mentor, row.mentee): row for row in run.pairs} for run in runs]
	names = _mentor_names([mentor for found in pairs for mentor, _mentee in found], None)
	only = [
		[
			{
				"mentor_name": names.get(row.mentor, row.mentor),
				"mentee": row.mentee,
				"score": round(row.score or 0),
			}
			for pair, row in found.items()
			if pair not in other
		]
		for found, other in (pairs, pairs[::-1])
	]
	return {
		"runs": [
			{
				"run": run.name,
				"made": _made(run),
				"status": run.status,
				**{field: run.get(field) for field in FIGURES},
			}
			for run in runs
		],
		"same": len(pairs[0].keys() & pairs[1].keys()),
		"only": only,
		"unplaced": [sorted(row.mentee for row in run.unplaced) for run in runs],
		"weights": _weights(*(_stored_weights(run) for run in runs)),
	}


def not_open(run) -> str:
	"""Why nothing can be changed on a run any more."""
	if run.status == "Replaced":
		return _("A newer run has taken the place of this one. Please look at that.")
	who = frappe.db.get_value("User", run.decided_by, "full_name") or run.decided_by or ""
	return _("This run was decided on {0} by {1}.").format(
		format_datetime(run.decided_on) if run.decided_on else "–", who
	)


def _made(run) -> str:
	who = frappe.db.get_value("User", run.made_by, "full_name") or run.made_by
	return _("{0}, by {1}").format(format_datetime(run.made_on), who)


def _unplaced(run, inputs: Inputs | None, waiting: dict[str, int]) -> list[dict]:
	"""Those without anybody, the longest waiting first."""
	# What keeps a person from any match at all is said first: no mentor could change it.
	blockers = {person.id: person.blockers for person in inputs.mentees} if inputs else {}
	found = [
		{
			"mentee": row.mentee,
			"waiting": waiting.get(row.mentee),
			"partners": row.partners,
			"sentence": " ".join(
				_capital(readiness.sentence(blocker)) for blocker in blockers.get(row.mentee, ())
			)
			or without_a_mentor(row.opening, row.opening_partners, row.partners),
		}
		for row in run.unplaced
	]
	return sorted(found, key=lambda row: (-(row["waiting"] or 0), row["mentee"]))


def _capital(sentence: str) -> str:
	return f"{sentence[:1].upper()}{sentence[1:]}."


def _free(run, inputs: Inputs | None, names: dict[str, str]) -> list[dict]:
	"""Mentors who have a place left once the run is carried out."""
	if not inputs:
		return []
	planned = Counter(row.mentor for row in run.pairs if row.state in (PROPOSED, ACCEPTED))
	return [
		{
			"mentor": mentor.id,
			"mentor_name": names.get(mentor.id, mentor.id),
			"places": mentor.places_left - planned[mentor.id],
			"note": "" if mentor.languages else _("No language is recorded, so nobody can be planned."),
		}
		for mentor in inputs.able
		if mentor.places_left > planned[mentor.id]
	]


def _weights(one: dict[str, float], two: dict[str, float]) -> list[dict]:
	return [
		{
			"label": _(label),
			"values": [one.get(criterion), two.get(criterion)],
			"differs": one.get(criterion) != two.get(criterion),
		}
		for criterion, (label, _help) in LABELS.items()
		if one.get(criterion) or two.get(criterion)
	]


def _stored_weights(run) -> dict[str, float]:
	try:
		return json.loads(run.weights or "{}")
	except ValueError:
		# Of a run that was brought in from elsewhere.
		return {}


def _mentor_names(mentors: list[str], inputs: Inputs | None) -> dict[str, str]:
	wanted = {*mentors, *((mentor.id for mentor in inputs.mentors) if inputs else ())}
	# Read past permissions: the run's programme is the user's own, and so are its mentors.
	rows = frappe.get_all("Mentor", filters={"name": ("in", [*wanted, ""])}, fields=["name", "full_name"])
	return {row.name: row.full_name for row in rows}


def _waiting_days(mentees: list[str]) -> dict[str, int]:
	today = getdate()
	rows = frappe.get_all(
		"Mentee", filters={"name": ("in", [*mentees, ""])}, fields=["name", "waiting_since"]
	)
	return {row.name: waiting_days(getdate(row.waiting_since), today) for row in rows if row.waiting_since}


def _waiting_counts(names: list[str]) -> Counter:
	mentee, match = frappe.qb.DocType("Mentee"), frappe.qb.DocType("Match")
	matched = frappe.qb.from_(match).select(match.mentee).where(match.stage.isin(RUNNING))
	query = frappe.qb.from_(mentee).select(mentee.programme, Count("*")).groupby(mentee.programme)
	query = query.where(
		(mentee.status == "Ready") & mentee.programme.isin([*names, ""]) & mentee.name.notin(matched)
	)
	return Counter(dict(query.run()))


def _latest_runs(names: list[str]) -> dict[str, str]:
	rows = frappe.get_all(
		"Match Run",
		filters={"programme": ("in", [*names, ""])},
		fields=["name", "programme"],
		order_by="made_on asc, name asc",
	)
	return {row.programme: row.name for row in rows}
