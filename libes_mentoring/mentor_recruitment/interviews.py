"""Interviews: planned, invited to, held by one or two interviewers with scorecards of their own, and decided on.

Source: handbook, "The interview". The reasons are for staff; the candidate hears them from nobody but a person.
"""

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate, now_datetime

from libes_mentoring import mail
from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.access.roles import COORDINATOR, SOCIAL_WORKER
from libes_mentoring.mentor_recruitment import interview_guides, reference_link, scorecards, screening_steps
from libes_mentoring.mentor_recruitment.interview_rules import GO_ON, OUTCOMES, SUITABLE
from libes_mentoring.mentor_recruitment.references import LEAST_WORDS
from libes_mentoring.mentor_recruitment.screening_rules import INTERVIEW as STEP
from libes_mentoring.mentoring_programme.public_words import telling_words
from libes_mentoring.mentoring_relationship.messages import tell

INTERVIEW = "Mentor Interview"
PLANNED, DECIDED, CALLED_OFF = "Planned", "Decided", "Called off"
PLACES = ("interviewer_1", "interviewer_2")


def check(interview) -> None:
	"""Fills guide and candidate, and refuses interviewers who cannot judge and a change of what is over."""
	before = interview.get_doc_before_save()
	if interview.flags.by_procedure:
		return
	if before and before.status != PLANNED:
		frappe.throw(_("This interview is over. Another one is a new record."))
	if not before:
		interview.status = PLANNED
		_check_candidate(interview.mentor)
		# The mentor first: of two who plan at the same moment, the second waits here and finds the first one's.
		frappe.db.get_value("Mentor", interview.mentor, "name", for_update=True)
		running = {"mentor": interview.mentor, "status": PLANNED}
		if planned := frappe.db.get_value(INTERVIEW, running, "name", for_update=True):
			frappe.throw(_("There is an interview planned already: {0}.").format(planned))
	candidate = frappe.db.get_value("Mentor", interview.mentor, ["full_name", "programme"], as_dict=True)
	interview.candidate_name = candidate.full_name
	_fill_guide(interview, before, candidate.programme)
	chosen = [interview.get(place) for place in PLACES if interview.get(place)]
	if len(set(chosen)) < len(chosen):
		frappe.throw(_("Two different people ask, each with a scorecard of their own."))
	known = {before.get(place) for place in PLACES} if before else set()
	for user in chosen:
		if user not in known:
			_check_interviewer(user)
	if before:
		scorecards.check_change_of_interviewers(interview, known - {None}, set(chosen))


def after_change(interview) -> None:
	"""Each interviewer has an open scorecard, and hears of it once."""
	if interview.status != PLANNED:
		return
	chosen = [interview.get(place) for place in PLACES if interview.get(place)]
	new = scorecards.open_for(interview, chosen)
	told = [user for user in new if user != frappe.session.user]
	if told:
		tell(told, _("A talk is planned with you"), INTERVIEW, interview.name)


@frappe.whitelist(methods=["POST"])
def invite(interview: str) -> None:
	"""Mails date and place to the candidate, in neutral words.

	For coordinators of the programme. Raises PermissionError, or ValidationError where no mail can go or the place
	says why people take part.
	"""
	doc = _for_a_coordinator(interview)
	_check_planned(doc)
	mentor = frappe.db.get_value("Mentor", doc.mentor, ["email", "programme"], as_dict=True)
	if get_datetime(doc.held_on) < now_datetime():
		frappe.throw(_("This date has passed. Enter a new one first."))
	if not mentor.email:
		frappe.throw(_("There is no e-mail address. Please invite the candidate in another way."))
	if found := telling_words(doc.place):
		frappe.throw(_("The place says why people take part: {0}.").format(", ".join(found)))
	invitation = _invitation(doc, mentor.programme)
	if not mail.write_to(mentor.email, _("A talk in person"), invitation, (INTERVIEW, doc.name)):
		frappe.throw(_("This site sends no mail. Please invite the candidate in another way."))
	doc.update({"invited_on": getdate(), "invited_for": doc.held_on})
	_save(doc)


