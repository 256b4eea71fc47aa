"""Everything that the app can send, sent once and read whole: an alias or a number and a link, nothing else.

The places are found in the source; a new one fails here until it is played.
"""

import json
import re

import factories
import frappe
import pytest
import senders_in_the_source as source
from frappe.deferred_insert import save_to_db
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from libes_mentoring.mentee_preparation import consent
from libes_mentoring.mentor_matching import choice_reminders, sessions
from libes_mentoring.mentor_recruitment import (
	agreements,
	interviews,
	letters,
	portal_account,
	record_check_reviews,
	reference_rules,
	references,
	refusals,
	status_link,
	training_reminders,
	training_sessions,
	waivers,
)
from libes_mentoring.mentor_recruitment.screening_steps import record_outcome
from libes_mentoring.mentor_support import board_reminders, expense_payments, expenses, pausing, wellbeing
from libes_mentoring.mentoring_privacy import break_glass, retention, words
from libes_mentoring.mentoring_programme.telling_words import telling_words_in
from libes_mentoring.mentoring_relationship import (
	concern_reminders,
	concerns,
	consent_effects,
	first_meeting,
	meeting_watch,
	paper_reminders,
	record_check_reminders,
	reminders,
	screening_reminders,
	taking_back,
)
from libes_mentoring.portal import application, care, meetings, peers
from libes_mentoring.spreadsheets import applying

pytestmark = pytest.mark.req("P8", "L2", "E5")

