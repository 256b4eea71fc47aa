"""All records that tests make, in one file: made-up people, through the real controllers.

Every function returns the stored document. What is not given is filled so that the record is complete: a
mentor is screened and available, a mentee is ready. Keyword arguments are fields and win over the defaults.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import frappe
from frappe.utils import add_days, add_months, add_to_date, now_datetime, nowdate

from libes_mentoring.access import roles
from libes_mentoring.mentor_recruitment.screening_rules import RECORD_CHECK, STEPS

PASSWORD = "Quiet-harbour-7-lanterns"
DOMAIN = "example.org"
FIRST_NAMES = ("Ada", "Bela", "Carlo", "Dita", "Emil", "Fleur", "Goran", "Hana", "Ivo", "Jonna")
LAST_NAMES = ("Acker", "Brandt", "Costa", "Dumont", "Eriksen", "Ferrer", "Greco", "Horvat", "Ilic", "Jansen")

_numbers = count(1)


def unique(word: str) -> str:
	return f"{word} {next(_numbers)}"


def person_name() -> str:
	number = next(_numbers)
	return f"{FIRST_NAMES[number % 10]} {LAST_NAMES[number // 10 % 10]} {number}"


@contextmanager
def as_user(user: str) -> Iterator[None]:
	"""Do what follows as this user, and be the one from before again."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


def forget_rates() -> None:
	"""Nobody has sent anything yet: the counters of limited functions, however a release names its keys."""
	for key in frappe.cache.scan_iter("*rl:*"):
		frappe.cache.delete(key)


# People who log in ----------------------------------------------------------------------------------


def user(*role_names: str, **fields) -> frappe.model.document.Document:
	"""A user with these roles; of the desk or of the website, as the roles say.

	Every test makes some, and the framework takes its time over each: of what comes with an account the notification
	settings alone are here, which the desk needs, and no contact and no share with itself.
	"""
	name = person_name()
	first, last, number = name.split()
	values = {
		"email": f"{first}.{last}.{number}@{DOMAIN}".lower(),
		"first_name": f"{first} {number}",
		"last_name": last,
		"send_welcome_email": 0,
		"roles": [{"role": role} for role in role_names],
		**fields,
	}
	made = frappe.new_doc("User").update(values)
	settings = frappe.new_doc("Notification Settings")
	made.name = settings.name = made.email
	made.set_user_and_timestamp()
	made.validate()
	for row in made.get_all_children():
		row.update({"name": frappe.generate_hash(length=10), "parent": made.name})
	for row in (made, *made.get_all_children(), settings):
		row.update({"owner": made.name, "creation": made.creation, "modified": made.modified})
		row.db_insert()
	return fresh(made)


def manager(**fields):
	return user(roles.MANAGER, **fields)


def coordinator(**fields):
	return user(roles.COORDINATOR, **fields)


def social_worker(**fields):
	return user(roles.SOCIAL_WORKER, **fields)


def privacy_officer(**fields):
	return user(roles.PRIVACY_OFFICER, **fields)


def partner_user(organisation=None, **fields):
	"""A member of a partner organisation (a new one unless given)."""
	made = user(roles.PARTNER, **fields)
	organisation = organisation or partner_organisation()
	organisation.append("members", {"user": made.name})
	organisation.save(ignore_permissions=True)
	return made


def volunteer(mentor=None, **fields):
	"""The portal account of a mentor (a new one unless given)."""
	mentor = mentor or globals()["mentor"]()
	made = user(roles.VOLUNTEER, **fields)
	mentor.user = made.name
	mentor.save(ignore_permissions=True)
	return made


# Programme ------------------------------------------------------------------------------------------


def programme(**fields):
	"""A running developmental programme with a coordinator of its own."""
	name = unique("Programme")
	values = {
		"doctype": "Mentoring Programme",
		"programme_name": name,
		"public_name": name.replace("Programme", "Open Door"),
		"status": "Running",
		"purpose": "Developmental",
		"start_date": add_months(nowdate(), -24),
		"meeting_place": "Community library",
		**fields,
	}
	values["coordinator"] = _name(values.get("coordinator")) or coordinator().name
	return frappe.get_doc(values).insert(ignore_permissions=True)


