"""Mentor shortlists: a few mentors, as cards without a name, from which one mentee chooses.

Coordinators make them; a caregiver conducts the choice without reading them (choosing.py). What was agreed to with a
mentor is exactly what is shown: where it changes, it is agreed on anew. Source: handbook, "Contemplation and
initiation" (self-matching).
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, formatdate, getdate, nowdate

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import cards, making, pairs, profiles, weights
from libes_mentoring.mentor_matching.engine.rank import Suggestion, explain_pair, suggest

SHORTLIST = "Mentor Shortlist"
DRAFT, TO_SHOW, CHOSEN, NOBODY, MATCHED, WITHDRAWN = (
	"Draft",
	"To be shown",
	"Chosen",
	"Nobody",
	"Matched",
	"Withdrawn",
)
# In which a mentee still waits for an answer of the house.
OPEN = (DRAFT, TO_SHOW, CHOSEN)
FEWEST, MOST, SUGGESTED = 2, 6, 4
VALID_WEEKS = 6
EMPTY_CARD = {"card_text": None, "agreed_on": None, "agreed_hash": None}


@frappe.whitelist(methods=["POST"])
def make(mentee: str) -> str:
	"""Begins a shortlist for a mentee with the best possible mentors, and gives its name; the open one where there is.

	Raises PermissionError for who makes no matches for this mentee, ValidationError where the mentee is not ready or
	fewer than two mentors are possible.
	"""
	making.check_may_match(mentee)
	# Two clicks arrive together: the second waits here and finds the first one's.
	frappe.db.get_value("Mentee", mentee, "name", for_update=True)
	return open_shortlist(mentee) or frappe.get_doc({"doctype": SHORTLIST, "mentee": mentee}).insert().name


def open_shortlist(mentee: str) -> str | None:
	"""A locking read: in a transaction that has read before, a plain one would not see another click's."""
	table = frappe.qb.DocType(SHORTLIST)
	query = (
		frappe.qb.from_(table).select(table.name).where((table.mentee == mentee) & table.status.isin(OPEN))
	)
	found = (query if frappe.db.db_type == "sqlite" else query.for_update()).run(pluck=True)
	return found[0] if found else None


def prepare(doc) -> None:
	"""What a new shortlist begins with: a mentee who is ready, and the best mentors where none were chosen."""
	if not doc.mentee or not frappe.db.exists("Mentee", doc.mentee):
		frappe.throw(_("Please choose: {0}.").format(_("Mentee")), frappe.MandatoryError)
	making.check_may_match(doc.mentee)
	# Of two who begin at the same moment, the second waits here and finds the first one's.
	frappe.db.get_value("Mentee", doc.mentee, "name", for_update=True)
	if open_shortlist(doc.mentee):
		frappe.throw(_("There is an open shortlist for this mentee already."))
	person = profiles.mentee_profiles([doc.mentee])[0]
	if person.blockers:
		frappe.throw(" ".join(_capital(readiness.sentence(blocker)) for blocker in person.blockers))
	if not doc.get("cards"):
		best = suggest(
			person,
			profiles.mentors_available(person.programme),
			weights=weights.weights_of(person.programme),
			rules=profiles.rules_of(person.programme),
			limit=SUGGESTED,
		)
		for row in best:
			doc.append("cards", {"mentor": row.mentor, **_agreed_before(row.mentor)})
	if len(doc.get("cards")) < FEWEST:
		frappe.throw(
			_(
				"Fewer than two mentors are possible for this mentee at the moment: there is nothing to choose from."
			)
		)


def check(doc) -> None:
	"""Refuses what must not be shown, and keeps what a mentor agreed to in step with what the card says."""
	before = doc.get_doc_before_save()
	if before and before.status != DRAFT:
		if not doc.flags.by_procedure and _content(before) != _content(doc):
			frappe.throw(_("The cards of this shortlist are fixed. Take it back to change them."))
		return
	if doc.status == WITHDRAWN and doc.flags.by_procedure:
		# Nobody is shown it any more: a text that would be refused by now does not keep it.
		return
	doc.programme = frappe.db.get_value("Mentee", doc.mentee, "programme")
	wanted = [row.mentor for row in doc.cards]
	if len(set(wanted)) < len(wanted):
		frappe.throw(_("A mentor stands on two cards."))
	if len(wanted) > MOST:
		frappe.throw(_("A shortlist has {0} cards at the most.").format(MOST))
	known = {row.mentor for row in before.cards} if before else set()
	_check_possible(doc, [mentor for mentor in wanted if mentor not in known])
	_fill(doc, before)


