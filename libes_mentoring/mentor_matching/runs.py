"""Matching everybody who waits at once: what the coordinators' page asks for.

Each function asks first whose run it is, and answers "not yours" and "does not exist" alike. Whatever changes a run
locks it first, so that of two people at the same run the second reads what the first has done.
"""

from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import now_datetime

from libes_mentoring.access import criteria
from libes_mentoring.mentor_matching import (
	making,
	run_deciding,
	run_planning,
	run_storing,
	run_view,
	side_by_side,
)
from libes_mentoring.mentor_matching.transactions import read_anew
from libes_mentoring.mentoring_relationship import groups

RUN = "Match Run"
OPEN, DECIDED, REPLACED, UNDONE = "Open", "Decided", "Replaced", "Undone"


@frappe.whitelist(methods=["GET", "POST"])
def programmes() -> list[dict]:
	"""`[{"name", "title", "closed", "waiting", "run"}]`: the programmes that the user coordinates; `run` is the latest.

	Raises PermissionError for whoever makes no matches.
	"""
	_check_role()
	return run_view.programmes(frappe.session.user)


@frappe.whitelist(methods=["POST"])
def start(programme: str) -> dict:
	"""Plans everybody who waits in the programme anew and gives `run_view.state` of the new run.

	A run that is still open is replaced by it; its choices are taken over, and what it has accepted stays.
	Raises PermissionError, or ValidationError where nobody waits, nobody is available, the weights are all zero or the
	programme does not match one to one.
	"""
	making.check_matches_in(programme)
	_check_not_closed(programme)
	# A run makes matches one to one: who offers groups alone would read the same refusal at every pair.
	groups.check_format(programme, None)
	before = _lock_latest(programme)
	run = frappe.get_doc(
		{
			"doctype": RUN,
			"programme": programme,
			"status": OPEN,
			"made_on": now_datetime(),
			"made_by": frappe.session.user,
			"previous_run": before.name if before else None,
			"choices": _taken_over(before),
		}
	)
	# Replaced first: whom it has passed over is something that the new run reads.
	if before and before.status == OPEN:
		run_deciding.replace(before)
	notes = run_planning.compute(run)
	run_storing.store(run)
	return run_view.state(run, notes)


@frappe.whitelist(methods=["GET", "POST"])
def look(run: str) -> dict:
	"""`run_view.state` of a run of the user's programmes. Raises PermissionError for any other."""
	return run_view.state(_own(run))


@frappe.whitelist(methods=["POST"])
def choose(run: str, mentor: str, mentee: str, choice: str = "") -> dict:
	"""Locks, vetoes or keeps a pair of an open run, or ("") takes that back, and plans the rest anew.

	Gives `run_view.state`; an earlier lock that cannot be any more is let go, with a note. Raises PermissionError, or
	ValidationError with the reason where a lock that is set now breaks a rule or contradicts another choice; nothing
	is changed then.
	"""
	doc = _own_open(run)
	making.check_may_match(mentee)
	making.check_mentor(mentor)
	run_planning.check_choice(doc, mentor, mentee, choice)
	run_planning.set_choice(doc, mentor, mentee, choice)
	notes = run_planning.compute(doc, (mentor, mentee) if choice == run_planning.LOCK else None)
	run_storing.store(doc)
	return run_view.state(doc, notes)


@frappe.whitelist(methods=["GET", "POST"])
def explain(run: str, mentor: str, mentee: str) -> dict:
	"""`{"mentor", "mentee", "score", "reasons_for", "reasons_against", "checked", "facts", "match"}` of a pair as it is now.

	`facts` as `side_by_side.facts` gives them; `match` is the one that the run has made of the pair, or None, and of
	one the score and the reasons are those of the day it was made. Raises PermissionError.
	"""
	doc = _own(run)
	making.check_may_match(mentee)
	making.check_mentor(mentor)
	return side_by_side.side_by_side(doc, mentor, mentee)


@frappe.whitelist(methods=["GET", "POST"])
def compare(run: str, other: str) -> dict:
	"""What is different between two runs of one programme; see `run_view.compare`. Raises PermissionError."""
	one, two = _own(run), _own(other)
	if one.programme != two.programme:
		frappe.throw(_("Only runs of one programme can be compared."))
	return run_view.compare(one, two)


@frappe.whitelist(methods=["POST"])
def accept(run: str, pairs: str | list) -> dict:
	"""Makes matches of proposed pairs: "all", "none" (all are passed over), or `[[mentor, mentee], …]`.

	Each pair stands for itself: one that is refused says why and undoes no other, and a request that was broken off
	may be sent again. Gives `run_view.state` and `"accepted"`, how many matches this call has made.
	"""
	doc = _own_open(run)
	_check_not_closed(doc.programme)
	accepted = run_deciding.accept(doc.name, run_deciding.wanted(doc, pairs))
	return {**run_view.state(frappe.get_doc(RUN, run)), "accepted": accepted}


@frappe.whitelist(methods=["POST"])
def undo(run: str, mentor: str = "", mentee: str = "") -> dict:
	"""Takes back the match of one accepted pair, or of all, as long as the two have had no contact.

	Gives `run_view.state` and `"notes"`: what could not be taken back, and why. Raises PermissionError.
	"""
	doc = _own(run)
	notes = run_deciding.undo(doc.name, run_deciding.accepted(doc, mentor, mentee))
	return run_view.state(frappe.get_doc(RUN, run), notes)


def _own(run: str):
	"""The run, for a coordinator of its programme. One refusal for somebody else's and for one that is not there."""
	_check_role()
	if not criteria.row_is_visible(RUN, run, frappe.session.user):
		_refuse()
	return frappe.get_doc(RUN, run)


def _own_open(run: str):
	"""The same, locked until the end of the transaction, if nothing has been decided on it yet."""
	_own(run)
	read_anew()
	run_deciding.lock(run)
	doc = frappe.get_doc(RUN, run)
	if doc.status != OPEN:
		frappe.throw(run_view.not_open(doc), title=_("Not changed"))
	return doc


def _check_role() -> None:
	if not frappe.has_permission(RUN, "read") or not frappe.has_permission("Match", "create"):
		_refuse()


def _check_not_closed(programme: str) -> None:
	if frappe.db.get_value("Mentoring Programme", programme, "status") == "Closed":
		frappe.throw(
			_("This programme is closed: its last run can be looked at, and no new matches are made."),
			title=_("Not matched"),
		)


def _refuse() -> NoReturn:
	frappe.throw(_("This is not available to you."), frappe.PermissionError)


def _lock_latest(programme: str):
	"""The latest run of the programme, or None; it and the programme locked, and nothing read before both were.

	Of two who start at the same moment the second replaces what the first has made; and whoever waits for somebody
	at the latest run plans on what that one has done.
	"""
	while True:
		name = _latest(programme)
		read_anew()
		if name:
			run_deciding.lock(name)
		frappe.db.get_value("Mentoring Programme", programme, "name", for_update=True)
		# Another one was made while this one waited: that is the latest now.
		if _latest(programme) == name:
			return frappe.get_doc(RUN, name) if name else None


def _latest(programme: str) -> str | None:
	return frappe.db.get_value(RUN, {"programme": programme}, "name", order_by="made_on desc, name desc")


def _taken_over(before) -> list[dict]:
	"""The choices of a run that is still open; a decided one has had its say."""
	if not before or before.status != OPEN:
		return []
	return [{field: row.get(field) for field in ("choice", "mentor", "mentee")} for row in before.choices]
