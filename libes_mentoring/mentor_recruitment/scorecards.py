"""Scorecards: each interviewer fills in one, and sees the other's only once their own is submitted.

That nobody reads the other's before stands in the policy (`scopes.scorecards_beside_own`), so that it holds for
lists, forms and prints alike.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.mentor_recruitment import interview_rules
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

SCORECARD = "Interview Scorecard"
OPEN, SUBMITTED, WITHDRAWN = "Open", "Submitted", "Withdrawn"


def check(card) -> None:
	"""Refuses marks outside the scale, rows that the guide does not have, and a change of what was submitted."""
	if card.flags.by_procedure:
		return
	before = card.get_doc_before_save()
	if not before:
		frappe.throw(_("A scorecard comes with its interview."), frappe.PermissionError)
	if before.status != OPEN:
		frappe.throw(_("This scorecard is submitted and stays as it is."))
	if card.interviewer != frappe.session.user:
		frappe.throw(_("Only the interviewer fills in this scorecard."), frappe.PermissionError)
	for table in ("scores", "signs"):
		if [row.name for row in card.get(table)] != [row.name for row in before.get(table)]:
			frappe.throw(_("The rows of a scorecard follow the guide: none is added, left out or moved."))
	_marks_of(card)


def open_for(interview, users: list[str]) -> list[str]:
	"""An open scorecard for each of these users; those who had none before. Others' open ones are withdrawn."""
	cards = {row.interviewer: row for row in _cards(interview.name)}
	for user, row in cards.items():
		if user not in users and row.status == OPEN:
			_set_status(row.name, WITHDRAWN)
		elif user in users and row.status == WITHDRAWN:
			_set_status(row.name, OPEN)
	new = [user for user in users if user not in cards]
	for user in new:
		_make(interview, user)
	return new


def check_change_of_interviewers(interview, before: set[str], after: set[str]) -> None:
	"""Who has submitted stays; and nobody joins who can read the other's already, or could since they stepped back."""
	cards = {row.interviewer: row.status for row in _cards(interview.name)}
	if any(cards.get(user) == SUBMITTED for user in before - after):
		frappe.throw(_("Who has submitted a scorecard stays an interviewer."))
	submitted = [row.name for row in _cards(interview.name) if row.status == SUBMITTED]
	for user in after - before if submitted else ():
		if cards.get(user) == WITHDRAWN:
			frappe.throw(_("Who stepped back cannot return once another scorecard is submitted."))
		if any(row_is_visible(SCORECARD, name, user) for name in submitted):
			frappe.throw(_("This person can read the other scorecard already. Choose somebody who cannot."))


def check_all_in(interview, needed: int) -> None:
	"""Refuses a decision while a scorecard is open or one is missing."""
	statuses = [row.status for row in _cards(interview.name, for_update=True) if row.status != WITHDRAWN]
	if OPEN in statuses or statuses.count(SUBMITTED) < needed:
		frappe.throw(
			_("{0} scorecards are needed, and {1} are submitted.").format(
				max(needed, len(statuses)), statuses.count(SUBMITTED)
			)
		)


def withdraw_open(interview: str) -> None:
	for row in _cards(interview):
		if row.status == OPEN:
			_set_status(row.name, WITHDRAWN)


@frappe.whitelist(methods=["POST"])
def submit(scorecard: str) -> None:
	"""Submits the user's own scorecard for good; submitting twice changes nothing.

	Raises PermissionError for anybody but the interviewer, and ValidationError with everything that is missing.
	"""
	if not row_is_visible(SCORECARD, scorecard, frappe.session.user):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	# The interview first, as a decision does: of two who submit at the same moment, the second sees the first's.
	frappe.db.get_value(
		"Mentor Interview", frappe.db.get_value(SCORECARD, scorecard, "interview"), "name", for_update=True
	)
	doc = frappe.get_doc(SCORECARD, scorecard, for_update=True)
	if doc.interviewer != frappe.session.user:
		frappe.throw(_("Only the interviewer fills in this scorecard."), frappe.PermissionError)
	doc.check_permission("write")
	if doc.status == SUBMITTED:
		return
	if doc.status != OPEN:
		frappe.throw(_("This interview goes on without you."))
	missing = interview_rules.missing_in(_marks_of(doc), doc.recommendation or "", doc.reasons or "")
	if missing:
		words = {"recommendation": _("your recommendation"), "reasons": _("the reasons for it")}
		frappe.throw(
			_("Still missing: {0}.").format(", ".join(words.get(item) or _(item) for item in missing))
		)
	doc.update({"status": SUBMITTED, "submitted_on": now_datetime()})
	doc.flags.by_procedure = True
	doc.save()
	statuses = [row.status for row in _cards(doc.interview, for_update=True)]
	if OPEN not in statuses:
		programme = frappe.db.get_value("Mentor", doc.mentor, "programme")
		tell_coordinator(programme, _("A decision waits for you"), "Mentor Interview", doc.interview)


