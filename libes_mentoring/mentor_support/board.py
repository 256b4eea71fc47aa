"""The volunteers' board: what is published, what waits until a coordinator has read it, and who may say so.

No data of mentees stands on it: a post that may name somebody or say how to reach them is held back. Nobody is told
what in it gave the reason, since that would tell which names there are; and after some posts that were held back,
everything by the same author waits for the rest of the day, so that names cannot be found out by trying.
"""

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime

from libes_mentoring.mentor_support import board_rules
from libes_mentoring.mentor_support.written import as_written
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

POST = "Peer Post"
PUBLISHED, HELD, REPORTED, REMOVED = "Published", "Held back", "Reported", "Removed"
WAITING = (HELD, REPORTED)
MAY_NAME, ASKED_FOR, TODAY = (
	"It may name somebody or say how to reach them",
	"A reader asked for a second look",
	"Several posts had to be looked at today",
)
TEXT_LENGTH, NAME_LENGTH = 2000, 40
POSTS_PER_HOUR, REPORTS_PER_HOUR, EDITS_PER_POST = 10, 20, 10
# From so many posts held back within a day on, everything by this author waits.
HELD_PER_DAY = 3
DOUBLE_TAP_MINUTES = 2


def write(mentor: str, text: str, shown_name: str | None = None, reply_to: str | None = None):
	"""Stores a post of a mentor and returns it, published or held back.

	The caller has checked that the mentor is the person asking and that `reply_to`, where given, is on this mentor's
	board. The same words within two minutes give the first post again. Raises ValidationError with the reason where
	the text is missing, too long, or too much for an hour; nothing is written then.
	"""
	text, name = _text(text), _name(shown_name)
	# Two taps arrive at the same moment: the second waits for the first here and then finds its post.
	full_name, programme = frappe.db.get_value("Mentor", mentor, ["full_name", "programme"], for_update=True)
	recent = _recent(mentor, hours=1)
	if first := _just_written(recent, text, reply_to):
		return frappe.get_doc(POST, first)
	if len(recent) >= POSTS_PER_HOUR:
		frappe.throw(_("You have written a lot within an hour. Please take a break, and write again later."))
	first_name = full_name.split()[0]
	doc = frappe.get_doc(
		{
			"doctype": POST,
			"mentor": mentor,
			"programme": programme,
			"shown_name": name or first_name,
			"text": text,
			"reply_to": reply_to,
			"written_on": now_datetime(),
			"status": PUBLISHED,
		}
	)
	_look_at(doc, text if name in (None, first_name) else f"{name}\n{text}")
	# A volunteer has no DocPerm; it is the volunteer's own post.
	doc.insert(ignore_permissions=True)
	_tell_if_held(doc)
	return doc


def change(doc, text: str) -> None:
	"""Gives a post (a document, the author's own) a new text, which is looked at again.

	What waits goes on waiting: only a person publishes what was held back.
	"""
	text = _text(text)
	doc = _locked(doc)
	if doc.status == REMOVED:
		frappe.throw(_("This post is no longer on the board."))
	if text == as_written(doc.text):
		return
	if doc.edits >= EDITS_PER_POST:
		frappe.throw(_("This post has been changed many times. Please write a new one."))
	doc.update({"text": text, "edits": doc.edits + 1})
	was_published = doc.status == PUBLISHED
	if was_published:
		_look_at(doc, text)
	_save(doc)
	if was_published:
		_tell_if_held(doc)


def take_back(doc) -> None:
	"""Takes a post off the board for its author. Its words go too, unless a reader has asked to look at them."""
	doc = _locked(doc)
	if doc.status == REMOVED:
		return
	doc.update({"text": doc.text if doc.reported_by else "", "status": REMOVED, "withdrawn": 1})
	_save(doc)


def report(doc, user: str) -> None:
	"""A reader asks for a second look: the post leaves the board until a coordinator has read it."""
	doc = _locked(doc)
	if doc.status != PUBLISHED:
		return
	since = add_to_date(now_datetime(), hours=-1)
	if frappe.db.count(POST, {"reported_by": user, "reported_on": (">=", since)}) >= REPORTS_PER_HOUR:
		frappe.throw(_("You have asked for many second looks within an hour. Please call your coordinator."))
	doc.update({"status": REPORTED, "held_for": ASKED_FOR, "held_on": now_datetime(), "reminded_on": None})
	doc.update({"reported_by": user, "reported_on": now_datetime()})
	_save(doc)
	_tell_if_held(doc)


