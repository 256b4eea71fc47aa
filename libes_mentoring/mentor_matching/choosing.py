"""A mentee chooses among the cards of a shortlist: what is shown, what is written down, and the match it becomes.

What is shown holds letters and cards, and nothing else: no name, no alias, no programme. A caregiver conducts the
choice of their own mentee through these functions, without a right to read the shortlist, which names the mentors.
Nobody of these is an answer like any other. Source: handbook, "Contemplation and initiation" (self-matching).
"""

import json

import frappe
from frappe import _
from frappe.utils import format_datetime, now_datetime

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.access.printed import facts_of
from libes_mentoring.access.roles import SOCIAL_WORKER
from libes_mentoring.mentor_matching import cards, making, shortlists
from libes_mentoring.mentor_matching.shortlists import CHOSEN, MATCHED, NOBODY, SHORTLIST, TO_SHOW
from libes_mentoring.mentoring_programme.letterhead import letterhead

# Who was there, by what they are: a name would stand in the mentee's record for good.
PRESENT = ("Caregiver", "Coordinator", "Interpreter", "Somebody the person trusts")
WISH_LENGTH = 500
SHOWN_IN = (TO_SHOW, CHOSEN, NOBODY)


@frappe.whitelist(methods=["GET", "POST"])
def to_choose_from(mentee: str) -> dict | None:
	"""`{"shortlist", "status", "too_old"}`: the shortlist that a mentee may choose from now, or None.

	For a coordinator of the programme and the mentee's caregiver. Raises PermissionError for anybody else.
	"""
	if not _conducts(mentee):
		_refuse()
	found = frappe.get_all(
		SHORTLIST,
		filters={"mentee": mentee, "status": ("in", (TO_SHOW, CHOSEN))},
		fields=["name as shortlist", "status", "shown_from"],
		order_by="creation desc",
		limit=1,
	)
	if not found:
		return None
	[row] = found
	return {"shortlist": row.shortlist, "status": row.status, "too_old": shortlists.is_too_old(row)}


@frappe.whitelist(methods=["GET", "POST"])
def shown(shortlist: str) -> list[dict]:
	"""`[{"letter", "text", "lines": [[heading, words]]}]`: the cards, for whoever conducts the choice.

	Checked once more at this moment: raises ValidationError, in words that name nobody, where a card must not be shown
	any more. Raises PermissionError for anybody but a coordinator of the programme and the mentee's caregiver.
	"""
	return _cards(_for_the_choice(shortlist))


@frappe.whitelist(methods=["POST"])
def record(
	shortlist: str,
	choices: list | str | None = None,
	present: list | str | None = None,
	nobody: bool | int = False,
	wish: str | None = None,
) -> dict:
	"""Writes down what a mentee chose: letters in order, or nobody, who was there, and what is wished for instead.

	`{"status"}`. It may be said anew until a match is made. Raises PermissionError as `shown` does, and
	ValidationError with the reason; nothing is stored then.
	"""
	doc = _for_the_choice(shortlist, lock=True)
	letters, people = _list(choices), _list(present)
	nobody = frappe.utils.cint(nobody)
	_check_answer(doc, letters, people, nobody)
	wish = (wish or "").strip()
	if len(wish) > WISH_LENGTH:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(WISH_LENGTH))
	shortlists.forget_choice(doc)
	for row in doc.cards:
		row.choice = letters.index(row.letter) + 1 if row.letter in letters else 0
	doc.update(
		{
			"status": NOBODY if nobody else CHOSEN,
			"nobody": nobody,
			"wish": wish or None,
			"present": ", ".join(word for word in PRESENT if word in people),
			"chosen_on": now_datetime(),
			"recorded_by": frappe.session.user,
			"reminded_on": None,
		}
	)
	shortlists.save(doc)
	return {"status": doc.status}


