"""The people and records that the matrix is played with: our mentee, and the same things next door."""

from __future__ import annotations

from dataclasses import dataclass, field

import factories
import frappe
import privacy_leftovers
from factories import as_user, fresh
from privacy_canaries import Vault

from libes_mentoring.mentoring_privacy.break_glass import open_case_file


@dataclass
class Cast:
	vault: Vault
	# person → name of the user
	users: dict[str, str] = field(default_factory=dict)
	# DocType → names of our records that hold canaries
	records: dict[str, list[str]] = field(default_factory=dict)
	# DocType → name of the record next door
	others: dict[str, str] = field(default_factory=dict)
	# DocType → address of a private file at our record; of a second one, for those who try to make it theirs
	files: dict[str, str] = field(default_factory=dict)
	bait: dict[str, str] = field(default_factory=dict)
	refused_traces: list[str] = field(default_factory=list)
	# DocType of the framework → names of rows that were left at our records
	leftovers: dict[str, list[str]] = field(default_factory=dict)
	report_file: str = ""

	def name(self, doctype: str) -> str:
		return self.records[doctype][0]


def build() -> Cast:
	"""Everything, committed, so that the web server sees it."""
	cast = Cast(Vault())
	_staff(cast)
	_next_door(cast)
	_ours(cast)
	_traces(cast)
	privacy_leftovers.leave(cast)
	frappe.db.commit()
	return cast


def _staff(cast: Cast) -> None:
	# The framework makes the first user of a site its System Manager, whatever roles were given.
	factories.user("System Manager")
	make = {
		"manager": factories.manager,
		"coordinator": factories.coordinator,
		"former_coordinator": factories.coordinator,
		"former_caregiver": factories.social_worker,
		"caregiver": factories.social_worker,
		"other_coordinator": factories.coordinator,
		"other_social_worker": factories.social_worker,
		"privacy_officer": factories.privacy_officer,
		# Somebody of the house who works with another app.
		"desk_user": lambda: factories.user("Newsletter Manager"),
	}
	cast.users = {person: function().name for person, function in make.items()}
	cast.users["guest"] = "Guest"


def _next_door(cast: Cast) -> None:
	organisation = factories.partner_organisation()
	programme = factories.programme(coordinator=cast.users["other_coordinator"])
	mentor = factories.mentor(programme=programme, partner_organisation=organisation)
	mentee = factories.mentee(programme=programme, caregiver=cast.users["other_social_worker"])
	match = factories.match(mentor, mentee, growing=True)
	cast.users["other_partner"] = factories.partner_user(organisation).name
	cast.users["other_volunteer"] = factories.volunteer(fresh(mentor)).name
	# Late in the alphabet, after every canary: what is compared with them comes out on the other side.
	frappe.db.set_value("Mentee", mentee.name, "strengths", "Zither")
	frappe.db.set_value("Mentee Case File", {"mentee": mentee.name}, "referral_source", "Zither")
	cast.others = {"Match": match.name, "Mentee": mentee.name, "Mentor": mentor.name}


