"""Which channels bring mentors who stay: counts by channel, of one cohort.

Source: handbook, "Recruitment tools and channels".

The cohort: everybody whose application is dated in the period (the day on which the record was made, where no day is
given), in the programmes chosen, as far as the user is entitled to them: a coordinator's own programmes, all of them
for a manager. Of this cohort
- applicants: all;
- available: who has been available for a match at some time, or has had one;
- matched: who has had at least one match;
- still there after 6 (12) months: who had a first match at least 6 (12) months ago and had not left by that day. A
  pause counts as being there. Whoever was matched more recently could not have stayed so long yet, and counts neither
  as there nor as lost: the column beside says of how many it could be said. Who left and came back counts as there.
"""

from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Coalesce, Date, Min
from frappe.utils import add_months, getdate

from libes_mentoring.access import criteria
from libes_mentoring.access.roles import MANAGER

MONTHS = (6, 12)
REACHED_AVAILABLE = ("Available", "Paused")


def rows(filters: dict | None = None) -> list[dict]:
	"""One row a channel, most applicants first: `channel`, `applicants`, `available`, `matched`, `stayed_6`,
	`could_stay_6`, `stayed_12`, `could_stay_12`.

	`filters`: `programme`, `from_date`, `to_date`, each optional. Counts only; one query, however many people.
	"""
	today, counts = getdate(), defaultdict(lambda: defaultdict(int))
	for person in _cohort(frappe._dict(filters or {})):
		_count(counts[person.channel or ""], person, today)
	made = [
		{"channel": _(channel) if channel else _("Not recorded"), **{key: number[key] for key in _keys()}}
		for channel, number in counts.items()
	]
	return sorted(made, key=lambda row: (-row["applicants"], row["channel"]))


def columns() -> list[dict]:
	found = [
		{"fieldname": "channel", "label": _("Channel"), "fieldtype": "Data", "width": 190},
		_number("applicants", _("Applicants")),
		_number("available", _("Available")),
		_number("matched", _("Matched")),
	]
	for months in MONTHS:
		found.append(_number(f"stayed_{months}", _("Still there after {0} months").format(months), 185))
		found.append(_number(f"could_stay_{months}", _("of (possible)"), 110))
	return found


def explanation() -> str:
	"""The definitions, for the page of the report."""
	return _(
		"Counted are the people who applied in the period. Still there: not left 6 or 12 months after the first match; a"
		" pause counts as being there. Who was matched more recently counts neither as there nor as lost; the column"
		" beside says of how many it could be said."
	)


def chart(found: list[dict]) -> dict | None:
	if not found:
		return None
	labels = {column["fieldname"]: column["label"] for column in columns()}
	return {
		"type": "bar",
		"data": {
			"labels": [row["channel"] for row in found],
			"datasets": [
				{"name": labels[key], "values": [row[key] for row in found]}
				for key in ("applicants", "available", "matched")
			],
		},
	}


def _cohort(filters: frappe._dict) -> list[frappe._dict]:
	mentor, match = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Match")
	begun = Coalesce(mentor.applied_on, Date(mentor.creation))
	query = (
		frappe.qb.from_(mentor)
		.left_join(match)
		.on(match.mentor == mentor.name)
		.select(mentor.recruitment_channel.as_("channel"), mentor.stage, mentor.available_on, mentor.left_on)
		.select(Min(match.matched_on).as_("first_match"))
		.groupby(mentor.name, mentor.recruitment_channel, mentor.stage, mentor.available_on, mentor.left_on)
	)
	if filters.programme:
		query = query.where(mentor.programme == filters.programme)
	if filters.from_date and filters.to_date and getdate(filters.from_date) > getdate(filters.to_date):
		frappe.throw(_("The period ends before it begins."))
	if filters.from_date:
		query = query.where(begun >= getdate(filters.from_date))
	if filters.to_date:
		query = query.where(begun <= getdate(filters.to_date))
	# Matches are joined past permissions: only how many mentors had one leaves this function.
	user = frappe.session.user
	# A manager counts everybody, and opens nobody.
	seen = None if MANAGER in frappe.get_roles(user) else criteria.criterion("Mentor", user)
	return (query if seen is None else query.where(seen)).run(as_dict=True)


def _count(number: dict[str, int], person: frappe._dict, today: date) -> None:
	number["applicants"] += 1
	matched = bool(person.first_match)
	number["available"] += matched or bool(person.available_on) or person.stage in REACHED_AVAILABLE
	number["matched"] += matched
	for months in MONTHS:
		if not matched or (then := getdate(add_months(person.first_match, months))) > today:
			continue
		number[f"could_stay_{months}"] += 1
		number[f"stayed_{months}"] += person.stage != "Left" or bool(
			person.left_on and getdate(person.left_on) >= then
		)


def _keys() -> list[str]:
	return [column["fieldname"] for column in columns() if column["fieldtype"] == "Int"]


def _number(fieldname: str, label: str, width: int = 130) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Int", "width": width}
