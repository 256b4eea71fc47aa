"""What comes next for a shortlist and for a matching session, in words for the top of the form; and what is late."""

import frappe
from frappe import _
from frappe.utils import add_days, formatdate, getdate, now_datetime, nowdate

from libes_mentoring.mentor_matching import choosing, preferences, sessions, shortlists
from libes_mentoring.mentor_matching.choice_reminders import SESSION_AFTER_DAYS, SHORTLIST_AFTER_DAYS
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING


def of_shortlist(doc) -> tuple[str, bool]:
	"""`(sentences, late)` for a stored Mentor Shortlist."""
	if doc.status == shortlists.WITHDRAWN:
		return _("Withdrawn."), False
	if doc.status == shortlists.MATCHED:
		return " ".join([choosing.choice_in_words(doc), _("A match was made of it.")]), False
	if doc.status != shortlists.NOBODY and frappe.db.get_value("Mentee", doc.mentee, "status") == "Left":
		return _("The mentee has left: withdraw this shortlist."), True
	if doc.status != shortlists.NOBODY and frappe.db.exists("Match", {"mentee": doc.mentee, "stage": ("in", RUNNING)}):
		return _("The mentee was matched in another way meanwhile: withdraw this shortlist."), True
	if doc.status == shortlists.DRAFT:
		return _draft(doc), False
	if doc.status == shortlists.NOBODY:
		words = [
			choosing.choice_in_words(doc),
			_("That is an answer, too: look for others, or wait for new mentors."),
		]
		return " ".join(words), False
	waits = getdate(doc.chosen_on or doc.shown_from) <= getdate(add_days(nowdate(), -SHORTLIST_AFTER_DAYS))
	if doc.status == shortlists.CHOSEN:
		words = [choosing.choice_in_words(doc), _("Make the match.")]
	else:
		words = [_("May be shown and printed since {0}.").format(formatdate(doc.shown_from, "d MMMM yyyy"))]
		if waits:
			words.append(_("Nobody has answered for two weeks: ask the caregiver."))
	wrong = shortlists.obstacles(doc)
	words += [_("Card {0}: {1}").format(letter, " ".join(why)) for letter, why in wrong.items()]
	if old := shortlists.is_too_old(doc):
		words.append(shortlists.too_old_words(doc))
	return " ".join(words), waits or bool(wrong) or old


def _draft(doc) -> str:
	wrong = shortlists.obstacles(doc)
	if not wrong:
		return _("Every card is complete and agreed on: say that they may be shown.")
	words = [_("Card {0}: {1}").format(letter, " ".join(why)) for letter, why in wrong.items()]
	return " ".join([_("Before they are shown, complete the cards."), *words])


def of_session(doc) -> tuple[str, bool]:
	"""`(sentences, late)` for a stored Matching Session."""
	if doc.status == sessions.CALLED_OFF:
		return _("Called off."), False
	if doc.status == sessions.SETTLED:
		made = sum(1 for row in doc.mentees if row.mentoring_match)
		return _("Finished. Matches made of it: {0}.").format(made), False
	late = getdate(doc.held_on) <= getdate(add_days(nowdate(), -SESSION_AFTER_DAYS))
	if doc.status == sessions.HELD:
		if missing := preferences.missing(doc):
			return _("Ask each of them in private. Not entered yet: {0}.").format(missing), late
		return _("Everybody has said something: settle who goes with whom."), late
	if doc.held_on < now_datetime():
		return _("Write down who came."), late
	if gone := sessions.moved_away(doc):
		# Also for their safety: what keeps them apart from others is not known here any more.
		return _("In another programme by now, so take them off the list: {0}.").format(", ".join(gone)), True
	if apart := sessions.kept_apart(doc):
		words = [_("Some of them must not be in one room."), *map(sessions.apart_words, apart)]
		return " ".join(words), True
	if not doc.mentors or not doc.mentees:
		return _("Put mentors and mentees on the list."), False
	open_rows = [row.mentor_name for row in doc.mentors if not row.invited_on]
	if open_rows:
		return _("Nobody is kept apart. Invite the mentors: {0}. Caregivers ask the mentees.").format(
			", ".join(open_rows)
		), False
	return _("The mentors are invited. On the day, print the two lists and write down who came."), False
