"""How a partner organisation's mentors are doing: by name, with the alias of whom they meet, and nothing else."""

from libes_mentoring.mentoring_evaluation import partners


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows for whoever asks, within the organisations that they may see."""
	return partners.columns(), partners.rows()