def present_words() -> dict[str, str]:
	"""Who may have been there, as it is stored → in words."""
	return {
		"Caregiver": _("Caregiver"),
		"Coordinator": _("Coordinator"),
		"Interpreter": _("Interpreter"),
		"Somebody the person trusts": _("Somebody the person trusts"),
	}


def _check_answer(doc, letters: list, people: list, nobody: int) -> None:
	if doc.status not in SHOWN_IN:
		frappe.throw(_("There is nothing to choose from any more."))
	if doc.status == NOBODY and shortlists.open_shortlist(doc.mentee):
		frappe.throw(_("There are newer cards for this person: please show those."))
	if bool(letters) == bool(nobody):
		frappe.throw(_("Please choose at least one card, or nobody of these."))
	known = [row.letter for row in doc.cards]
	if len(set(letters)) < len(letters) or not set(letters) <= set(known):
		frappe.throw(_("Please choose among the cards, each once."))
	if not people or not set(people) <= set(PRESENT):
		frappe.throw(_("Please say who was there."))
	# What cannot be shown cannot be chosen: nobody is promised what is gone.
	_cards(doc)


@frappe.whitelist(methods=["GET", "POST"])
def outlook(shortlist: str) -> dict:
	"""What has become of a choice: `{"choices": [{"letter", "mentor_name", "choice", "possible", "why": [str]}], "offer"}`.

	`offer` is the letter of the first choice that is still possible, or None. For a coordinator of the programme;
	raises PermissionError for anybody else.
	"""
	if not frappe.has_permission(SHORTLIST, "write") or not row_is_visible(
		SHORTLIST, shortlist, frappe.session.user
	):
		_refuse()
	return _outlook(frappe.get_doc(SHORTLIST, shortlist))


def _outlook(doc) -> dict:
	chosen = sorted((row for row in doc.cards if row.choice), key=lambda row: row.choice)
	found = {row.mentor: row for row in shortlists.explained(doc.mentee, [row.mentor for row in chosen])}
	choices = []
	for row in chosen:
		pair = found.get(row.mentor)
		possible = bool(pair and pair.feasible)
		why = (
			[] if possible else shortlists.why_not(pair) if pair else [_("The mentor is not known any more.")]
		)
		choices.append(
			{
				"letter": row.letter,
				"mentor_name": row.mentor_name,
				"choice": row.choice,
				"possible": possible,
				"why": why,
			}
		)
	return {"choices": choices, "offer": next((row["letter"] for row in choices if row["possible"]), None)}


@frappe.whitelist(methods=["POST"])
def accept(shortlist: str, letter: str) -> str:
	"""Makes the match of a chosen card and gives its name; a second call gives the same match.

	`letter` is the first choice that is still possible: an earlier one is never passed over in silence. Raises
	PermissionError, or ValidationError with the reason; nothing is written then.
	"""
	doc = shortlists.for_a_coordinator(shortlist)
	if doc.status == MATCHED and doc.mentoring_match:
		return doc.mentoring_match
	if doc.status != CHOSEN:
		frappe.throw(_("Nobody was chosen on this shortlist yet."))
	seen = _outlook(doc)
	if letter != seen["offer"]:
		frappe.throw(_in_the_way(seen, letter), title=_("Not matched"))
	[row] = [row for row in doc.cards if row.letter == letter]
	match = making.make(doc.mentee, row.mentor, "Self-matching", first=lambda: _check_unchanged(doc))
	# Made anew: where the database turned a try away, all was read again.
	doc = frappe.get_doc(SHORTLIST, shortlist, for_update=True)
	doc.update({"status": MATCHED, "mentoring_match": match})
	shortlists.save(doc)
	return match


def _check_unchanged(seen) -> None:
	"""A try that the database turned away has lost the lock: what was chosen may be another by now."""
	doc = frappe.get_doc(SHORTLIST, seen.name, for_update=True)
	if doc.status != seen.status or _chosen(doc) != _chosen(seen):
		frappe.throw(_("The choice was changed meanwhile. Please look again."), title=_("Not matched"))