def _check_possible(doc, mentors: list[str]) -> None:
	for mentor in mentors:
		if not doc.flags.by_procedure:
			making.check_mentor(mentor)
	for row in explained(doc.mentee, mentors):
		if not row.feasible:
			frappe.throw(
				_("{0} cannot stand on a card for this mentee: {1}").format(
					frappe.db.get_value("Mentor", row.mentor, "full_name"), " ".join(why_not(row))
				),
				title=_("Not possible"),
			)


def _fill(doc, before) -> None:
	"""Letters in the order of the rows, names, and whether what a mentor agreed to is still what the card says."""
	stored = {row.name: row for row in before.cards} if before else {}
	facts = cards.facts_of([row.mentor for row in doc.cards])
	names = dict(
		frappe.get_all(
			"Mentor", {"name": ("in", [row.mentor for row in doc.cards])}, ["name", "full_name"], as_list=True
		)
	)
	for row, letter in zip(doc.cards, cards.LETTERS, strict=False):
		old = stored.get(row.name)
		if old and old.mentor != row.mentor and (old.card_text or "") == (row.card_text or ""):
			# Another mentor in the same row: the words were the first one's.
			row.update({**EMPTY_CARD, **_agreed_before(row.mentor)})
		row.update({"letter": letter, "mentor_name": names.get(row.mentor)})
		if (row.card_text or "").strip() and (problem := cards.problem_with(row.mentor, row.card_text)):
			frappe.throw(
				_("The text of card {0} cannot be used. {1}").format(letter, problem), title=_("Other words")
			)
		if not row.agreed_on:
			row.agreed_hash = None
			continue
		if getdate(row.agreed_on) > getdate():
			frappe.throw(_("Card {0}: nobody has agreed on a day that is still to come.").format(letter))
		mark = cards.mark_of(row.mentor, facts.get(row.mentor, []), row.card_text)
		said_anew = not old or str(old.agreed_on or "") != str(row.agreed_on)
		if said_anew:
			row.agreed_hash = mark
		elif row.agreed_hash != mark:
			row.update({"agreed_on": None, "agreed_hash": None})
			frappe.msgprint(
				_("Card {0} says something else now: ask the mentor again.").format(letter), alert=True
			)


def _agreed_before(mentor: str) -> dict:
	"""What this mentor last agreed to, where the card would still say exactly that: nobody is asked twice.

	Nothing where those words may not stand on a card any more: a name or a word of the house has changed since.
	"""
	card, shortlist = frappe.qb.DocType("Mentor Shortlist Card"), frappe.qb.DocType(SHORTLIST)
	rows = (
		frappe.qb.from_(card)
		.inner_join(shortlist)
		.on(shortlist.name == card.parent)
		.select(card.card_text, card.agreed_on, card.agreed_hash)
		.where((card.mentor == mentor) & (card.parenttype == SHORTLIST) & card.agreed_on.isnotnull())
		.orderby(card.agreed_on, order=frappe.qb.desc)
		.orderby(card.modified, order=frappe.qb.desc)
		.limit(1)
		.run(as_dict=True)
	)
	if not rows:
		return {}
	[row] = rows
	if cards.problem_with(mentor, row.card_text):
		return {}
	same = row.agreed_hash == cards.mark_of(mentor, cards.facts_of([mentor]).get(mentor, []), row.card_text)
	return dict(row) if same else {"card_text": row.card_text}


def explained(mentee: str, mentors: list[str]) -> list[Suggestion]:
	"""All about each of these pairs, in the order of `mentors`; a constant number of queries."""
	if not mentors:
		return []
	person = profiles.mentee_profiles([mentee])[0]
	rules = profiles.rules_of(person.programme)
	found = {row.id: row for row in profiles.mentor_profiles(list(mentors))}
	return [explain_pair(found[mentor], person, rules=rules) for mentor in mentors if mentor in found]


def why_not(row: Suggestion) -> list[str]:
	"""Every rule that the pair breaks, a sentence each, for staff; of a mentor of another programme nothing but that."""
	return pairs.in_words(row)["reasons_against"] if row.feasible else pairs.all_broken_rules(row)


