"""For somebody with nobody in reach: the one thing that, if it could be talked about, would open most partners. Pure.

Only what the programme, a mentor or the file could change is looked at. What a mentee refuses, what keeps somebody
safe, a consent, a veto and what screening or readiness says are never up for discussion, and are not in the list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import constraints
from .encode import Pool
from .people import Rules

#: What may be talked about. Where two would open equally many partners, the earlier one is named.
#: A mentor's refusal of one person by name is left out: to talk about it would tell the mentor who is waiting.
TALKABLE = (
	"language_not_known",
	"mentee_refuses_gender_not_known",
	"mentee_refuses_co_national_not_known",
	"mentee_refuses_mentor_kind_not_known",
	"mentee_refuses_organisation_not_known",
	"organisation_conflict_not_known",
	"mentor_refuses_gender_not_known",
	"mentor_refuses_co_national_not_known",
	"mentor_refusal_unclear",
	"no_shared_medium",
	"too_far",
	"mentor_full",
	"mentor_kind_not_in_programme",
	"no_shared_language",
	"mentor_refuses_gender",
	"mentor_refuses_co_national",
)


@dataclass(frozen=True)
class Opening:
	"""For staff only. `code` is one of TALKABLE, `partners` how many more mentors would be possible without it."""

	code: str
	partners: int


def openings(pool: Pool, rules: Rules | None = None) -> list[Opening | None]:
	"""For each mentee of the pool the constraint whose removal alone would open most mentors; None where none would."""
	count = np.zeros((len(TALKABLE), len(pool.mentees)), dtype=np.int64)
	for _rows, block in pool.blocks():
		broken = np.zeros(block.shape, dtype=np.uint8)
		for _code, matrix in constraints.each(block, rules):
			broken += matrix
		alone = broken == 1
		for code, matrix in constraints.each(block, rules):
			if code in TALKABLE:
				count[TALKABLE.index(code)] += (matrix & alone).sum(axis=0)
	# The first of the greatest: argmax takes the earliest.
	best = count.argmax(axis=0)
	return [
		Opening(TALKABLE[code], int(count[code, column])) if count[code, column] else None
		for column, code in enumerate(best.tolist())
	]