# place → what plays it, below; "" for what sends nothing to anybody.
PLACES = {
	("mentoring_relationship/messages", "tell", "Notification Log"): "every one",
	("mentoring_relationship/messages", "_by_mail", "sendmail"): "every one",
	("mentoring_relationship/messages", "_by_text_message", "enqueue"): "every one",
	("mentoring_privacy/break_glass", "complete", "tell"): "opening",
	("mentoring_relationship/concern_reminders", "handle", "tell"): "concern unanswered",
	("mentoring_relationship/concerns", "make_urgent", "tell"): "concern urgent",
	("mentoring_relationship/concerns", "tell_new_recipients", "tell"): "concern",
	("mentoring_relationship/recipients", "tell_coordinator", "tell"): "every one",
	("access/quiet_document", "notify_update", "publish_realtime"): "every one",
	("mentoring_relationship/consent_effects", "after_change", "tell_coordinator"): "withdrawal",
	("mentoring_relationship/consent_effects", "_ask", "tell"): "asked again",
	("mentoring_relationship/leaving", "after_mentor_change", "tell_coordinator"): "mentor leaves",
	("mentoring_relationship/taking_back", "take_back", "tell_on_portal"): "match taken back",
	("mentoring_relationship/taking_back", "_tell_staff", "tell"): "match taken back",
	("mentoring_relationship/meeting_watch", "handle", "tell_coordinator"): "quiet match",
	("mentoring_relationship/first_meeting", "after_plan_change", "tell"): "meeting planned",
	("mentoring_relationship/reminders", "handle", "tell"): "check-in",
	("mentoring_relationship/reminders", "handle", "tell_coordinator"): "check-in",
	("mentor_recruitment/record_check_reviews", "_tell", "tell"): "record check",
	("mentor_recruitment/record_check_reviews", "_conclude", "tell_coordinator"): "record check",
	("mentor_recruitment/waivers", "tell_managers", "tell"): "waiver",
	("mentor_recruitment/waivers", "_decide", "tell"): "waiver",
	("mentoring_relationship/screening_reminders", "handle", "tell"): "step waits",
	("mentoring_relationship/screening_reminders", "handle", "tell_coordinator"): "step waits",
	("mentoring_relationship/record_check_reminders", "_ask", "tell_coordinator"): "new extract",
	("mentoring_relationship/record_check_reminders", "_ask", "tell_on_portal"): "new extract",
	("mentoring_relationship/record_check_reminders", "_hand_over", "tell_coordinator"): "new extract",
	# A programme's number, for a worker who brings the board up to date.
	("mentor_recruitment/screening_board", "after_programme_change", "enqueue"): "",
	("mentor_recruitment/training_sessions", "_invite", "tell_on_portal"): "training invitation",
	("mentor_recruitment/training_sessions", "tell_expected", "tell_on_portal"): "training changed",
	("mentor_recruitment/training_reminders", "remind", "tell_on_portal"): "training reminders",
	("mentor_recruitment/training_reminders", "remind_of_hours", "tell_on_portal"): "training reminders",
	("mentor_recruitment/training_reminders", "ask_for_list", "tell"): "training for staff",
	("mentor_recruitment/training_reminders", "ask_for_list", "tell_coordinator"): "training for staff",
	("mentor_recruitment/training_reminders", "tell_of_hours", "tell_coordinator"): "training for staff",
	("portal/meetings", "_ask_for_support", "tell_coordinator"): "support",
	("mentor_recruitment/portal_account", "_user_for", "User"): "invitation",
	("mentor_recruitment/agreements", "send", "tell_on_portal"): "agreement",
	("mentor_recruitment/agreements", "sign", "tell_coordinator"): "agreement",
	("mentor_recruitment/agreements", "countersign", "tell_on_portal"): "agreement",
	("mentoring_relationship/paper_reminders", "ask", "tell_on_portal"): "rules",
	("mentoring_relationship/paper_reminders", "ask", "tell_coordinator"): "rules",
	("mentoring_relationship/paper_reminders", "follow_up", "tell_on_portal"): "agreement waits",
	("mentoring_relationship/paper_reminders", "tell_staff", "tell_coordinator"): "agreement waits",
	# To candidates, who have no account: the way to their own status page, and the letter.
	("mail", "write_to", "sendmail"): "every one",
	("portal/receiving", "_tell", "tell_coordinator"): "application",
	("portal/receiving", "_confirm", "write_to"): "known again",
	("mentor_recruitment/letters", "send_letter", "write_to"): "letter",
	("mentor_recruitment/status_link", "send_new", "write_to"): "new link",
	("mentor_support/notices", "tell_volunteer", "tell_on_portal"): "volunteer told",
	("mentor_support/board", "_tell_if_held", "tell_coordinator"): "post held back",
	("mentor_support/board_reminders", "_remind", "tell_coordinator"): "post held back",
	("mentor_support/expenses", "claim", "tell_coordinator"): "expense",
	("mentor_support/expenses", "_remind", "tell"): "expense",
	("mentor_support/pausing", "after_change", "tell_coordinator"): "pause",
	("mentor_support/pausing", "_tell_of_end", "tell_coordinator"): "pause",
	("mentor_support/wellbeing", "_remind", "tell_coordinator"): "quiet flag",
	("portal/care", "pause", "tell_coordinator"): "pause",
	("portal/care", "come_back", "tell_coordinator"): "pause",
	("mentor_recruitment/references", "_write", "write_to"): "reference asked for",
	("mentor_recruitment/references", "store", "tell_coordinator"): "reference arrives",
	("mentor_recruitment/references", "hand_over", "tell_coordinator"): "reference overdue",
	("mentor_recruitment/interviews", "after_change", "tell"): "interview planned",
	("mentor_recruitment/interviews", "invite", "write_to"): "interview invited",
	("mentor_recruitment/scorecards", "submit", "tell_coordinator"): "scorecards in",
	("mentor_matching/sessions", "invite", "tell_on_portal"): "session invited",
	("mentor_matching/sessions", "call_off", "tell_on_portal"): "session invited",
	("mentor_matching/sessions", "after_change", "tell_on_portal"): "session invited",
	("mentor_matching/choice_reminders", "remind_of_shortlist", "tell_coordinator"): "choice waits",
	("mentor_matching/choice_reminders", "remind_of_session", "tell_coordinator"): "choice waits",
	# Logs: read with what was sent.
	("failures", "note", "log_error"): "log of a night",
	# A look at an account that is emptied, and the demonstration's accounts.
	("mentoring_privacy/account", "erase", "User"): "",
	("mentoring_privacy/account", "delete", "User"): "",
	("setup/demo", "_add_user", "User"): "",
}
# These go to the person whom they are about, and open that person's own page.
OWN_LINKS = (
	"invitation",
	"application",
	"known again",
	"refused again",
	"new link",
	"reference asked for",
	"reference arrives",
	"reference overdue",
)
LINK = re.compile(r"https?://\S+")
CHANNELS = ("Notification Log", "Email Queue", "Error Log", "ToDo", "Event", "Communication", "Comment")


