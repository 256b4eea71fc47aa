"""The inventory as the tables of docs/privacy.md, read together with the DocTypes' own files. Pure."""

from libes_mentoring.access.doctype_files import doctypes, rights, stored_fields
from libes_mentoring.access.policy import CHILD_TABLES, OPEN_DOCTYPES, POLICY
from libes_mentoring.access.policy_table import COLUMNS
from libes_mentoring.mentoring_privacy import inventory
from libes_mentoring.mentoring_privacy.inventory import INVENTORY, OTHERS, Kept

SINCE = {
	inventory.MENTEE_PERIOD: "months after the mentee left",
	inventory.MENTOR_PERIOD: "months after the mentor left (a candidate: {candidate})",
	inventory.NOTES_PERIOD: "months after the match closed for the words; the rest with the person",
	inventory.IMPORT_PERIOD: "days after it was brought in",
	inventory.RUN_PERIOD: "months after it was last worked on",
}
HEADINGS = ("Record", "Fields", "About", "What for", "Legal basis (proposed)", "Who reads it", "On erasure")
LAST = "How long"


def table() -> str:
	"""Markdown: fields of mentors' and mentees' records, by what becomes of them."""
	return _markdown((*HEADINGS, LAST), rows())


def rows() -> list[tuple[str, ...]]:
	"""One row for each DocType and each fate of its fields; every stored field is in exactly one."""
	found = []
	for doctype, kept in INVENTORY.items():
		for fields, fate in _by_fate(kept):
			about, who = " and ".join(kept.of), readers(doctype)
			names = ", ".join(fields)
			found.append((doctype, names, about, kept.why, kept.basis, who, fate, how_long(kept.period)))
	for child in sorted(CHILD_TABLES):
		if child in INVENTORY:
			continue
		for parent in CHILD_TABLES[child]:
			if kept := INVENTORY.get(parent):
				names = ", ".join(stored_fields(child))
				about = " and ".join(kept.of)
				row = (names, about, kept.why, kept.basis, readers(parent), "rows removed")
				found.append((f"{child} (of {parent})", *row, how_long(kept.period)))
	return found


def other_table() -> str:
	"""Markdown: what holds nothing about mentors or mentees."""
	headings = ("Record", "Fields", "What for", "Legal basis (proposed)", "Who reads it", LAST)
	lines = []
	for doctype, other in OTHERS.items():
		fields = list(stored_fields(doctype))
		for child in tables_of(doctype):
			fields += [f"{child}: {name}" for name in stored_fields(child)]
		lines.append((doctype, ", ".join(fields), other.why, other.basis, readers(doctype), other.until))
	return _markdown(headings, lines)


def tables_of(doctype: str) -> list[str]:
	return [
		field["options"]
		for field in doctypes()[doctype]["fields"]
		if field["fieldtype"] in inventory.TABLE_TYPES
	]


def how_long(period: str) -> str:
	"""The setting's default and from when it counts."""
	default = _default(period)
	return f"{default} {SINCE[period].format(candidate=_default(inventory.CANDIDATE_PERIOD))}"


def readers(doctype: str) -> str:
	"""The roles that read at least some rows."""
	parents = CHILD_TABLES.get(doctype, (doctype,))
	found = [
		label
		for role, label in COLUMNS.items()
		if any(
			"read" in rights(parent).get(role, ())
			and (parent in OPEN_DOCTYPES or role in POLICY.get(parent, {}))
			for parent in parents
		)
	]
	return ", ".join(found) or "nobody"


def named_fields(kept: Kept) -> tuple[str, ...]:
	return (*kept.identity, *kept.free_text, *kept.statistic, *kept.kept_rows, *kept.removed_rows)


def _by_fate(kept: Kept) -> list[tuple[tuple[str, ...], str]]:
	if kept.delete:
		return [(named_fields(kept), "the record is deleted")]
	spared = "; ".join(
		f"stays when a {person.lower()} is erased: {', '.join(fields)}"
		for person, fields in kept.others.items()
		if fields
	)
	gone = f"{inventory.EMPTY} ({spared})" if spared else inventory.EMPTY
	found = (
		((*kept.identity, *kept.free_text), gone),
		(kept.removed_rows, inventory.REMOVE_ROWS),
		((*kept.statistic, *kept.kept_rows), inventory.KEEP),
	)
	return [row for row in found if row[0]]


def _default(period: str) -> str:
	fields = doctypes()["Mentoring Settings"]["fields"]
	return next(field["default"] for field in fields if field["fieldname"] == period)


def _markdown(headings: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
	heading = [f"| {' | '.join(headings)} |", "|" + "---|" * len(headings)]
	return "\n".join([*heading, *(f"| {' | '.join(line)} |" for line in lines)])
