"""Volunteers among themselves: the board of their programme, and get-togethers."""

import frappe
from frappe import _
from frappe.utils import get_datetime

from libes_mentoring.mentor_support import board, gatherings
from libes_mentoring.mentor_support.written import as_written
from libes_mentoring.portal import scope

# Whoever has been through the screening once; and whoever has a match, whatever has to be renewed.
MEMBER_STAGES = ("Available", "Paused")
LATEST_POSTS = 50


@frappe.whitelist(methods=["GET"])
def my_board() -> list[dict]:
	"""The latest fifty posts of the volunteer's own programme with their answers, the newest first.

	`[{"post", "name", "text", "written_on", "mine", "state" (words for the author, "" where it is published),
	"may_change", "answers": [the same without answers]}]`. Posts that wait are there for their author alone.

	Raises PermissionError for everybody who is not a volunteer with a place on the board.
	"""
	mentor, programme = _member()
	post = frappe.qb.DocType(board.POST)
	fields = ("name", "mentor", "shown_name", "text", "written_on", "status", "reply_to")
	seen = (post.status == board.PUBLISHED) | (
		(post.mentor == mentor) & post.status.isin(board.WAITING) & (post.withdrawn == 0)
	)
	query = frappe.qb.from_(post).select(*(post[field] for field in fields))
	# Read past permissions: the filter is the volunteer's own programme, and only named fields leave.
	query = query.where((post.programme == programme) & seen)
	first = (
		query.where(post.reply_to.isnull() | (post.reply_to == ""))
		.orderby(post.written_on, order=frappe.qb.desc)
		.orderby(post.name)
		.limit(LATEST_POSTS)
		.run(as_dict=True)
	)
	names = [row.name for row in first]
	answers = (
		query.where(post.reply_to.isin(names)).orderby(post.written_on).run(as_dict=True) if names else []
	)
	return [
		{
			**_shown(row, mentor),
			"answers": [_shown(answer, mentor) for answer in answers if answer.reply_to == row.name],
		}
		for row in first
	]


@frappe.whitelist(methods=["POST"])
def write_post(text: str, name: str = "", reply_to: str = "") -> dict:
	"""Stores a post of the volunteer, under the first name or another one, and returns it as `my_board` does.

	Raises PermissionError where the volunteer has no place on the board or `reply_to` is not on it, ValidationError with
	the reason where the text is missing, too long or too much for an hour; nothing is written then.
	"""
	mentor, programme = _member()
	question = None
	if reply_to:
		parent = _on_the_board(reply_to, programme)
		# An answer to an answer stands below the same post.
		question = parent.reply_to or parent.name
	return _shown(board.write(mentor, text, name, question), mentor)


@frappe.whitelist(methods=["POST"])
def change_post(post: str, text: str) -> dict:
	"""Gives one of the volunteer's own posts a new text, which is looked at again; returns it as `my_board` does.

	Raises PermissionError where it is not the volunteer's own, ValidationError as `write_post` does.
	"""
	mentor, _programme = _member()
	doc = _own_post(post, mentor)
	board.change(doc, text)
	return _shown(frappe.get_doc(board.POST, doc.name), mentor)


@frappe.whitelist(methods=["POST"])
def delete_post(post: str) -> None:
	"""Takes one of the volunteer's own posts back. Raises PermissionError where it is not the volunteer's own."""
	# Also for who has no place on the board any more: the words are still their own.
	board.take_back(_own_post(post, scope.own_mentor()))


@frappe.whitelist(methods=["POST"])
def report_post(post: str) -> None:
	"""Asks for a second look at a post: it leaves the board until a coordinator has read it.

	Raises PermissionError where it is not on the volunteer's board.
	"""
	_mentor, programme = _member()
	board.report(_on_the_board(post, programme), frappe.session.user)