def _ours(cast: Cast) -> None:
	vault, users = cast.vault, cast.users
	organisation = factories.partner_organisation()
	users["partner"] = factories.partner_user(organisation).name
	programme = factories.programme(
		# The name inside the house may say what the public name must not.
		programme_name=vault.text("Mentoring Programme", "programme_name"),
		coordinator=users["former_coordinator"],
		public_name=vault.text("Mentoring Programme", "public_name"),
	)
	mentee = factories.mentee(programme=programme, caregiver=users["former_caregiver"])
	# Both hand over before anything else happens.
	for doc, duty in ((programme, "coordinator"), (mentee, "caregiver")):
		doc = fresh(doc)
		doc.set(duty, users[duty])
		doc.save(ignore_permissions=True)
	programme, mentee = fresh(programme), fresh(mentee)
	former = factories.mentor(programme=programme)
	users["former_volunteer"] = factories.volunteer(former).name
	old_match = factories.match(former, mentee, growing=True)
	old_closure = factories.close(old_match)
	# Whether a mentee is matched again is decided by staff, who call the person ready once more.
	mentee = fresh(mentee)
	mentee.status = "Ready"
	mentee.save(ignore_permissions=True)
	mentor = factories.mentor(programme=programme, partner_organisation=organisation)
	users["volunteer"] = factories.volunteer(mentor).name
	match = factories.match(fresh(mentor), fresh(mentee), growing=True)
	_group(cast, programme, mentor, match)
	mentor.append("wishes", {"strength": "Wanted", "about": "Person", "mentee": mentee.name})
	mentee.append("wishes", {"strength": "Wanted", "about": "Person", "mentor": mentor.name})
	with as_user(users["coordinator"]):
		staff_log = factories.meeting_log(match)
		check_in = factories.check_ins(match)[0]
		made_import = _import(programme.name)
	with as_user(users["volunteer"]):
		own_log = factories.meeting_log(match, length_minutes=45)
		concern = factories.concern(match, text=vault.text("Concern", "text"))
	_training(cast, programme, mentor)
	case_file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	_privacy_records(cast, mentee.name, match.name)
	_screening_records(cast, former.name)
	_papers(cast, mentor.name)
	_getting_to_know(cast, mentor.name)
	_match_run(cast, programme.name, mentor.name, mentee.name)
	_choosing(cast, fresh(mentor), fresh(mentee))
	consent = frappe.get_doc("Mentee Consent", {"mentee": mentee.name})
	vault.plant(case_file, dates=True)
	settings = frappe.get_single("Mentoring Settings")
	for doc in (mentee, consent, mentor, match, old_match, staff_log, check_in, organisation, made_import):
		vault.plant(fresh(doc), keep=("workbook",))
	for doc in (factories.closure_of(match), fresh(old_closure), settings):
		vault.plant(doc)
	vault.plant(fresh(programme), keep=("programme_name",))
	refusal = factories.candidate_refusal(mentor)
	vault.plant(refusal)
	cast.records["Candidate Refusal"] = [refusal.name]
	vault.plant(own_log, owner="volunteer")
	# What was said is never changed: the canary is in it from the start.
	vault.plant(fresh(concern), keep=("text",))
	planted = (
		case_file,
		mentee,
		consent,
		mentor,
		match,
		staff_log,
		own_log,
		concern,
		check_in,
		organisation,
		programme,
	)
	for doc in (*planted, factories.closure_of(match), old_closure, old_match, made_import, settings):
		cast.records.setdefault(doc.doctype, []).append(doc.name)
	for doc in (case_file, mentee, concern):
		vault.name(doc)
	_support_records(cast, mentor, check_in)
	claim = frappe.get_doc("Mentor Expense", cast.name("Mentor Expense"))
	for doc in (case_file, mentee, match, mentor, claim):
		cast.files[doc.doctype] = _file(vault, doc)
		cast.bait[doc.doctype] = _file(vault, doc)


def _group(cast: Cast, programme, mentor, match) -> None:
	"""A group in which our two meet; the goal that they wrote down is the mentee's alone."""
	with as_user(cast.users["coordinator"]):
		group = factories.mentoring_group(programme, fresh(mentor))
	frappe.db.set_value("Match", match.name, "mentoring_group", group.name)
	frappe.db.set_value("Match Goal", {"parent": match.name}, "whose", "Mentee's")
	programme.reload()
	cast.vault.plant(group)
	cast.records["Mentoring Group"] = [group.name]


def _privacy_records(cast: Cast, mentee: str, match: str) -> None:
	"""A case file that was open for a reason once, the log of it, and what the mentor knows."""
	with as_user(cast.users["coordinator"]):
		open_case_file(mentee, "The caregiver is away and the person has called us.")
	opening = frappe.get_doc("Case File Opening", {"mentee": mentee})
	opening.expires_at = opening.opened_at
	line = frappe.get_doc("Case File Access", {"mentee": mentee})
	disclosure = frappe.get_doc({"doctype": "Match Disclosure", "mentoring_match": match}).insert()
	for doc in (opening, line):
		cast.vault.plant(doc)
	erasure = frappe.get_doc({"doctype": "Erasure Request", "person_kind": "Mentee", "asked_by": "The person"})
	# Whom it is about is never changed: the canary is there from the start.
	erasure.person = cast.vault.text("Erasure Request", "person")
	erasure.flags.ignore_validate = True
	cast.vault.plant(erasure.insert(), keep=("person",))
	for doc in (opening, line, disclosure, erasure):
		cast.records[doc.doctype] = [doc.name]