@frappe.whitelist(methods=["POST"])
def publish(post: str) -> None:
	"""A coordinator has read a post that waits or was taken down, and puts it on the board.

	Raises PermissionError for everybody who does not coordinate its programme, ValidationError for one that its author
	has taken back.
	"""
	doc = _to_moderate(post)
	if doc.withdrawn:
		frappe.throw(_("Its author has taken this post back."))
	_decide(doc, PUBLISHED)


@frappe.whitelist(methods=["POST"])
def remove(post: str) -> None:
	"""A coordinator takes a post off the board. Raises PermissionError as `publish` does."""
	_decide(_to_moderate(post), REMOVED)


def may_name_somebody(text: str, mentor: str) -> bool:
	"""Whether a text of this mentor may name a mentee or say how to reach somebody. What matched is never told."""
	if board_rules.says_how_to_reach(text):
		return True
	# Every alias of the site, with one query: the mentor may have heard of another person elsewhere.
	if board_rules.names_an_alias(text, frappe.get_all("Mentee", pluck="name")):
		return True
	# Of those whom the mentor meets or has met, also the names. Read past permissions: they are compared with the
	# text and go nowhere.
	mentees = frappe.get_all("Match", filters={"mentor": mentor}, pluck="mentee")
	if not mentees:
		return False
	files = frappe.get_all(
		"Mentee Case File", filters={"mentee": ("in", mentees)}, fields=["full_name", "known_as"]
	)
	names = [name for row in files for name in (row.full_name, row.known_as) if name]
	return board_rules.names_a_person(text, [*names, *(alias.split("-")[0] for alias in mentees)])


def _look_at(doc, text: str) -> None:
	reason = None
	if may_name_somebody(text, doc.mentor):
		reason = MAY_NAME
	elif _held_today(doc.mentor) >= HELD_PER_DAY:
		reason = TODAY
	if reason:
		doc.update({"status": HELD, "held_for": reason, "held_on": now_datetime(), "reminded_on": None})


def _held_today(mentor: str) -> int:
	since = add_to_date(now_datetime(), hours=-24)
	return frappe.db.count(POST, {"mentor": mentor, "held_for": MAY_NAME, "held_on": (">=", since)})


def _tell_if_held(doc) -> None:
	if doc.status in WAITING:
		tell_coordinator(
			doc.programme, _("A post on the volunteers' board waits for you"), POST, doc.name
		)


def _recent(mentor: str, hours: int) -> list[frappe._dict]:
	"""A locking read: in a transaction that has read before, a plain one would not see the other tap's post."""
	post = frappe.qb.DocType(POST)
	query = (
		frappe.qb.from_(post)
		.select(post.name, post.text, post.reply_to, post.written_on)
		.where((post.mentor == mentor) & (post.written_on >= add_to_date(now_datetime(), hours=-hours)))
		.orderby(post.written_on)
	)
	return (query if frappe.db.db_type == "sqlite" else query.for_update()).run(as_dict=True)


def _just_written(recent: list, text: str, reply_to: str | None) -> str | None:
	since = add_to_date(now_datetime(), minutes=-DOUBLE_TAP_MINUTES)
	for row in recent:
		if row.written_on >= since and (as_written(row.text), row.reply_to or None) == (text, reply_to or None):
			return row.name
	return None


def _to_moderate(post: str):
	if not frappe.has_permission(POST, "write") or not frappe.db.exists(POST, post):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	doc = frappe.get_doc(POST, post)
	doc.check_permission("write")
	return _locked(doc)


def _locked(doc):
	"""The post as it is now: what was read before the lock may be out of date."""
	return frappe.get_doc(POST, doc.name, for_update=True)


def _decide(doc, status: str) -> None:
	if doc.status == status:
		return
	doc.update({"status": status, "checked_by": frappe.session.user, "checked_on": now_datetime()})
	_save(doc)


def _save(doc) -> None:
	doc.flags.by_procedure = True
	# The author's own post, or a right that was asked before.
	doc.save(ignore_permissions=True)


def _text(text: str) -> str:
	text = (text or "").strip()
	if not text:
		frappe.throw(_("Please write something first."))
	if len(text) > TEXT_LENGTH:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(TEXT_LENGTH))
	return text


def _name(shown_name: str | None) -> str | None:
	name = " ".join((shown_name or "").split())
	if len(name) > NAME_LENGTH:
		frappe.throw(_("Please choose a shorter name: {0} characters at the most.").format(NAME_LENGTH))
	return name or None
