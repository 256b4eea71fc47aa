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
		"mentor_full": _("It would help if a mentor took on one more."),
		"mentor_blocked": _("It would help if a mentor's screening were completed."),
		"mentor_kind_not_in_programme": _("It would help if the programme worked with other kinds of mentor too."),
		"no_shared_language": _("It would help to find an interpreter, or a mentor who speaks the language."),
		"language_not_known": _("It would help to record languages."),
		"no_shared_medium": _("It would help to talk about ways of meeting."),
		"too_far": _("It would help to talk about the distance."),
	}
