"""The two things one can do with an import: check it, and apply it.

A check writes the verdicts into the import itself and nothing else. Applying checks again first: between the
two, somebody else may have imported the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring import failures
from libes_mentoring.access.roles import COORDINATOR, MANAGER
from libes_mentoring.access.scopes import coordinated_programmes
from libes_mentoring.mentee_preparation.preparation import check_caregiver
from libes_mentoring.mentee_preparation.readiness import move_ready_mentees
from libes_mentoring.mentor_recruitment.screening import move_ready_mentors
from libes_mentoring.spreadsheets import site_words, writing
from libes_mentoring.spreadsheets.checking import (
	ALREADY_HERE,
	DUPLICATE,
	NEW,
	REFUSED,
	VERDICTS,
	Report,
	Verdict,
	check_rows,
)
from libes_mentoring.spreadsheets.columns import MENTEE, MENTOR, SIDES
from libes_mentoring.spreadsheets.problems import (
	Problem,
	WorkbookError,
	note_sentence,
	row_sentence,
	sentence,
)
from libes_mentoring.spreadsheets.reading import read_workbook

ALL_OR_NOTHING = "Import nothing"
# One request must end before the web server loses patience.
MAX_NEW = 2_000


def check(import_name: str) -> dict[str, Any]:
	"""Fills the import with the verdict on each row. Raises PermissionError, or says what ails the file."""
	doc = _own_import(import_name)
	with _no_values_in_logs():
		report = _report(doc)
		_show(doc, report, {}, status="Checked")
	return _outcome(doc, report, 0)


def apply(import_name: str) -> dict[str, Any]:
	"""Imports the New rows, all in one transaction. A second run finds everybody already here.

	Where the import says so, one refused row keeps all others out.
	"""
	doc = _own_import(import_name)
	_take_turn(doc)
	with _no_values_in_logs():
		report = _report(doc)
		if report.count(REFUSED) and doc.mode == ALL_OR_NOTHING:
			_show(doc, report, {}, status="Checked")
			return _outcome(doc, report, 0)
		if report.count(NEW) > MAX_NEW:
			frappe.throw(_("More than {0} new people at once: split the file and try again.").format(MAX_NEW))
		report, written = _write(report, doc)
		_show(doc, report, written, status="Applied" if written or not report.count(REFUSED) else "Checked")
	return _outcome(doc, report, len(written))


def _own_import(name: str):
	"""The import, if it is the user's own and the programme is one in which the user may import."""
	doc = frappe.get_doc("Mentoring Import", name)
	user = frappe.session.user
	if doc.owner != user:
		frappe.throw(_("Only who made this import can use it."), frappe.PermissionError)
	doc.check_permission("write")
	frappe.get_doc("Mentoring Programme", doc.programme).check_permission("read")
	if not _may_import_into(doc.programme, user):
		frappe.throw(_("You do not coordinate this programme."), frappe.PermissionError)
	if doc.caregiver:
		check_caregiver(doc.caregiver)
	return doc


def _may_import_into(programme: str, user: str) -> bool:
	roles = frappe.get_roles(user)
	if user == "Administrator" or MANAGER in roles:
		return True
	own = coordinated_programmes(user).run(pluck=True)
	return COORDINATOR in roles and programme in own


def _take_turn(doc) -> None:
	"""Waits until no other import into this programme is under way; released when the request ends."""
	frappe.db.get_value("Mentoring Programme", doc.programme, "name", for_update=True)
	frappe.db.get_value("Mentoring Import", doc.name, "name", for_update=True)
	doc.reload()


def _report(doc) -> Report:
	name, content = site_words.content_of(doc)
	return check_rows(
		read_workbook(str(PurePath(name)), content),
		known=site_words.known_keys(doc.programme),
		salt=site_words.salt(),
		today=getdate(),
		lookups=site_words.lookups(doc.caregiver or None),
	)


