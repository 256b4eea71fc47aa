"""The table of rooms in docs/architecture.md says which room may call which: it is read here as it stands there."""

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
APP = REPOSITORY / "libes_mentoring"
# Small helpers that belong to no room.
OF_ALL = ("blocker", "failures", "days", "mail")


def rows() -> dict[str, str]:
	"""Room → what it may call, in the words of the table; those that may call everything are left out."""
	text = (REPOSITORY / "docs" / "architecture.md").read_text()
	found = {}
	for rooms, may in re.findall(r"^\| (`.+?) \| .+ \| (.+?) \|$", text, re.MULTILINE):
		if may not in ("everything", "all of the above"):
			found.update({room.rstrip("/"): may for room in re.findall(r"`([\w/]+?)/?`", rooms)})
	return {room: may for room, may in found.items() if (APP / room).is_dir()}


def calls_of(room: str) -> set[tuple[str, str]]:
	"""(room, module) of everything that a room imports from another one."""
	found = set()
	for path in (APP / room).rglob("*.py"):
		for node in ast.walk(ast.parse(path.read_text())):
			if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("libes_mentoring."):
				parts = node.module.split(".")[1:]
				found |= {(parts[0], (parts[1:] or [alias.name])[0]) for alias in node.names}
	return {call for call in found if call[0] not in (room, room.partition("/")[0], *OF_ALL)}


@pytest.mark.req("S1")
@pytest.mark.parametrize("room", sorted(rows()))
def test_a_room_calls_only_what_the_table_says(room):
	said = set(re.findall(r"\w+", rows()[room]))
	assert {
		f"{other}.{module}"
		for other, module in calls_of(room)
		# By the room's name (its last word), or by a module of it.
		if not said & {other, other.rpartition("_")[2], module}
	} == set()


def test_the_table_names_the_rooms():
	assert {"mentoring_programme", "mentor_recruitment", "mentor_support", "portal"} <= set(rows())
