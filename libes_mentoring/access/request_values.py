"""What a request says, as plain values, however it is written."""

import json
from collections.abc import Iterator

# Deep enough for a record with its rows inside a list of records.
DEPTH = 5


def parsed(value: object) -> object:
	"""A list or dict that came as JSON; anything else as it is."""
	if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
		try:
			return json.loads(value)
		except ValueError:
			return value
	return value


def texts(value: object, depth: int = DEPTH) -> Iterator[str]:
	"""Every text in a value: itself, in lists, and the values of dicts."""
	value = parsed(value)
	if isinstance(value, str):
		yield value
	elif depth and isinstance(value, list | tuple):
		for item in value:
			yield from texts(item, depth - 1)
	elif depth and isinstance(value, dict):
		for item in value.values():
			yield from texts(item, depth - 1)