def _write(report: Report, doc) -> tuple[Report, dict[int, str]]:
	"""Writes the New rows. A row that a record's own rules refuse is either left out, or ends it all."""
	written: dict[int, str] = {}
	verdicts = list(report.verdicts)
	frappe.db.savepoint("spreadsheet")
	for index, verdict in enumerate(verdicts):
		if verdict.verdict != NEW:
			continue
		frappe.db.savepoint("spreadsheet_row")
		try:
			written[index] = writing.write(verdict, doc.programme)
		except frappe.ValidationError:
			frappe.db.rollback(save_point="spreadsheet_row")
			# What the record says may repeat what is in the row.
			frappe.clear_messages()
			verdicts[index] = _refused(verdict)
			if doc.mode == ALL_OR_NOTHING:
				frappe.db.rollback(save_point="spreadsheet")
				return Report(tuple(verdicts), report.unused), {}
	by_side: dict[str, list[str]] = {side: [] for side in SIDES}
	for index, name in written.items():
		by_side[verdicts[index].side].append(name)
	move_ready_mentors(by_side[MENTOR])
	move_ready_mentees(by_side[MENTEE])
	return Report(tuple(verdicts), report.unused), written


def _refused(verdict: Verdict) -> Verdict:
	return Verdict(
		verdict.side, verdict.sheet, verdict.row_number, REFUSED, problems=(Problem("record_refuses"),)
	)


def _show(doc, report: Report, written: dict[int, str], status: str) -> None:
	doc.set("rows", [])
	for index, verdict in enumerate(report.verdicts):
		doc.append(
			"rows",
			{
				"sheet": verdict.sheet[:140],
				"row_number": verdict.row_number,
				"verdict": verdict.verdict,
				"message": _message(verdict),
				# Which alias belongs to which row of the sheet is not kept.
				"record": written.get(index) if verdict.side == MENTOR else None,
			},
		)
	doc.status = status
	doc.summary = _summary(report, len(written), status)
	doc.flags.by_procedure = True
	doc.save()


def _message(verdict: Verdict) -> str:
	if verdict.verdict == REFUSED:
		return "\n".join(
			row_sentence(verdict.sheet, verdict.row_number, problem, _) for problem in verdict.problems
		)
	return "\n".join(note_sentence(note, _) for note in verdict.notes)


def _summary(report: Report, imported: int, status: str) -> str:
	texts = {
		NEW: _("{0} new"),
		ALREADY_HERE: _("{0} already here"),
		DUPLICATE: _("{0} twice in the file"),
		REFUSED: _("{0} refused"),
	}
	labels = {MENTEE: _("Mentees"), MENTOR: _("Mentors")}
	lines = [
		f"{labels[side]}: " + ", ".join(texts[v].format(report.count(v, side)) for v in VERDICTS)
		for side in SIDES
		if any(report.count(verdict, side) for verdict in VERDICTS)
	]
	if status == "Applied":
		lines.append(_("{0} people were imported.").format(imported))
	elif report.count(REFUSED):
		lines.append(_("Nothing has been imported."))
	if report.unused:
		lines.append(_("Columns that were not read: {0}").format(", ".join(_unused(report))))
	return "\n".join(lines)


def _unused(report: Report) -> Iterator[str]:
	for sheet, header in report.unused[:30]:
		yield f"{sheet}: {header[:40]}"


def _outcome(doc, report: Report, imported: int) -> dict[str, Any]:
	return {
		"status": doc.status,
		"summary": doc.summary,
		"imported": imported,
		"counts": {verdict: report.count(verdict) for verdict in VERDICTS},
	}


@contextmanager
def _no_values_in_logs() -> Iterator[None]:
	"""Turns every failure into one that carries no row: Frappe's error log keeps local variables."""
	try:
		yield
	except WorkbookError as error:
		code, params = error.code, error.params
	except (frappe.ValidationError, frappe.PermissionError):
		raise
	except Exception as error:
		failures.note(_("Import of a spreadsheet failed"), error, defer_insert=True)
		code, params = "unexpected", {}
	else:
		return
	frappe.throw(sentence(code, params, _), title=_("Not imported"))
