"""The answer to somebody who was turned down: kind, the same for everybody, and silent about the reason."""

import frappe
from frappe import _
from frappe.utils import formatdate, nowdate

from libes_mentoring import mail
from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentor_recruitment import refusals
from libes_mentoring.mentoring_programme.letterhead import letterhead


def kind_words() -> list[str]:
	"""The paragraphs of the letter. They hold for every reason, so that none can be read from them."""
	return [
		_("Thank you for wanting to give your time, and for everything you told us about yourself."),
		_(
			"We have thought about it with care, and we cannot offer you a place as a mentor in this programme. This"
			" does not judge you as a person. The role has to fit on many sides at once, and sometimes it does not."
		),
		_(
			"If you would like to help in another way, the volunteer centre near you knows who is looking for people."
		),
		_("What you wrote is kept for a limited time only. You may ask to see it or to have it deleted."),
	]


@facts_of("Mentor")
def letter_facts(mentor: str) -> frappe._dict:
	"""What the printed letter names. Raises ValidationError for somebody who was not turned down."""
	row = frappe.db.get_value("Mentor", mentor, ["full_name", "programme", "turned_down_on"], as_dict=True)
	if not row.turned_down_on:
		frappe.throw(_("This letter is for candidates who were turned down."))
	programme = frappe.get_cached_doc("Mentoring Programme", row.programme)
	house = letterhead()
	return frappe._dict(
		organisation=house["organisation"],
		address=house["address"],
		privacy_contact=frappe.get_cached_doc("Mentoring Settings").privacy_contact,
		candidate=row.full_name,
		programme=programme.public_name,
		coordinator=frappe.db.get_value("User", programme.coordinator, "full_name"),
		day=formatdate(nowdate(), "d MMMM yyyy"),
		paragraphs=kind_words(),
	)


@frappe.whitelist(methods=["POST"])
def send_letter(mentor: str) -> None:
	"""Mails the letter to a candidate who was turned down, once, and notes the day.

	For whoever may change the mentor's record. Raises ValidationError where there is no address, no mail, nobody
	turned down, or a letter sent before.
	"""
	doc = frappe.get_doc("Mentor", mentor)
	doc.check_permission("write")
	refusal = refusals.of_mentor(doc.name)
	if not (doc.turned_down_on and refusal):
		frappe.throw(_("This letter is for candidates who were turned down."))
	# Locked, so that two clicks send one letter.
	if sent_on := frappe.db.get_value(refusals.REFUSAL, refusal.name, "letter_sent_on", for_update=True):
		frappe.throw(_("The letter was sent on {0}.").format(formatdate(sent_on, "d MMMM yyyy")))
	if not doc.email:
		frappe.throw(_("There is no e-mail address. Please print the letter."))
	if not mail.write_to(doc.email, _("An answer to your application"), kind_words(), ("Mentor", doc.name)):
		frappe.throw(_("This site sends no mail. Please print the letter."))
	# Nobody may change these records but the app's procedures.
	frappe.db.set_value(refusals.REFUSAL, refusal.name, "letter_sent_on", nowdate())
