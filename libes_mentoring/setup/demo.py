"""A demonstration programme with invented people, made through the same doors as a real one.

For a throwaway site only: it refuses a site that already holds mentees of its own.
"""

import secrets
from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate
from frappe.utils.password import update_password

from libes_mentoring.access import roles
from libes_mentoring.mentor_matching import sessions, shortlists, suggestions
from libes_mentoring.mentor_recruitment import portal_account
from libes_mentoring.mentor_support import board
from libes_mentoring.mentoring_relationship import closing, first_meeting, groups, reminders
from libes_mentoring.setup import demo_matching
from libes_mentoring.spreadsheets import applying
from libes_mentoring.spreadsheets.sample import build_sample_workbook

PROGRAMME = "Living on your own (demonstration)"
STAFF = (
	(roles.MANAGER, "manager@example.org", "Marta Manager"),
	(roles.COORDINATOR, "coordinator@example.org", "Carla Coordinator"),
	(roles.SOCIAL_WORKER, "socialworker@example.org", "Sofia Socialworker"),
	(roles.PARTNER, "partner@example.org", "Pieter Partner"),
	(roles.PRIVACY_OFFICER, "privacy@example.org", "Petra Privacy"),
)
KEEPER = ("it@example.org", "Ida Itkeeper", "System Manager")
COORDINATOR, SOCIAL_WORKER, PARTNER = STAFF[1][1], STAFF[2][1], STAFF[3][1]

# How many days ago the demonstration's matches were made; the first of them comes to its end.
MATCHED_DAYS_AGO = (200, 120, 75, 45, 30, 16, 3, 0)


def load() -> list[dict]:
	"""Makes the programme once, and gives `[{"role", "user", "password"}]`: one login for each role.

	Called again it changes nothing but the passwords, which are random and nowhere stored in clear.
	"""
	if not frappe.db.exists("Mentoring Programme", {"programme_name": PROGRAMME}):
		if frappe.db.count("Mentee"):
			frappe.throw(_("This site holds mentees already. The demonstration needs a site of its own."))
		_load()
	return [_login(role, user) for role, user, _name in STAFF] + [_login(roles.VOLUNTEER, _first_volunteer())]


def _load() -> None:
	before = frappe.session.user
	add_staff()
	# A server that runs meanwhile asks who has which role, and keeps the answer: it is to be the new one.
	frappe.db.commit()
	frappe.clear_cache()
	_settings()
	programme = _programme()
	try:
		frappe.set_user(COORDINATOR)
		_import_sample(programme)
		demo_matching.fill(programme)
		_matches(programme)
		_group(programme)
		_choosing(programme)
	finally:
		frappe.set_user(before)
	_partner(programme)
	_support(programme)
	reminders.daily()
	frappe.db.commit()


def add_staff() -> None:
	"""One account for each role of the desk, with that role and no other."""
	# Frappe makes the first account of the desk a System Manager: this one keeps the site, and has no password.
	_add_user(*KEEPER)
	for role, email, name in STAFF:
		_add_user(email, name, role)


def _add_user(email: str, name: str, role: str) -> None:
	if frappe.db.exists("User", email):
		# The app was taken away and has come back: its roles went with it.
		frappe.get_doc("User", email).add_roles(role)
	else:
		first, last = name.split()
		user = frappe.get_doc(
			{"doctype": "User", "email": email, "first_name": first, "last_name": last, "send_welcome_email": 0}
		)
		user.append("roles", {"role": role})
		user.insert(ignore_permissions=True)  # set-up of a throwaway site


def _settings() -> None:
	settings = frappe.get_single("Mentoring Settings")
	settings.update(
		{
			"organisation_name": "Example House",
			"address": "1 Example Street\nExampletown",
			"insurer": "Example Mutual",
			"privacy_contact": "privacy@example.org",
		}
	)
	settings.save(ignore_permissions=True)  # set-up of a throwaway site


def _programme() -> str:
	programme = frappe.get_doc(
		{
			"doctype": "Mentoring Programme",
			"programme_name": PROGRAMME,
			"public_name": "Side by Side",
			"status": "Running",
			"purpose": "Prescriptive",
			"start_date": add_days(getdate(), -365),
			"coordinator": COORDINATOR,
			"meeting_place": "Garden room, Example House",
			"meeting_places": [
				{"place": "Garden room, Example House", "neutral": 1, "at_our_premises": 1, "step_free": 1},
				{"place": "Reading café, public library", "neutral": 1, "step_free": 1, "child_friendly": 1},
				{"place": "Pavilion in the city park", "neutral": 1, "child_friendly": 1},
			],
			"format_group": 1,
			"expense_currency": "EUR",
			"staff": [{"user": COORDINATOR, "duty": "Supervisor"}],
			**demo_matching.programme_fields(),
		}
	)
	return programme.insert(ignore_permissions=True).name  # set-up of a throwaway site


