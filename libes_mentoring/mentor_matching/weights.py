"""What counts when people of a programme are matched: its weights, kept, checked and shown as shares of 100 points."""

import frappe
from frappe import _
from frappe.utils import cint

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.mentor_matching import rules
from libes_mentoring.mentor_matching.engine.people import Rules
from libes_mentoring.mentor_matching.engine.refusals import Refused, refusal_sentence
from libes_mentoring.mentor_matching.engine.weights import CRITERIA, DEFAULT_WEIGHTS, LABELS, PRESETS, shares

# Criteria that rest while the programme keeps no data for them, and the field that holds it.
FED_BY = {
	"distance": "district_distances",
	"mentor_kind": "kind_preferences",
	"commitment": "minimum_commitment_months",
}


def weights_of(programme: str) -> dict[str, float]:
	"""The weight of every criterion, 0 to 100. The usual mixture where the programme has chosen none. One query."""
	# Read past permissions: whoever asks has shown a right to the programme or to one of its mentees.
	rows = frappe.get_all(
		"Match Criterion Weight",
		filters={"parenttype": "Mentoring Programme", "parent": programme},
		fields=["criterion", "weight"],
	)
	return _weights(rows)


def check(programme) -> None:
	"""Refuses weights that cannot be, and notes which mixture they are; called when a programme is saved."""
	if not programme.match_weights:
		programme.weights_preset = None
		return
	lines: dict[str, int] = {}
	for row in programme.match_weights:
		if not row.criterion:
			frappe.throw(
				_("Weights, line {0}: please choose what it is about.").format(row.idx), frappe.MandatoryError
			)
		if row.criterion in lines:
			frappe.throw(
				_("Weights: {0} is there twice, in lines {1} and {2}.").format(
					label(row.criterion), lines[row.criterion], row.idx
				)
			)
		lines[row.criterion] = row.idx
	given = {row.criterion: _number(row.weight) for row in programme.match_weights}
	try:
		shares(given, rules.rules_from(programme))
	except Refused as refused:
		frappe.throw(refusal_sentence(refused, _), title=_("What counts when people are matched"))
	programme.weights_preset = preset_of(_complete(given))


@frappe.whitelist(methods=["GET", "POST"])
def choices(programme: str | None = None) -> dict:
	"""All that can count, for the form of a programme (of a new one: the usual mixture).

	Returns `{"criteria": [{"criterion", "label", "help", "weight", "share", "fed_by": field or None, "rests": str}],
	"presets": [{"name", "label", "weights": {criterion: weight}}], "preset": name or None}`; shares are points of 100,
	0 for what rests now, and `rests` says what to fill in where `fed_by` is empty. Raises PermissionError for
	whoever does not read the programme, in the same words where it does not exist.
	"""
	_check_may_read(programme)
	weights = weights_of(programme) if programme else dict(DEFAULT_WEIGHTS)
	points = _shares_or_none(weights, rules.rules_of(programme) if programme else Rules())
	rests = {
		"distance": _("Rests: no distances between districts are entered below."),
		"mentor_kind": _("Rests: no kind of mentor is preferred below."),
		"commitment": _("Rests: the programme names no minimum commitment."),
	}
	return {
		"criteria": [
			{
				"criterion": name,
				"label": label(name),
				"help": _(LABELS[name][1]),
				"weight": weights[name],
				"share": round(points[name], 1),
				"fed_by": FED_BY.get(name),
				"rests": rests.get(name, ""),
			}
			for name in CRITERIA
		],
		"presets": [
			{"name": name, "label": _(name), "weights": _complete(preset)} for name, preset in PRESETS.items()
		],
		"preset": preset_of(weights),
	}


def shown(weights: dict[str, float], of_programme: Rules) -> list[dict]:
	"""What makes up a score: `[{"label", "share" (points of 100)}]`, most first, without what brings nothing."""
	points = shares(weights, of_programme)
	counting = sorted((-share, CRITERIA.index(name), name) for name, share in points.items() if share)
	return [{"label": label(name), "share": round(-share, 1)} for share, _place, name in counting]


def label(criterion: str) -> str:
	"""The criterion as people read it; one that nobody knows as it was written."""
	return _(LABELS[criterion][0]) if criterion in LABELS else criterion


def preset_of(weights: dict[str, float]) -> str | None:
	"""The preset that these weights are, or None for a mixture of one's own."""
	return next((name for name, preset in PRESETS.items() if _complete(preset) == weights), None)


def _weights(rows: list) -> dict[str, float]:
	if not rows:
		return _complete(DEFAULT_WEIGHTS)
	# A criterion that a later version no longer knows is passed over; one that is not named counts nothing.
	stored = {row.criterion: float(cint(row.weight)) for row in rows}
	return {name: stored.get(name, 0.0) for name in CRITERIA}


def _complete(preset) -> dict[str, float]:
	return {name: float(preset.get(name, 0)) for name in CRITERIA}


def _shares_or_none(weights: dict[str, float], of_programme: Rules) -> dict[str, float]:
	"""No points at all where the weights cannot be used any more: the form is where that is mended."""
	try:
		return shares(weights, of_programme)
	except Refused:
		return dict.fromkeys(CRITERIA, 0.0)


def _number(value) -> float | None:
	"""A number, or None for what is none; the framework makes nought of it only later. Left empty it is nought."""
	try:
		return float(value or 0)
	except (TypeError, ValueError):
		return None


def _check_may_read(programme: str | None) -> None:
	allowed = frappe.has_permission("Mentoring Programme", "read")
	if allowed and programme:
		allowed = row_is_visible("Mentoring Programme", programme, frappe.session.user)
	if not allowed:
		frappe.throw(_("This programme is not among those that you see."), frappe.PermissionError)
