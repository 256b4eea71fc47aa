"""Applicants → available → matched → still there, by recruitment channel; the cohort is defined in `channels`."""

from libes_mentoring.mentoring_evaluation import channels


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str, dict | None]:
	"""Columns, rows, the definitions in words and a chart, within the programmes that the user may see."""
	found = channels.rows(filters)
	return channels.columns(), found, channels.explanation(), channels.chart(found)