def obstacles(doc) -> dict[str, list[str]]:
	"""Letter → why its card must not be shown (any more), for staff; only cards of which something is wrong."""
	mentors = [row.mentor for row in doc.cards]
	explanations = {row.mentor: row for row in explained(doc.mentee, mentors)}
	facts, found = cards.facts_of(mentors), {}
	for row in doc.cards:
		wrong = []
		pair = explanations.get(row.mentor)
		if pair and pairs.is_elsewhere(pair):
			# Nor whether the words name that mentor, or what has changed since.
			found[row.letter] = why_not(pair)
			continue
		if pair is None or not pair.feasible:
			wrong += why_not(pair) if pair else [_("The mentor is not known any more.")]
		if problem := cards.problem_with(row.mentor, row.card_text):
			wrong.append(problem)
		elif not row.agreed_on:
			wrong.append(_("The mentor has not agreed to it yet."))
		elif row.agreed_hash != cards.mark_of(row.mentor, facts.get(row.mentor, []), row.card_text):
			wrong.append(_("What stands on it has changed since the mentor agreed: ask again."))
		if wrong:
			found[row.letter] = wrong
	return found


def is_too_old(doc, today: date | None = None) -> bool:
	return bool(doc.shown_from) and getdate(doc.shown_from) < getdate(
		add_days(today or nowdate(), -7 * VALID_WEEKS)
	)


def too_old_words(doc) -> str:
	return _(
		"This shortlist is of {0}, more than {1} weeks ago. Take it back and look through the cards."
	).format(formatdate(doc.shown_from, "d MMMM yyyy"), VALID_WEEKS)


@frappe.whitelist(methods=["POST"])
def finish(shortlist: str) -> None:
	"""The cards are complete: from now on they may be shown and printed. For a coordinator of the programme.

	Raises PermissionError, or ValidationError that names each card that is not in order; nothing is changed then.
	"""
	doc = for_a_coordinator(shortlist)
	if doc.status == TO_SHOW:
		return
	if doc.status != DRAFT:
		frappe.throw(_("This shortlist is past that."))
	if not FEWEST <= len(doc.cards) <= MOST:
		frappe.throw(_("A shortlist has between {0} and {1} cards.").format(FEWEST, MOST))
	if wrong := obstacles(doc):
		frappe.throw(
			"<br>".join(_("Card {0}: {1}").format(letter, " ".join(why)) for letter, why in wrong.items()),
			title=_("Not complete yet"),
		)
	doc.update({"status": TO_SHOW, "shown_from": nowdate(), "reminded_on": None})
	save(doc)


@frappe.whitelist(methods=["POST"])
def take_back(shortlist: str) -> None:
	"""Back to a draft, to change the cards; what was chosen is forgotten. Raises PermissionError, ValidationError."""
	doc = for_a_coordinator(shortlist)
	if doc.status in (MATCHED, WITHDRAWN):
		frappe.throw(_("This shortlist is over. Begin a new one."))
	if doc.status == NOBODY and (other := open_shortlist(doc.mentee)):
		frappe.throw(_("There is a newer shortlist for this mentee: {0}.").format(other))
	doc.update({"status": DRAFT, "shown_from": None, "reminded_on": None})
	forget_choice(doc)
	save(doc)


@frappe.whitelist(methods=["POST"])
def withdraw(shortlist: str) -> None:
	"""The shortlist is not needed any more. Raises PermissionError, or ValidationError once it has become a match."""
	doc = for_a_coordinator(shortlist)
	if doc.status == MATCHED:
		frappe.throw(_("A match was made of this shortlist already."))
	doc.status = WITHDRAWN
	save(doc)


def forget_choice(doc) -> None:
	for row in doc.cards:
		row.choice = 0
	doc.update({"chosen_on": None, "recorded_by": None, "present": None, "nobody": 0, "wish": None})


def for_a_coordinator(shortlist: str):
	"""The record under a lock. One refusal for one that is not yours and one that does not exist."""
	if not frappe.has_permission(SHORTLIST, "write") or not row_is_visible(
		SHORTLIST, shortlist, frappe.session.user
	):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	return frappe.get_doc(SHORTLIST, shortlist, for_update=True)


def save(doc) -> None:
	doc.flags.by_procedure = True
	# Asked before; the fields are read-only to everybody in the form.
	doc.save(ignore_permissions=True)


def _content(doc) -> list[tuple]:
	return [(row.mentor, row.card_text or "", str(row.agreed_on or "")) for row in doc.cards]


def _capital(words: str) -> str:
	return words[:1].upper() + words[1:] + "."