@frappe.whitelist(methods=["GET", "POST"])
def side_by_side(interview: str) -> dict:
	"""The scorecards of an interview that the user may read, beside each other.

	`{"cards": [{"scorecard", "interviewer", "own", "status", "recommendation", "reasons", "notes", "story",
	"story_done"}], "rows": [{"quality", "marks", "observed", "far_apart"}], "signs": [{"sign", "talk_about",
	"noticed": [bool]}], "needed", "may_decide"}`; of a card that the user may not read yet, `interviewer` and
	`status` alone. Raises PermissionError for who may not read the interview.
	"""
	if not row_is_visible("Mentor Interview", interview, frappe.session.user):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	parent = frappe.get_doc("Mentor Interview", interview)
	parent.check_permission("read")
	rows = [row for row in _cards(interview) if row.status != WITHDRAWN]
	user = frappe.session.user
	shown = [
		frappe.get_doc(SCORECARD, row.name)
		for row in rows
		if (row.status == SUBMITTED or row.interviewer == user) and row_is_visible(SCORECARD, row.name, user)
	]
	by_name = {doc.name: doc for doc in shown}
	marks = [_marks_of(doc) for doc in shown]
	qualities = list(marks[0]) if marks else []
	observed = [{row.quality: row.observed for row in doc.scores} for doc in shown]
	compared = interview_rules.compared(qualities, marks)
	for row in compared:
		row["observed"] = [notes.get(row["quality"]) or "" for notes in observed]
	return {
		"cards": [_card(row, by_name.get(row.name)) for row in rows],
		"rows": compared,
		"signs": _signs(shown),
		"may_decide": parent.status == "Planned"
		and bool(rows)
		and all(row.status == SUBMITTED for row in rows)
		and parent.has_permission("write"),
	}


def _card(row, doc) -> dict:
	found = {
		"scorecard": row.name if doc else "",
		"interviewer": frappe.db.get_value("User", row.interviewer, "full_name") or row.interviewer,
		"own": row.interviewer == frappe.session.user,
		"status": row.status,
	}
	fields = ("recommendation", "reasons", "notes", "story", "story_done")
	return {**found, **({field: doc.get(field) or "" for field in fields} if doc else {})}


def _signs(cards: list) -> list[dict]:
	"""Signs that at least one has noticed."""
	found: dict[str, dict] = {}
	for index, card in enumerate(cards):
		for row in card.signs:
			line = found.setdefault(
				row.sign, {"sign": row.sign, "talk_about": row.talk_about, "noticed": [False] * len(cards)}
			)
			line["noticed"][index] = bool(row.flagged)
	return [line for line in found.values() if any(line["noticed"])]


def _marks_of(card) -> dict[str, int | None]:
	try:
		return {row.quality: interview_rules.mark_of(row.score) for row in card.scores}
	except ValueError:
		frappe.throw(_("A mark is 1, 2, 3 or 4."))


def _make(interview, user: str) -> None:
	guide = frappe.get_doc("Interview Guide", interview.guide)
	card = frappe.get_doc(
		{
			"doctype": SCORECARD,
			"interview": interview.name,
			"mentor": interview.mentor,
			"candidate_name": interview.candidate_name,
			"interviewer": user,
			"status": OPEN,
			"guide": guide.name,
			"guide_version": guide.version,
			"scores": [{"quality": row.quality} for row in guide.qualities],
			"signs": [{"sign": row.sign, "talk_about": row.talk_about} for row in guide.signs],
		}
	)
	card.flags.by_procedure = True
	# Comes with the interview; nobody makes one by hand.
	card.insert(ignore_permissions=True)


def _set_status(name: str, status: str) -> None:
	doc = frappe.get_doc(SCORECARD, name, for_update=True)
	doc.status = status
	doc.flags.by_procedure = True
	# Follows from who asks, which the coordinator has changed.
	doc.save(ignore_permissions=True)


def _cards(interview: str, *, for_update: bool = False) -> list[frappe._dict]:
	"""`name`, `interviewer` and `status` of an interview's cards, the first interviewer's first."""
	rows = frappe.db.get_values(
		SCORECARD,
		{"interview": interview},
		["name", "interviewer", "status"],
		as_dict=True,
		order_by="name asc",
		for_update=for_update,
	)
	return list(rows or ())