def partner_organisation(**fields):
	name = unique("Association")
	values = {"doctype": "Partner Organisation", "organisation_name": name, "active": 1, **fields}
	return frappe.get_doc(values).insert(ignore_permissions=True)


# Mentors --------------------------------------------------------------------------------------------


def mentor(**fields):
	"""A mentor, screened and available. `stage="Applied"` gives one with everything still to do."""
	return frappe.get_doc(mentor_values(**fields)).insert(ignore_permissions=True)


def mentor_values(**fields) -> dict:
	"""What `mentor` makes one of."""
	screened = fields.get("stage", "Available") != "Applied"
	name = person_name()
	values = {
		"doctype": "Mentor",
		"full_name": name,
		"stage": "Available",
		"email": f"{name.replace(' ', '.')}@{DOMAIN}".lower(),
		"birth_date": "1988-05-17",
		"gender": "Female",
		"nationality": "Belgium",
		"district": "North",
		"mentor_kind": "Local volunteer",
		"capacity": 1,
		"hours_per_month": 8,
		"languages": [{"language": "English", "level": "Fluent"}],
		"interests": [{"interest": "Cooking"}],
		"motivations": [{"own_words": "Likes to meet people.", "noted_on": nowdate()}],
		"recruitment_channel": "Word of mouth",
		**(_screening() if screened else {}),
		**fields,
	}
	if "record_check_renew_by" in fields and "record_check_issued_on" not in fields:
		# The end follows from the day of issue.
		day = add_months(fields["record_check_renew_by"], -24)
		values.update({"record_check_issued_on": day, "record_check_seen_on": day})
	values["programme"] = _name(values.get("programme")) or programme().name
	values["partner_organisation"] = _name(values.get("partner_organisation"))
	return values


def _screening() -> dict:
	day = add_months(nowdate(), -2)
	return {
		"record_check_issued_on": day,
		"record_check_seen_on": day,
		"record_check_seen_by": "Administrator",
		"record_check_outcome": "Nothing found",
		"record_check_renew_by": add_months(nowdate(), 22),
		"screening_steps": [
			{"step": step, "outcome": "Passed", "done_on": day} for step in STEPS if step != RECORD_CHECK
		],
	}


# Mentees --------------------------------------------------------------------------------------------


def mentee(*, ready: bool = True, **fields):
	"""A mentee with case file and consent, ready for a match; `ready=False` leaves all three out."""
	values = {
		"doctype": "Mentee",
		"status": "Referred",
		"recruited_by": "Administrator",
		"medium_in_person": 1,
		"gender": "Female",
		"nationality": "Belgium",
		"district": "North",
		"hours_per_month": 4,
		"languages": [{"language": "English", "level": "Good"}],
		"interests": [{"interest": "Cooking"}],
		**fields,
	}
	values["programme"] = _name(values.get("programme")) or programme().name
	values["caregiver"] = _name(values.get("caregiver")) or social_worker().name
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	if ready:
		case_file(made)
		consent(made)
		made.status = "Ready"
		made.save(ignore_permissions=True)
	return made


