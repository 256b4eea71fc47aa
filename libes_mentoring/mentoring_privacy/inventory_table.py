"""The inventory as a table of docs/retention.md. Pure.

`python -m libes_mentoring.mentoring_privacy.inventory_table docs/retention.md` writes it anew.
"""

import sys
from pathlib import Path

from libes_mentoring.mentoring_privacy import inventory
from libes_mentoring.mentoring_privacy.inventory import INVENTORY, Kept

BEGIN, END = "<!-- inventory: begin -->", "<!-- inventory: end -->"
PERIODS = {
	inventory.MENTEE_PERIOD: "months after the mentee left",
	inventory.MENTOR_PERIOD: "months after the mentor left (shorter for a candidate who never had a match)",
	inventory.NOTES_PERIOD: "free text: months after the match closed; the rest with the person",
	inventory.IMPORT_PERIOD: "days after it was brought in",
}
HEADINGS = ("Record", "About", "What for", "Fields", "What they are", "On erasure", "How long")


def rows() -> list[tuple[str, ...]]:
	"""One row for each DocType and kind of field."""
	found = []
	for doctype, kept in INVENTORY.items():
		for kind, fields, fate in _kinds(kept):
			about = " and ".join(kept.of)
			found.append((doctype, about, kept.why, ", ".join(fields), kind, fate, PERIODS[kept.period]))
	return found


def _kinds(kept: Kept) -> list[tuple[str, tuple[str, ...], str]]:
	empty = "the record is deleted" if kept.delete else inventory.EMPTY
	for_others = "; ".join(
		f"not for a {person.lower()}: {', '.join(fields)}" for person, fields in kept.others.items() if fields
	)
	gone = f"{empty} ({for_others})" if for_others else empty
	kinds = (
		("identity", kept.identity, gone),
		("free text", kept.free_text, gone),
		("statistic", kept.statistic, inventory.KEEP),
		("rows", kept.kept_rows, inventory.KEEP),
	)
	return [row for row in kinds if row[1]]


def table() -> str:
	lines = [f"| {' | '.join(HEADINGS)} |", "|" + "---|" * len(HEADINGS)]
	return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows())])


def renewed(page: str) -> str:
	"""The page with the table of today between its two marks."""
	before, rest = page.split(BEGIN, 1)
	after = rest.split(END, 1)[1]
	return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
	path = Path(sys.argv[1])
	path.write_text(renewed(path.read_text()))
