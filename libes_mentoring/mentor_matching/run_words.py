"""What could be talked about for somebody whom a run has left without a mentor, in a sentence for staff."""

from frappe import _

from libes_mentoring.mentor_matching.engine.opening_up import TALKABLE, Opening
from libes_mentoring.mentor_matching.engine.words import opening_sentence


def without_a_mentor(code: str | None, partners_then: int, partners: int) -> str:
	"""The sentence for a mentee without a planned mentor.

	`partners` is how many mentors would be possible now (all of them planned for others), `code` the one thing that
	could be talked about and would open the most, `partners_then` how many more that would be.
	"""
	if partners:
		return _("Possible mentors: {0}. Their places went to others this time.").format(partners)
	if code not in TALKABLE:
		return _(
			"No mentor is possible at present, and no single thing that could be talked about would change that."
		)
	return " ".join(
		(_("No mentor is possible at present."), opening_sentence(Opening(code, partners_then), _))
	)