def _import_sample(programme: str) -> None:
	upload = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "mentoring-sample.xlsx",
			"is_private": 1,
			"content": build_sample_workbook(getdate()),
		}
	).insert()
	record = frappe.get_doc(
		{
			"doctype": "Mentoring Import",
			"workbook": upload.file_url,
			"programme": programme,
			"caregiver": SOCIAL_WORKER,
			"mode": "Import the others",
		}
	).insert()
	applying.check(record.name)
	applying.apply(record.name)
	# The sample does not say it; whoever takes a new consent is somebody else.
	frappe.db.set_value("Mentee", {"programme": programme, "recruited_by": ("is", "not set")}, "recruited_by", COORDINATOR)


def _matches(programme: str) -> None:
	waiting = frappe.get_all("Mentee", {"status": "Ready", "programme": programme}, pluck="name", order_by="creation")
	days_ago = iter(MATCHED_DAYS_AGO)
	for mentee in waiting:
		found = suggestions.suggest_mentors(mentee)["suggestions"]
		if not found:
			continue
		if (days := next(days_ago, None)) is None:
			break
		_relationship(mentee, found[0]["mentor"], days)


def _group(programme: str) -> None:
	"""Two who still wait join a mentor who suits both; their first meeting is planned for all three."""
	waiting = frappe.get_all(
		"Mentee", {"programme": programme, "waiting_since": ("is", "set")}, pluck="name", order_by="creation"
	)
	suiting = defaultdict(list)
	for mentee in waiting:
		for row in suggestions.suggest_mentors(mentee)["suggestions"]:
			suiting[row["mentor"]].append(mentee)
	mentor = max(suiting, key=lambda name: len(suiting[name]), default=None)
	if not mentor or len(suiting[mentor]) < 2:
		return
	group = frappe.get_doc(
		{"doctype": "Mentoring Group", "group_name": "Thursday table", "programme": programme, "kind": "Group"}
	).insert()
	for mentee in suiting[mentor][:2]:
		groups.join(group.name, mentee, mentor)
	portal_account.invite(mentor)
	place = first_meeting.options("Mentoring Group", group.name)["places"][-1]["place"]
	day = add_days(getdate(), 6)
	first_meeting.plan_meeting("Mentoring Group", group.name, day, "17:30", place, COORDINATOR, wishes_read=True)


def _relationship(mentee: str, mentor: str, days_ago: int) -> None:
	today = getdate()
	match = frappe.get_doc(
		{"doctype": "Match", "mentee": mentee, "mentor": mentor, "matched_on": add_days(today, -days_ago)}
	).insert()
	portal_account.invite(mentor)
	if days_ago < 7:
		if days_ago:
			place = first_meeting.options("Match", match.name)["places"][0]["place"]
			first_meeting.plan_meeting("Match", match.name, add_days(today, 4), "15:00", place, SOCIAL_WORKER, wishes_read=True)
		return
	match.first_meeting_on = add_days(match.matched_on, 5)
	match.save()
	first_meeting.complete_first_meeting(
		match.name,
		2,
		120,
		"In person",
		"Find the way around town together.",
		review_on=add_days(match.matched_on, 90),
		covered=[row.item for row in match.checklist],
	)
	match.reload()
	_meetings(match.name, getdate(match.first_meeting_on), today)
	_check_ins(match.name, today, late=days_ago == 30)
	if days_ago == MATCHED_DAYS_AGO[0]:
		_close(match.name, today)


def _meetings(match: str, first: date, today: date) -> None:
	activities = ("A walk in the park", "Cooking together", "The public library", "A coffee in town", "Museum visit")
	day, number = first, 0
	while day < today:
		frappe.get_doc(
			{
				"doctype": "Meeting Log",
				"mentoring_match": match,
				"met_on": day,
				"length_minutes": 120 + 30 * (number % 3),
				"medium": "In person" if number % 3 else "Phone call",
				"activity": activities[number % len(activities)],
			}
		).insert()
		day, number = add_days(day, 14), number + 1


