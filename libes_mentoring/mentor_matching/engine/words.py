"""The sentences, as plain data: code to template, to be translated first and filled in afterwards.

`STAFF` and `CHECKED` are for staff only. `MENTOR` is a table of its own: a mentor's page looks nothing up
anywhere else, so a code from the staff's side has no words there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from libes_mentoring.blocker import Blocker

from .opening_up import Opening
from .reasons import Reason
from .refusals import _

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
	"mentee_refuses_organisation": _("The mentee refuses mentors from this organisation ({values})."),
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
	"organisation_conflict": _("The mentor has ties to an organisation that the mentee must not meet ({values})."),
	"organisation_conflict_not_known": _(
		"There are organisations that the mentee must not meet, and the mentor's organisation is not known."
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
	"at_home_together": _("Both are at home in {values}."),
	"not_at_home_together": _("There is no language in which both are at home."),
	"district_same": _("Both live in {value}."),
	"district_differs": _("They live in different districts ({mentor_district} and {mentee_district})."),
	"way_short": _("The way between them is short ({apart} minutes)."),
	"way_long": _("The way between them is rather long ({apart} minutes)."),
	"hours_enough": _("The mentor has enough time ({offered} hours a month for {wanted})."),
	"hours_short": _("The mentor has less time than the mentee would like ({offered} hours a month, not {wanted})."),
	"times_shared": _("Both have time on {times}."),
	"times_differ": _("They have named no time of the week in common."),
	"good_times_met": _("The mentor has time when the mentee likes to meet ({value})."),
	"good_times_not_met": _("The mentor has no time when the mentee likes to meet ({value})."),
	"rhythm_near": _("They would like to meet about as often ({offered} times a month for {wanted})."),
	"rhythm_differs": _("They would like to meet at a different rhythm ({offered} times a month, not {wanted})."),
	"ways_shared": _("The mentor can meet the way the mentee would like ({values})."),
	"ways_missing": _("The mentor does not offer every way of meeting that the mentee would like ({values})."),
	"channels_shared": _("Both keep in touch this way: {values}."),
	"channels_missing": _("The mentor does not use every channel of the mentee's ({values})."),
	"talks_alike": _("Both like talks of the same length."),
	"talks_differ": _("One likes short talks, the other long ones."),
	"technology_fits": _("They can meet in a way that suits the mentee's ease with technology."),
	"technology_hard": _("Meeting this mentor needs technology with which the mentee is not quite at ease."),
	"stays_long": _("The mentor can stay long enough ({months} months; the programme asks for {minimum})."),
	"stays_short": _("The mentor can stay {months} months; the programme asks for {minimum}."),
	"accompanies_nobody": _("The mentor accompanies nobody else at present."),
	"accompanies_others": _("The mentor accompanies others at present ({running})."),
	"experienced": _("The mentor has accompanied somebody before."),
	"first_time": _("The mentor would accompany somebody for the first time."),
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
	"organisation_conflict": _("The mentor has no known ties to an organisation that the mentee must not meet."),
	"organisation_conflict_not_known": _("No conflict with an organisation hangs on one that is not known."),
	"vetoed": _("The coordinator has not set this pair aside."),
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
	"mentor_slots_not_recorded": _("Not recorded: the times of the week when the mentor is free."),
	"mentor_channels_not_recorded": _("Not recorded: how the mentor keeps in touch."),
	"mentor_meetings_not_recorded": _("Not recorded: how often the mentor would like to meet."),
	"mentor_talk_length_not_recorded": _("Not recorded: whether the mentor likes short or long talks."),
	"mentor_commitment_not_recorded": _("Not recorded: how long the mentor can stay."),
	"mentor_language_level_not_recorded": _("Not recorded: how well the mentor speaks {values}."),
	"mentee_support_areas_not_recorded": _("Not recorded: what the mentee would like help with."),
	"mentee_interests_not_recorded": _("Not recorded: the mentee's interests."),
	"mentee_media_not_recorded": _("Not recorded: how the mentee can meet. Please ask."),
	"mentee_district_not_recorded": _("Not recorded: the mentee's district."),
	"mentee_hours_not_recorded": _("Not recorded: how much time the mentee would like."),
	"mentee_slots_not_recorded": _("Not recorded: the times of the week when the mentee is free."),
	"mentee_channels_not_recorded": _("Not recorded: how the mentee keeps in touch."),
	"mentee_meetings_not_recorded": _("Not recorded: how often the mentee would like to meet."),
	"mentee_talk_length_not_recorded": _("Not recorded: whether the mentee likes short or long talks."),
	"mentee_good_times_not_recorded": _("Not recorded: at what times the mentee likes to meet."),
	"mentee_technology_ease_not_recorded": _("Not recorded: how much at ease the mentee is with technology."),
	"mentee_phase_not_recorded": _("Not recorded: what comes first for the mentee now."),
	"mentee_language_level_not_recorded": _("Not recorded: how well the mentee speaks {values}."),
}

#: What could be talked about, so that somebody with nobody in reach gets a choice. For staff. The number stands last,
#: so that the sentence is right for any number and in any language. None speaks of a refusal of the mentee's.
OPENINGS: Mapping[str, str] = {
	"language_not_known": _("Languages are not recorded. Mentors in reach if they turn out to fit: {partners}"),
	"mentee_refuses_gender_not_known": _(
		"The gender of some mentors is not recorded. Mentors in reach if they are asked: {partners}"
	),
	"mentee_refuses_co_national_not_known": _(
		"A nationality is not recorded. Mentors in reach if it is asked for: {partners}"
	),
	"mentee_refuses_mentor_kind_not_known": _(
		"The kind of some mentors is not recorded. Mentors in reach if they are asked: {partners}"
	),
	"mentee_refuses_organisation_not_known": _(
		"The organisation of some mentors is not recorded. Mentors in reach if they are asked: {partners}"
	),
	"organisation_conflict_not_known": _(
		"The organisation of some mentors is not recorded. Mentors in reach if they are asked: {partners}"
	),
	"mentor_refuses_gender_not_known": _(
		"The mentee's gender is not recorded. Mentors in reach if it is asked for: {partners}"
	),
	"mentor_refuses_co_national_not_known": _(
		"A nationality is not recorded. Mentors in reach if it is asked for: {partners}"
	),
	"mentor_refusal_unclear": _(
		"Something that mentors have ruled out is not complete. Mentors in reach if they are asked: {partners}"
	),
	"no_shared_medium": _("Talk about ways of meeting. Mentors in reach with another way: {partners}"),
	"too_far": _("Talk about the way between them. Mentors in reach with a longer way: {partners}"),
	"mentor_full": _("Talk with mentors about a place more. Mentors in reach with one: {partners}"),
	"mentor_kind_not_in_programme": _(
		"Talk about the kinds of mentor in the programme. Mentors in reach with another kind: {partners}"
	),
	"no_shared_language": _("Talk about languages, or an interpreter. Mentors in reach then: {partners}"),
	"mentor_refuses_gender": _(
		"Talk with mentors about whom they would accompany (gender). Mentors in reach then: {partners}"
	),
	"mentor_refuses_co_national": _(
		"Talk with mentors about whom they would accompany (nationality). Mentors in reach then: {partners}"
	),
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


def opening_sentence(opening: Opening, translate: Callable[[str], str] = _as_is) -> str:
	"""What could be talked about for a mentee whom a plan leaves without a mentor, for staff."""
	return _fill(OPENINGS[opening.code], {"partners": opening.partners}, translate)


def mentor_sentence(reason: Reason, translate: Callable[[str], str] = _as_is) -> str:
	"""A reason in words, for a mentor. A staff reason has none and raises KeyError."""
	return _fill(MENTOR[reason.code], reason.params, translate)


def _fill(template: str, params: Mapping[str, Any], translate: Callable[[str], str]) -> str:
	"""Translate the template, then fill in; a translation with a broken placeholder falls back to English."""
	shown = {name: _show(value, by_word(translate) if name == "times" else translate) for name, value in params.items()}
	try:
		return translate(template).format(**shown)
	except (KeyError, IndexError, ValueError):
		return template.format(**shown)


def by_word(translate: Callable[[str], str]) -> Callable[[str], str]:
	"""How a time of the week is said: it is made of two words ("Monday Morning"), each with a translation of its own."""
	return lambda text: " ".join(translate(word) for word in text.split())


def _show(value: Any, translate: Callable[[str], str]) -> str:
	if isinstance(value, tuple):
		return ", ".join(translate(str(part)) for part in value)
	if isinstance(value, int | float):
		return f"{value:g}"
	return translate(str(value)) if value else "–"
