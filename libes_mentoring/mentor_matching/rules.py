"""What a programme has decided about its matching, as the engine takes it; and what of that cannot be."""

import frappe
from frappe import _
from frappe.utils import cint

from libes_mentoring.mentor_matching.engine.people import Rules, key
from libes_mentoring.mentoring_programme.mentor_kinds import KIND_FIELDS

NUMBERS = ("max_distance_minutes", "minimum_commitment_months")


def rules_of(programme: str) -> Rules:
	"""The programme's mentor kinds, distances, limits and preferences. Three queries.

	All kinds where it names none; a number of zero was not said. Raises DoesNotExistError.
	"""
	row = frappe.db.get_value("Mentoring Programme", programme, [*KIND_FIELDS, *NUMBERS], as_dict=True)
	if not row:
		frappe.throw(_("This programme is not known here."), frappe.DoesNotExistError)
	row.district_distances = _rows(
		programme, "Programme District Distance", ["one_district", "other_district", "minutes"]
	)
	row.kind_preferences = _rows(
		programme, "Programme Kind Preference", ["phase", "mentor_kind", "fit_percent"]
	)
	return rules_from(row)


def rules_from(programme) -> Rules:
	"""The same of a programme as it stands in a form, or of its stored values."""
	fits = {
		(row.phase or "", row.mentor_kind): cint(row.fit_percent) / 100 for row in programme.kind_preferences
	}
	return Rules(
		kinds=frozenset(kind for field, kind in KIND_FIELDS.items() if programme.get(field)),
		kind_preference={kind: fit for (phase, kind), fit in fits.items() if not phase},
		kind_by_phase={pair: fit for pair, fit in fits.items() if pair[0]},
		distances={
			(row.one_district, row.other_district): float(row.minutes) for row in programme.district_distances
		},
		max_distance=cint(programme.max_distance_minutes) or None,
		minimum_commitment_months=cint(programme.minimum_commitment_months) or None,
	)


def check(programme) -> None:
	"""Refuses distances and preferences that contradict themselves; called when a programme is saved."""
	_check_limit(programme)
	_check_distances(programme.district_distances)
	_check_preferences(programme.kind_preferences)


def _check_limit(programme) -> None:
	if cint(programme.max_distance_minutes) < 0:
		frappe.throw(_("The farthest way cannot be less than 0 minutes."))


def _check_distances(rows: list) -> None:
	seen: dict[frozenset, object] = {}
	for row in rows:
		for field in ("one_district", "other_district"):
			row.set(field, " ".join((row.get(field) or "").split()))
		one, other = key(row.one_district), key(row.other_district)
		if not (one and other):
			frappe.throw(
				_("Distances, line {0}: please name both districts.").format(row.idx), frappe.MandatoryError
			)
		names = _("{0} and {1}").format(row.one_district, row.other_district)
		if one == other:
			frappe.throw(
				_(
					"Distances, line {0}: {1} is one and the same district; the way within it is not entered."
				).format(row.idx, row.one_district)
			)
		if cint(row.minutes) < 1:
			frappe.throw(
				_("Distances, line {0}: how many minutes is it between {1}? At least 1.").format(
					row.idx, names
				)
			)
		if before := seen.get(frozenset((one, other))):
			frappe.throw(
				_(
					"The distance between {0} is there twice: in lines {1} and {2}. One line holds for both directions."
				).format(names, before.idx, row.idx)
			)
		seen[frozenset((one, other))] = row


def _check_preferences(rows: list) -> None:
	seen: dict[tuple, object] = {}
	for row in rows:
		if not row.mentor_kind:
			frappe.throw(
				_("Kinds of mentors, line {0}: please choose the kind.").format(row.idx),
				frappe.MandatoryError,
			)
		if not 1 <= cint(row.fit_percent) <= 100:
			frappe.throw(
				_("Kinds of mentors, line {0}: how well it suits is a number from 1 to 100, not {1}.").format(
					row.idx, cint(row.fit_percent)
				)
			)
		what = (row.phase or "", row.mentor_kind)
		if before := seen.get(what):
			frappe.throw(
				_(
					"Kinds of mentors: lines {0} and {1} are about the same kind and the same beginning."
				).format(before.idx, row.idx)
			)
		seen[what] = row


def _rows(programme: str, table: str, fields: list[str]) -> list:
	# Read past permissions: whoever asks has shown a right to the programme or to one of its mentees.
	return frappe.get_all(
		table,
		filters={"parenttype": "Mentoring Programme", "parent": programme},
		fields=fields,
		order_by="idx asc",
	)
