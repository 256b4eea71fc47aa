"""What the tests of runs over the whole pool share: one step with a run, and looking at what it answers."""

from libes_mentoring.mentor_matching import runs


def start(house) -> dict:
	return runs.start(house.programme.name)


def pairs_of(state: dict, *states: str) -> list[tuple[str, str]]:
	return [(row["mentor"], row["mentee"]) for row in state["pairs"] if not states or row["state"] in states]


def one(state: dict, mentee: str) -> dict:
	return next(row for row in state["pairs"] if row["mentee"] == mentee)