def case_file(mentee, **fields):
	"""The case file of a mentee, judged ready by the caregiver."""
	values = {
		"doctype": "Mentee Case File",
		"mentee": _name(mentee),
		"full_name": person_name(),
		"psychologically_ready": "Yes",
		"emotionally_ready": "Yes",
		"basic_needs_covered": "Yes",
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def consent(mentee, **fields):
	values = {
		"doctype": "Mentee Consent",
		"mentee": _name(mentee),
		"status": "Given",
		"given_on": add_days(nowdate(), -20),
		"taken_by": frappe.db.get_value("Mentee", _name(mentee), "caregiver"),
		"how": "Read out",
		"language": "English",
		"text_version": "1",
		"explained_voluntary": 1,
		"explained_no_effect": 1,
		"explained_withdrawal": 1,
		"signed": 1,
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


# The relationship -----------------------------------------------------------------------------------


def match(mentor=None, mentee=None, *, growing: bool = False, **fields):
	"""A running match; mentor and mentee are made in one programme unless given.

	`growing=True` takes it past its first meeting by the real moves.
	"""
	make_mentor, make_mentee = globals()["mentor"], globals()["mentee"]
	place = (mentee and _field("Mentee", mentee, "programme")) or (
		mentor and _field("Mentor", mentor, "programme")
	)
	place = place or programme().name
	values = {
		"doctype": "Match",
		"mentor": _name(mentor) or make_mentor(programme=place).name,
		"mentee": _name(mentee) or make_mentee(programme=place).name,
		"matched_on": add_days(nowdate(), -30) if growing else nowdate(),
		**fields,
	}
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	if growing:
		made.first_meeting_on = add_days(made.matched_on, 7)
		made.update({"agreed_meetings_per_month": 2, "agreed_length_minutes": 90, "agreed_medium": "In person"})
		made.append("goals", {"goal": "Get to know the town together.", "whose": "Shared"})
		for row in made.checklist:
			row.done = 1
		made.stage = "Growth and maintenance"
		made.save(ignore_permissions=True)
	return made


def mentoring_group(programme=None, *mentors, kind: str = "Group", **fields):
	"""A group that is forming, with these mentors (none unless given), in a programme that offers its kind."""
	from libes_mentoring.mentoring_relationship import groups

	programme = programme or globals()["programme"]()
	offers = {"Group": "format_group", "Team": "format_team"}[kind]
	frappe.db.set_value("Mentoring Programme", _name(programme), offers, 1)
	frappe.clear_document_cache("Mentoring Programme", _name(programme))
	values = {
		"doctype": "Mentoring Group",
		"group_name": unique("Tuesday circle"),
		"programme": _name(programme),
		"kind": kind,
		**fields,
	}
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	for mentor in mentors:
		groups.add_mentor(made.name, _name(mentor))
	return fresh(made)


def meeting_log(match, **fields):
	values = {
		"doctype": "Meeting Log",
		"mentoring_match": _name(match),
		"met_on": nowdate(),
		"length_minutes": 90,
		"medium": "In person",
		"activity": "Walk in the park",
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def concern(match=None, **fields):
	"""A concern on a match (a new one unless given), told to its recipients by the real route."""
	match = match or globals()["match"]()
	values = {
		"doctype": "Concern",
		"kind": "Something else",
		"text": "Seemed quieter than usual.",
		"mentoring_match": _name(match),
		"programme": _field("Match", match, "programme"),
		"raised_by": frappe.session.user,
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def check_ins(match) -> list:
	"""The check-ins planned for a match, the next one first."""
	names = frappe.get_all(
		"CheckIn", filters={"mentoring_match": _name(match)}, order_by="due_on asc, name asc", pluck="name"
	)
	return [frappe.get_doc("CheckIn", name) for name in names]


def closure_of(match):
	"""The closure that was opened with the match."""
	return frappe.get_doc("Closure", {"mentoring_match": _name(match)})


def close(match):
	"""Close a match by the real procedure, today and as planned; returns the closure."""
	from libes_mentoring.mentoring_relationship import closing

	closure = closure_of(match)
	closure.update({"reason": "Self-sufficient", "asked_by": "Both", "timing": "Planned"})
	closure.update({"notice_given_on": nowdate(), "last_meeting_on": nowdate()})
	for step in closure.steps:
		step.done = 1
	closure.save(ignore_permissions=True)
	closing.begin(closure.name)
	closing.complete(closure.name)
	closure.reload()
	return closure


def fresh(doc):
	"""The document as it is stored now. (In some releases `reload` returns nothing.)"""
	return frappe.get_doc(doc.doctype, doc.name)


def _name(record) -> str | None:
	"""The name of a document; a name stays as it is."""
	return getattr(record, "name", record)


def _field(doctype: str, record, field: str):
	return getattr(record, field, None) or frappe.db.get_value(doctype, _name(record), field)


# Screening ------------------------------------------------------------------------------------------


def waiver(mentor, step, **fields):
	"""A waiver of a step for a month, asked for by the coordinator and granted by whoever is logged in."""
	from libes_mentoring.mentor_recruitment import waivers

	values = {
		"doctype": "Screening Waiver",
		"mentor": _name(mentor),
		"step": step,
		"reason": "The referee is abroad until next month.",
		"valid_until": add_months(nowdate(), 1),
		**fields,
	}
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	programme = frappe.db.get_value("Mentor", made.mentor, "programme")
	made.db_set("owner", frappe.db.get_value("Mentoring Programme", programme, "coordinator"))
	waivers.grant(made.name)
	return fresh(made)


def finding(mentor=None, **fields):
	"""The review of a record check that shows something (of a new candidate unless given)."""
	doc = fresh(mentor or globals()["mentor"](stage="Screening"))
	day = nowdate()
	doc.update({"record_check_issued_on": day, "record_check_seen_on": day, **fields})
	doc.record_check_outcome = "To be discussed"
	doc.save(ignore_permissions=True)
	return frappe.get_doc("Record Check Review", {"mentor": doc.name, "status": "Open"})


# Rules and agreements -------------------------------------------------------------------------------


def policy(*, in_force: bool = True, **fields):
	"""A text that mentors accept, in English and French, in force from today; `in_force=False` leaves a draft."""
	from libes_mentoring.mentoring_programme import policies

	values = {
		"doctype": "Policy Document",
		"title": "Code of conduct",
		"policy_kind": "Code of conduct",
		"asked_of_mentors": 1,
		"grace_days": 14,
		"texts": [
			{"language": "English", "text": "<p>Be kind, and be on time.</p>"},
			{"language": "French", "text": "<p>Soyez aimable et ponctuel.</p>"},
		],
		**fields,
	}
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	if in_force:
		policies.put_in_force(made.name)
	return fresh(made)


def volunteer_agreement(mentor=None, *, signed: bool = False, **fields):
	"""A draft agreement with a mentor (a new one unless given); `signed=True` takes it through both signatures."""
	from libes_mentoring.mentor_recruitment import agreements

	mentor = mentor or globals()["mentor"]()
	values = {"doctype": "Volunteer Agreement", "mentor": _name(mentor), **fields}
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	if signed:
		agreements.record_paper_signature(made.name, nowdate())
		agreements.countersign(made.name)
	return fresh(made)


# Training -------------------------------------------------------------------------------------------


def training_module(**fields):
	"""A module of two hours that nobody asks for yet."""
	values = {"doctype": "Training Module", "title": unique("Module"), "hours": 2, "active": 1, **fields}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def training_session(programme, *modules, begins_in_minutes: float = 7 * 24 * 60, **fields):
	"""A session of two hours for a group; one that is over is made by a negative `begins_in_minutes`."""
	starts = add_to_date(now_datetime(), minutes=begins_in_minutes)
	values = {
		"doctype": "Training Session",
		"programme": _name(programme),
		"starts_at": starts,
		"ends_at": add_to_date(starts, hours=2),
		"place": "Garden room",
		"modules": [{"module": _name(module)} for module in modules],
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def on_the_list(session, *mentors, status: str = "Invited") -> None:
	"""Puts mentors on the list of a session, as an invitation does."""
	from libes_mentoring.mentor_recruitment import training_sessions

	for mentor in mentors:
		training_sessions.add_row(_name(session), _name(mentor), status)


# Candidates -----------------------------------------------------------------------------------------


def candidate_refusal(mentor, **fields):
	"""Why a mentor was turned down, as a record alone: the mentor stays as is."""
	values = {
		"doctype": "Candidate Refusal",
		"mentor": _name(mentor),
		"programme": _field("Mentor", mentor, "programme"),
		"reason": "Other",
		"decided_on": nowdate(),
		"decided_by": "Administrator",
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def application(programme, **answers) -> dict:
	"""Answers to the public form that are all right, as a browser sends them."""
	from libes_mentoring.portal import application as form

	name = person_name()
	return {
		"full_name": name,
		"email": f"{name.replace(' ', '.')}@{DOMAIN}",
		"birth_date": "1990-04-01",
		"programme": programme.public_name,
		"motivations": ["Giving something back"],
		"motivation": "I have time and like people.",
		"personality": "Calm.",
		"interests": ["Cooking"],
		"support_areas": ["Housing"],
		"skills": "Bicycles.",
		"experience": "A year in a library.",
		"languages": [{"language": "English", "level": "Good"}],
		"district": "North",
		"availability_slots": [{"weekday": "Saturday", "day_part": "Morning"}],
		"availability": "Not in August.",
		"hours_per_month": 6,
		"expectations": "To learn.",
		"recruitment_channel": "Website",
		"consent": True,
		"form_token": form.new_token(),
		**answers,
	}


def mail_account() -> None:
	"""From now on the site can send mail; nothing leaves the queue."""
	frappe.local.outgoing_email_account = {}
	if frappe.db.exists("Email Account", {"default_outgoing": 1}):
		return
	account = frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Office",
			"email_id": "office@example.org",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "localhost",
			"no_smtp_authentication": 1,
		}
	)
	account.name = "Office"
	# Past its own validation, which would call the mail server.
	account.db_insert()


# Support for mentors --------------------------------------------------------------------------------


def wellbeing_note(mentor, *, check_in=None, by: str | None = None, **answers):
	"""How a mentor is, noted by the programme's coordinator; signs given as `sleep="Often"` (one, unless given)."""
	from libes_mentoring.mentor_support import wellbeing

	answers = answers or {"sleep": "Often"}
	coordinator = frappe.db.get_value(
		"Mentoring Programme", _field("Mentor", mentor, "programme"), "coordinator"
	)
	with as_user(by or coordinator):
		made = wellbeing.note(answers, check_in=_name(check_in), mentor=_name(mentor))
	return frappe.get_doc("Mentor Wellbeing Note", made["note"])


def get_together(mentor=None, **fields):
	"""A get-together in a week, of the mentor's programme unless another one is given."""
	values = {
		"doctype": "Mentor Get-together",
		"title": unique("Evening with soup"),
		"starts_at": f"{add_days(nowdate(), 7)} 18:00:00",
		"place": "Garden room",
		"organiser": "Administrator",
		"programme": _field("Mentor", mentor, "programme") if mentor else None,
		**fields,
	}
	values["programme"] = _name(values["programme"])
	return frappe.get_doc(values).insert(ignore_permissions=True)


def sign_up(get_together, mentor):
	from libes_mentoring.mentor_support import gatherings

	gatherings.sign_up(_name(get_together), _name(mentor))
	return frappe.get_doc(
		"Get-together Sign-up", {"get_together": _name(get_together), "mentor": _name(mentor)}
	)


def peer_post(mentor, text: str = "A walk by the river went well.", **values):
	from libes_mentoring.mentor_support import board

	return board.write(_name(mentor), text, **values)


def expense(mentor, *, status: str = "Approved", **values):
	"""A claim of today by the real procedure; `status` as its coordinator has decided."""
	from libes_mentoring.mentor_support import expenses

	programme = _field("Mentor", mentor, "programme")
	frappe.db.set_value(
		"Mentoring Programme", programme, {"expense_currency": "EUR", "expense_receipt_above": 1000}
	)
	typed = {"amount": "12.50", "currency": "EUR", "kind": "Travel", "purpose": "Bus", **values}
	typed.setdefault("spent_on", frappe.utils.getdate())
	made = expenses.claim(_name(mentor), typed, None, frappe.generate_hash(length=12))
	decide = {"Approved": expenses.approve, "Sent back": expenses.send_back, "Refused": expenses.refuse}.get(
		status
	)
	if decide:
		with as_user(frappe.db.get_value("Mentoring Programme", programme, "coordinator")):
			decide(made.name, **({} if status == "Approved" else {"note": "Please have another look."}))
	return fresh(made)


def expense_batch(claim):
	"""A payment list with this claim, and whatever else of its programme is approved."""
	from libes_mentoring.mentor_support import expense_payments

	with as_user(frappe.db.get_value("Mentoring Programme", claim.programme, "coordinator")):
		return frappe.get_doc("Mentor Expense Batch", expense_payments.make(claim.programme)["batch"])


# References and interviews ----------------------------------------------------------------------------


def reference(mentor=None, **fields):
	"""A referee of a candidate (a new one unless given), not asked yet."""
	name = person_name()
	values = {
		"doctype": "Mentor Reference",
		"mentor": _name(mentor) or globals()["mentor"](stage="Applied").name,
		"referee_name": name,
		"referee_email": f"{name.replace(' ', '.')}@{DOMAIN}".lower(),
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def reference_answers(**answers) -> dict:
	"""What a referee says, all of it right."""
	from libes_mentoring.mentor_recruitment.reference_rules import FORM

	return {
		"known_for": "3 to 10 years",
		"known_as": "At work or in studies",
		"known_as_words": "We shared an office.",
		"levels": ["Often"] * len(FORM["qualities"]),
		"example": "Sat with a colleague for a whole night.",
		"trust": "Yes",
		"to_talk_about": "",
		"declared_true": True,
		"name_typed": "Rosa Rell",
		**answers,
	}


def received_reference(mentor=None, **answers):
	"""A reference that has arrived and that nobody has read yet."""
	from libes_mentoring.mentor_recruitment import reference_rules, references

	doc = reference(mentor)
	references.store(doc, reference_rules.tidy(reference_answers(**answers)), "By the link")
	return fresh(doc)


def interview(mentor=None, **fields):
	"""An interview planned for the next week, with two coordinators of the house (new ones unless given)."""
	values = {
		"doctype": "Mentor Interview",
		"mentor": _name(mentor) or globals()["mentor"](stage="Applied").name,
		"held_on": f"{add_days(nowdate(), 7)} 15:00:00",
		"medium": "In person",
		"place": "Garden room",
		**fields,
	}
	values["interviewer_1"] = _name(values.get("interviewer_1")) or coordinator().name
	values["interviewer_2"] = _name(values["interviewer_2"] if "interviewer_2" in values else coordinator())
	return frappe.get_doc(values).insert(ignore_permissions=True)


def scorecard_of(interview, user: str):
	return frappe.get_doc("Interview Scorecard", {"interview": _name(interview), "interviewer": user})


def submitted_scorecard(interview, user: str, mark: int = 3, recommendation: str = "Suitable", **fields):
	"""The interviewer's scorecard, filled in with the same mark throughout and submitted by the real procedure."""
	from libes_mentoring.mentor_recruitment import scorecards

	with as_user(user):
		card = scorecard_of(interview, user)
		for row in card.scores:
			row.score = str(mark)
		card.update({"recommendation": recommendation, "reasons": "Steady and kind.", **fields})
		card.save()
		scorecards.submit(card.name)
	return fresh(card)


def interview_house() -> frappe._dict:
	"""A candidate, and a planned interview that the programme's coordinator and a social worker hold."""
	made = programme()
	candidate = mentor(programme=made, stage="Applied")
	other = social_worker().name
	return frappe._dict(
		programme=made,
		candidate=candidate,
		first=made.coordinator,
		second=other,
		interview=interview(candidate, interviewer_1=made.coordinator, interviewer_2=other),
	)


# Runs over the whole pool ------------------------------------------------------------------------------


def pool(mentors: int = 3, mentees: int = 3, **fields) -> frappe._dict:
	"""A programme in which mentors are available and mentees wait; `fields` are the programme's."""
	made = programme(**fields)
	return frappe._dict(
		programme=made,
		coordinator=made.coordinator,
		mentors=[mentor(programme=made) for _ in range(mentors)],
		mentees=[mentee(programme=made) for _ in range(mentees)],
	)


def stored_run(programme, pairs=(), unplaced=(), vetoes=(), **fields):
	"""A run as a record alone, in which nothing was planned by the engine."""
	values = {
		"doctype": "Match Run",
		"programme": _name(programme),
		"status": "Decided",
		"made_on": now_datetime(),
		"made_by": frappe.session.user,
		"decided_on": now_datetime(),
		"decided_by": frappe.session.user,
		"weights": "{}",
		"pairs": [
			{"mentor": _name(one), "mentee": _name(other), "state": "Passed over"} for one, other in pairs
		],
		"unplaced": [{"mentee": _name(one)} for one in unplaced],
		"choices": [{"choice": "Veto", "mentor": _name(one), "mentee": _name(other)} for one, other in vetoes],
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)
# Letting people choose ------------------------------------------------------------------------------


def shortlist(mentee=None, *mentors, shown: bool = True, **fields):
	"""A shortlist for a mentee with these mentors (two new ones unless given), whose cards may be shown.

	`shown=False` leaves a draft. Every mentor has agreed to their card today.
	"""
	from libes_mentoring.mentor_matching import shortlists

	place = _field("Mentee", mentee, "programme") if mentee else programme().name
	mentee = mentee or globals()["mentee"](programme=place)
	mentors = mentors or [globals()["mentor"](programme=place) for _number in range(2)]
	texts = ("I like long walks and good soup.", "I bake, I sing, and I know every tram line.", "I love the cinema.")
	rows = [
		{"mentor": _name(mentor), "card_text": texts[number % 3], "agreed_on": nowdate()}
		for number, mentor in enumerate(mentors)
	]
	values = {"doctype": "Mentor Shortlist", "mentee": _name(mentee), "cards": rows, **fields}
	made = frappe.get_doc(values).insert(ignore_permissions=True)
	if shown:
		shortlists.finish(made.name)
	return fresh(made)


def past_shortlist(mentee, *mentors):
	"""A shortlist that may be shown, past the checks of today: of people who have been matched since, for example."""
	cards = [{"mentor": _name(mentor), "letter": letter} for mentor, letter in zip(mentors, "ABC", strict=False)]
	values = {"doctype": "Mentor Shortlist", "mentee": _name(mentee), "cards": cards, "status": "To be shown"}
	made = frappe.get_doc({**values, "programme": _field("Mentee", mentee, "programme"), "shown_from": nowdate()})
	made.flags.update({"ignore_validate": True, "ignore_permissions": True})
	made.set_new_name()
	made.db_insert()
	for row in made.cards:
		row.update({"parent": made.name, "parenttype": made.doctype, "parentfield": "cards"})
		row.db_insert()
	return made


def matching_session(of=None, mentors=(), mentees=(), *, held: bool = False, **fields):
	"""A session of a programme with these people; `held=True` puts it into yesterday, and everybody came."""
	values = {
		"doctype": "Matching Session",
		"programme": _name(of) or programme().name,
		"held_on": add_to_date(now_datetime(), days=-1 if held else 7),
		"place": "Garden room",
		"mentors": [{"mentor": _name(row), "came": "Came" if held else ""} for row in mentors],
		"mentees": [{"mentee": _name(row), "came": "Came" if held else ""} for row in mentees],
		**fields,
	}
	return frappe.get_doc(values).insert(ignore_permissions=True)


def preference(session, person, *ranking, rather_not=(), nobody: bool = False):
	"""What a mentor or mentee who came to a session said, entered by the real procedure."""
	from libes_mentoring.mentor_matching import preferences

	side = person.doctype.lower()
	names, others = [_name(row) for row in ranking], [_name(row) for row in rather_not]
	preferences.enter(_name(session), side, person.name, names, others, nobody)
	return frappe.get_doc("Matching Preference", preferences.name_of(_name(session), person.name))
