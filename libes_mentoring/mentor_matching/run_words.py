"""What could be talked about for somebody whom a run has left without a mentor, in a sentence for staff."""

from frappe import _


def opening_sentence(code: str | None, partners_then: int, partners: int) -> str:
	"""The sentence for a mentee without a planned mentor.

	`partners` is how many mentors would be possible now (all of them planned for others, or full), `code` the one
	constraint that would open the most, `partners_then` how many.
	"""
	if partners:
		return _("Possible mentors: {0}. Their places went to others this time.").format(partners)
	words = opening_words().get(code or "")
	if not words:
		return _("No mentor is possible at present, and no single thing that could be talked about would change that.")
	return _("No mentor is possible at present. {0} Mentors then: {1}.").format(words, partners_then)


def opening_words() -> dict[str, str]:
	"""Talkable constraint → what to talk about. Never a refusal, an exclusion or a consent."""
	return {
		"language_not_known": _("It would help to record which languages they speak."),
		"mentee_refuses_gender_not_known": _("It would help to record the gender of mentors."),
		"mentee_refuses_co_national_not_known": _("It would help to record nationalities."),
		"mentee_refuses_mentor_kind_not_known": _("It would help to record what kind of mentor somebody is."),
		"mentee_refuses_organisation_not_known": _("It would help to record which organisation mentors come from."),
		"organisation_conflict_not_known": _("It would help to record which organisation mentors come from."),
		"mentor_refuses_gender_not_known": _("It would help to record the mentee's gender."),
		"mentor_refuses_co_national_not_known": _("It would help to record nationalities."),
		"mentor_refusal_unclear": _("It would help if mentors completed what they have said about whom they can accompany."),
		"no_shared_medium": _("It would help to talk about ways of meeting."),
		"too_far": _("It would help to talk about the way between them."),
		"mentor_full": _("It would help if a mentor could take on one more."),
		"mentor_kind_not_in_programme": _("It would help if the programme worked with other kinds of mentor too."),
		"no_shared_language": _("It would help to find a mentor who speaks the language, or somebody who interprets."),
		"mentor_refuses_gender": _("It would help to talk with mentors about whom they can accompany."),
		"mentor_refuses_co_national": _("It would help to talk with mentors about whom they can accompany."),
	}
