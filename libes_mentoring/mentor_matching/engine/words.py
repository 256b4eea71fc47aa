"""The sentences, as plain data: code to template, to be translated first and filled in afterwards.

`STAFF` and `CHECKED` are for staff only. `MENTOR` is a table of its own: a mentor's page looks nothing up
anywhere else, so a code from the staff's side has no words there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from libes_mentoring.blocker import Blocker

from .reasons import Reason


def _(text: str) -> str:
	"""Marks a sentence for translation without translating it: the framework looks for this name."""
	return text


#: What speaks for a pair or against it. For staff.
STAFF: Mapping[str, str] = {
	"programme_differs": _("They are in different programmes, or a programme is missing."),
	"mentor_kind_not_in_programme": _("The programme does not work with this kind of mentor ({value})."),
	"mentor_blocked": _("The mentor cannot be matched yet ({blocker})."),
	"mentor_full": _("The mentor has no place left."),
	"mentee_blocked": _("The mentee cannot be matched yet ({blocker})."),
	"mentee_refuses_gender": _("The mentee refuses a mentor of this gender ({value})."),
	"mentee_refuses_gender_not_known": _("The mentee refuses a gender, and the mentor's gender is not known."),
	"mentee_refuses_co_national": _("The mentee refuses a mentor of this nationality ({value})."),
	"mentee_refuses_co_national_not_known": _(
		"The mentee refuses a co-national, and the nationality of one of them is not known."
	),
	"mentee_refuses_mentor_kind": _("The mentee refuses this kind of mentor ({value})."),
	"mentee_refuses_mentor_kind_not_known": _(
		"The mentee refuses a kind of mentor, and this mentor's kind is not known."
	),
	"mentee_refuses_organisation": _("The mentee refuses mentors from this organisation ({value})."),
	"mentee_refuses_organisation_not_known": _(
		"The mentee refuses an organisation, and the mentor's organisation is not known."
	),
	"mentee_refuses_person": _("The mentee refuses this mentor by name."),
	"mentee_refusal_unclear": _("A refusal by the mentee does not say what is refused. Please complete it."),
	"mentor_refuses_gender": _("The mentor refuses a mentee of this gender ({value})."),
	"mentor_refuses_gender_not_known": _("The mentor refuses a gender, and the mentee's gender is not known."),
	"mentor_refuses_co_national": _("The mentor refuses a mentee of this nationality ({value})."),
	"mentor_refuses_co_national_not_known": _(
		"The mentor refuses a co-national, and the nationality of one of them is not known."
	),
	"mentor_refuses_person": _("The mentor refuses this mentee by name."),
	"mentor_refusal_unclear": _("A refusal by the mentor cannot be checked. Please complete or correct it."),
	"safety_exclusion": _("A safety exclusion keeps these two apart."),
	"organisation_conflict": _("The mentor is tied to an organisation of which nobody may meet the mentee."),
	"organisation_conflict_not_known": _(
		"An organisation must be kept away from the mentee, and the mentor's organisation is not known."
	),
	"vetoed": _("The coordinator has set this pair aside."),
	"language_not_known": _("No language is recorded for one of them."),
	"no_shared_language": _("They share no language well enough to talk."),
	"no_shared_medium": _("There is no way of meeting that both can use."),
	"too_far": _("They live too far apart ({mentor_district} and {mentee_district})."),
	"needs_covered": _("The mentor can help with {values}."),
	"needs_missing": _("The mentor does not offer help with {values}."),
	"interests_shared": _("Both are interested in {values}."),
	"interests_differ": _("They have named no interest in common."),
	"language_good": _("Both speak {values} well."),
	"language_shared": _("Both speak {values}; how well is not recorded."),
	"language_basic": _("They can talk in {values}, but one of them only at a simple level."),
	"district_same": _("Both live in {value}."),
	"district_differs": _("They live in different districts ({mentor_district} and {mentee_district})."),
	"hours_enough": _("The mentor has enough time ({offered} hours a month for {wanted})."),
	"hours_short": _("The mentor has less time than the mentee would like ({offered} hours a month, not {wanted})."),
	"kind_preferred": _("The programme prefers this kind of mentor at present ({value})."),
	"kind_not_preferred": _("The programme prefers other kinds of mentor at present ({value})."),
	"mentee_wish_gender_met": _("The mentee would like a mentor of this gender ({value})."),
	"mentee_wish_gender_not_met": _("The mentee would like a mentor of another gender."),
	"mentee_wish_gender_not_known": _("The mentee has a wish about gender, and the mentor's is not known."),
	"mentee_wish_co_national_met": _("The mentee would like a mentor of this nationality ({value})."),
	"mentee_wish_co_national_not_met": _("The mentee would like a co-national."),
	"mentee_wish_co_national_not_known": _("The mentee would like a co-national, and a nationality is not known."),
	"mentee_wish_mentor_kind_met": _("The mentee would like this kind of mentor ({value})."),
	"mentee_wish_mentor_kind_not_met": _("The mentee would like another kind of mentor."),
	"mentee_wish_mentor_kind_not_known": _("The mentee would like a certain kind of mentor; this one is not known."),
	"mentee_wish_organisation_met": _("The mentee would like a mentor from this organisation ({value})."),
	"mentee_wish_organisation_not_met": _("The mentee would like a mentor from another organisation."),
	"mentee_wish_organisation_not_known": _(
		"The mentee would like a mentor from a certain organisation; this one's is not known."
	),
	"mentee_wish_person_met": _("The mentee asked for this mentor by name."),
	"mentee_wish_person_not_met": _("The mentee asked for another mentor by name."),
	"mentor_wish_gender_met": _("The mentor would like a mentee of this gender ({value})."),
	"mentor_wish_gender_not_met": _("The mentor would like a mentee of another gender."),
	"mentor_wish_gender_not_known": _("The mentor has a wish about gender, and the mentee's is not known."),
	"mentor_wish_co_national_met": _("The mentor would like a mentee of this nationality ({value})."),
	"mentor_wish_co_national_not_met": _("The mentor would like a co-national."),
	"mentor_wish_co_national_not_known": _("The mentor would like a co-national, and a nationality is not known."),
	"mentor_wish_person_met": _("The mentor asked for this mentee by name."),
	"mentor_wish_person_not_met": _("The mentor asked for another mentee by name."),
}

#: What was checked and found in order, and what is not recorded. For staff.
CHECKED: Mapping[str, str] = {
	"programme_differs": _("Both are in the same programme."),
	"mentor_kind_not_in_programme": _("The programme works with this kind of mentor."),
	"mentor_blocked": _("The mentor is cleared and available."),
	"mentor_full": _("The mentor has a place left."),
	"mentee_blocked": _("The mentee is ready, has consented and waits for a mentor."),
	"mentee_refuses_gender": _("The mentee does not refuse the mentor's gender."),
	"mentee_refuses_gender_not_known": _("No refusal by the mentee hangs on a gender that is not known."),
	"mentee_refuses_co_national": _("The mentee does not refuse the mentor's nationality."),
	"mentee_refuses_co_national_not_known": _("No refusal by the mentee hangs on a nationality that is not known."),
	"mentee_refuses_mentor_kind": _("The mentee does not refuse this kind of mentor."),
	"mentee_refuses_mentor_kind_not_known": _("No refusal by the mentee hangs on a kind of mentor not known."),
	"mentee_refuses_organisation": _("The mentee does not refuse the mentor's organisation."),
	"mentee_refuses_organisation_not_known": _("No refusal by the mentee hangs on an organisation not known."),
	"mentee_refuses_person": _("The mentee does not refuse this mentor by name."),
	"mentee_refusal_unclear": _("Every refusal by the mentee is complete."),
	"mentor_refuses_gender": _("The mentor does not refuse the mentee's gender."),
	"mentor_refuses_gender_not_known": _("No refusal by the mentor hangs on a gender that is not known."),
	"mentor_refuses_co_national": _("The mentor does not refuse the mentee's nationality."),
	"mentor_refuses_co_national_not_known": _("No refusal by the mentor hangs on a nationality that is not known."),
	"mentor_refuses_person": _("The mentor does not refuse this mentee by name."),
	"mentor_refusal_unclear": _("Every refusal by the mentor is complete."),
	"safety_exclusion": _("No safety exclusion keeps them apart."),
	"organisation_conflict": _("No organisation of the mentor's is kept away from the mentee."),
	"organisation_conflict_not_known": _("No organisation conflict hangs on an organisation that is not known."),
	"vetoed": _("Nobody has set this pair aside."),
	"language_not_known": _("Languages are recorded for both."),
	"no_shared_language": _("They have a language to talk in."),
	"no_shared_medium": _("No way of meeting is ruled out for both."),
	"too_far": _("They do not live too far apart, as far as distances are known."),
	"distance_not_checked": _("Distance was not checked: the programme keeps no distances."),
	"mentor_support_areas_not_recorded": _("Not recorded: what the mentor can help with."),
	"mentor_interests_not_recorded": _("Not recorded: the mentor's interests."),
	"mentor_media_not_recorded": _("Not recorded: how the mentor can meet. Please ask."),
	"mentor_district_not_recorded": _("Not recorded: the mentor's district."),
	"mentor_hours_not_recorded": _("Not recorded: the mentor's time."),
	"mentor_language_level_not_recorded": _("Not recorded: how well the mentor speaks {values}."),
	"mentee_support_areas_not_recorded": _("Not recorded: what the mentee would like help with."),
	"mentee_interests_not_recorded": _("Not recorded: the mentee's interests."),
	"mentee_media_not_recorded": _("Not recorded: how the mentee can meet. Please ask."),
	"mentee_district_not_recorded": _("Not recorded: the mentee's district."),
	"mentee_hours_not_recorded": _("Not recorded: how much time the mentee would like."),
	"mentee_language_level_not_recorded": _("Not recorded: how well the mentee speaks {values}."),
}

#: All that a mentor may read about a match. Nothing of a wish, a refusal, an exclusion, a need or a place.
MENTOR: Mapping[str, str] = {
	"you_share_languages": _("You both speak {values}."),
	"you_share_interests": _("You are both interested in {values}."),
	"you_share_media": _("You can both meet this way: {values}."),
}


def _as_is(text: str) -> str:
	return text


def staff_sentence(
	reason: Reason,
	translate: Callable[[str], str] = _as_is,
	blocker_words: Mapping[str, Callable[[Blocker], str]] | None = None,
) -> str:
	"""A reason in words, for staff.

	The room that finds a blocker has the words for it: `blocker_words` maps "mentor_blocked" and "mentee_blocked"
	to the functions that give them. Without one, the blocker's code is shown.
	"""
	table = CHECKED if reason.side == "checked" else STAFF
	params = dict(reason.params)
	say = (blocker_words or {}).get(reason.code)
	if say and "blocker" in params:
		params["blocker"] = say(Blocker(params["blocker"], params["details"]))
	return _fill(table[reason.code], params, translate)


def mentor_sentence(reason: Reason, translate: Callable[[str], str] = _as_is) -> str:
	"""A reason in words, for a mentor. A staff reason has none and raises KeyError."""
	return _fill(MENTOR[reason.code], reason.params, translate)


def _fill(template: str, params: Mapping[str, Any], translate: Callable[[str], str]) -> str:
	"""Translate the template, then fill in; a translation with a broken placeholder falls back to English."""
	shown = {name: _show(value, translate) for name, value in params.items()}
	try:
		return translate(template).format(**shown)
	except (KeyError, IndexError, ValueError):
		return template.format(**shown)


def _show(value: Any, translate: Callable[[str], str]) -> str:
	if isinstance(value, tuple):
		return ", ".join(translate(str(part)) for part in value)
	if isinstance(value, int | float):
		return f"{value:g}"
	return translate(str(value)) if value else "–"
