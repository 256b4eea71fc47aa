"""Where an application stands, for whoever holds its link: kind words, what comes next, and no reason of staff."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from libes_mentoring.mentor_recruitment import (
	agreement_content,
	agreements,
	interviews,
	letters,
	references,
	screening,
	screening_steps,
	status_link,
	training_records,
)
from libes_mentoring.mentor_recruitment.screening_rules import (
	AGREEMENT,
	APPLICATION,
	INTERVIEW,
	RECORD_CHECK,
	REFERENCES,
	TRAINING,
)
from libes_mentoring.portal import scope
from libes_mentoring.portal.limits import limited

LOOKS_PER_HOUR = 60
DONE, CURRENT, OPEN = "done", "current", "open"


@limited(limit=LOOKS_PER_HOUR, seconds=60 * 60)
def by_key(key: str) -> dict | None:
	"""What the page says to the holder of a key; None alike for one that is unknown, over or never was.

	`{"heading", "words": [str], "steps": [{"title", "state", "words"}], "programme", "coordinator", "email",
	"portal": bool}`; `state` is "done", "current" or "open". Read past permissions: the key names one record, and no
	field of it leaves this function but those named here. Raises TooManyRequestsError where one address asks too often.
	"""
	name = status_link.holder(key)
	if not name:
		return None
	mentor = frappe.get_doc("Mentor", name)
	programme = frappe.get_cached_doc("Mentoring Programme", mentor.programme)
	coordinator = frappe.db.get_value("User", programme.coordinator, ["full_name", "email"], as_dict=True)
	return {
		**_said_to(mentor),
		"programme": programme.public_name,
		"coordinator": coordinator.full_name,
		"email": coordinator.email,
		"portal": bool(mentor.user) and mentor.stage != "Left",
	}


def my_standing() -> dict:
	"""The same for the volunteer who is logged in: `{"heading", "words", "steps"}`. Raises PermissionError for others."""
	return _said_to(frappe.get_doc("Mentor", scope.own_mentor()))


def _said_to(mentor) -> dict:
	if mentor.turned_down_on:
		return _page(_("Thank you for your application"), letters.kind_words())
	if mentor.stage == "Left":
		return _page(
			_("Thank you for your time with us"),
			[_("You are not with us as a mentor at the moment. You are welcome to write to us at any time.")],
		)
	if mentor.stage == "Paused":
		return _page(
			_("You are taking a pause"),
			[_("That is fine, for as long as you need. Tell us when you would like to go on.")],
		)
	# Whatever has to be done anew stands there again, as on the way here.
	if mentor.stage == "Available" and not _open_steps(mentor):
		return _page(
			_("You are one of our mentors"),
			[
				_(
					"Everything is done. We look for somebody who suits you, and write to you as soon as we know more."
				)
			],
		)
	return _on_the_way(mentor)


def _on_the_way(mentor) -> dict:
	steps, _hours = screening.terms_of(mentor.programme)
	missing = _open_steps(mentor)
	current = next((step for step in steps if step in missing), None)
	if not current:
		return _page(
			_("You have done everything"),
			[_("There is nothing for you to do now. We look through it once more and write to you.")],
			[_step(mentor, step, DONE) for step in steps],
		)
	return _page(
		_("Thank you for being on the way with us"),
		[],
		[_step(mentor, step, CURRENT if step == current else OPEN if step in missing else DONE) for step in steps],
	)


def _open_steps(mentor) -> set[str]:
	"""Steps that are not through, by the rules of the screening: a step that was not passed is simply not done yet."""
	blockers = screening.open_screening_of(mentor)
	found = {blocker.params["step"] for blocker in blockers if "step" in blocker.params}
	if any(blocker.code.startswith("record_check") for blocker in blockers):
		found.add(RECORD_CHECK)
	return found


def _page(heading: str, words: list[str], steps: list[dict] | None = None) -> dict:
	return {"heading": heading, "words": words, "steps": steps or []}


def _step(mentor, step: str, state: str) -> dict:
	title, now = _words().get(step, (_(step), _("We will tell you what this is about.")))
	if state == CURRENT and step != APPLICATION and _is_with_us(mentor, step):
		# The same for under way, for good news that is not told yet and for bad: from it nobody reads a decision.
		now = _("We are looking at it and will write to you.")
	return {"title": title, "state": state, "words": now if state == CURRENT else ""}


def _is_with_us(mentor, step: str) -> bool:
	"""Whether the candidate has nothing to do for an open step: it is under way, or was decided on."""
	if step == RECORD_CHECK:
		# Seen; one that was in order and is over has to be shown anew.
		codes = {blocker.code for blocker in screening.open_screening_of(mentor)}
		return not codes & {"record_check_missing", "record_check_expired"}
	outcome = next((row.outcome for row in mentor.screening_steps if row.step == step), None)
	if outcome == screening_steps.PASSED:
		# It was, and is over: it is asked for anew.
		return False
	if outcome == screening_steps.NOT_PASSED:
		return True
	under_way = {
		REFERENCES: _enough_referees,
		INTERVIEW: _interview_was_held,
		TRAINING: _all_modules_attended,
		AGREEMENT: _agreement_is_signed,
	}
	return step in under_way and under_way[step](mentor)


def _enough_referees(mentor) -> bool:
	named = frappe.db.count(
		references.REFERENCE, {"mentor": mentor.name, "status": ("!=", references.CALLED_OFF)}
	)
	return named >= max(references.needed_in(mentor.programme), 1)


def _interview_was_held(mentor) -> bool:
	return bool(
		frappe.db.exists(
			interviews.INTERVIEW,
			{
				"mentor": mentor.name,
				"status": ("!=", interviews.CALLED_OFF),
				"held_on": ("<=", now_datetime()),
			},
		)
	)


def _all_modules_attended(mentor) -> bool:
	# With the last module the step is passed; where no module is asked for, a person decides.
	return not training_records.standings([mentor.name])[mentor.name].missing and bool(
		frappe.db.exists("Training Attendance", {"mentor": mentor.name, "status": "Attended"})
	)


def _agreement_is_signed(mentor) -> bool:
	return bool(
		frappe.db.exists(
			"Volunteer Agreement",
			{"mentor": mentor.name, "status": ("in", (agreement_content.SIGNED, agreements.COUNTERSIGNED))},
		)
	)


def _words() -> dict[str, tuple[str, str]]:
	"""Step → what it is, and what the candidate has to do while it is the next one."""
	return {
		APPLICATION: (
			_("Your application"),
			_("We are reading what you wrote, and write to you. There is nothing for you to do now."),
		),
		RECORD_CHECK: (
			_("Certificate of good conduct"),
			_(
				"Please ask for the certificate where you live, and show it to us. We only look at it and keep no copy."
				" If something stands in it, we talk about it: an entry alone decides nothing."
			),
		),
		REFERENCES: (
			_("People who know you"),
			_(
				"We would like to hear from people who know you well. Please tell us whom to ask, and tell them that we will write."
			),
		),
		INTERVIEW: (
			_("A talk in person"),
			_("We propose a day to you. Bring all your questions."),
		),
		TRAINING: (
			_("Preparation"),
			_("Please take part in the training before the first meeting. We send you the dates."),
		),
		AGREEMENT: (
			_("Our agreement"),
			_("We go through what both sides promise, and you sign it with us."),
		),
	}