class Secrets:
	"""Words that stand nowhere but in the records of the people, and must not be sent."""

	def __init__(self):
		self.all: list[str] = []

	def __call__(self, beginning: str = "Secret") -> str:
		self.all.append(f"{beginning}{frappe.generate_hash(length=8)}")
		return self.all[-1]


@pytest.fixture
def secret():
	return Secrets()


@pytest.fixture
def outbox(monkeypatch):
	"""What is published in real time and handed to the queue; the site can send mail."""
	sent = []
	factories.mail_account()

	def published(*args, **kwargs):
		sent.append(json.dumps([args, kwargs], default=str))

	for place in (frappe, frappe.realtime):
		monkeypatch.setattr(place, "publish_realtime", published)
	enqueue = frappe.enqueue

	def queued(method, *args, **kwargs):
		sent.append(json.dumps([str(method), kwargs], default=str))
		if not str(method).startswith(TEXT_MESSAGES):
			return enqueue(method, *args, **kwargs)

	monkeypatch.setattr(frappe, "enqueue", queued)
	hooks = frappe.get_hooks

	def with_text_messages(hook=None, *args, **kwargs):
		return [f"{TEXT_MESSAGES}.send"] if hook == "mentoring_text_message" else hooks(hook, *args, **kwargs)

	monkeypatch.setattr(frappe, "get_hooks", with_text_messages)
	for doctype in CHANNELS:
		frappe.db.delete(doctype)
	return sent


TEXT_MESSAGES = "a.gateway.of.the.house"


@pytest.fixture
def house(secret):
	"""A programme with a match, all of whose words are secret."""
	organisation = factories.partner_organisation(organisation_name=secret())
	programme = factories.programme(programme_name=secret())
	mentor = factories.mentor(
		programme=programme,
		full_name=f"{secret('Given')} {secret('Family')}",
		email=f"{secret('mail').lower()}@example.org",
		partner_organisation=organisation,
		staff_notes=secret(),
		motivations=[{"own_words": secret(), "noted_on": nowdate()}],
	)
	mentee = factories.mentee(programme=programme, goals=secret(), motivation=secret())
	case_file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	case_file.update(
		{
			"full_name": f"{secret('Given')} {secret('Family')}",
			"background": secret(),
			"safety_note": secret(),
			"referral_source": secret(),
			"phone": "+32 470 55 66 77",
		}
	)
	case_file.save(ignore_permissions=True)
	match = factories.match(mentor, mentee, growing=True)
	return frappe._dict(
		programme=frappe.get_doc("Mentoring Programme", programme.name),
		mentor=factories.fresh(mentor),
		mentee=factories.fresh(mentee),
		match=match,
		manager=factories.manager().name,
		officer=factories.privacy_officer().name,
	)


def test_every_place_that_sends_is_played_here():
	assert source.places() == set(PLACES)
	assert {play for play in PLACES.values() if play} - {"every one"} == set(PLAYS) - {"refused again"}


def test_no_record_of_the_framework_sends_for_the_app():
	assert source.sending_records() == []


def play_opening(house, secret, monkeypatch):
	with factories.as_user(house.programme.coordinator):
		break_glass.open_case_file(house.mentee.name, f"The caregiver is away, {secret()} has called.")


def play_concern(house, secret, monkeypatch):
	with factories.as_user(factories.volunteer(house.mentor).name):
		return factories.concern(house.match, text=secret())