def _check_ins(match: str, today: date, late: bool) -> None:
	filters = {"mentoring_match": match, "due_on": ("<", today)}
	for name in frappe.get_all("CheckIn", filters=filters, pluck="name", order_by="due_on")[late:]:
		check_in = frappe.get_doc("CheckIn", name)
		check_in.update({"status": "Done", "done_on": check_in.due_on, "medium": "Phone call", "wellbeing": "Well"})
		check_in.save()


def _close(match: str, today: date) -> None:
	closure = frappe.get_doc("Closure", {"mentoring_match": match})
	closure.update(
		{
			"reason": "Self-sufficient",
			"asked_by": "Both",
			"timing": "Planned",
			"notice_given_on": add_days(today, -30),
			"last_meeting_on": add_days(today, -2),
		}
	)
	closure.save()
	closing.begin(closure.name)
	closure.reload()
	for step in closure.steps:
		step.done = 1
	closure.save()
	closing.complete(closure.name)


CARD_TEXTS = (
	"I walk along the river every week, in any weather, and I am a patient listener.",
	"I bake bread, I sing in a choir, and I know every tram line of the town.",
	"I love films and markets, and I like to explain how things work here.",
	"I garden, I cook for friends, and I am happy with silence too.",
)


def _choosing(programme: str) -> None:
	"""Cards from which somebody may choose, and a meeting of a small group to come."""
	waiting = frappe.get_all(
		"Mentee", {"status": "Ready", "programme": programme}, pluck="name", order_by="ready_on desc, name asc"
	)
	for mentee in waiting:
		try:
			doc = frappe.get_doc("Mentor Shortlist", shortlists.make(mentee))
		except frappe.ValidationError:
			# Matched, not ready after all, or fewer than two mentors are possible.
			frappe.clear_messages()
			continue
		for card, text in zip(doc.cards, CARD_TEXTS, strict=False):
			card.update({"card_text": text, "agreed_on": getdate()})
		doc.save()
		shortlists.finish(doc.name)
		break
	session = frappe.get_doc(
		{
			"doctype": "Matching Session",
			"programme": programme,
			"held_on": f"{add_days(getdate(), 12)} 17:00:00",
			"place": "Garden room, Example House",
		}
	).insert()
	could_come = sessions.who_could_come(session.name)
	session.extend("mentors", [{"mentor": row["mentor"]} for row in could_come["mentors"][:4]])
	session.extend("mentees", [{"mentee": row["mentee"]} for row in could_come["mentees"][:4]])
	session.save()


def _partner(programme: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Partner Organisation",
			"organisation_name": "Example Volunteers",
			"members": [{"user": PARTNER}],
		}
	).insert(ignore_permissions=True)  # set-up of a throwaway site
	for name in frappe.get_all("Mentor", {"programme": programme}, pluck="name", order_by="name", limit=6):
		frappe.db.set_value("Mentor", name, "partner_organisation", "Example Volunteers")


def _support(programme: str) -> None:
	"""Somewhere to meet other volunteers, and a first word on their board."""
	frappe.get_doc(
		{
			"doctype": "Mentor Get-together",
			"title": "Soup and stories",
			"programme": programme,
			"starts_at": f"{add_days(getdate(), 9)} 18:30:00",
			"organiser": COORDINATOR,
			"place": "Garden room, Example House",
			"places": 12,
			"description": "An evening among volunteers: what works, what is hard, and something warm to eat.",
		}
	).insert(ignore_permissions=True)  # set-up of a throwaway site
	mentor = frappe.db.get_value("Mentor", {"user": _first_volunteer()})
	board.write(mentor, "What do you do on rainy days? We have been to every museum by now.")


def _first_volunteer() -> str:
	"""The volunteer with the longest running match."""
	match, mentor = frappe.qb.DocType("Match"), frappe.qb.DocType("Mentor")
	return (
		frappe.qb.from_(match)
		.inner_join(mentor)
		.on(mentor.name == match.mentor)
		.select(mentor.user)
		.where((match.stage == "Growth and maintenance") & mentor.user.isnotnull())
		.orderby(match.matched_on)
		.limit(1)
		.run()[0][0]
	)


def _login(role: str, user: str) -> dict:
	password = secrets.token_urlsafe(9)
	update_password(user, password)
	return {"role": role, "user": user, "password": password}
