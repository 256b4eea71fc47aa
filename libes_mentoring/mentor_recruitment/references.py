"""References: a coordinator asks, a referee answers once, a coordinator reads; what follows is decided by a person.

The referee's words are for staff. An unfavourable one changes nothing by itself.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from libes_mentoring import mail
from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.access.roles import COORDINATOR
from libes_mentoring.mentor_recruitment import reference_link, reference_rules, screening_steps
from libes_mentoring.mentor_recruitment.screening_rules import REFERENCES
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

REFERENCE = "Mentor Reference"
STATUSES = TO_ASK, ASKED, RECEIVED, ACCEPTED, NOT_ACCEPTED, CALLED_OFF = (
	"To be asked",
	"Asked",
	"Received",
	"Accepted",
	"Not accepted",
	"Called off",
)
UNANSWERED = (TO_ASK, ASKED)
LEAST_WORDS = 10


def check(reference) -> None:
	"""Refuses somebody who cannot be a referee, and a change of who has answered."""
	for field in ("referee_name", "referee_email", "referee_phone", "relation"):
		reference.set(field, (reference.get(field) or "").strip() or None)
	before = reference.get_doc_before_save()
	if not before:
		reference.update({"status": TO_ASK, "token_hash": None})
		_check_candidate(reference.mentor)
	reference.candidate_name = frappe.db.get_value("Mentor", reference.mentor, "full_name")
	if not reference.referee_name:
		frappe.throw(_("Please enter the referee's name."), frappe.MandatoryError)
	if reference.flags.by_procedure:
		return
	_check_somebody_else(reference)
	changed = before and any(
		(before.get(field) or None) != reference.get(field) for field in ("referee_name", "referee_email")
	)
	if changed and before.status not in UNANSWERED:
		frappe.throw(_("This reference is closed. Name another referee in a new one."))
	if changed and before.status == ASKED:
		# The link went to somebody else.
		reference.update({"status": TO_ASK, "token_hash": None, "link_expires_on": None})


@frappe.whitelist(methods=["POST"])
def request(
	mentor: str, referee_name: str, referee_email: str = "", referee_phone: str = "", relation: str = ""
) -> dict:
	"""Names a referee and asks at once where there is an address; gives what `ask` gives, with `reference`.

	For whoever may add references of this mentor. Raises PermissionError, or ValidationError with the reason.
	"""
	doc = frappe.get_doc(
		{
			"doctype": REFERENCE,
			"mentor": mentor,
			"referee_name": referee_name,
			"referee_email": referee_email,
			"referee_phone": referee_phone,
			"relation": relation,
		}
	)
	doc.insert()
	asked = ask(doc.name) if doc.referee_email else {"mailed": False, "link": ""}
	return {"reference": doc.name, **asked}


@frappe.whitelist(methods=["POST"])
def ask(reference: str) -> dict:
	"""`{"mailed", "link"}`: a new link, mailed to the referee; where no mail can go, `link` is to be handed over.

	The link before works no longer, and the reminders begin anew. For coordinators of the programme. Raises
	PermissionError, or ValidationError where the reference has arrived or was called off.
	"""
	doc = _for_a_coordinator(reference)
	if doc.status not in UNANSWERED:
		frappe.throw(_("This reference is closed. Name another referee in a new one."))
	_check_candidate(doc.mentor)
	link = reference_link.renew(doc)
	today = getdate()
	doc.update(
		{
			"status": ASKED,
			"asked_on": today,
			"asked_by": frappe.session.user,
			"last_mail_on": today,
			"chased": 0,
			"handed_over_on": None,
		}
	)
	_save(doc)
	mailed = _write(doc, link, again=False)
	return {"mailed": mailed, "link": "" if mailed else link}


def chase(doc, today: date) -> None:
	"""Reminds a referee, by a new link; the caller holds the lock."""
	link = reference_link.renew(doc)
	doc.update({"chased": (doc.chased or 0) + 1, "last_mail_on": today})
	_save(doc)
	_write(doc, link, again=True)


def hand_over(doc, today: date) -> None:
	"""Leaves it to staff: nobody is reminded any more, the link works as long as it does. The caller holds the lock."""
	doc.handed_over_on = today
	_save(doc)
	tell_coordinator(_programme_of(doc), _("An answer that was asked for has not come"), REFERENCE, doc.name)


@frappe.whitelist(methods=["POST"])
def record_by_phone(reference: str, answers: dict | str) -> None:
	"""Writes down what a referee said on the phone; `answers` as the referee's own form has them.

	For coordinators of the programme. Raises PermissionError, or ValidationError with every reason.
	"""
	doc = _for_a_coordinator(reference)
	if doc.status not in UNANSWERED:
		frappe.throw(_("This reference is closed. Name another referee in a new one."))
	given = frappe.parse_json(answers)
	tidied = reference_rules.tidy(given if isinstance(given, dict) else {})
	if errors := reference_rules.errors_in(tidied):
		frappe.throw("<br>".join(dict.fromkeys(error_words(errors).values())), title=_("Please look again"))
	store(doc, tidied, "By phone", by=frappe.session.user)


def store(doc, answers: dict, how: str, by: str | None = None) -> None:
	"""Writes tidied answers that fit; the caller holds the lock. The link works no longer."""
	qualities = zip(reference_rules.FORM["qualities"], answers["levels"], strict=True)
	fields = (*reference_rules.CHOICES, *reference_rules.LIMITS)
	doc.update({field: answers[field] for field in fields})
	doc.set("qualities", [{"quality": quality, "level": level} for quality, level in qualities])
	doc.update(
		{
			"declared_true": 1,
			"status": RECEIVED,
			"received_on": now_datetime(),
			"received_how": how,
			"received_by": by,
			"form_version": reference_rules.FORM["version"],
			"token_hash": None,
			"link_expires_on": None,
		}
	)
	_save(doc)
	if not by:
		tell_coordinator(_programme_of(doc), _("An answer has arrived"), REFERENCE, doc.name)


@frappe.whitelist(methods=["POST"])
def decide(reference: str, decision: str, note: str = "") -> bool:
	"""Notes that a coordinator has read the reference: Accepted or Not accepted, the latter with a note.

	True where the step References is passed by it: as many are accepted as the programme asks for. One that is not
	accepted opens a passed step again where too few are left; what it means is decided by `conclude`, and a step that
	was decided as not passed stays so. Raises PermissionError, or ValidationError.
	"""
	_check_visible(reference)
	# The mentor first, everywhere: of two who accept the last two at once, the second counts what the first has done.
	frappe.db.get_value("Mentor", frappe.db.get_value(REFERENCE, reference, "mentor"), "name", for_update=True)
	doc = _for_a_coordinator(reference)
	if decision not in (ACCEPTED, NOT_ACCEPTED):
		frappe.throw(_("Please choose a decision."))
	if doc.status == decision:
		return False
	if doc.status not in (RECEIVED, ACCEPTED, NOT_ACCEPTED):
		frappe.throw(_("There is nothing to read yet."))
	if decision == NOT_ACCEPTED:
		_check_words(note)
	doc.update(
		{
			"status": decision,
			"decided_by": frappe.session.user,
			"decided_on": getdate(),
			"decision_note": (note or "").strip(),
		}
	)
	_save(doc)
	return _settle_step(doc)


@frappe.whitelist(methods=["POST"])
def conclude(mentor: str, outcome: str, note: str = "") -> None:
	"""A coordinator's decision on the step References: Passed, or Not passed with a note for staff.

	Passed needs as many accepted references as the programme asks for. The note is kept in the newest reference alone,
	which the step names: the mentor's own record has more readers. Raises PermissionError, or ValidationError.
	"""
	doc = frappe.get_doc("Mentor", mentor)
	doc.check_permission("write")
	_check_coordinator()
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	if outcome not in (screening_steps.PASSED, screening_steps.NOT_PASSED):
		frappe.throw(_("Please choose a decision."))
	if outcome == screening_steps.NOT_PASSED:
		_check_words(note)
	elif (accepted := accepted_of(mentor)) < (needed := needed_in(doc.programme)):
		frappe.throw(
			_("The programme asks for {0} references, and {1} have been read and accepted.").format(
				needed, accepted
			)
		)
	kept_in = _keep_conclusion(mentor, (note or "").strip())
	screening_steps.record_outcome(mentor, REFERENCES, outcome, note=kept_in)


@frappe.whitelist(methods=["POST"])
def call_off(reference: str) -> None:
	"""Asks this referee no more; the link works no longer. Calling off twice changes nothing.

	For coordinators of the programme. Raises PermissionError, or ValidationError where the reference has arrived.
	"""
	doc = _for_a_coordinator(reference)
	if doc.status == CALLED_OFF:
		return
	if doc.status not in UNANSWERED:
		frappe.throw(_("This reference has arrived already."))
	doc.update({"status": CALLED_OFF, "token_hash": None, "link_expires_on": None})
	_save(doc)


@frappe.whitelist(methods=["GET", "POST"])
def form() -> dict:
	"""The form as it is asked on the phone: `{"known_for", "known_as", "levels", "qualities", "trust": [str]}`."""
	if not frappe.has_permission(REFERENCE, "read"):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	return {key: values for key, values in reference_rules.FORM.items() if key != "version"}


def error_words(errors: dict[str, str]) -> dict[str, str]:
	"""What is wrong with the answers, by field, in a referee's words (`reference_rules.errors_in`)."""
	words = {
		"missing": _("Please fill this in."),
		"choose": _("Please choose from the list."),
		"levels": _("Please choose one answer for each quality."),
		"say": _("Please say in a few words which reservations you have, or how we may reach you."),
		"declare": _("Please confirm that what you wrote is true."),
	}
	return {
		field: words.get(code)
		or _("Please keep it shorter: {0} characters at the most.").format(reference_rules.LIMITS[field])
		for field, code in errors.items()
	}


