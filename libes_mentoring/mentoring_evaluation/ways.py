"""By which way matches came about, counted for each programme, and how many of each have ended early.

Source: handbook, "Contemplation and initiation" (ways of matching).
"""

from collections import defaultdict

import frappe
from frappe import _

from libes_mentoring.access import criteria
from libes_mentoring.access.roles import MANAGER
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING


def rows() -> list[dict]:
	"""One row for each programme and way: `programme`, `way`, `matches`, `running`, `ended_early`.

	Counts only, and one query: all programmes for a manager, a coordinator's own otherwise.
	"""
	match, closure = frappe.qb.DocType("Match"), frappe.qb.DocType("Closure")
	programme = frappe.qb.DocType("Mentoring Programme")
	query = (
		frappe.qb.from_(match)
		.inner_join(programme)
		.on(programme.name == match.programme)
		.left_join(closure)
		.on(closure.mentoring_match == match.name)
		.select(match.programme, programme.programme_name, match.way, match.stage, closure.timing)
		# One that was taken back has not been.
		.where(match.taken_back == 0)
	)
	# A manager counts every match, and opens none.
	seen = None if MANAGER in frappe.get_roles() else criteria.criterion("Match", frappe.session.user)
	counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
	for row in (query if seen is None else query.where(seen)).run(as_dict=True):
		number = counts[(row.programme_name, row.programme, row.way)]
		number["matches"] += 1
		number["running"] += row.stage in RUNNING
		number["ended_early"] += row.stage not in RUNNING and row.timing == "Premature"
	return [
		{"programme": name, "way": _(way), **{key: number[key] for key in ("matches", "running", "ended_early")}}
		for (name, _number, way), number in sorted(counts.items())
	]


def columns() -> list[dict]:
	def number(fieldname: str, label: str) -> dict:
		return {"fieldname": fieldname, "label": label, "fieldtype": "Int", "width": 140}

	return [
		{"fieldname": "programme", "label": _("Programme"), "fieldtype": "Data", "width": 240},
		{"fieldname": "way", "label": _("Way of matching"), "fieldtype": "Data", "width": 180},
		number("matches", _("Matches")),
		number("running", _("Running")),
		number("ended_early", _("Ended early")),
	]
