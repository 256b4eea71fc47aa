"""Who may see what, as the table of docs/privacy.md: the policy's rows and the DocTypes' rights. Pure."""

from libes_mentoring.access.doctype_files import doctypes, rights
from libes_mentoring.access.policy import CHILD_TABLES, EVERY_ROW, OPEN_DOCTYPES, POLICY, Rule
from libes_mentoring.access.roles import COORDINATOR, MANAGER, PARTNER, PRIVACY_OFFICER, SOCIAL_WORKER

COLUMNS = {
	MANAGER: "Manager",
	COORDINATOR: "Coordinator",
	SOCIAL_WORKER: "Social worker",
	PARTNER: "Partner",
	PRIVACY_OFFICER: "Privacy officer",
}
NOTHING = "–"
# What the values that a scope gives are, in words.
SCOPES = {
	"coordinated_programmes": "of programmes they coordinate",
	"mentees_of_coordinated_programmes": "of programmes they coordinate",
	"mentors_of_coordinated_programmes": "of programmes they coordinate",
	"matches_of_coordinated_programmes": "of programmes they coordinate",
	"caseload": "of own caseload",
	"matches_of_caseload": "of own caseload",
	"caseload_programmes": "in which own caseload takes part",
	"mentors_of_caseload": "who meet own caseload now",
	"groups_of_caseload": "in which own caseload is now",
	"own_organisations": "own organisation",
	"received_concerns": "that name them as recipient and are not about them",
	"opened_case_files": "opened for a stated reason, while that lasts",
	"reviews_to_decide": "that they decide on",
	"reviews_in_disagreement": "on which two people differ",
	"interviews_to_hold": "that they hold",
	"scorecards_beside_own": "of interviews that they hold, once their own is submitted",
	"scorecards_of_coordinated_programmes": "submitted, of programmes they coordinate, unless their own beside it is open",
}
OWN_FIELDS = {
	"owner": "made by themselves",
	"caregiver": "of own caseload",
	"trainer": "led by themselves",
	"organiser": "organised by themselves",
	"interviewer": "filled in by themselves",
}


def table() -> str:
	"""Markdown: one row for each DocType, and a line on tables within them."""
	headings = ("Record", *COLUMNS.values())
	lines = [f"| {' | '.join(headings)} |", "|" + "---|" * len(headings)]
	for doctype, data in doctypes().items():
		if not data.get("istable"):
			cells = (cell(doctype, role) for role in COLUMNS)
			lines.append(f"| {' | '.join((doctype, *cells))} |")
	children = (f"{child} ({' or '.join(parents)})" for child, parents in sorted(CHILD_TABLES.items()))
	return "\n".join([*lines, "", f"Rows of a table are seen with the record they stand in: {', '.join(children)}."])


def cell(doctype: str, role: str) -> str:
	"""What a role may do with which rows: "read, write: of own caseload"."""
	allowed = rights(doctype).get(role, ())
	if doctype in OPEN_DOCTYPES:
		return f"{', '.join(allowed)}: all" if allowed else NOTHING
	rules = POLICY[doctype].get(role, ())
	if not rules or not allowed:
		return NOTHING
	return "; ".join(f"{', '.join(_granted(rule, allowed))}: {_rows(rule)}" for rule in rules)


def _granted(rule: Rule, allowed: tuple[str, ...]) -> list[str]:
	return [right for right in allowed if rule.grants(right)]


def _rows(rule: Rule) -> str:
	if rule == EVERY_ROW:
		return "all"
	own = SCOPES[rule.scope] if rule.scope else OWN_FIELDS[rule.field]
	return " and ".join([own, *(_rows(other) for other in rule.also)])
