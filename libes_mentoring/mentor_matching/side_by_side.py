"""Two people side by side, as staff compare them: facts that matching reads, and nothing of the past."""

import frappe
from frappe import _

from libes_mentoring.mentor_matching import pairs, profiles, rules
from libes_mentoring.mentor_matching.engine.people import (
	MenteeProfile,
	MentorProfile,
	Rules,
	Wish,
	in_week_order,
	key,
)
from libes_mentoring.mentor_matching.engine.words import by_word

LEVELS = {0: "", 1: "Basic", 2: "Good", 3: "Fluent", 4: "Mother tongue"}
MATCH_WORDS = ("reasons_for", "reasons_against")


def side_by_side(run, mentor: str, mentee: str) -> dict:
	"""What `runs.explain` gives. A pair that is a match of the run says what was said on the day it was made."""
	suggestion = pairs.explain(mentee, mentor)
	found = {"mentee": mentee, **pairs.in_words(suggestion), "match": _match_of(run, mentor, mentee)}
	if found["match"]:
		kept = frappe.db.get_value("Match", found["match"], ["score", *MATCH_WORDS], as_dict=True)
		if kept:
			found["score"] = round(kept.score or 0)
			found.update({field: (kept[field] or "").splitlines() for field in MATCH_WORDS}, checked=[])
	volunteer, person = profiles.mentor_profiles([mentor])[0], profiles.mentee_profiles([mentee])[0]
	return {**found, "facts": facts(volunteer, person, rules.rules_of(person.programme))}


def facts(mentor: MentorProfile, mentee: MenteeProfile, decided: Rules) -> list[dict]:
	"""`[{"label", "mentor", "mentee", "both" (said of the two together), "fits" (None: nothing to compare)}]`."""
	rows = [
		(_("Languages"), _languages(mentor), _languages(mentee), _shares(mentor.languages, mentee.languages)),
		(_("District"), mentor.district, mentee.district, None),
		(
			_("Help wanted / offered"),
			_list(mentor.support_areas),
			_list(mentee.support_areas),
			_shares(mentor.support_areas, mentee.support_areas),
		),
		(
			_("Interests"),
			_list(mentor.interests),
			_list(mentee.interests),
			_shares(mentor.interests, mentee.interests),
		),
		(_("Ways to meet"), _list(mentor.media), _list(mentee.media), _shares(mentor.media, mentee.media)),
		(_("Times"), _slots(mentor), _slots(mentee) or _(mentee.good_times or ""), _shares(mentor.slots, mentee.slots)),
		(
			_("Hours a month"),
			_number(mentor.hours_per_month),
			_number(mentee.hours_per_month),
			_enough(mentor, mentee),
		),
		(
			_("Between meetings"),
			_list(mentor.channels),
			_list(mentee.channels),
			_shares(mentor.channels, mentee.channels),
		),
		(_("Gender"), _(mentor.gender or ""), _(mentee.gender or ""), None),
		(_("Nationality"), _(mentor.nationality or ""), _(mentee.nationality or ""), None),
		(_("What comes first / kind of mentor"), _(mentor.kind or ""), _(mentee.phase or ""), None),
		(_("Wishes"), _wishes(mentor.wishes), _wishes(mentee.wishes), None),
	]
	found = [
		{"label": label, "mentor": left or None, "mentee": right or None, "both": None, "fits": fits}
		for label, left, right, fits in rows
		if left or right
	]
	found.insert(
		2,
		{
			"label": _("Way"),
			"mentor": None,
			"mentee": None,
			"both": _way(mentor, mentee, decided),
			"fits": None,
		},
	)
	return found


def _match_of(run, mentor: str, mentee: str) -> str | None:
	return next(
		(row.mentoring_match for row in run.pairs if (row.mentor, row.mentee) == (mentor, mentee)), None
	)


def _languages(person) -> str:
	names = sorted(person.languages, key=lambda language: (-person.languages[language], language))
	return ", ".join(
		f"{_(name)} ({_(LEVELS[person.languages[name]]).lower()})" if person.languages[name] else _(name)
		for name in names
	)


def _way(mentor: MentorProfile, mentee: MenteeProfile, decided: Rules) -> str:
	"""How far the two live apart, by district and in words."""
	one, other = key(mentor.district), key(mentee.district)
	if not one or not other:
		return _("not known: a district is not recorded")
	if one == other:
		return _("the same district")
	for (left, right), minutes in decided.distances.items():
		if {key(left), key(right)} == {one, other}:
			return _("{0} minutes between the two districts").format(f"{minutes:g}")
	return _("another district; how far is not recorded")


def _slots(person: MentorProfile | MenteeProfile) -> str:
	return ", ".join(map(by_word(_), in_week_order(person.slots)))


def _wishes(wishes: tuple[Wish, ...]) -> str:
	shown = []
	for wish in wishes:
		what = _(wish.about) + (f" ({_(wish.value)})" if wish.value else "")
		shown.append(_("not: {0}").format(what) if wish.refused else _("would like: {0}").format(what))
	return "; ".join(sorted(shown))


def _list(values) -> str:
	return ", ".join(sorted(_(value) for value in values))


def _number(value: float | None) -> str:
	return "" if value is None else f"{value:g}"


def _shares(one, other) -> bool | None:
	if not one or not other:
		return None
	return bool({key(value) for value in one} & {key(value) for value in other})


def _enough(mentor: MentorProfile, mentee: MenteeProfile) -> bool | None:
	if mentor.hours_per_month is None or mentee.hours_per_month is None:
		return None
	return mentor.hours_per_month >= mentee.hours_per_month
