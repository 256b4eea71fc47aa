"""Concerns: received, taken in hand, closed with a decision; read by named recipients and nobody else.

Nothing that was said or done is changed or taken away: words are stored once, steps are only added. A closed
concern stays closed, so that who decided what, and when, stands as it was decided. What is not over after all
is a new concern that follows the old one: it has recipients, an answer and a clock of its own.

Source: handbook, "Internal policies" (report).
"""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime, time_diff_in_seconds

from libes_mentoring.access.roles import COORDINATOR, MANAGER, SOCIAL_WORKER
from libes_mentoring.mentoring_relationship import concern_routing as routing
from libes_mentoring.mentoring_relationship.messages import tell

RECEIVED, IN_HAND, CLOSED = "Received", "In hand", "Closed"
KINDS = (
	"The mentee's safety",
	"Somebody else's safety",
	"Somebody's unusual state",
	"Own boundaries",
	routing.ABOUT_STAFF,
	"Something else",
)
OUTCOMES = (
	"No danger found",
	"Settled within the programme",
	"Help from outside arranged",
	"Reported to the authorities",
	"Other",
)
TEXT_LENGTH, STEP_LENGTH = 5000, 2000
# Written by the procedures below only; a form or an interface that sends other values changes nothing.
KEPT = (
	"status",
	"received_on",
	"handled_by",
	"first_response_on",
	"time_to_first_response",
	"reminded_on",
	"escalated_on",
	"decision",
	"outcome",
	"closed_on",
	"closed_by",
)


# What people do -------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def enter(
	kind: str,
	text: str,
	programme: str | None = None,
	match: str | None = None,
	urgent: bool = False,
	raised_by: str | None = None,
	about_user: str | None = None,
	follows: str | None = None,
) -> dict:
	"""Stores a concern that staff have heard of by other ways than the portal, and tells its recipients.

	Programme or match must be readable to whoever enters it. A concern that `follows` another, closed one is about
	the same: programme, match and person come from there. `raised_by` is left empty by whoever raises it oneself.

	Returns `{"concern": its name, or None where whoever enters it is no recipient, "told": how many persons}`.
	Raises PermissionError for everybody who is not staff of the programme, ValidationError with the reason where
	something is missing or nobody could be told; nothing is stored then.
	"""
	frappe.only_for([COORDINATOR, SOCIAL_WORKER, MANAGER])
	if follows:
		earlier = _readable("Concern", follows)
		if earlier.status != CLOSED:
			frappe.throw(_("The earlier concern is still open. Add a step to it."))
		programme, match = earlier.programme, earlier.mentoring_match
		about_user = about_user or earlier.about_user
	elif match:
		programme = _readable("Match", match).programme
	elif programme:
		_readable("Mentoring Programme", programme)
	for user in filter(None, (raised_by, about_user)):
		if not frappe.db.exists("User", user):
			frappe.throw(_("There is no such user."))
	concern = store(
		kind=kind,
		text=text,
		urgent=urgent,
		programme=programme,
		mentoring_match=match,
		raised_by=raised_by or frappe.session.user,
		about_user=about_user,
		follows=follows,
	)
	told = [row.user for row in concern.recipients]
	return {"concern": concern.name if frappe.session.user in told else None, "told": len(told)}


@frappe.whitelist(methods=["POST"])
def take(concern: str) -> None:
	"""\"I am on it\": the concern is in the hands of the recipient who calls this. This is the first response.

	Raises PermissionError for everybody but its recipients, ValidationError where it is closed or in the hands of
	the same person already.
	"""
	doc = _locked(concern)
	if doc.handled_by == frappe.session.user and doc.status == IN_HAND:
		frappe.throw(_("This concern is in your hands already."))
	_add_step(doc, _("Took this concern in hand."))
	doc.handled_by = frappe.session.user
	_save(doc)


@frappe.whitelist(methods=["POST"])
def add_step(concern: str, what: str) -> None:
	"""Writes down what a recipient has done or decided, with name and time. The first step is a response too."""
	doc = _locked(concern)
	_add_step(doc, what)
	_save(doc)