@frappe.whitelist(methods=["POST"])
def decide(interview: str, outcome: str, note: str = "") -> None:
	"""The coordinator's decision after the talk about it (one of `interview_rules.OUTCOMES`); deciding twice alike
	changes nothing.

	All scorecards that the programme asks for are submitted by then. Anything but Suitable needs a note, which
	stays among staff. Raises PermissionError, or ValidationError with the reason.
	"""
	doc = _for_a_coordinator(interview)
	if outcome not in OUTCOMES:
		frappe.throw(_("Please choose a decision."))
	if doc.status == DECIDED and doc.outcome == outcome:
		return
	_check_planned(doc)
	if outcome != SUITABLE and len((note or "").strip()) < LEAST_WORDS:
		frappe.throw(_("Please write down why, in a sentence. It stays among staff."), frappe.MandatoryError)
	scorecards.check_all_in(doc, needed_in(frappe.db.get_value("Mentor", doc.mentor, "programme")))
	doc.update(
		{
			"status": DECIDED,
			"outcome": outcome,
			"outcome_note": (note or "").strip(),
			"decided_by": frappe.session.user,
			"decided_on": getdate(),
		}
	)
	_save(doc)
	# The reasons stand in the interview alone.
	screening_steps.record_outcome(
		doc.mentor,
		STEP,
		screening_steps.PASSED if outcome in GO_ON else screening_steps.NOT_PASSED,
		note=doc.name,
	)


@frappe.whitelist(methods=["POST"])
def call_off(interview: str) -> None:
	"""Ends an interview that is not held; its open scorecards go with it. Calling off twice changes nothing.

	For coordinators of the programme. Raises PermissionError, or ValidationError where it was decided on.
	"""
	doc = _for_a_coordinator(interview)
	if doc.status == CALLED_OFF:
		return
	_check_planned(doc)
	doc.status = CALLED_OFF
	_save(doc)
	scorecards.withdraw_open(doc.name)


def needed_in(programme: str) -> int:
	"""How many scorecards a decision needs in this programme: one or two."""
	return cint(frappe.db.get_value("Mentoring Programme", programme, "interviewers_needed")) or len(PLACES)


def _fill_guide(interview, before, programme: str) -> None:
	interview.guide = interview.guide or interview_guides.guide_for(programme)
	if not interview.guide:
		frappe.throw(_("There is no interview guide in force. A manager puts one in force."))
	guide = frappe.db.get_value("Interview Guide", interview.guide, ["version", "status"], as_dict=True)
	if before and before.guide != interview.guide:
		frappe.throw(_("The scorecards follow the guide: call this interview off and plan another one."))
	if not before and guide and guide.status != interview_guides.IN_FORCE:
		frappe.throw(_("This guide is not in force. Choose one that is."))
	interview.guide_version = guide.version if guide else None


def _check_candidate(mentor: str) -> None:
	if not reference_link.is_candidate(mentor):
		frappe.throw(_("This person has left or was turned down."))


def _check_interviewer(user: str) -> None:
	enabled = frappe.db.get_value("User", user, "enabled")
	judges = {COORDINATOR, SOCIAL_WORKER} & set(frappe.get_roles(user)) if enabled else set()
	if not judges or frappe.db.exists("Mentor", {"user": user}):
		frappe.throw(_("An interviewer is a coordinator or a social worker of yours, and no mentor."))


def _check_planned(doc) -> None:
	if doc.status != PLANNED:
		frappe.throw(_("This interview is over. Another one is a new record."))


def _for_a_coordinator(interview: str):
	"""The record, under a lock: of two who act at the same moment, the second sees what the first has done."""
	# Asked before anything is told of the record: not yours and not there are answered alike.
	if not row_is_visible(INTERVIEW, interview, frappe.session.user):
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	doc = frappe.get_doc(INTERVIEW, interview, for_update=True)
	doc.check_permission("write")
	return doc


def _save(doc) -> None:
	doc.flags.by_procedure = True
	# Asked before; the fields are read-only to everybody in the form.
	doc.save(ignore_permissions=True)


def _invitation(doc, programme: str) -> list[str]:
	row = frappe.db.get_value("Mentoring Programme", programme, ["public_name", "coordinator"], as_dict=True)
	who = frappe.db.get_value("User", row.coordinator, ["full_name", "email"], as_dict=True)
	words = [
		_(
			"We would like to get to know you, and to answer your questions about the mentoring programme {0}."
		).format(row.public_name),
		_("Our proposal: {0}").format(frappe.utils.format_datetime(doc.held_on, "EEEE d MMMM yyyy, HH:mm")),
		_("How: {0}").format(_(doc.medium)),
	]
	if doc.place:
		words.append(_("Where: {0}").format(doc.place))
	words.append(
		_("Does it not suit you, or is there anything that we should arrange? {0}: {1}").format(
			who.full_name, who.email
		)
	)
	return words