def _screening_records(cast: Cast, mentor: str) -> None:
	"""A step that was waived, and a record check on which two of the staff decide."""
	with as_user(cast.users["manager"]):
		# What was granted is never changed: the canary is in it from the start.
		reason = cast.vault.text("Screening Waiver", "reason")
		waiver = factories.waiver(mentor, "References", reason=reason)
	review = factories.finding(fresh(frappe.get_doc("Mentor", mentor)), record_check_seen_by=cast.users["coordinator"])
	review.reviewer_2 = cast.users["caregiver"]
	review.save(ignore_permissions=True)
	cast.vault.plant(fresh(review))
	for doc in (waiver, review):
		cast.records[doc.doctype] = [doc.name]


def _papers(cast: Cast, mentor: str) -> None:
	"""A text in force that mentors accept, our mentor's record of it, and the agreement that was sent."""
	policy = factories.policy()
	ids = {"mentor": mentor, "policy": policy.name}
	agreement = factories.volunteer_agreement(mentor)
	agreement.status = "Sent"
	for doc in (
		frappe.get_doc({"doctype": "Policy Acknowledgement", **ids}).insert(ignore_permissions=True),
		frappe.get_doc({"doctype": "Policy Request", **ids}).insert(ignore_permissions=True),
		agreement,
	):
		cast.vault.plant(doc)
		cast.records[doc.doctype] = [doc.name]


def _training(cast: Cast, programme, mentor) -> None:
	"""A module that the programme asks for, a session of it that is over, and what our volunteer attended and read."""
	module = factories.training_module(materials=[{"title": "x", "text": "x", "needs_acknowledgement": 1}])
	programme.append("training_modules", {"module": module.name})
	programme.save(ignore_permissions=True)
	session = factories.training_session(programme, module, begins_in_minutes=-600)
	factories.on_the_list(session, mentor, status="Attended")
	attendance = frappe.get_doc("Training Attendance", {"session": session.name})
	attendance.db_set({"held_on": frappe.utils.nowdate(), "hours": 2})
	acknowledgement = frappe.get_doc(
		{"doctype": "Training Acknowledgement", "mentor": mentor.name, "module": module.name}
	).insert(ignore_permissions=True)
	for doc in (module, session, attendance, acknowledgement):
		cast.vault.plant(fresh(doc))
		cast.records[doc.doctype] = [doc.name]


def _support_records(cast: Cast, mentor, check_in) -> None:
	"""How the mentor is, what the volunteer wrote, where volunteers meet, and what was spent."""
	note = factories.wellbeing_note(mentor, check_in=check_in)
	get_together = factories.get_together(mentor)
	claim = factories.expense(mentor)
	batch = factories.expense_batch(claim)
	sign_up = factories.sign_up(get_together, mentor)
	post = factories.peer_post(mentor)
	for doc in (note, get_together, sign_up, post, batch, claim):
		cast.vault.plant(fresh(doc), keep=("receipt",))
		cast.records[doc.doctype] = [doc.name]
	# A second one, for those who try what is done with one that waits.
	waiting = factories.expense(mentor, status="Sent")
	cast.vault.plant(fresh(waiting), keep=("receipt",))
	cast.records["Mentor Expense"].append(waiting.name)


def _getting_to_know(cast: Cast, mentor: str) -> None:
	"""What a referee says of our mentor, and an interview with a scorecard of each of the two who asked."""
	people = [cast.users["coordinator"], cast.users["caregiver"]]
	reference = factories.received_reference(mentor)
	interview = factories.interview(mentor, interviewer_1=people[0], interviewer_2=people[1])
	cards = [factories.submitted_scorecard(interview, person) for person in people]
	for doc in (reference, fresh(interview), *map(fresh, cards)):
		cast.vault.plant(doc)
		cast.records.setdefault(doc.doctype, []).append(doc.name)


