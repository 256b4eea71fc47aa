"""How long people wait, in figures: median and longest by programme, nobody by name.

Source: handbook, "The program itself".

Of each programme that the user is entitled to (a coordinator's own, all of them for a manager), for mentees and for
mentors: how many wait now, the median and the longest of their days; and of the matches made in the period, how many
days the two had waited. What counts as waiting is defined in `waiting`. By gender, a group of fewer than `SMALLEST`
people says nothing, and neither does another one from which it could be worked out.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.access import criteria
from libes_mentoring.access.roles import MANAGER
from libes_mentoring.mentoring_relationship.waiting_rules import summary, waiting_days

SMALLEST = 5
WHO = {"Mentee": "mentee_waited_days", "Mentor": "mentor_waited_days"}


@dataclass
class _Days:
	now: list[int] = field(default_factory=list)
	matched: list[int] = field(default_factory=list)


def rows(filters: dict | None = None) -> list[dict]:
	"""`[{"programme", "who", "gender", "waiting", "median_now", "longest_now", "matched", "median_matched"}]`.

	`filters`: `programme`, `from_date`, `to_date` (of the match), `by_gender`, each optional. Figures that are held
	back are None. A constant number of queries, however many people there are.
	"""
	filters = frappe._dict(filters or {})
	if filters.from_date and filters.to_date and getdate(filters.from_date) > getdate(filters.to_date):
		frappe.throw(_("The period ends before it begins."))
	programmes = _programmes(filters.programme)
	made = []
	for who in WHO:
		found: dict[tuple, _Days] = defaultdict(_Days)
		for programme, gender, since in _waiting(who, list(programmes)):
			found[(programme, gender)].now.append(waiting_days(getdate(since), getdate()))
		for programme, gender, days in _matched(who, list(programmes), filters):
			found[(programme, gender)].matched.append(days or 0)
		made += _by_programme(who, programmes, found, bool(filters.by_gender))
	return made


def columns(by_gender: bool = False) -> list[dict]:
	shown = [
		{"fieldname": "programme", "label": _("Programme"), "fieldtype": "Data", "width": 220},
		{"fieldname": "who", "label": _("Who"), "fieldtype": "Data", "width": 100},
	]
	if by_gender:
		shown.append({"fieldname": "gender", "label": _("Gender"), "fieldtype": "Data", "width": 110})
	return [
		*shown,
		_number("waiting", _("Waiting now")),
		_number("median_now", _("Median (days)"), "Float"),
		_number("longest_now", _("Longest (days)")),
		_number("matched", _("Matched in the period")),
		_number("median_matched", _("Median until the match (days)"), "Float"),
	]


def explanation() -> str:
	"""The definitions, for the page of the report."""
	return _(
		"Mentees wait while they are ready, with a consent that holds and no running match; mentors while they are"
		" available with a place left. Days of a pause do not count. By gender, groups of fewer than {0} people are"
		" left empty, and so is another group from which they could be worked out."
	).format(SMALLEST)


def _by_programme(
	who: str, programmes: dict[str, str], found: dict[tuple, _Days], by_gender: bool
) -> list[dict]:
	made = []
	for programme, title in programmes.items():
		genders = {gender: days for (place, gender), days in found.items() if place == programme}
		base = {"programme": title, "who": _(who)}
		if not by_gender:
			now = [day for days in genders.values() for day in days.now]
			matched = [day for days in genders.values() for day in days.matched]
			made.append({**base, **_figures(now, matched)})
			continue
		hidden_now = _held_back({gender: len(days.now) for gender, days in genders.items()})
		hidden_matched = _held_back({gender: len(days.matched) for gender, days in genders.items()})
		for gender, days in sorted(genders.items(), key=lambda row: str(row[0] or "")):
			figures = _figures(days.now, days.matched)
			for hidden, keys in (
				(hidden_now, ("waiting", "median_now", "longest_now")),
				(hidden_matched, ("matched", "median_matched")),
			):
				if gender in hidden:
					figures |= dict.fromkeys(keys)
			made.append({**base, "gender": _(gender) if gender else _("Not recorded"), **figures})
	return made


def _held_back(counts: dict[str | None, int]) -> set[str | None]:
	"""Groups that are too small to be shown and, where they are one or few, the next smallest beside them.

	The sum over all genders is shown elsewhere: as long as those held back are fewer than `SMALLEST` together, or one
	alone, what is missing could be worked out from it.
	"""
	small = {gender for gender, number in counts.items() if 0 < number < SMALLEST}
	others = sorted((number, str(gender), gender) for gender, number in counts.items() if number >= SMALLEST)
	while small and others and (len(small) == 1 or sum(counts[gender] for gender in small) < SMALLEST):
		small.add(others.pop(0)[2])
	return small


def _figures(now: list[int], matched: list[int]) -> dict:
	waiting, median_now, longest = summary(now)
	number, median_matched, _longest = summary(matched)
	return {
		"waiting": waiting,
		"median_now": median_now,
		"longest_now": longest,
		"matched": number,
		"median_matched": median_matched,
	}


def _programmes(wanted: str | None) -> dict[str, str]:
	"""number → name in the house, of the programmes whose figures the user may see."""
	programme = frappe.qb.DocType("Mentoring Programme")
	query = frappe.qb.from_(programme).select(programme.name, programme.programme_name)
	if wanted:
		query = query.where(programme.name == wanted)
	user = frappe.session.user
	seen = None if MANAGER in frappe.get_roles(user) else criteria.criterion("Mentoring Programme", user)
	return dict((query if seen is None else query.where(seen)).orderby(programme.start_date).run())


def _waiting(who: str, programmes: list[str]) -> list[tuple]:
	# Read past permissions, as below: only figures leave this module.
	person = frappe.qb.DocType(who)
	return (
		frappe.qb.from_(person)
		.select(person.programme, person.gender, person.waiting_since)
		.where(person.programme.isin(programmes or [""]) & person.waiting_since.isnotnull())
		.run()
	)


def _matched(who: str, programmes: list[str], filters: frappe._dict) -> list[tuple]:
	match, person = frappe.qb.DocType("Match"), frappe.qb.DocType(who)
	query = (
		frappe.qb.from_(match)
		.inner_join(person)
		.on(person.name == match[who.lower()])
		.select(match.programme, person.gender, match[WHO[who]])
		# Of a match that was taken back the days count on, and once.
		.where(match.programme.isin(programmes or [""]) & (match.taken_back == 0))
	)
	if who == "Mentee":
		# Handed on within a team, a mentee has waited for nobody.
		before = frappe.qb.DocType("Match").as_("before")
		query = query.left_join(before).on(before.name == match.previous_match)
		query = query.where(before.name.isnull() | (before.mentor == match.mentor))
	if filters.from_date:
		query = query.where(match.matched_on >= getdate(filters.from_date))
	if filters.to_date:
		query = query.where(match.matched_on <= getdate(filters.to_date))
	return query.run()


def _number(fieldname: str, label: str, fieldtype: str = "Int") -> dict:
	made = {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"width": 200 if len(label) > 18 else 140,
	}
	return {**made, "precision": 1} if fieldtype == "Float" else made
