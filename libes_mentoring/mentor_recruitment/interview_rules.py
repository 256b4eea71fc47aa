"""What a complete scorecard is, and how two of them compare. Pure.

Source: handbook, "The interview" (support really given) and "Managing expectations" (goals that are too high).
"""

from collections.abc import Mapping, Sequence

SCALE = (1, 2, 3, 4)
# So far apart, the two have seen different things: they talk about it before anything is decided.
FAR_APART = 2
OUTCOMES = SUITABLE, WITH_CONDITIONS, NOT_NOW, NOT_SUITABLE = (
	"Suitable",
	"Suitable with conditions",
	"Not now",
	"Not suitable",
)
# Only these let somebody go on; the others are decisions that no waiver overturns.
GO_ON = (SUITABLE, WITH_CONDITIONS)


def mark_of(value: object) -> int | None:
	"""The mark as a number, None where there is none. Raises ValueError for what is not on the scale."""
	text = str(value if value is not None else "").strip()
	if text in ("", "0"):
		return None
	if text not in {str(mark) for mark in SCALE}:
		raise ValueError(text)
	return int(text)


def missing_in(scores: Mapping[str, int | None], recommendation: str, reasons: str) -> list[str]:
	"""What a scorecard lacks to be submitted: qualities without a mark, "recommendation", "reasons"."""
	found = [quality for quality, mark in scores.items() if mark is None]
	if recommendation not in OUTCOMES:
		found.append("recommendation")
	elif recommendation != SUITABLE and not reasons.strip():
		found.append("reasons")
	return found


def far_apart(marks: Sequence[int | None]) -> bool:
	"""Whether two marks differ by `FAR_APART` or more; marks that are not given do not count."""
	given = [mark for mark in marks if mark is not None]
	return bool(given) and max(given) - min(given) >= FAR_APART


def compared(qualities: Sequence[str], cards: Sequence[Mapping[str, int | None]]) -> list[dict]:
	"""`[{"quality", "marks": [int | None], "far_apart": bool}]`, in the order of the qualities, a mark for each card."""
	rows = []
	for quality in qualities:
		marks = [card.get(quality) for card in cards]
		rows.append({"quality": quality, "marks": marks, "far_apart": far_apart(marks)})
	return rows