def needed_in(programme: str) -> int:
	"""How many references the programme asks for; 0 where it asks for none."""
	return frappe.db.get_value("Mentoring Programme", programme, "references_needed") or 0


def accepted_of(mentor: str) -> int:
	"""How many are accepted. The caller holds the mentor's lock; a locking read, since a plain one sees what was before."""
	accepted = {"mentor": mentor, "status": ACCEPTED}
	return len(frappe.db.get_values(REFERENCE, accepted, "name", for_update=True))


def _keep_conclusion(mentor: str, note: str) -> str:
	"""Writes down why the step was decided so, and gives the name of the reference in which it stands; "" for no note."""
	if not note:
		return ""
	newest = frappe.db.get_value(REFERENCE, {"mentor": mentor}, "name", order_by="creation desc")
	if not newest:
		frappe.throw(_("The reason is kept with a reference, and there is none yet. Name a referee first."))
	doc = frappe.get_doc(REFERENCE, newest, for_update=True)
	doc.conclusion_note = note
	_save(doc)
	return newest


def _settle_step(doc) -> bool:
	"""What a decision on a reference does to the step; whether the step is passed by it."""
	step = {"parenttype": "Mentor", "parent": doc.mentor, "step": REFERENCES}
	outcome = frappe.db.get_value("Mentor Screening Step", step, "outcome", for_update=True)
	needed = needed_in(_programme_of(doc))
	enough = needed and accepted_of(doc.mentor) >= needed
	if doc.status == ACCEPTED and enough and outcome == screening_steps.OPEN:
		screening_steps.record_outcome(doc.mentor, REFERENCES, screening_steps.PASSED)
		return True
	if doc.status == NOT_ACCEPTED and needed and not enough and outcome == screening_steps.PASSED:
		# The reasons stand in the reference alone.
		screening_steps.record_outcome(doc.mentor, REFERENCES, screening_steps.OPEN, note=doc.name)
	return False


