"""What becomes of an application whose answers fit: a new candidate, or a sign that somebody known has written.

Whoever applies gets the same answer in every case, and what they may know by mail. Everything here reads and writes
past permissions: a guest has none, and what is stored is only what the form has let through.
"""

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from libes_mentoring import mail
from libes_mentoring.mentor_recruitment import motivations, refusals, status_link
from libes_mentoring.mentor_recruitment.screening_rules import APPLICATION
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

AS_ANSWERED = (
	"full_name",
	"birth_date",
	"district",
	"mobile",
	"hours_per_month",
	"personality",
	"skills",
	"experience",
	"availability",
	"availability_slots",
	"expectations",
	"recruitment_channel",
	"languages",
)


def receive(answers: dict, programme: str) -> None:
	"""Stores a new candidate of the programme, or notes that somebody known has applied again.

	`answers` are those of `application_form.tidy`, found right by `errors_in`.
	"""
	address = answers["email"].lower()
	_one_at_a_time()
	if refused := refusals.in_force(address):
		_refused_again(refused, address)
		return
	records = _records_of(address)
	if known := next((row for row in records if not row.turned_down_on), None):
		_known_again(known, address)
		return
	for row in records:
		# Turned down long ago: this is a new beginning, and the account goes with it once they are invited again.
		if row.user:
			frappe.db.set_value("Mentor", row.name, "user", None, update_modified=False)
	_store(answers, address, programme)
	if refused := refusals.in_force(None, answers["full_name"], answers["birth_date"]):
		# Known by name and date of birth, which others may know too: whoever writes under another address gets what a
		# stranger gets. The record is stopped by `refusals.blockers`, and the coordinator of the old one is told.
		_note_again(refused.mentor) and _tell(refused.mentor, _("A person applied again"))


def _one_at_a_time() -> None:
	"""Two posts of one person at the same moment make one record: the second waits here until the first is stored."""
	frappe.db.get_value("DocType", "Mentor", "name", for_update=True)


def _records_of(address: str) -> list[frappe._dict]:
	"""The mentors with this address who were not erased, the newest first, read as they are now (`for_update`)."""
	return frappe.db.get_values(
		"Mentor",
		{"email": address, "erased_on": ("is", "not set")},
		["name", "stage", "turned_down_on", "user"],
		as_dict=True,
		order_by="creation desc",
		for_update=True,
	)


def _store(answers: dict, address: str, programme: str) -> None:
	mentor = frappe.get_doc(
		{
			"doctype": "Mentor",
			"stage": "Applied",
			"programme": programme,
			"capacity": 1,
			**{field: answers[field] for field in AS_ANSWERED},
			"email": address,
			"motivations": motivations.from_application(answers["motivations"], answers["motivation"]),
			"interests": [{"interest": interest} for interest in answers["interests"]],
			"support_areas": [{"support_area": area} for area in answers["support_areas"]],
			"screening_steps": [{"step": APPLICATION, "outcome": "Open", "note": _consent_note()}],
		}
	).insert(ignore_permissions=True)
	_confirm(address, mentor.name)
	_tell(mentor.name, _("A new application has arrived"))


def _known_again(known: frappe._dict, address: str) -> None:
	"""Of somebody whose record is open, or who left on good terms."""
	if not _note_again(known.name):
		return
	_confirm(address, known.name)
	if known.stage == "Left":
		_tell(known.name, _("A person applied again"))


def _refused_again(refused: frappe._dict, address: str) -> None:
	"""Of somebody of whom no new application is considered: told to staff, and seen on the old record."""
	if not _note_again(refused.mentor):
		return
	_confirm(address, refused.mentor)
	_tell(refused.mentor, _("A person applied again"))


def _note_again(mentor: str) -> bool:
	"""Counts an application of somebody known; False where one has been noted today, so that nobody is flooded."""
	# As it is now, not as it was when the request began: it may have been stored while this one waited.
	before = frappe.db.get_value(
		"Mentor", mentor, ["applied_again_on", "applied_again_count"], as_dict=True, for_update=True
	)
	frappe.db.set_value(
		"Mentor",
		mentor,
		{"applied_again_on": nowdate(), "applied_again_count": (before.applied_again_count or 0) + 1},
		update_modified=False,
	)
	return not before.applied_again_on or getdate(before.applied_again_on) < getdate()


def _confirm(address: str, mentor: str) -> None:
	"""The mail to whoever applied, with a new link: the same words for somebody new and somebody known."""
	link = status_link.renew(mentor)
	words = [
		_("Thank you: an application with this address has reached us."),
		_("Here you can see at any time what has been done and what comes next: {0}").format(link),
		_("The link is meant for you alone. Please do not pass it on."),
		_("Was it not you? Then you need not do anything."),
	]
	mail.write_to(address, _("Your application has arrived"), words, ("Mentor", mentor))


def _tell(mentor: str, words: str) -> None:
	tell_coordinator(frappe.db.get_value("Mentor", mentor, "programme"), words, "Mentor", mentor)


def _consent_note() -> str:
	return _("Sent through the public form. Agreed to the processing of these data on {0}.").format(
		formatdate(nowdate(), "d MMMM yyyy")
	)
