"""What stands on a card from which a mentee chooses: enough to choose by, and nothing that says who it is.

No name, picture, age, address or district, and nothing of the mentee. The kind of mentor stands there only where the
mentor has agreed to it, in words that do not say why anybody takes part. Source: handbook, "Contemplation and
initiation" (ways of matching) and "Survivor mentors and local volunteers".
"""

import hashlib
import json
import re
from collections import defaultdict

import frappe
from frappe import _

from libes_mentoring.mentor_support import board_rules
from libes_mentoring.mentoring_programme.public_words import telling_words

TEXT_LENGTH = 400
LETTERS = "ABCDEF"
MEDIA_FIELDS = ("medium_in_person", "medium_synchronous", "medium_asynchronous")
# Whether at the weekend, and which part of the day (None: any) → how it is called.
TIMES = {
	(False, "Morning"): "Mornings",
	(False, "Afternoon"): "Afternoons",
	(False, "Evening"): "Evenings",
	(True, None): "Weekends",
}
IDENTITY = ("full_name", "email", "mobile")
LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|org|net|info|eu|be|fr|it|de|es|nl|uk|me)\b", re.IGNORECASE)
FIELDS = ("name", *IDENTITY, "mentor_kind", "kind_on_cards", *MEDIA_FIELDS)


def kind_words(kind: str) -> str:
	"""A kind of mentor as a card says it: read over a shoulder it tells nothing about who chooses."""
	return {
		"Local volunteer": _("Has known life here for a long time."),
		"Survivor": _("Knows from own experience what a new beginning asks of you."),
		"Migrant background": _("Has come from another country too."),
	}.get(kind, "")


def facts_of(mentors: list[str]) -> dict[str, list[tuple[str, list[str]]]]:
	"""Mentor → `[(what, values)]` of their card as recorded, with a constant number of queries; the same in any language."""
	rows = frappe.get_all("Mentor", filters={"name": ("in", mentors or [""])}, fields=list(FIELDS))
	languages = _values(mentors, "Mentoring Language Skill", "language")
	interests = _values(mentors, "Mentoring Interest Item", "interest")
	areas = _values(mentors, "Mentoring Support Area Item", "support_area")
	times = _times(mentors)
	found = {}
	for row in rows:
		facts = (
			("languages", languages[row.name]),
			("interests", interests[row.name]),
			("areas", areas[row.name]),
			("media", [field for field in MEDIA_FIELDS if row[field]]),
			("times", times[row.name]),
			("kind", [row.mentor_kind] if row.kind_on_cards and row.mentor_kind else []),
		)
		found[row.name] = [(what, values) for what, values in facts if values]
	return found


def lines_of(facts: dict[str, list[tuple[str, list[str]]]]) -> dict[str, list[tuple[str, str]]]:
	"""Mentor → `[(heading, words)]` of their card, in the language of who looks. What is not recorded is left out."""
	headings, own_words = _headings(), _own_words()
	found = {}
	for mentor, known in facts.items():
		lines = []
		for what, values in known:
			words = [own_words[value] if what in ("media", "times") else _(value) for value in values]
			if what == "kind":
				words = [kind_words(value) for value in values]
			# Word lists are the organisation's own: a word that says why people take part stays off paper and screen.
			kept = [word for word in words if word and not telling_words(word)]
			if kept:
				lines.append((headings[what], ", ".join(kept)))
		found[mentor] = lines
	return found


def _headings() -> dict[str, str]:
	return {
		"languages": _("Speaks"),
		"interests": _("Likes"),
		"areas": _("Can help with"),
		"media": _("How you can meet"),
		"times": _("When"),
		"kind": _("Good to know"),
	}


def _own_words() -> dict[str, str]:
	return {
		"medium_in_person": _("In person"),
		"medium_synchronous": _("By telephone or video"),
		"medium_asynchronous": _("By messages"),
		"Mornings": _("Mornings"),
		"Afternoons": _("Afternoons"),
		"Evenings": _("Evenings"),
		"Weekends": _("Weekends"),
	}


def mark_of(mentor: str, facts: list[tuple[str, list[str]]], text: str | None) -> str:
	"""A fingerprint of exactly what a mentor agreed to: a card that says something else is agreed on anew.

	Made of what is recorded, not of its words in somebody's language: whoever shows the cards may read another one.
	"""
	return hashlib.sha256(json.dumps([mentor, facts, _words(text)]).encode()).hexdigest()[:32]


def problem_with(mentor: str, text: str | None) -> str | None:
	"""Why a text must not stand on this mentor's card, in a sentence for staff; None where it may.

	What matched is not repeated, but for telling words: those who write the card know the mentor, not the mentee.
	"""
	text = _words(text)
	if not text:
		return _("It needs a few words of the mentor.")
	if len(text) > TEXT_LENGTH:
		return _("It is too long: {0} characters at the most.").format(TEXT_LENGTH)
	identity = frappe.db.get_value("Mentor", mentor, list(IDENTITY), as_dict=True) or {}
	if board_rules.names_a_person(text, [identity["full_name"]] if identity.get("full_name") else []):
		return _("It names the mentor.")
	if any(char.isdigit() for char in text):
		return _("It holds a number: ages, dates and house numbers stay away, others are written as words.")
	if LINK.search(text) or board_rules.says_how_to_reach(text) or _contact_of(identity, text):
		return _("It says how to reach somebody: an address, a profile or a link.")
	# Every alias of the site: read past permissions, compared and never shown.
	if board_rules.names_an_alias(text, frappe.get_all("Mentee", pluck="name")):
		return _("It may name somebody who is mentored.")
	if words := telling_words(text):
		return _("It says why people take part: {0}.").format(", ".join(dict.fromkeys(words)))
	return None


def _contact_of(identity: dict, text: str) -> bool:
	"""The part of a mail address before the @, which often is a name, and the number, however written."""
	row = board_rules.squeezed(text)
	wanted = [(identity.get("email") or "").split("@")[0], identity.get("mobile") or ""]
	return any(len(short := board_rules.squeezed(value)) > 4 and short in row for value in wanted)


def _words(text: str | None) -> str:
	return " ".join((text or "").split())


def _values(mentors: list[str], table: str, field: str) -> dict[str, list[str]]:
	# Read past permissions: who asks has been asked for the shortlist, and gets what a card may show.
	found = defaultdict(list)
	filters = {"parenttype": "Mentor", "parent": ("in", mentors or [""])}
	for row in frappe.get_all(
		table, filters=filters, fields=["parent", field], order_by="parent asc, idx asc"
	):
		found[row.parent].append(row[field])
	return found


def _times(mentors: list[str]) -> dict[str, list[str]]:
	"""Parts of the day, on working days and at the weekend: whole timetables are somebody's."""
	found = defaultdict(list)
	filters = {"parenttype": "Mentor", "parent": ("in", mentors or [""])}
	slots = frappe.get_all(
		"Mentoring Availability Slot", filters=filters, fields=["parent", "weekday", "day_part"]
	)
	for (weekend, part), words in TIMES.items():
		for mentor in {
			row.parent
			for row in slots
			if (row.weekday in ("Saturday", "Sunday")) == weekend and part in (None, row.day_part)
		}:
			found[mentor].append(words)
	return found
