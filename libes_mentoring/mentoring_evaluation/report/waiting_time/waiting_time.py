"""How long mentees and mentors wait for a match; what counts as waiting is defined in `waiting_figures`."""

from libes_mentoring.mentoring_evaluation import waiting_figures


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str]:
	"""Columns, rows and the definitions in words, within the programmes that the user may see."""
	by_gender = bool((filters or {}).get("by_gender"))
	return waiting_figures.columns(by_gender), waiting_figures.rows(filters), waiting_figures.explanation()
