"""Which distances a programme still has to enter: pairs of districts in use of which none is known."""

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from libes_mentoring.access.criteria import may_add
from libes_mentoring.mentor_matching import rules
from libes_mentoring.mentor_matching.engine.people import key

SHOWN = 20


@frappe.whitelist(methods=["GET", "POST"])
def missing(programme: str) -> dict:
	"""Districts of mentors and of mentees who take part, between which no distance is entered.

	Returns `{"pairs": [{"one_district", "other_district"}], "more": int, "without_district": int (people)}`, those
	that concern most people first, twenty at the most. For who coordinates the programme: districts of mentees are
	nobody else's to list. Raises PermissionError for anybody else, in the same words where it does not exist.
	"""
	_check_coordinates(programme)
	mentors, mentees = _districts("Mentor", "stage", programme), _districts("Mentee", "status", programme)
	known = {frozenset(map(key, pair)) for pair in rules.rules_of(programme).distances}
	found: Counter[tuple[str, str]] = Counter()
	for one, here in mentors.items():
		for other, there in mentees.items():
			if one and other and one != other and frozenset((one, other)) not in known:
				found[tuple(sorted((one, other)))] += here[1] * there[1]
	written = {place: words for side in (mentees, mentors) for place, (words, _number) in side.items()}
	ranked = sorted(found, key=lambda pair: (-found[pair], pair))
	return {
		"pairs": [
			{"one_district": written[one], "other_district": written[other]} for one, other in ranked[:SHOWN]
		],
		"more": max(len(ranked) - SHOWN, 0),
		"without_district": sum(side[None][1] for side in (mentors, mentees) if None in side),
	}


def _districts(doctype: str, state: str, programme: str) -> dict[str | None, tuple[str, int]]:
	"""District as the engine compares it → how it is written, and how many people; None: not recorded."""
	person = frappe.qb.DocType(doctype)
	rows = (
		frappe.qb.from_(person)
		.select(person.district, Count(person.name))
		.where((person.programme == programme) & (person[state] != "Left"))
		.groupby(person.district)
		.orderby(person.district)
		.run()
	)
	found: dict[str | None, tuple[str, int]] = {}
	for district, number in rows:
		place = key(district)
		words, before = found.get(place, (" ".join((district or "").split()), 0))
		found[place] = (words, before + number)
	return found


def _check_coordinates(programme: str) -> None:
	user = frappe.session.user
	exists = frappe.db.exists("Mentoring Programme", programme)
	if not (
		exists
		and frappe.has_permission("Mentee", "write")
		and may_add("Mentor", {"programme": programme}, user)
	):
		frappe.throw(_("This programme is not among those that you coordinate."), frappe.PermissionError)
