"""Erasure on request, by the privacy officer: looked at first, done in a second step, printed without a name.

Refused, with nothing changed, while the data are needed: a match that runs, a concern that is open, a legal
hold. A mentee whose match runs is not closed in passing: the two are owed a goodbye.
"""

import frappe
from frappe import _
from frappe.utils import format_date, now_datetime, nowdate

from libes_mentoring.mentoring_privacy import pseudonym
from libes_mentoring.mentoring_privacy.inventory import MENTEE, PERSONS
from libes_mentoring.mentoring_privacy.pseudonym import Outcome
from libes_mentoring.mentoring_relationship.lifecycle import CLOSED, RUNNING

REQUEST, DRAFT, DONE = "Erasure Request", "Draft", "Done"
PERIOD_IS_OVER = "The period is over"


@frappe.whitelist(methods=["POST"])
def preview(request: str) -> dict:
	"""Counts what erasing would do, writes it into the request, and returns
	`{"items": [{"what", "number", "fate"}], "left_over": str, "obstacles": [str]}`.

	For the privacy officer. Raises PermissionError, or ValidationError where the request is done.
	"""
	doc = _own_draft(request)
	_show(doc, pseudonym.outlook(doc.person_kind, doc.person))
	_save(doc)
	return {**_as_dict(doc), "obstacles": obstacles(doc.person_kind, doc.person)}


@frappe.whitelist(methods=["POST"])
def erase(request: str, confirm: str) -> dict:
	"""Erases the person for good; `confirm` repeats the alias or mentor number. Returns what `preview` returns.

	For the privacy officer. Raises PermissionError, or ValidationError with the reason, and changes nothing then.
	"""
	doc = _own_draft(request)
	if (confirm or "").strip() != doc.person:
		frappe.throw(_("Repeat the alias or mentor number exactly as it stands in the request."))
	_lock(doc.person_kind, doc.person)
	if reasons := obstacles(doc.person_kind, doc.person):
		frappe.throw(_("Nothing was erased. {0}").format(" ".join(reasons)), title=_("Not erased"))
	complete(doc, pseudonym.erase(doc.person_kind, doc.person))
	return _as_dict(doc)


def by_period(kind: str, name: str) -> None:
	"""Erases a person whose period is over, and leaves a request that says so. The caller holds the lock."""
	outcome = pseudonym.erase(kind, name)
	values = {"person_kind": kind, "person": name, "asked_by": PERIOD_IS_OVER, "asked_on": nowdate()}
	doc = frappe.get_doc({"doctype": REQUEST, **values})
	doc.flags.by_erasure = True
	doc.insert(ignore_permissions=True)  # the nightly job writes it
	complete(doc, outcome)


def complete(doc, outcome: Outcome) -> None:
	_show(doc, outcome)
	doc.update({"status": DONE, "erased_on": now_datetime(), "erased_by": frappe.session.user})
	_save(doc)


def obstacles(kind: str, name: str) -> list[str]:
	"""Why this person cannot be erased now, in sentences for the privacy officer; empty where nothing is."""
	found = []
	fields = ["legal_hold", "erased_on", *(["user"] if kind != MENTEE else [])]
	person = frappe.db.get_value(kind, name, fields, as_dict=True)
	if person.erased_on:
		found.append(_("This person was erased on {0}.").format(format_date(person.erased_on)))
	if person.legal_hold:
		found.append(_("The data must be kept: a legal hold is set."))
	matches = frappe.get_all("Match", filters={kind.lower(): name}, fields=["name", "stage"])
	if any(match.stage in RUNNING for match in matches):
		found.append(_("A match is running. It is closed first, by its closure."))
	if has_open_concern([match.name for match in matches], person.get("user")):
		found.append(_("A concern is open. It is closed first, by whom it has been given to."))
	return found