@frappe.whitelist(methods=["POST"])
def add_recipient(concern: str, user: str) -> None:
	"""Lets another member of staff read the concern, and tells that person.

	Raises PermissionError for everybody but the recipients, ValidationError for a person without a role that reads
	concerns and for the person it is about; nothing is changed then. Whoever is a recipient already stays one.
	"""
	doc = _locked(concern)
	if user in [row.user for row in doc.recipients]:
		return
	_check_may_be_told(doc, user)
	doc.append("recipients", {"user": user})
	_save(doc)


@frappe.whitelist(methods=["POST"])
def close(concern: str, decision: str, outcome: str) -> None:
	"""Closes a concern that is in hand, for good, with what was decided and one of `OUTCOMES`."""
	doc = _locked(concern)
	if doc.status != IN_HAND:
		frappe.throw(_("Take the concern in hand first."))
	doc.decision = _text(decision, STEP_LENGTH, _("Please write down what was decided."))
	if outcome not in OUTCOMES:
		frappe.throw(_("Please choose an outcome."))
	doc.outcome = outcome
	doc.status, doc.closed_on, doc.closed_by = CLOSED, now_datetime(), frappe.session.user
	_save(doc)


def store(**values):
	"""Stores a concern for the portal or for staff and returns it. The caller has checked who may raise it."""
	if values["kind"] not in KINDS:
		frappe.throw(_("Please choose what you are worried about."))
	values["text"] = _text(values["text"], TEXT_LENGTH, _("Please write what happened."))
	doc = frappe.get_doc({"doctype": "Concern", **values, "urgent": int(values["urgent"])})
	# Nobody has the right to create one, since whoever raises it may not be among those who read it.
	return doc.insert(ignore_permissions=True)


def make_urgent(doc) -> None:
	"""The second tap said that it is urgent: its recipients are told so."""
	doc.urgent = 1
	doc.flags.by_procedure = True
	doc.save(ignore_permissions=True)  # the raiser's own concern of a moment ago
	tell([row.user for row in doc.recipients], subject(doc), "Concern", doc.name)


def subject(doc) -> str:
	"""Neutral words: a preview on a locked phone tells nothing."""
	if doc.urgent:
		return _("Urgent: a message is waiting for you")
	return _("A message is waiting for you")


# What the controller asks for -----------------------------------------------------------------------


def prepare(doc) -> None:
	"""A new concern: received now, with its first recipients."""
	doc.update({field: None for field in KEPT})
	doc.status, doc.received_on = RECEIVED, now_datetime()
	doc.steps, doc.recipients = [], []
	doc.flags.by_procedure = True
	if doc.mentoring_match and not doc.programme:
		doc.programme = frappe.db.get_value("Match", doc.mentoring_match, "programme")
	if not doc.programme:
		frappe.throw(_("Please choose the programme or the match."), frappe.MandatoryError)
	for user in routing.first_recipients(doc):
		doc.append("recipients", {"user": user})
	if not doc.recipients:
		frappe.throw(_("Nobody can be told at the moment. Please call the organisation."))


def check(doc) -> None:
	"""Keeps what was said and done, by whatever way the record is saved, and stamps what is new."""
	if doc.mentoring_match and doc.programme != frappe.db.get_value(
		"Match", doc.mentoring_match, "programme"
	):
		frappe.throw(_("The match belongs to another programme."))
	before = doc.get_doc_before_save()
	if before:
		if before.status == CLOSED:
			frappe.throw(_("This concern is closed. If it is not over, enter a new one that follows it."))
		if not doc.flags.by_procedure:
			doc.update({field: before.get(field) for field in KEPT})
		_keep_rows(doc, before, "steps", ("what", "done_by", "done_on"))
		_keep_rows(doc, before, "recipients", ("user", "added_by", "added_on", "told_on"))
		_follow_about_user(doc, before)
	_stamp_steps(doc)
	_check_recipients(doc)


def tell_new_recipients(doc) -> None:
	"""Tells everybody on the list who was not told yet, once."""
	for row in doc.recipients:
		if not row.told_on:
			tell([row.user], subject(doc), "Concern", doc.name)
			row.told_on = now_datetime()
			frappe.db.set_value("Concern Recipient", row.name, "told_on", row.told_on, update_modified=False)


def add_silently(doc, users: list[str]) -> None:
	"""Puts further users on the list; the saving tells them."""
	known = {row.user for row in doc.recipients}
	for user in users:
		if user not in known:
			doc.append("recipients", {"user": user})


