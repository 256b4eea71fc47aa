"""The volunteers' page: running matches, their meetings, their papers."""

import frappe
from frappe import _
from frappe.utils import nowdate

from libes_mentoring.mentoring_relationship.concerns import TEXT_LENGTH
from libes_mentoring.portal import concerns, invitations, matches, papers, policies, status
from libes_mentoring.portal.meetings import ACTIVITY_LENGTH, NOTE_LENGTH
from libes_mentoring.portal.page import volunteer_page

no_cache = 1


def get_context(context):
	if not volunteer_page(context, "/mentoring", _("My mentoring")):
		return
	context.update(
		{
			"papers_waiting": policies.is_waiting(),
			"invitations": invitations.my_invitations(),
			"matches": matches.my_matches(),
			"standing": status.my_standing(),
			"coordinator": matches.my_coordinator(),
			"certificates": papers.my_certificates(),
			"concerns": concerns.my_concerns(),
			"concern_kinds": concerns.kinds(),
			"concern_length": TEXT_LENGTH,
			"emergency_note": frappe.get_cached_doc("Mentoring Settings").emergency_note or "",
			"media": frappe.get_meta("Meeting Log").get_field("medium").options.split("\n"),
			"lengths": (30, 60, 90, 120),
			"activities": _activities(),
			"activity_length": ACTIVITY_LENGTH,
			"note_length": NOTE_LENGTH,
			"today": nowdate(),
		}
	)


def _activities() -> list[str]:
	"""Everyday things to do, to save typing. None of them says anything about anybody."""
	return [
		_("A walk"),
		_("Coffee or tea together"),
		_("Cooking together"),
		_("Museum or exhibition"),
		_("Library"),
		_("Practising the language"),
		_("Help with a letter or a form"),
		_("Finding the way by public transport"),
		_("Shopping for everyday things"),
		_("Sport or exercise"),
		_("Music or a film"),
		_("A talk about plans"),
	]