def check(doc) -> None:
	"""A request names somebody who is there, and says only what the erasure itself has written."""
	before = doc.get_doc_before_save()
	if before and before.status == DONE:
		frappe.throw(_("This erasure is done, and stays as it is."))
	if doc.flags.by_erasure:
		return
	if doc.person_kind not in PERSONS:
		frappe.throw(_("Say whether it is a mentee or a mentor."))
	doc.person = (doc.person or "").strip()
	stored = doc.person and frappe.db.get_value(
		doc.person_kind, doc.person, ["name", "erased_on"], as_dict=True
	)
	if not stored:
		# What was typed may be a name: it is not repeated.
		frappe.throw(_("Nobody is known here under this alias or mentor number."), title=_("Unknown"))
	if not before and stored.erased_on:
		frappe.throw(_("This person was erased on {0}.").format(format_date(stored.erased_on)))
	doc.person = stored.name
	if not before or doc.asked_by != before.asked_by:
		_check_asked_by(doc)
	doc.status = DRAFT
	doc.erased_on = doc.erased_by = None


def _check_asked_by(doc) -> None:
	if doc.asked_by == PERIOD_IS_OVER:
		frappe.throw(_("The nightly job alone erases because a period is over."))
	if doc.asked_on and str(doc.asked_on) > nowdate():
		frappe.throw(_("A request cannot be dated in the future."))


def _own_draft(request: str):
	if not frappe.db.exists(REQUEST, request):
		frappe.throw(_("This request is not available to you."), frappe.PermissionError)
	doc = frappe.get_doc(REQUEST, request)
	doc.check_permission("write")
	frappe.db.get_value(REQUEST, request, "name", for_update=True)
	if frappe.db.get_value(REQUEST, request, "status") == DONE:
		frappe.throw(_("This erasure is done, and stays as it is."))
	if not frappe.db.exists(doc.person_kind, doc.person):
		frappe.throw(_("Nobody is known here under this alias or mentor number."), title=_("Unknown"))
	return doc


def _lock(kind: str, name: str) -> None:
	"""Of two who erase, or of one who erases and one who matches, the second waits for the first."""
	frappe.db.get_value(kind, name, "name", for_update=True)


def has_open_concern(matches: list[str], user: str | None) -> bool:
	if not frappe.db.table_exists("Concern"):
		return False
	about = [["mentoring_match", "in", matches]] if matches else []
	if user:
		about += [["raised_by", "=", user], ["about_user", "=", user]]
	if not about:
		return False
	return bool(
		frappe.get_all("Concern", filters={"status": ("!=", CLOSED)}, or_filters=about, limit=1, pluck="name")
	)


def _show(doc, outcome: Outcome) -> None:
	rows = [
		*(
			(doctype, number, _("Names and free text go, dates and counts stay"))
			for doctype, number in outcome.emptied.items()
		),
		*((doctype, number, _("Deleted")) for doctype, number in sorted(outcome.deleted.items())),
		*(
			(doctype, number, _("The name is taken out of the text"))
			for doctype, number in sorted(outcome.redacted.items())
		),
	]
	if outcome.spreadsheets:
		fate = _("The spreadsheet is deleted with everybody in it, counts stay")
		rows.append(("Mentoring Import", outcome.spreadsheets, fate))
	doc.set("items", [{"what": _(doctype), "number": number, "fate": fate} for doctype, number, fate in rows])
	doc.left_over = "\n".join(_left_over(outcome))


def _left_over(outcome: Outcome) -> list[str]:
	lines = [
		_("{0}: {1} records of another app or of the site's own name the person.").format(_(doctype), number)
		for doctype, number in sorted(outcome.left.items())
	]
	lines += [
		_(
			"{0}: {1} are linked with somebody else too. They stay without the link: look through them first."
		).format(_(doctype), number)
		for doctype, number in sorted(outcome.linked.items())
	]
	if outcome.shared:
		lines.append(
			_("Somebody else bears the same name, address or number: text with nothing else in it stays.")
		)
	return lines


def _save(doc) -> None:
	doc.flags.by_erasure = True
	doc.save(ignore_permissions=True)  # asked before; the job has nobody to ask


def _as_dict(doc) -> dict:
	rows = [{"what": row.what, "number": row.number, "fate": row.fate} for row in doc.get("items")]
	return {"items": rows, "left_over": doc.left_over or ""}


def refuse_deletion(doc) -> None:
	"""What was erased is proved by its request, and found by it after a backup has been restored."""
	if doc.status == DONE:
		frappe.throw(_("An erasure that is done stays on record."))
