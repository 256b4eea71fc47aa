"""Matches by the way in which they came about, for each programme; counted in `ways`."""

from libes_mentoring.mentoring_evaluation import ways


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows, within the programmes that the user may see."""
	return ways.columns(), ways.rows()