def _check_candidate(mentor: str) -> None:
	if not reference_link.is_candidate(mentor):
		frappe.throw(_("This person has left or was turned down: nobody is asked for a reference."))


def _check_somebody_else(reference) -> None:
	address = (reference.referee_email or "").lower()
	if not address:
		return
	if not mail.is_one_address(address):
		frappe.throw(_("This does not look like an e-mail address."))
	if address == (frappe.db.get_value("Mentor", reference.mentor, "email") or "").strip().lower():
		frappe.throw(_("This is the candidate's own address."))
	others = frappe.get_all(
		REFERENCE,
		filters={
			"mentor": reference.mentor,
			"name": ("!=", reference.name or ""),
			"status": ("!=", CALLED_OFF),
			"referee_email": address,
		},
	)
	if others:
		frappe.throw(_("This referee has been named already."))


def _check_words(note: str) -> None:
	if len((note or "").strip()) < LEAST_WORDS:
		frappe.throw(_("Please write down why, in a sentence. It stays among staff."), frappe.MandatoryError)


def _check_coordinator() -> None:
	if COORDINATOR not in frappe.get_roles():
		frappe.throw(_("Only a coordinator decides this."), frappe.PermissionError)


def _for_a_coordinator(reference: str):
	"""The record, under a lock: of two who act at the same moment, the second sees what the first has done."""
	_check_visible(reference)
	doc = frappe.get_doc(REFERENCE, reference, for_update=True)
	doc.check_permission("write")
	_check_coordinator()
	return doc


def _check_visible(reference: str) -> None:
	# Asked before anything is told of the record: not yours and not there are answered alike.
	if not row_is_visible(REFERENCE, reference, frappe.session.user):
		frappe.throw(_("Not permitted"), frappe.PermissionError)


def _save(doc) -> None:
	doc.flags.by_procedure = True
	# A referee and a job have no rights; of staff was asked before.
	doc.save(ignore_permissions=True)


def _programme_of(doc) -> str:
	return frappe.db.get_value("Mentor", doc.mentor, "programme")


def _write(doc, link: str, *, again: bool) -> bool:
	"""The mail to a referee; False where it cannot go. It names nobody but the coordinator who asks."""
	if not doc.referee_email:
		return False
	programme = frappe.db.get_value(
		"Mentoring Programme", _programme_of(doc), ["public_name", "coordinator"], as_dict=True
	)
	who = frappe.db.get_value("User", programme.coordinator, ["full_name", "email"], as_dict=True)
	words = [
		_(
			"Somebody who would like to be a volunteer in the mentoring programme {0} has named you as a person who knows them."
		).format(programme.public_name),
		_(
			"Would you answer a few questions? It takes about five minutes, and your answers are read by staff only: {0}"
		).format(link),
		_("The link works once, until {0}, and is meant for you alone. Please do not pass it on.").format(
			frappe.utils.formatdate(doc.link_expires_on, "d MMMM yyyy")
		),
		_("You would rather speak to us, or have a question? {0} is there for you: {1}").format(
			who.full_name, who.email
		),
	]
	if again:
		words.insert(
			0, _("We have written to you before. The link in that mail works no longer; this one does.")
		)
	subject = _("A few questions about somebody you know")
	return mail.write_to(doc.referee_email, subject, words, (REFERENCE, doc.name))