def play_urgent(house, secret, monkeypatch):
	concerns.make_urgent(play_concern(house, secret, monkeypatch))


def play_unanswered(house, secret, monkeypatch):
	concern = play_concern(house, secret, monkeypatch)
	for days in (3, 30):
		concern_reminders.handle(concern.name, add_to_date(now_datetime(), days=days))


def play_withdrawal(house, secret, monkeypatch):
	with factories.as_user(house.mentee.caregiver):
		consent.withdraw(house.mentee.name)


def play_asked_again(house, secret, monkeypatch):
	frappe.db.set_value("Mentoring Programme", house.programme.name, "reconfirm_after_weeks", 1)
	frappe.db.set_value("Match", house.match.name, "first_meeting_on", add_days(nowdate(), -60))
	frappe.db.set_value("Mentee Consent", {"mentee": house.mentee.name}, "given_on", add_days(nowdate(), -90))
	# The job commits after each; here nothing may outlast the test.
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	assert consent_effects.ask_again(getdate()) == 1


def play_leaving(house, secret, monkeypatch):
	house.mentor.stage = "Left"
	house.mentor.save(ignore_permissions=True)


def play_check_in(house, secret, monkeypatch):
	check_in = factories.check_ins(house.match)[0]
	check_in.db_set({"due_on": getdate(), "notes": secret()})
	reminders.handle(check_in.name, getdate(add_days(nowdate(), 60)))


def play_quiet_match(house, secret, monkeypatch):
	frappe.db.set_value("Match Goal", {"parent": house.match.name}, "goal", secret())
	assert meeting_watch.handle(house.match.name, getdate(add_days(nowdate(), 90)))


def play_meeting_planned(house, secret, monkeypatch):
	mentee = factories.mentee(
		programme=house.programme, boundaries=[{"boundary": "Places", "wish": secret(), "place_rule": "Not here", "place": secret()}]
	)
	match = factories.match(factories.mentor(programme=house.programme), mentee)
	day = add_days(nowdate(), 3)
	first_meeting.plan_meeting("Match", match.name, day, "15:00", secret(), house.programme.coordinator, wishes_read=True)


def play_taken_back(house, secret, monkeypatch):
	mentor = factories.mentor(programme=house.programme, full_name=f"{secret('Given')} {secret('Family')}")
	factories.volunteer(mentor)
	mentee = factories.mentee(programme=house.programme, goals=secret())
	match = factories.match(mentor, mentee)
	place, staff = secret(), mentee.caregiver
	first_meeting.plan_meeting("Match", match.name, add_days(nowdate(), 3), "15:00", place, staff, wishes_read=True)
	match.db_set("mentor_briefed_on", nowdate())
	with factories.as_user(house.programme.coordinator):
		assert taking_back.take_back(match.name) == "closed"


def _apply(house, secret, monkeypatch, **answers):
	monkeypatch.setattr(frappe.local, "request_ip", "127.0.0.1", raising=False)
	factories.forget_rates()
	words = ("full_name", "motivation", "district", "availability", "expectations", "personality", "skills", "experience")
	made = factories.application(house.programme, **{field: secret("Given") for field in words}, **answers)
	_goes_to(made["email"], secret)
	with factories.as_user("Guest"):
		application.apply(**made)


def _goes_to(address: str, secret):
	"""The receiver's own address stands at the head of a mail."""
	secret.all = [word for word in secret.all if word.lower() not in address.lower()]


def play_application(house, secret, monkeypatch):
	_apply(house, secret, monkeypatch)


def play_known_again(house, secret, monkeypatch):
	house.mentor.db_set("stage", "Left")
	_apply(house, secret, monkeypatch, email=house.mentor.email)


def _turn_down(house, secret):
	with factories.as_user(house.programme.coordinator):
		refusals.turn_down(house.mentor.name, "May do harm", secret())


def play_refused_again(house, secret, monkeypatch):
	_turn_down(house, secret)
	_apply(house, secret, monkeypatch, email=house.mentor.email)


