"""The matching engine: people and rules in; possible pairs, scores and reasons out. Knows nothing of Frappe.

Everything in a `Suggestion` is for staff. For a mentor there are `for_mentor` and `mentor_sentence`, which are
built from other sources and cannot reach a mentee's refusals.
"""

from libes_mentoring.blocker import Blocker

from .people import IN_HOUSE, MEDIA, MENTOR_KINDS, MenteeProfile, MentorProfile, Rules, Wish
from .rank import Suggestion, explain_pair, suggest, suggest_mentees
from .reasons import Reason, for_mentor
from .weights import DEFAULT_WEIGHTS
from .words import mentor_sentence, staff_sentence

__all__ = [
	"DEFAULT_WEIGHTS",
	"IN_HOUSE",
	"MEDIA",
	"MENTOR_KINDS",
	"Blocker",
	"MenteeProfile",
	"MentorProfile",
	"Reason",
	"Rules",
	"Suggestion",
	"Wish",
	"explain_pair",
	"for_mentor",
	"mentor_sentence",
	"staff_sentence",
	"suggest",
	"suggest_mentees",
]
