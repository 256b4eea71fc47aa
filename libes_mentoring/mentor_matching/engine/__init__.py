"""The matching engine: people and rules in; possible pairs, scores and reasons out. Knows nothing of Frappe.

Everything in a `Suggestion` is for staff. For a mentor there are `for_mentor` and `mentor_sentence`, which are
built from other sources and cannot reach a mentee's refusals.

`plan` is imported from its own module: it brings the solver with it, which a page of suggestions has no need of.
"""

from libes_mentoring.blocker import Blocker

from .opening_up import Opening
from .people import IN_HOUSE, MEDIA, MENTOR_KINDS, MenteeProfile, MentorProfile, Rules, Wish
from .preferences import settle
from .rank import Suggestion, explain_pair, suggest, suggest_mentees
from .reasons import Reason, for_mentor
from .refusals import LockRefused, Refused, refusal_sentence
from .weights import DEFAULT_WEIGHTS
from .words import mentor_sentence, opening_sentence, staff_sentence

__all__ = [
	"DEFAULT_WEIGHTS",
	"IN_HOUSE",
	"MEDIA",
	"MENTOR_KINDS",
	"Blocker",
	"LockRefused",
	"MenteeProfile",
	"MentorProfile",
	"Opening",
	"Reason",
	"Refused",
	"Rules",
	"Suggestion",
	"Wish",
	"explain_pair",
	"for_mentor",
	"mentor_sentence",
	"opening_sentence",
	"refusal_sentence",
	"settle",
	"staff_sentence",
	"suggest",
	"suggest_mentees",
]
