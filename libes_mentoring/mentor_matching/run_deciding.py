"""What is decided on a run: pairs become matches, one by one, or are passed over; matches are taken back."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import now_datetime

from libes_mentoring.mentor_matching import making
from libes_mentoring.mentor_matching.pool import Pair
from libes_mentoring.mentor_matching.run_planning import ACCEPTED, FAILED, PASSED_OVER, PROPOSED, UNDONE
from libes_mentoring.mentor_matching.transactions import REFUSED, TURNED_AWAY, read_anew
from libes_mentoring.mentoring_relationship import taking_back

RUN, ROW = "Match Run", "Match Run Pair"
ALL, NONE = "all", "none"
SAVEPOINT = "match_run_pair"


class NotProposed(frappe.ValidationError):
	"""Somebody else has decided the run meanwhile, or planned it anew without this pair."""


def lock(run: str) -> None:
	"""Waits for whoever changes this run at the moment."""
	frappe.db.get_value(RUN, run, "name", for_update=True)


def wanted(run, pairs: str | list) -> list[Pair] | None:
	"""The pairs that are meant, in the order of the run; None for none of them. Refuses a pair that is not in it."""
	if pairs == NONE:
		return None
	there = [(row.mentor, row.mentee) for row in run.pairs]
	if pairs == ALL:
		return [(row.mentor, row.mentee) for row in run.pairs if row.state == PROPOSED]
	try:
		asked = {(str(mentor), str(mentee)) for mentor, mentee in frappe.parse_json(pairs)}
	except (TypeError, ValueError):
		frappe.throw(_("Please say which pairs are meant."))
	if not asked:
		frappe.throw(_("Please choose at least one pair."))
	if unknown := asked - set(there):
		frappe.throw(
			_("This run does not propose {0} any more. Please look again.").format(sorted(unknown)[0][1])
		)
	return [pair for pair in there if pair in asked]


def accept(run: str, pairs: list[Pair] | None) -> int:
	"""Makes a match of each pair in a transaction of its own, and gives how many were made.

	A pair that is a match already is left alone, so that the same request may come twice.
	"""
	if pairs is None:
		_pass_over(run)
		return 0
	made = sum(_accept_one(run, pair) for pair in pairs)
	lock(run)
	if frappe.db.get_value(RUN, run, "status") == "Open" and not _rows(run, state=PROPOSED):
		_close(run)
	return made


def accepted(run, mentor: str = "", mentee: str = "") -> list[Pair]:
	"""The accepted pairs of a run, or the one that is named."""
	found = [(row.mentor, row.mentee) for row in run.pairs if row.state == ACCEPTED]
	if not mentor and not mentee:
		return found
	if (mentor, mentee) not in found:
		frappe.throw(_("This pair is not a match of this run (any more)."))
	return [(mentor, mentee)]


def undo(run: str, pairs: Iterable[Pair]) -> list[str]:
	"""Takes the matches of these pairs back, each in a transaction of its own; gives a sentence for each that stays."""
	notes = []
	for mentor, mentee in pairs:
		_step(run)
		row = _row(run, mentor, mentee)
		if not row or row.state != ACCEPTED:
			continue
		try:
			# First the link: a match that something leads to is not taken away.
			frappe.db.set_value(ROW, row.name, {"state": UNDONE, "mentoring_match": None, "why_not": None})
			if row.mentoring_match and frappe.db.exists("Match", row.mentoring_match):
				taking_back.take_back(row.mentoring_match)
		except REFUSED as error:
			_back()
			notes.append(_("{0}: {1}").format(mentee, _words(error)))
		except TURNED_AWAY:
			# Too much at once: the match is as it was, and may be taken back again.
			_back()
			notes.append(_("{0}: others are writing here at the moment. Please try again.").format(mentee))
	lock(run)
	if frappe.db.get_value(RUN, run, "status") == "Decided" and not _rows(run, state=ACCEPTED):
		_set(run, status="Undone")
	return notes


def replace(run) -> None:
	"""An open run in whose place another one is made: what it has accepted counts as decided."""
	if any(row.state == ACCEPTED for row in run.pairs):
		_pass_over(run.name)
	else:
		_set(run.name, status="Replaced")


def _accept_one(run: str, pair: Pair) -> int:
	_step(run)
	try:
		# In each try: one that the database has turned away has lost the lock of the run.
		match = making.make(pair[1], pair[0], match_run=run, first=lambda: _check_proposed(run, pair))
	except NotProposed:
		# Between two pairs, or between two tries: the rest is not made any more.
		_back()
		return 0
	except REFUSED as error:
		_back()
		_fail(run, pair, _words(error))
		return 0
	except TURNED_AWAY:
		# Too much at once: the pair is as it was, and may be asked for again.
		_back()
		return 0
	# Read now: planned anew between two tries, the pair stands in another row.
	row = _row(run, *pair)
	frappe.db.set_value(ROW, row.name, {"state": ACCEPTED, "mentoring_match": match, "why_not": None})
	_touch(run)
	return 1


def _check_proposed(run: str, pair: Pair) -> None:
	if not _proposed(run, pair):
		frappe.throw(_("This pair is not proposed any more. Please look at the run again."), NotProposed)


def _proposed(run: str, pair: Pair):
	"""The row of a pair on which something may still be decided, with the run locked; None where it may not."""
	lock(run)
	row = _row(run, *pair)
	there = row and row.state in (PROPOSED, FAILED) and frappe.db.get_value(RUN, run, "status") == "Open"
	return row if there else None


def _fail(run: str, pair: Pair, why: str) -> None:
	"""Notes why a pair could not be made, unless somebody else has made it or decided the run meanwhile."""
	if row := _proposed(run, pair):
		frappe.db.set_value(ROW, row.name, {"state": FAILED, "why_not": why})
		_touch(run)


def _step(run: str) -> None:
	"""Begins a transaction of its own with the run locked: what was read before does not count any more."""
	read_anew()
	lock(run)
	frappe.db.savepoint(SAVEPOINT)


def _back() -> None:
	"""Takes back what the last step has written, as far as the database has not done so itself."""
	try:
		frappe.db.rollback(save_point=SAVEPOINT)
	except frappe.db.OperationalError:
		# Making a match was tried again, from the beginning of the transaction.
		frappe.db.rollback()
	frappe.clear_messages()


def _pass_over(run: str) -> None:
	row = frappe.qb.DocType(ROW)
	query = frappe.qb.update(row).set(row.state, PASSED_OVER)
	query.where((row.parenttype == RUN) & (row.parent == run) & (row.state == PROPOSED)).run()
	_close(run)


def _close(run: str) -> None:
	_set(run, status="Decided", decided_on=now_datetime(), decided_by=frappe.session.user)


def _set(run: str, **values) -> None:
	frappe.db.set_value(RUN, run, values)
	frappe.clear_document_cache(RUN, run)


def _touch(run: str) -> None:
	"""A run is kept by when it was last worked on."""
	_set(run, modified=now_datetime())


def _row(run: str, mentor: str, mentee: str):
	rows = _rows(run, mentor=mentor, mentee=mentee)
	return rows[0] if rows else None


def _rows(run: str, **filters) -> list:
	return frappe.get_all(
		ROW,
		filters={"parenttype": RUN, "parent": run, **filters},
		fields=["name", "state", "mentoring_match"],
		order_by="idx asc",
	)


def _words(error: Exception) -> str:
	return frappe.utils.strip_html(str(error))