def _match_run(cast: Cast, programme: str, mentor: str, mentee: str) -> None:
	"""A run in which our mentee once was, and two rows in which nobody was found and a pair was ruled out."""
	run = factories.stored_run(programme, pairs=[(mentor, mentee)], unplaced=[mentee], vetoes=[(mentor, mentee)])
	cast.vault.plant(run)
	cast.records["Match Run"] = [run.name]


def _choosing(cast: Cast, mentor, mentee) -> None:
	"""Cards of our mentor that our mentee may choose from, and a session of both with what each said."""
	shortlist = factories.past_shortlist(mentee, mentor)
	session = factories.matching_session(mentor.programme, [mentor], [mentee], held=True)
	said = [factories.preference(session, person, nobody=True) for person in (mentor, mentee)]
	# One to come, to which our volunteer is invited.
	to_come = factories.matching_session(mentor.programme, [mentor], [mentee])
	to_come.mentors[0].db_set("invited_on", frappe.utils.nowdate())
	for doc in (shortlist, session, *said, to_come):
		cast.vault.plant(fresh(doc))
		cast.records.setdefault(doc.doctype, []).append(doc.name)


def _import(programme: str):
	values = {
		"doctype": "Mentoring Import",
		"programme": programme,
		"workbook": "/private/files/people.xlsx",
		"rows": [{"row_number": 1, "verdict": "New"}],
	}
	doc = frappe.get_doc(values)
	# The workbook is not there: these tests need the lines that a reading leaves behind, not the reading.
	doc.flags.update({"ignore_validate": True, "ignore_mandatory": True})
	return doc.insert(ignore_permissions=True)


def _file(vault: Vault, doc) -> str:
	"""A private file at a record; its content is the canary, its name is not."""
	content = vault.text(f"{doc.doctype} (file)", "content")
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"paper-{frappe.generate_hash(length=8)}.txt",
			"is_private": 1,
			"content": content,
		}
	).insert(ignore_permissions=True)
	# Past the guard, as another app or an older release may have left it: to a mentor nothing is attached any more.
	file.db_set({"attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
	return file.file_url


def _traces(cast: Cast) -> None:
	"""What people leave at a record in the desk: a comment, a tag, a task for themselves, a message.

	The app may refuse one of them; then nothing can be read there.
	"""
	for doctype, person in {
		"Mentee Case File": "caregiver",
		"Mentee": "caregiver",
		"Match": "coordinator",
	}.items():
		doc = frappe.get_doc(doctype, cast.name(doctype))
		with as_user(cast.users[person]):
			for kind, leave in TRACES.items():
				text = cast.vault.text(f"{doctype} ({kind})", "text")
				frappe.db.savepoint("trace")
				try:
					leave(doc, text)
				except (frappe.PermissionError, frappe.ValidationError) as error:
					frappe.db.rollback(save_point="trace")
					cast.refused_traces.append(f"{doctype} ({kind}): {type(error).__name__}")
	frappe.clear_messages()


def _comment(doc, text: str) -> None:
	from frappe.desk.form.utils import add_comment

	add_comment(doc.doctype, doc.name, text, frappe.session.user, frappe.session.user)


def _tag(doc, text: str) -> None:
	from frappe.desk.doctype.tag.tag import add_tag

	add_tag(text, doc.doctype, doc.name)


def _task(doc, text: str) -> None:
	from frappe.desk.form.assign_to import add

	add({"doctype": doc.doctype, "name": doc.name, "assign_to": [frappe.session.user], "description": text})


def _message(doc, text: str) -> None:
	from frappe.core.doctype.communication.email import make

	make(doctype=doc.doctype, name=doc.name, subject=text, content=text, communication_medium="Other")


TRACES = {"comment": _comment, "tag": _tag, "task": _task, "message": _message}
