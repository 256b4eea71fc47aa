"""Words that people typed, as the framework keeps them. Pure."""

import html


def as_written(stored: str | None) -> str:
	"""The words as they were typed: the framework stores a sign of markup as its name. Whoever shows them escapes them."""
	return html.unescape(stored or "")