def play_letter(house, secret, monkeypatch):
	_turn_down(house, secret)
	_goes_to(house.mentor.email, secret)
	with factories.as_user(house.programme.coordinator):
		letters.send_letter(house.mentor.name)


def play_new_link(house, secret, monkeypatch):
	_goes_to(house.mentor.email, secret)
	with factories.as_user(house.programme.coordinator):
		status_link.send_new(house.mentor.name)


def play_support(house, secret, monkeypatch):
	with factories.as_user(factories.volunteer(house.mentor).name):
		meetings.log_meeting(house.match.name, nowdate(), 60, "In person", note=secret(), needs_support=True)


def play_invitation(house, secret, monkeypatch):
	"""The one message that names somebody: the person to whom it goes."""
	portal_account.invite(house.mentor.name)
	for own in (house.mentor.full_name, *house.mentor.full_name.split(), house.mentor.email):
		secret.all = [word for word in secret.all if word not in own]


def play_night(house, secret, monkeypatch):
	from libes_mentoring.mentoring_relationship import contacts

	def fails(*args, **kwargs):
		raise RuntimeError(secret())

	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(frappe.db, "rollback", lambda **kwargs: None)
	retention.each([house.mentee.name], fails, "Not erased")
	play = factories.check_ins(house.match)[0]
	play.db_set("due_on", getdate())
	monkeypatch.setattr(contacts, "extend_running_matches", lambda today: 0)
	monkeypatch.setattr(reminders, "handle", fails)
	reminders.daily()


def play_record_check(house, secret, monkeypatch):
	candidate = factories.mentor(
		stage="Screening", programme=house.programme, full_name=f"{secret('Given')} {secret('Family')}"
	)
	with factories.as_user(house.programme.coordinator):
		review = factories.finding(candidate)
		review.reviewer_2 = house.mentee.caregiver
		review.save()
	for user, decision in ((house.programme.coordinator, "Accept"), (house.mentee.caregiver, "Do not accept")):
		with factories.as_user(user):
			record_check_reviews.decide(review.name, decision, secret())


def play_waiver(house, secret, monkeypatch):
	with factories.as_user(house.programme.coordinator):
		made = frappe.get_doc(
			{
				"doctype": "Screening Waiver",
				"mentor": house.mentor.name,
				"step": "References",
				"valid_until": nowdate(),
				"reason": f"Known for years, {secret()}",
			}
		).insert()
	with factories.as_user(house.manager):
		waivers.grant(made.name)


def play_step_waits(house, secret, monkeypatch):
	candidate = factories.mentor(
		stage="Applied", programme=house.programme, full_name=f"{secret('Given')} {secret('Family')}"
	)
	screening_reminders.handle(candidate.name, getdate(add_days(nowdate(), 60)))
	record_outcome(house.mentor.name, "Training", "Open", note=secret())
	screening_reminders.handle(house.mentor.name, getdate())


def play_new_extract(house, secret, monkeypatch):
	factories.volunteer(house.mentor)
	end = getdate(frappe.db.get_value("Mentor", house.mentor.name, "record_check_renew_by"))
	for days in (60, -1):
		record_check_reminders.handle(house.mentor.name, getdate(add_days(end, -days)))



def _agreement_sent(house, secret):
	factories.volunteer(house.mentor)
	agreement = factories.volunteer_agreement(house.mentor, expenses_rule=secret(), reporting=secret())
	agreements.send(agreement.name)
	return factories.fresh(agreement)


def play_agreement(house, secret, monkeypatch):
	agreement = _agreement_sent(house, secret)
	with factories.as_user(house.mentor.user):
		agreements.sign(agreement.name, name_typed=house.mentor.full_name, content_hash=agreement.content_hash)
	agreements.countersign(agreement.name)


def play_agreement_waits(house, secret, monkeypatch):
	agreement = _agreement_sent(house, secret)
	paper_reminders.follow_up(agreement.name, getdate(add_days(nowdate(), 30)))