def _chosen(doc) -> list[tuple]:
	return [(row.letter, row.mentor, row.choice) for row in doc.cards]


def _in_the_way(seen: dict, letter: str) -> str:
	gone = [
		_("{0} ({1}) is not possible any more: {2}").format(
			row["letter"], row["mentor_name"], " ".join(row["why"])
		)
		for row in seen["choices"]
		if not row["possible"]
	]
	if not seen["offer"]:
		return " ".join([*gone, _("No choice is left. Take the shortlist back and look for others.")])
	if letter in [row["letter"] for row in seen["choices"] if not row["possible"]]:
		return " ".join([*gone, _("The next choice is {0}.").format(seen["offer"])])
	return _("The first choice that is possible is {0}.").format(seen["offer"])


@facts_of("Mentor Shortlist")
def mentor_cards_facts(shortlist: str) -> frappe._dict:
	"""What the printed cards say: `{"organisation", "cards"}`. Raises as `shown` does."""
	return frappe._dict(organisation=letterhead()["organisation"], cards=shown(shortlist))


def choice_in_words(doc) -> str:
	"""What was chosen, for staff: letters in their order, who was there and when."""
	letters = [row.letter for row in sorted(doc.cards, key=lambda row: row.choice or 0) if row.choice]
	what = _("nobody of these") if doc.nobody else ", ".join(letters)
	known = present_words()
	people = ", ".join(known.get(word, word) for word in (doc.present or "").split(", ") if word)
	return _("Chosen on {0}: {1}. There: {2}.").format(format_datetime(doc.chosen_on, "d MMMM yyyy, HH:mm"), what, people)


def _cards(doc) -> list[dict]:
	"""The cards of a shortlist as they may be shown at this moment."""
	if doc.status not in SHOWN_IN:
		frappe.throw(_("These cards are not ready to be shown."), title=_("Not now"))
	if shortlists.is_too_old(doc):
		frappe.throw(shortlists.too_old_words(doc), title=_("Not now"))
	if wrong := shortlists.obstacles(doc):
		# Whoever conducts the choice may not know the mentors: the reasons stand on the coordinator's form.
		frappe.throw(
			_(
				"Not to be shown any more: {0}. The coordinator sees why, and takes the shortlist back."
			).format(", ".join(_("card {0}").format(letter) for letter in wrong)),
			title=_("Not now"),
		)
	lines = cards.lines_of(cards.facts_of([row.mentor for row in doc.cards]))
	return [
		{
			"letter": row.letter,
			"text": row.card_text,
			"lines": [list(line) for line in lines.get(row.mentor, [])],
		}
		for row in doc.cards
	]


def _for_the_choice(shortlist: str, lock: bool = False):
	"""The shortlist, for who conducts the choice. One refusal for one that is not yours and one that is not there."""
	mentee = frappe.db.get_value(SHORTLIST, str(shortlist), "mentee")
	if not mentee or not _conducts(mentee):
		_refuse()
	return frappe.get_doc(SHORTLIST, str(shortlist), for_update=lock)


def _conducts(mentee: str) -> bool:
	"""Whether the user makes matches for this mentee, or is the mentee's caregiver."""
	user = frappe.session.user
	if not isinstance(mentee, str) or not frappe.has_permission("Mentee", "read"):
		return False
	if not row_is_visible("Mentee", mentee, user):
		return False
	if frappe.has_permission(SHORTLIST, "write"):
		return True
	return SOCIAL_WORKER in frappe.get_roles() and frappe.db.get_value("Mentee", mentee, "caregiver") == user


def _list(value: list | str | None) -> list[str]:
	"""A list, however a browser sends it."""
	if isinstance(value, str):
		try:
			value = json.loads(value) if value.strip() else []
		except ValueError:
			value = [value]
	if not isinstance(value, list | None):
		frappe.throw(_("Please choose among the cards, each once."))
	return [str(word) for word in value or []]


def _refuse() -> None:
	frappe.throw(_("This is not available to you."), frappe.PermissionError)