def refuse_deletion() -> None:
	frappe.throw(_("A concern is never deleted."), frappe.PermissionError)


def refuse_alone() -> None:
	"""Rows are saved with their concern only; by themselves they would go round its rules."""
	frappe.throw(_("Please change this in the concern itself."), frappe.PermissionError)


def _keep_rows(doc, before, table: str, fields: tuple[str, ...]) -> None:
	given = {row.name: row for row in doc.get(table) if row.name}
	for old in before.get(table):
		row = given.get(old.name)
		if row is None or row.get(fields[0]) != old.get(fields[0]):
			frappe.throw(_("What stands in a concern is not changed or taken away. Add a step instead."))
		row.update({field: old.get(field) for field in fields})


def _stamp_steps(doc) -> None:
	before = doc.get_doc_before_save()
	old = {row.name for row in before.steps} if before else set()
	new = [row for row in doc.steps if row.name not in old]
	for row in new:
		row.what = _text(row.what, STEP_LENGTH, _("Please write what was done."))
		row.done_by, row.done_on = frappe.session.user, now_datetime()
	if new and not doc.first_response_on:
		doc.status, doc.first_response_on = IN_HAND, now_datetime()
		doc.handled_by = doc.handled_by or frappe.session.user
		doc.time_to_first_response = max(
			0, int(time_diff_in_seconds(doc.first_response_on, get_datetime(doc.received_on)))
		)


def _check_recipients(doc) -> None:
	before = doc.get_doc_before_save()
	old = {row.name for row in before.recipients} if before else set()
	for row in doc.recipients:
		if row.name not in old:
			_check_may_be_told(doc, row.user)
			row.added_by, row.added_on, row.told_on = frappe.session.user, now_datetime(), None
	if len({row.user for row in doc.recipients}) < len(doc.recipients):
		frappe.throw(_("Each person is told of a concern once."))


def _check_may_be_told(doc, user: str) -> None:
	if user in routing.kept_out(doc):
		frappe.throw(_("This person cannot be told: the concern is, or may be, about this person."))
	if not routing.may_receive(user):
		frappe.throw(_("Only coordinators, social workers and managers can be told of a concern."))


def _follow_about_user(doc, before) -> None:
	"""Once a recipient is named as the person it is about, that recipient is out, and others read it instead.

	The others come in also where recipients are left: nobody drops a colleague and stays alone with a concern.
	"""
	if (doc.about_user or None) == (before.about_user or None):
		return
	name = frappe.db.get_value("User", doc.about_user, "full_name") if doc.about_user else _("not known")
	doc.append("steps", {"what": _("Which member of staff it is about: {0}.").format(name)})
	staying = [row for row in doc.recipients if row.user != doc.about_user]
	if len(staying) == len(doc.recipients):
		return
	doc.recipients = staying
	for place, row in enumerate(staying, start=1):
		row.idx = place
	add_silently(doc, routing.round_about(doc))
	if not doc.recipients:
		frappe.throw(_("Nobody would be left to read this concern. Add another recipient first."))
	frappe.db.delete(
		"Notification Log",
		{"for_user": doc.about_user, "document_type": "Concern", "document_name": doc.name},
	)


def _add_step(doc, what: str) -> None:
	doc.append("steps", {"what": _text(what, STEP_LENGTH, _("Please write what was done."))})


def _locked(name: str):
	"""The concern, for one of its recipients; two who act at the same moment do so one after the other."""
	frappe.db.get_value("Concern", name, "name", for_update=True)
	doc = frappe.get_doc("Concern", name)
	doc.check_permission("write")
	if doc.status == CLOSED:
		frappe.throw(_("This concern is closed. If it is not over, enter a new one that follows it."))
	return doc


def _save(doc) -> None:
	# Flag read by `check`: these procedures alone move a concern on.
	doc.flags.by_procedure = True
	doc.save()


def _readable(doctype: str, name: str):
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return doc


def _text(value: str | None, longest: int, missing: str) -> str:
	value = (value or "").strip()
	if not value:
		frappe.throw(missing, frappe.MandatoryError)
	if len(value) > longest:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(longest))
	return value