@frappe.whitelist(methods=["GET"])
def my_get_togethers() -> list[dict]:
	"""Get-togethers to come that the volunteer may join, the next one first.

	`[{"get_together", "title", "starts_at", "length_minutes", "place", "about", "organiser" (a name), "coming" (how many),
	"places" (0: no limit), "full", "signed_up", "online", "link" (only for who has signed up)}]`. Who else comes is not told.

	Raises PermissionError for everybody who is not a volunteer with a place on the board.
	"""
	mentor, programme = _member()
	rows = gatherings.open_to(programme)
	mine = set(frappe.get_all(gatherings.SIGN_UP, filters={"mentor": mentor}, pluck="get_together"))
	return [_get_together(row, row.name in mine) for row in rows]


@frappe.whitelist(methods=["POST"])
def sign_up(get_together: str) -> dict:
	"""Keeps a place for the volunteer and returns the get-together as `my_get_togethers` does.

	Raises PermissionError where it is not open to the volunteer, ValidationError where all places are taken.
	"""
	mentor, programme = _member()
	gatherings.sign_up(_open(get_together, programme), mentor)
	return _get_together_again(get_together, programme, True)


@frappe.whitelist(methods=["POST"])
def cancel_sign_up(get_together: str) -> dict:
	"""Gives the volunteer's place back and returns the get-together as `my_get_togethers` does.

	Raises PermissionError where it is not open to the volunteer.
	"""
	mentor, programme = _member()
	gatherings.cancel(_open(get_together, programme), mentor)
	return _get_together_again(get_together, programme, False)


def is_member() -> bool:
	"""Whether the volunteer has a place on the board. Raises PermissionError for everybody who is none."""
	mentor = scope.own_mentor()
	return frappe.db.get_value("Mentor", mentor, "stage") in MEMBER_STAGES or bool(scope.own_matches(mentor))


def own_first_name() -> str:
	return frappe.db.get_value("Mentor", scope.own_mentor(), "full_name").split()[0]


def _member() -> tuple[str, str]:
	"""The volunteer's Mentor record and programme."""
	if not is_member():
		scope.refuse()
	mentor = scope.own_mentor()
	return mentor, frappe.db.get_value("Mentor", mentor, "programme")


def _on_the_board(post: str, programme: str):
	"""A published post of the programme; one refusal for a post elsewhere, one that waits and one that is none."""
	mine = {"name": str(post), "programme": programme, "status": board.PUBLISHED}
	return frappe.get_doc(board.POST, str(post)) if frappe.db.exists(board.POST, mine) else scope.refuse()


def _own_post(post: str, mentor: str):
	mine = {"name": str(post), "mentor": mentor, "withdrawn": 0}
	return frappe.get_doc(board.POST, str(post)) if frappe.db.exists(board.POST, mine) else scope.refuse()


def _open(get_together: str, programme: str) -> str:
	if get_together not in [row.name for row in gatherings.open_to(programme)]:
		scope.refuse()
	return get_together


def _get_together_again(get_together: str, programme: str, signed_up: bool) -> dict:
	row = next(row for row in gatherings.open_to(programme) if row.name == get_together)
	return _get_together(row, signed_up)


def _get_together(row: frappe._dict, signed_up: bool) -> dict:
	return {
		"get_together": row.name,
		"title": as_written(row.title),
		"starts_at": get_datetime(row.starts_at),
		"length_minutes": row.length_minutes,
		"place": as_written(row.place),
		"about": as_written(row.description),
		"organiser": frappe.db.get_value("User", row.organiser, "full_name") or "",
		"coming": row.coming,
		"places": row.places or 0,
		"full": bool(row.places and row.coming >= row.places),
		"signed_up": signed_up,
		"online": bool(row.online_link),
		"link": row.online_link if signed_up and row.online_link else "",
	}


def _shown(row, mentor: str) -> dict:
	mine = row.mentor == mentor
	return {
		"post": row.name,
		"name": as_written(row.shown_name),
		"text": as_written(row.text),
		"written_on": row.written_on,
		"mine": mine,
		"state": _("A moderator will look at it first.") if row.status in board.WAITING else "",
		"may_change": mine,
	}
