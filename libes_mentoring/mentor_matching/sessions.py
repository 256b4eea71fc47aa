"""Matching sessions: a small group of mentors and mentees meets, and pairs are found afterwards.

People who are kept apart are named before anybody is invited, so that they are not put in one room. Volunteers hear of
day and place and never of who else comes; they enter nothing on their phones, since a list of those who take part would
be a disclosure. Source: handbook, "Contemplation and initiation" (collective matching).
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime, nowdate

from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentee_preparation import readiness
from libes_mentoring.mentor_matching import pairs, profiles
from libes_mentoring.mentor_matching.engine import constraints
from libes_mentoring.mentor_matching.engine.encode import encode
from libes_mentoring.mentor_matching.engine.rank import explain_pair
from libes_mentoring.mentor_matching.transactions import read_anew
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_programme.letterhead import letterhead
from libes_mentoring.mentoring_programme.public_words import refuse_telling_words
from libes_mentoring.mentoring_relationship.messages import tell_on_portal

SESSION = "Matching Session"
PLANNED, HELD, SETTLED, CALLED_OFF = "Planned", "Held", "Settled", "Called off"
CAME = "Came"
MOST = 30
PORTAL_PAGE = "/mentoring"
#: What keeps two people out of one room: what somebody has refused, what is unclear in it, and their safety.
APART = constraints.PRIVATE_CODES


def check(doc) -> None:
	"""Refuses what cannot be, fills names, and follows attendance: whoever came, it has been held."""
	before = doc.get_doc_before_save()
	if before and before.status == CALLED_OFF:
		frappe.throw(_("This session was called off."))
	refuse_telling_words(doc.place, where=_("The place"))
	doc.held_on = _day_and_time(doc.held_on)
	_check_people(doc, before)
	_check_attendance(doc, before)
	names = _names([row.mentor for row in doc.mentors])
	for row in doc.mentors:
		row.mentor_name = names.get(row.mentor)


def _day_and_time(value) -> datetime:
	try:
		# The framework takes nothing for now.
		found = get_datetime(value) if value else None
	except (TypeError, ValueError):
		found = None
	if not found:
		frappe.throw(_("Please enter the day and time of the session."), frappe.MandatoryError)
	return found.replace(second=0, microsecond=0)


def after_change(doc) -> None:
	"""Tells mentors who were invited where day or place is another one now, or where they are off the list."""
	before = doc.get_doc_before_save()
	if not before or PLANNED != before.status or PLANNED != doc.status or before.held_on <= now_datetime():
		return
	moved = (before.held_on, before.place or "") != (doc.held_on, doc.place or "")
	there = {row.mentor for row in doc.mentors}
	told = [row.mentor for row in before.mentors if row.invited_on and (moved or row.mentor not in there)]
	if told:
		tell_on_portal(_users(told), _("There is something new on your page"), PORTAL_PAGE)


def _check_people(doc, before) -> None:
	for field, table, people in (("mentor", "Mentor", doc.mentors), ("mentee", "Mentee", doc.mentees)):
		wanted = [row.get(field) for row in people if row.get(field)]
		if len(set(wanted)) < len(wanted):
			frappe.throw(_("Somebody is listed twice: {0}.").format(_(table)))
		if len(wanted) > MOST:
			frappe.throw(_("A session is for a small group: {0} on each side at the most.").format(MOST))
		# Whoever moves to another programme later was there all the same, and holds up nobody else.
		new = set(wanted) - {row.get(field) for row in (before.get(f"{field}s") if before else ())}
		there = frappe.get_all(table, {"name": ("in", new or [""]), "programme": doc.programme}, pluck="name")
		if strangers := new - set(there):
			frappe.throw(_("Somebody is not in this programme: {0}.").format(", ".join(sorted(strangers))))
	if before:
		matched = {row.mentee for row in before.mentees if row.mentoring_match}
		if matched - {row.mentee for row in doc.mentees}:
			frappe.throw(_("A match was made of this session: who was matched stays on the list."))


def _check_attendance(doc, before) -> None:
	if any(row.came for row in (*doc.mentors, *doc.mentees)):
		if doc.held_on > now_datetime():
			frappe.throw(_("This session has not taken place yet."))
		if doc.status in (None, "", PLANNED):
			doc.status = HELD
	elif doc.status == HELD:
		doc.status = PLANNED


def kept_apart(doc) -> list[dict]:
	"""`[{"mentor", "mentor_name", "mentee", "why": [str]}]`: who must not be in one room, with the reasons, for staff.

	Of those who are in another programme by now nothing is said here: `moved_away` names them. Set-based: one matrix
	for each refusal, and sentences for those few pairs that break one.
	"""
	mentors, mentees, rules = _profiles(doc)
	if not mentors or not mentees:
		return []
	pool = encode(mentors, mentees)
	found = {
		(int(row), int(column))
		for code, matrix in constraints.violations(pool, rules).items()
		if code in APART
		for row, column in zip(*matrix.nonzero(), strict=True)
	}
	names = _names([mentor.id for mentor in mentors])
	apart = []
	for row, column in sorted(found):
		pair = explain_pair(pool.mentors[row], pool.mentees[column], rules=rules)
		why = [pairs.sentence(reason) for reason in pair.reasons_against if reason.code in APART]
		apart.append(
			{"mentor": pair.mentor, "mentor_name": names.get(pair.mentor), "mentee": pair.mentee, "why": why}
		)
	return apart


def moved_away(doc) -> list[str]:
	"""Who is on the list and in another programme by now, as staff know them; they come off it, whatever else is true."""
	shown = {row.mentor: row.mentor_name for row in doc.mentors}
	gone = []
	for field, kind in (("mentor", "Mentor"), ("mentee", "Mentee")):
		listed = [row.get(field) for row in doc.get(f"{field}s")]
		filters = {"name": ("in", listed or [""]), "programme": ("!=", doc.programme)}
		gone += frappe.get_all(kind, filters, pluck="name", order_by="name asc")
	return [shown.get(name) or name for name in gone]


def _profiles(doc):
	"""Those on the list who are in the programme; others are not the business of its coordinators any more."""
	mentors = profiles.mentor_profiles([row.mentor for row in doc.mentors])
	mentees = profiles.mentee_profiles([row.mentee for row in doc.mentees])
	return (
		[mentor for mentor in mentors if mentor.programme == doc.programme],
		[mentee for mentee in mentees if mentee.programme == doc.programme],
		profiles.rules_of(doc.programme),
	)


@frappe.whitelist(methods=["GET", "POST"])
def who_is_apart(session: str) -> list[dict]:
	"""What `kept_apart` gives, for a coordinator of the programme. Raises PermissionError for anybody else."""
	return kept_apart(own(session))


@frappe.whitelist(methods=["GET", "POST"])
def who_could_come(session: str) -> dict:
	"""Whom a coordinator may ask: `{"mentors": [{"mentor", "mentor_name"}], "mentees": [{"mentee", "ready_on"}]}`.

	Mentors who are cleared and have a place left, mentees who are ready and wait, those waiting longest first; nobody
	who is on the list. Raises PermissionError.
	"""
	doc = own(session)
	there = {row.mentor for row in doc.mentors} | {row.mentee for row in doc.mentees}
	mentors = [
		row.id
		for row in profiles.mentors_available(doc.programme)
		if not row.blockers and row.places_left > 0 and row.id not in there
	]
	waiting = [
		row for row in profiles.mentees_waiting(doc.programme) if not row.blockers and row.id not in there
	]
	names = _names(mentors)
	return {
		"mentors": sorted(
			({"mentor": name, "mentor_name": names.get(name)} for name in mentors),
			key=lambda row: row["mentor_name"],
		),
		"mentees": [
			{"mentee": row.id, "ready_on": row.ready_on}
			for row in sorted(waiting, key=lambda row: (str(row.ready_on or "9999"), row.id))
		],
	}


@frappe.whitelist(methods=["POST"])
def invite(session: str) -> dict:
	"""Tells the mentors on the list that they are invited: `{"invited": int, "without_portal": [names]}`.

	Mentees are asked by their caregivers. Raises PermissionError, and ValidationError that names the reason where
	somebody is kept apart from somebody, cannot be matched, or the session is over; nobody is told then. A second
	call tells only those who were added since.
	"""
	doc = own(session, lock=True)
	if doc.status != PLANNED or doc.held_on <= now_datetime():
		frappe.throw(_("This session is over: nobody is invited to it any more."))
	if not doc.mentors or not doc.mentees:
		frappe.throw(_("Please put at least one mentor and one mentee on the list."))
	if apart := kept_apart(doc):
		frappe.throw(
			_("Nobody was invited: some of them must not be in one room.")
			+ "<br>"
			+ "<br>".join(map(apart_words, apart)),
			title=_("Kept apart"),
		)
	_check_can_be_matched(doc)
	new = [row for row in doc.mentors if not row.invited_on]
	for row in new:
		row.invited_on = nowdate()
	doc.invited_on = doc.invited_on or nowdate()
	save(doc)
	people = frappe.get_all(
		"Mentor",
		{"name": ("in", [row.mentor for row in new] or [""])},
		["full_name", "user"],
		order_by="full_name",
	)
	tell_on_portal([row.user for row in people if row.user], _("You are invited to a meeting"), PORTAL_PAGE)
	return {"invited": len(new), "without_portal": [row.full_name for row in people if not row.user]}


def _check_can_be_matched(doc) -> None:
	"""Nobody is brought into a room for a match that cannot be."""
	mentors, mentees, _rules = _profiles(doc)
	names = _names([row.id for row in mentors])
	wrong = [_("{0}: in another programme by now").format(who) for who in moved_away(doc)]
	wrong += [
		f"{names[row.id]}: " + "; ".join(screening.sentence(blocker) for blocker in row.blockers)
		for row in mentors
		if row.blockers
	]
	wrong += [_("{0}: no place left").format(names[row.id]) for row in mentors if row.places_left <= 0]
	wrong += [
		f"{row.id}: " + "; ".join(readiness.sentence(blocker) for blocker in row.blockers)
		for row in mentees
		if row.blockers
	]
	if wrong:
		frappe.throw(_("Nobody was invited.") + "<br>" + "<br>".join(wrong), title=_("Not possible"))


@frappe.whitelist(methods=["POST"])
def call_off(session: str) -> None:
	"""Calls a planned session off and tells the mentors who were invited. Raises PermissionError, ValidationError."""
	doc = own(session, lock=True)
	if doc.status == CALLED_OFF:
		return
	if doc.status != PLANNED:
		frappe.throw(_("This session has taken place."))
	doc.status = CALLED_OFF
	save(doc)
	told = [row.mentor for row in doc.mentors if row.invited_on]
	tell_on_portal(_users(told), _("A meeting does not take place"), PORTAL_PAGE)


def attendees(doc, side: str) -> list[str]:
	"""Names of those who came: `side` is "mentor" or "mentee"."""
	return [row.get(side) for row in doc.get(f"{side}s") if row.came == CAME]


@facts_of("Matching Session")
def session_sheet_facts(session: str, side: str) -> frappe._dict:
	"""What an attendance sheet says: mentors by name on one, mentees by alias on the other, never both."""
	doc = frappe.get_doc(SESSION, session)
	people = (
		[row.mentor_name for row in doc.mentors] if side == "mentor" else [row.mentee for row in doc.mentees]
	)
	return frappe._dict(
		organisation=letterhead()["organisation"],
		programme=frappe.db.get_value("Mentoring Programme", doc.programme, "public_name"),
		held_on=doc.held_on,
		place=doc.place,
		people=sorted(people),
	)


def apart_words(row: dict) -> str:
	return _("{0} and {1}: {2}").format(row["mentor_name"], row["mentee"], " ".join(row["why"]))


def own(session: str, lock: bool = False):
	"""The session, for who may change it. One refusal for one that is not yours and one that does not exist.

	With `lock` at the beginning of a request only: what has been read before does not count, and is not undone either.
	"""
	if not frappe.has_permission(SESSION, "write") or not row_is_visible(
		SESSION, str(session), frappe.session.user
	):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	if lock:
		# Whoever waits here goes on with what the other has done, not with what was there before.
		read_anew()
		frappe.db.get_value(SESSION, str(session), "name", for_update=True)
	return frappe.get_doc(SESSION, str(session), for_update=lock)


def save(doc) -> None:
	doc.flags.by_procedure = True
	# Asked before; the fields are read-only to everybody in the form.
	doc.save(ignore_permissions=True)


def _names(mentors: list[str]) -> dict[str, str]:
	rows = frappe.get_all("Mentor", {"name": ("in", mentors or [""])}, ["name", "full_name"], as_list=True)
	return dict(rows)


def _users(mentors: list[str]) -> list[str]:
	return frappe.get_all("Mentor", {"name": ("in", mentors or [""]), "user": ("is", "set")}, pluck="user")
