"""Who has attended less training this year than the programme asks."""

from libes_mentoring.mentor_recruitment import training_continuing


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows for whoever asks, of the mentors that they see."""
	return training_continuing.columns(), training_continuing.rows(filters)