def play_rules(house, secret, monkeypatch):
	factories.volunteer(house.mentor)
	factories.policy(title=secret(), texts=[{"language": "English", "text": secret()}])
	for days in (0, 12, 20):
		paper_reminders.ask(house.mentor.name, getdate(add_days(nowdate(), days)))
def training_of(house, secret, *, begins_in_minutes=60 * 24):
	"""A session with our mentor on the list, whose words are secret; the mentor has a portal account."""
	module = factories.training_module(title=secret(), topics=secret(), purpose=secret())
	factories.volunteer(house.mentor)
	session = factories.training_session(
		house.programme, module, begins_in_minutes=begins_in_minutes, place=secret(), trainer_name=secret()
	)
	return session, module


def play_training_invitation(house, secret, monkeypatch):
	session, _module = training_of(house, secret)
	training_sessions.invite(session.name, [house.mentor.name])


def play_training_changed(house, secret, monkeypatch):
	session, _module = training_of(house, secret)
	factories.on_the_list(session, house.mentor)
	session.place = secret()
	session.save()
	training_sessions.cancel(session.name)


def play_training_reminders(house, secret, monkeypatch):
	session, _module = training_of(house, secret)
	factories.on_the_list(session, house.mentor)
	attendance = frappe.db.get_value("Training Attendance", {"session": session.name})
	training_reminders.remind(attendance, getdate())
	training_reminders.remind_of_hours(house.mentor.name, getdate("2099-09-01"))


def play_training_for_staff(house, secret, monkeypatch):
	session, _module = training_of(house, secret, begins_in_minutes=-600)
	factories.on_the_list(session, house.mentor)
	training_reminders.ask_for_list(session.name, getdate())
	training_reminders.tell_of_hours(house.programme.name, getdate())


def play_pause(house, secret, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	volunteer = factories.volunteer(house.mentor).name
	with factories.as_user(volunteer):
		care.pause(add_days(nowdate(), 5))
	pausing.remind(getdate(add_days(nowdate(), 5)))
	with factories.as_user(volunteer):
		care.come_back()


def play_quiet_flag(house, secret, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	factories.wellbeing_note(house.mentor)
	wellbeing.remind(getdate(add_days(nowdate(), 7)))


def play_held_post(house, secret, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	with factories.as_user(factories.volunteer(house.mentor).name):
		post = peers.write_post(f"{house.mentee.name} and {secret()}", name=secret())
	frappe.db.set_value("Peer Post", post["post"], "held_on", add_to_date(now_datetime(), days=-3))
	board_reminders.remind(getdate())


def play_expense(house, secret, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	claim = factories.expense(house.mentor, status="Sent", purpose=secret(), amount="987.65")
	claim.db_set("sent_on", add_days(nowdate(), -9))
	expenses.remind(getdate())


def play_volunteer_told(house, secret, monkeypatch):
	"""Of a decision, a payment and a get-together that moves."""
	factories.volunteer(house.mentor)
	refused = factories.expense(house.mentor, status="Sent", purpose=secret())
	with factories.as_user(house.programme.coordinator):
		expenses.refuse(refused.name, secret())
		claim = factories.expense(house.mentor)
		expense_payments.mark_paid(factories.expense_batch(claim).name, nowdate(), secret())
	get_together = factories.get_together(house.mentor, title=secret(), description=secret())
	factories.sign_up(get_together, house.mentor)
	get_together = factories.fresh(get_together)
	get_together.place = secret()
	get_together.save(ignore_permissions=True)
def _reference(house, secret):
	made = factories.reference(
		house.mentor, referee_name=f"{secret('Given')} {secret('Family')}", relation=secret(), referee_phone="+32 470 55 66 77"
	)
	with factories.as_user(house.programme.coordinator):
		references.ask(made.name)
	return factories.fresh(made)


def play_reference_asked_for(house, secret, monkeypatch):
	references.chase(_reference(house, secret), getdate())


def play_reference_arrives(house, secret, monkeypatch):
	answers = factories.reference_answers(to_talk_about=secret(), example=secret(), name_typed=secret())
	references.store(_reference(house, secret), reference_rules.tidy(answers), "By the link")


def play_reference_overdue(house, secret, monkeypatch):
	references.hand_over(_reference(house, secret), getdate())


def _interview(house):
	return factories.interview(house.mentor, interviewer_1=house.programme.coordinator, interviewer_2=house.mentee.caregiver)


def play_interview_planned(house, secret, monkeypatch):
	_interview(house)


def play_interview_invited(house, secret, monkeypatch):
	made = _interview(house)
	with factories.as_user(house.programme.coordinator):
		interviews.invite(made.name)
	# The receiver's own address stands at the head of the mail.
	secret.all = [word for word in secret.all if word.lower() not in house.mentor.email.lower()]


def play_scorecards_in(house, secret, monkeypatch):
	made = _interview(house)
	for user in (made.interviewer_1, made.interviewer_2):
		factories.submitted_scorecard(made, user, reasons=secret(), notes=secret(), story=secret())


def play_session_invited(house, secret, monkeypatch):
	mentor = factories.mentor(programme=house.programme, full_name=f"{secret('Given')} {secret('Family')}")
	factories.volunteer(mentor)
	waiting = factories.mentee(programme=house.programme, goals=secret())
	session = factories.matching_session(house.programme, [mentor], [waiting], place=secret())
	# Each begins a transaction anew; here nothing may outlast the test.
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	sessions.invite(session.name)
	session = factories.fresh(session)
	session.place = secret()
	session.save()
	sessions.call_off(session.name)


def play_choice_waits(house, secret, monkeypatch):
	mentors = [factories.mentor(programme=house.programme, full_name=f"{secret('Given')} X") for _number in range(2)]
	waiting = factories.mentee(programme=house.programme)
	shortlist = factories.shortlist(waiting, *mentors)
	choice_reminders.remind_of_shortlist(shortlist.name, getdate(add_days(nowdate(), 14)))
	session = factories.matching_session(house.programme, mentors, [waiting], held=True, place=secret())
	choice_reminders.remind_of_session(session.name, getdate(add_days(nowdate(), 7)))


PLAYS = {
	"quiet match": (play_quiet_match, True),
	"meeting planned": (play_meeting_planned, True),
	"session invited": (play_session_invited, False),
	"choice waits": (play_choice_waits, True),
	"match taken back": (play_taken_back, False),
	"record check": (play_record_check, True),
	"waiver": (play_waiver, True),
	"step waits": (play_step_waits, True),
	"new extract": (play_new_extract, True),
	"agreement": (play_agreement, True),
	"agreement waits": (play_agreement_waits, True),
	"rules": (play_rules, True),
	"pause": (play_pause, True),
	"quiet flag": (play_quiet_flag, True),
	"post held back": (play_held_post, True),
	"expense": (play_expense, True),
	"volunteer told": (play_volunteer_told, True),
	"reference asked for": (play_reference_asked_for, False),
	"reference arrives": (play_reference_arrives, True),
	"reference overdue": (play_reference_overdue, True),
	"interview planned": (play_interview_planned, True),
	"interview invited": (play_interview_invited, True),
	"scorecards in": (play_scorecards_in, True),
	"opening": (play_opening, True),
	"concern": (play_concern, True),
	"concern urgent": (play_urgent, True),
	"concern unanswered": (play_unanswered, True),
	"withdrawal": (play_withdrawal, True),
	"asked again": (play_asked_again, True),
	"mentor leaves": (play_leaving, True),
	"check-in": (play_check_in, True),
	"application": (play_application, True),
	"known again": (play_known_again, True),
	"refused again": (play_refused_again, True),
	"letter": (play_letter, True),
	"new link": (play_new_link, False),
	"support": (play_support, True),
	"invitation": (play_invitation, False),
	"log of a night": (play_night, False),
	"training invitation": (play_training_invitation, False),
	"training changed": (play_training_changed, False),
	"training reminders": (play_training_reminders, False),
	"training for staff": (play_training_for_staff, True),
}


@pytest.mark.parametrize("play", PLAYS)
def test_what_is_sent_says_that_something_waits_and_nothing_of_anybody(
	house, outbox, secret, monkeypatch, play
):
	act, tells = PLAYS[play]
	act(house, secret, monkeypatch)
	texts = everything_sent(outbox)
	assert texts["Error Log"] if play == "log of a night" else texts["Email Queue"]
	if tells:
		assert texts["Notification Log"] and [text for text in outbox if TEXT_MESSAGES in text]
	for channel, sent in texts.items():
		for text in sent:
			found = [word for word in secret.all if word.lower() in text.lower()]
			assert not found, f"{channel}: {text}"
			assert "470 55 66 77" not in text and "32470556677" not in text
	for subject in subjects():
		assert telling_words_in(subject) == []
		assert house.mentee.name not in subject, "a subject is read on a locked phone"
	assert senders() <= {"office@example.org"}
	for link in LINK.findall(" ".join(texts["Email Queue"])):
		assert "key=" not in link or play in OWN_LINKS, "a link that opens without a login"
	assert not (texts["Event"] or texts["Communication"] or texts["ToDo"])


def everything_sent(outbox: list[str]) -> dict[str, list[str]]:
	"""Channel → the texts, mails decoded with their headings."""
	found = {}
	for doctype in CHANNELS:
		rows = [frappe.get_doc(doctype, name) for name in frappe.get_all(doctype, pluck="name")]
		found[doctype] = [json.dumps(row.as_dict(), default=str) for row in rows]
		if doctype == "Email Queue":
			found[doctype] += [words.text_of_message(row.message) for row in rows]
	# What a record's own change publishes to those who have it open: its kind, its name, who changed it.
	found["real time and queue"] = outbox
	return found


def subjects() -> list[str]:
	from email import message_from_string
	from email.header import decode_header, make_header

	mails = [message_from_string(text) for text in frappe.get_all("Email Queue", pluck="message")]
	return [
		*frappe.get_all("Notification Log", pluck="subject"),
		*(str(make_header(decode_header(mail["Subject"]))) for mail in mails),
	]


def senders() -> set[str]:
	from email import message_from_string
	from email.utils import parseaddr

	mails = [message_from_string(text) for text in frappe.get_all("Email Queue", pluck="message")]
	return {parseaddr(mail[heading])[1] for mail in mails for heading in ("From", "Reply-To") if mail[heading]}


@pytest.mark.parametrize("how", ["import", "framework"])
def test_what_fails_leaves_no_value_in_the_error_log(secret, house, how):
	"""Also where the framework itself writes down an error of the app, with all the variables of every frame."""
	frappe.db.delete("Error Log")
	case_file = frappe.get_doc("Mentee Case File", {"mentee": house.mentee.name})
	case_file.judged_on = "2999-01-01"
	if how == "import":
		with pytest.raises(frappe.ValidationError):
			with applying._no_values_in_logs():
				raise RuntimeError(secret())
	else:
		try:
			case_file.save(ignore_permissions=True)
		except frappe.ValidationError as error:
			frappe.log_error(title=f"{error} {case_file.full_name}")
	save_to_db()
	[log] = frappe.get_all("Error Log", fields=["error", "method"])
	assert ".py" in log.error and "Error" in log.error
	assert not [word for word in secret.all if word in log.error + log.method]


def test_errors_of_others_are_logged_as_ever():
	frappe.db.delete("Error Log")
	# As if it stood in a file of another app: on a bench, this file lies in a folder of our own name.
	elsewhere = """
try:
	frappe.get_doc("ToDo", "not there")
except frappe.DoesNotExistError:
	frappe.log_error(title="Another app")
"""
	exec(compile(elsewhere, "apps/another/another/job.py", "exec"), {"frappe": frappe})
	[log] = frappe.get_all("Error Log", fields=["error", "method"])
	assert log.method == "Another app" and "not there" in log.error
