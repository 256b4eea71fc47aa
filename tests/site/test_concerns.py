"""A concern reaches its recipients at once, goes round the person it is about, and is read by nobody else."""

from contextlib import suppress

import factories
import frappe
import pytest
from factories import fresh
from frappe.utils import add_to_date, get_datetime, getdate, now_datetime, nowdate

from libes_mentoring.access.roles import COORDINATOR, MANAGER
from libes_mentoring.access.staff import managers
from libes_mentoring.mentoring_relationship import concern_reminders, concern_routing, concerns
from libes_mentoring.portal.concerns import kinds, my_concerns, raise_concern

KIND, STAFF, WORDS = (
	concerns.KINDS[0],
	concern_routing.ABOUT_STAFF,
	"Did not come today, and that is not like them.",
)
ROW = {"received_on", "status", "closed_on"}


@pytest.fixture
def mentor():
	return factories.mentor()


@pytest.fixture
def me(mentor):
	return factories.volunteer(mentor).name


@pytest.fixture
def match(mentor):
	return factories.match(mentor, growing=True)


@pytest.fixture
def coordinator(mentor):
	return frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")


@pytest.fixture
def manager():
	"""The only manager of the site."""
	return factories.manager().name


def raised(me, **values):
	"""The concern that the volunteer raises with these values."""
	before = set(frappe.get_all("Concern", pluck="name"))
	with factories.as_user(me):
		raise_concern(**{"kind": KIND, "text": WORDS, **values})
	(name,) = set(frappe.get_all("Concern", pluck="name")) - before
	return frappe.get_doc("Concern", name)


def recipients(concern) -> list[str]:
	return [row.user for row in fresh(concern).recipients]


def what_stands_in(concern) -> list:
	"""All that was said, done and stamped."""
	doc = fresh(concern)
	rows = [(row.what, row.done_by, row.done_on) for row in doc.steps]
	fields = ("text", "kind", "raised_by", "received_on", "first_response_on", *concerns.KEPT)
	return [*(doc.get(field) for field in fields), *rows, *recipients(doc)]


def told(user: str) -> list[str]:
	return frappe.get_all(
		"Notification Log", filters={"for_user": user, "document_type": "Concern"}, pluck="subject"
	)


def sees(user: str, concern) -> set[str]:
	"""By which ways a user sees that there is this concern, or its rows."""
	with factories.as_user(user):
		found = {
			"list": lambda: concern.name in frappe.get_list("Concern", pluck="name"),
			"form": lambda: frappe.has_permission("Concern", "read", doc=concern.name),
			"write": lambda: frappe.has_permission("Concern", "write", doc=concern.name),
			"steps": lambda: frappe.get_list(
				"Concern Step", parent_doctype="Concern", filters={"parent": concern.name}
			),
			"recipients": lambda: frappe.get_list(
				"Concern Recipient", parent_doctype="Concern", filters={"parent": concern.name}
			),
			"notification": lambda: told(user),
		}
		return {way for way, look in found.items() if _answer(look)}


def _answer(look):
	try:
		return look()
	except frappe.PermissionError:
		return False


def nothing_stored() -> bool:
	return not frappe.db.count("Concern") and not frappe.db.count(
		"Notification Log", {"document_type": "Concern"}
	)


# Raising --------------------------------------------------------------------------------------------


@pytest.mark.req("R11")
@pytest.mark.parametrize("urgent", [False, True])
def test_a_concern_reaches_the_coordinator_at_once_in_neutral_words(me, match, coordinator, manager, urgent):
	concern = raised(me, match=match.name, urgent=urgent)
	assert (concern.kind, concern.text, concern.urgent) == (KIND, WORDS, int(urgent))
	assert (concern.status, concern.raised_by, concern.mentoring_match) == ("Received", me, match.name)
	assert recipients(concern) == [coordinator]
	assert told(coordinator) == [
		"Urgent: a message is waiting for you" if urgent else "A message is waiting for you"
	]
	assert told(manager) == []


@pytest.mark.req("R11", "P8")
def test_the_mail_holds_a_link_and_not_a_word(me, match, coordinator, monkeypatch):
	sent = []
	monkeypatch.setattr("libes_mentoring.mail.is_set_up", lambda: True)
	monkeypatch.setattr(frappe, "sendmail", lambda **mail: sent.append(mail))
	concern = raised(me, match=match.name)
	(mail,) = sent
	said = mail["subject"] + mail["message"]
	assert mail["recipients"] == [frappe.db.get_value("User", coordinator, "email")]
	assert concern.name in said
	for word in (WORDS, KIND, match.mentee, match.mentor_name, "concern has"):
		assert word not in said


@pytest.mark.req("R11")
def test_a_volunteer_without_a_match_raises_one_in_general(me, mentor, coordinator):
	concern = raised(me, kind="Own boundaries")
	assert (concern.programme, concern.mentoring_match) == (mentor.programme, None)
	assert recipients(concern) == [coordinator]


@pytest.mark.req("R11")
def test_two_taps_are_one_concern_and_a_later_urgent_is_not_lost(me, match, coordinator):
	with factories.as_user(me):
		first, second, third = (
			raise_concern(KIND, text, urgent=urgent, match=match.name)
			for text, urgent in ((WORDS, False), (f" {WORDS} ", False), (WORDS, True))
		)
	assert first == second == third
	(concern,) = frappe.get_all("Concern", fields=["name", "urgent", "creation"])
	assert concern.urgent == 1
	assert sorted(told(coordinator)) == [
		"A message is waiting for you",
		"Urgent: a message is waiting for you",
	]
	earlier = add_to_date(now_datetime(), minutes=-3)
	frappe.db.set_value("Concern", concern.name, "creation", earlier, update_modified=False)
	raised(me, match=match.name)
	assert frappe.db.count("Concern") == 2


@pytest.mark.req("R11")
@pytest.mark.parametrize(
	("values", "words"),
	[
		({"kind": "Weather"}, "choose what you are worried about"),
		({"kind": ""}, "choose what you are worried about"),
		({"text": ""}, "write what happened"),
		({"text": " \n "}, "write what happened"),
		({"text": "x" * 5001}, "Please keep it shorter"),
	],
)
def test_what_is_missing_or_too_long_is_said_and_nothing_stored(me, match, values, words):
	with factories.as_user(me), pytest.raises(frappe.ValidationError, match=words):
		raise_concern(**{"kind": KIND, "text": WORDS, "match": match.name, **values})
	assert nothing_stored()


@pytest.mark.req("R11", "P8")
def test_only_volunteers_and_only_on_their_own_running_match(me, match, coordinator):
	others = factories.match()
	closed = factories.match(factories.mentor(user=None), growing=True)
	factories.close(closed)
	for name in (others.name, closed.name, "no-such-match"):
		with factories.as_user(me), pytest.raises(frappe.PermissionError, match="not available to you"):
			raise_concern(KIND, WORDS, match=name)
	for user in (coordinator, "Guest", factories.user("Newsletter Manager").name):
		with factories.as_user(user):
			for call in (lambda: raise_concern(KIND, WORDS), my_concerns):
				with pytest.raises(frappe.PermissionError):
					call()
	assert nothing_stored()


@pytest.mark.req("R11")
def test_ten_within_an_hour_and_then_a_call(me):
	for number in range(10):
		raised(me, text=f"{WORDS} {number}")
	with factories.as_user(me), pytest.raises(frappe.ValidationError, match="Please call"):
		raise_concern(KIND, "One more.")
	assert frappe.db.count("Concern") == 10


@pytest.mark.req("R11")
def test_where_nobody_can_be_told_nothing_is_promised(me, coordinator):
	for manager in managers():
		frappe.db.set_value("User", manager, "enabled", 0)
	with factories.as_user(me), pytest.raises(frappe.ValidationError, match="Nobody can be told"):
		raise_concern(STAFF, WORDS)
	assert nothing_stored()


@pytest.mark.req("R11")
def test_the_words_on_the_page_are_those_of_the_form():
	meta = frappe.get_meta("Concern")
	assert tuple(kinds()) == concerns.KINDS == tuple(meta.get_field("kind").options.split("\n"))
	assert concerns.OUTCOMES == tuple(meta.get_field("outcome").options.strip().split("\n"))


# The route round ------------------------------------------------------------------------------------


@pytest.mark.req("R11")
@pytest.mark.parametrize("contact", ["set", "none", "the coordinator", "left", "without the role"])
def test_the_route_round_a_coordinator(me, match, coordinator, manager, contact):
	other = (
		factories.coordinator(enabled=contact != "left") if contact in ("set", "left") else factories.user()
	)
	chosen = {"none": None, "the coordinator": coordinator}.get(contact, other.name)
	frappe.db.set_value("Mentoring Programme", match.programme, "concerns_contact", chosen)
	concern = raised(me, kind=STAFF, match=match.name)
	assert recipients(concern) == ([other.name] if contact == "set" else [manager])
	assert sees(coordinator, concern) == set()
	assert sees(recipients(concern)[0], concern) >= {"list", "form", "write", "recipients", "notification"}


@pytest.mark.req("R11")
def test_all_coordinators_of_the_programme_are_kept_out_as_long_as_nobody_is_named(
	me, match, coordinator, manager
):
	second = factories.coordinator().name
	programme = frappe.get_doc("Mentoring Programme", match.programme)
	programme.append("staff", {"user": second, "duty": "Coordinator"})
	programme.save()
	concern = raised(me, kind=STAFF)
	for user in (coordinator, second):
		with (
			factories.as_user(manager),
			pytest.raises(frappe.ValidationError, match="may be, about this person"),
		):
			concerns.add_recipient(concern.name, user)
	concern = fresh(concern)
	concern.about_user = second
	with factories.as_user(manager):
		concern.save()
		concerns.add_recipient(concern.name, coordinator)
		with pytest.raises(frappe.ValidationError, match="about this person"):
			concerns.add_recipient(concern.name, second)
	assert recipients(concern) == [manager, coordinator]


@pytest.mark.req("R11")
def test_a_manager_whom_it_is_about_is_not_told_either(me, match, manager):
	coordinator = factories.user(COORDINATOR, MANAGER).name
	frappe.db.set_value("Mentoring Programme", match.programme, "coordinator", coordinator)
	concern = raised(me, kind=STAFF, match=match.name)
	concern_reminders.handle(concern.name, add_to_date(now_datetime(), days=4))
	assert recipients(concern) == [manager]
	assert sees(coordinator, concern) == set()


@pytest.mark.req("R11")
def test_a_recipient_who_turns_out_to_be_the_person_is_out_and_others_come_in(
	me, match, coordinator, manager
):
	concern = raised(me, match=match.name)
	helper = factories.social_worker().name
	with factories.as_user(coordinator):
		concerns.add_recipient(concern.name, helper)
	concern = fresh(concern)
	concern.about_user = coordinator
	with factories.as_user(helper):
		concern.save()
	assert recipients(concern) == [helper, manager]
	assert sees(coordinator, concern) == set()
	assert told(manager) == ["A message is waiting for you"]
	assert fresh(concern).steps[-1].done_by == helper
	with factories.as_user(coordinator), pytest.raises(frappe.PermissionError):
		concerns.add_step(concern.name, "Nothing of the kind.")


# Who reads it ---------------------------------------------------------------------------------------


@pytest.mark.req("R11", "S3")
def test_nobody_but_the_recipients_sees_it(me, match, coordinator, manager):
	concern = raised(me, match=match.name)
	with factories.as_user(coordinator):
		concerns.add_step(concern.name, "Called.")
	colleague = factories.coordinator().name
	programme = frappe.get_doc("Mentoring Programme", match.programme)
	programme.append("staff", {"user": colleague, "duty": "Coordinator"})
	programme.save()
	others = (
		me,
		manager,
		colleague,
		frappe.db.get_value("Mentee", match.mentee, "caregiver"),
		factories.coordinator().name,
		factories.social_worker().name,
		factories.privacy_officer().name,
		factories.partner_user().name,
		factories.volunteer(factories.mentor(programme=match.programme)).name,
		factories.user("Newsletter Manager").name,
	)
	for user in others:
		assert sees(user, concern) == set(), user
		with factories.as_user(user):
			for call in (
				lambda: concerns.take(concern.name),
				lambda: concerns.add_step(concern.name, "x"),
				lambda: concerns.add_recipient(concern.name, frappe.session.user),
				lambda: concerns.close(concern.name, "x", "Other"),
			):
				with pytest.raises(frappe.PermissionError):
					call()
	assert sees(coordinator, concern) >= {"list", "form", "write", "steps", "recipients", "notification"}
	assert recipients(concern) == [coordinator]


@pytest.mark.req("R11")
def test_a_recipient_adds_staff_and_nobody_else(me, match, coordinator, manager):
	concern = raised(me, match=match.name)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	with factories.as_user(coordinator):
		for _tap in range(2):
			concerns.add_recipient(concern.name, caregiver)
		for user in (
			me,
			factories.privacy_officer().name,
			factories.partner_user().name,
			"nobody@example.org",
		):
			with pytest.raises(
				frappe.ValidationError, match="Only coordinators, social workers and managers"
			):
				concerns.add_recipient(concern.name, user)
	assert recipients(concern) == [coordinator, caregiver]
	assert len(told(caregiver)) == 1 and len(told(coordinator)) == 1
	assert fresh(concern).recipients[1].added_by == coordinator
	assert "form" in sees(caregiver, concern)


@pytest.mark.req("R11", "S3")
def test_it_is_not_shared_deleted_tracked_or_found_by_search(me, match, coordinator):
	concern = raised(me, match=match.name)
	meta = frappe.get_meta("Concern")
	assert not (meta.track_changes or meta.track_views or meta.track_seen or meta.title_field)
	assert not [field for field in meta.fields if field.in_global_search]
	assert not any(
		row.delete or row.share or row.create or row.export or row.print for row in meta.permissions
	)
	with factories.as_user(coordinator):
		share = {
			"doctype": "DocShare",
			"share_doctype": "Concern",
			"share_name": concern.name,
			"user": me,
			"read": 1,
		}
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(share).insert(ignore_permissions=True)
	for user in (coordinator, "Administrator"):
		with factories.as_user(user), pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Concern", concern.name)
	assert frappe.db.exists("Concern", concern.name)


# Handling -------------------------------------------------------------------------------------------


@pytest.mark.req("R11")
@pytest.mark.parametrize("first", ["take", "add_step"])
def test_the_time_to_the_first_response_is_stored_once(me, match, coordinator, first):
	concern = raised(me, match=match.name)
	assert fresh(concern).first_response_on is None
	received = add_to_date(now_datetime(), hours=-5)
	frappe.db.set_value("Concern", concern.name, "received_on", received)
	with factories.as_user(coordinator):
		concerns.take(concern.name) if first == "take" else concerns.add_step(concern.name, "Called.")
	stored = fresh(concern)
	assert (stored.status, stored.handled_by) == ("In hand", coordinator)
	assert 5 * 3600 <= int(stored.time_to_first_response) < 5 * 3600 + 60
	frappe.db.set_value("Concern", concern.name, "received_on", add_to_date(received, hours=-5))
	with factories.as_user(coordinator):
		concerns.add_step(concern.name, "Called again.")
	assert fresh(concern).time_to_first_response == stored.time_to_first_response
	assert [row.done_by for row in fresh(concern).steps] == [coordinator, coordinator]


@pytest.mark.req("R11")
def test_received_in_hand_closed_and_never_changed_again(me, match, coordinator):
	concern = raised(me, match=match.name)
	with factories.as_user(coordinator):
		with pytest.raises(frappe.ValidationError, match="in hand first"):
			concerns.close(concern.name, "All well.", "No danger found")
		concerns.take(concern.name)
		with pytest.raises(frappe.ValidationError, match="in your hands already"):
			concerns.take(concern.name)
		for decision, outcome, words in (
			("", "Other", "what was decided"),
			("All well.", "Nothing", "choose an outcome"),
			("x" * 2001, "Other", "keep it shorter"),
		):
			with pytest.raises(frappe.ValidationError, match=words):
				concerns.close(concern.name, decision, outcome)
		assert fresh(concern).status == "In hand"
		concerns.close(concern.name, "All well.", "No danger found")
		stored = fresh(concern)
		assert (stored.status, stored.decision, stored.outcome) == ("Closed", "All well.", "No danger found")
		assert (stored.closed_by, getdate(stored.closed_on)) == (coordinator, getdate())
		before = stored.as_dict()
		for call in (
			lambda: concerns.take(concern.name),
			lambda: concerns.add_step(concern.name, "More."),
			lambda: concerns.add_recipient(concern.name, factories.manager().name),
			lambda: concerns.close(concern.name, "Otherwise.", "Other"),
			lambda: stored.update({"about_user": "Administrator"}).save(),
		):
			with pytest.raises(frappe.ValidationError, match="closed"):
				call()
	assert fresh(concern).as_dict() == before


@pytest.mark.req("R11")
def test_what_was_said_and_done_is_not_changed_by_any_way_of_saving(me, match, coordinator):
	concern = raised(me, match=match.name)
	with factories.as_user(coordinator):
		concerns.take(concern.name)
		for change in (
			lambda doc: doc.update({"text": "Nothing."}),
			lambda doc: doc.update({"kind": "Something else"}),
			lambda doc: doc.update({"raised_by": coordinator}),
			lambda doc: doc.steps[0].update({"what": "Nothing."}),
			lambda doc: doc.update({"steps": []}),
			lambda doc: doc.update({"recipients": []}),
			lambda doc: doc.append("steps", {"what": " "}),
		):
			before, doc = what_stands_in(concern), fresh(concern)
			change(doc)
			# Refused, or put back before it is stored: nothing else has changed either way.
			with suppress(frappe.ValidationError):
				doc.save()
			assert what_stands_in(concern) == before
		doc = fresh(concern)
		doc.update(
			{"status": "Closed", "decision": "x", "first_response_on": nowdate(), "closed_on": nowdate()}
		)
		doc.steps[0].done_by = "Administrator"
		doc.save()
		kept = fresh(concern)
		assert (kept.status, kept.decision, kept.closed_on) == ("In hand", None, None)
		assert kept.steps[0].done_by == coordinator
		for row in (kept.steps[0], kept.recipients[0]):
			for call in (row.save, row.delete):
				with pytest.raises(frappe.PermissionError):
					call()
	assert get_datetime(fresh(concern).first_response_on) == get_datetime(kept.first_response_on)


@pytest.mark.req("R11")
def test_what_is_not_over_is_a_new_concern_that_follows(me, match, coordinator, manager):
	concern = raised(me, match=match.name)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	with factories.as_user(coordinator):
		concerns.add_recipient(concern.name, caregiver)
		with pytest.raises(frappe.ValidationError, match="still open"):
			concerns.enter(KIND, "Again.", follows=concern.name)
		concerns.take(concern.name)
		concerns.close(concern.name, "All well.", "No danger found")
		answer = concerns.enter(KIND, "Again.", follows=concern.name)
	new = frappe.get_doc("Concern", answer["concern"])
	assert (new.follows, new.mentoring_match, new.status) == (concern.name, match.name, "Received")
	assert recipients(new) == [coordinator, caregiver] and answer["told"] == 2
	with factories.as_user(manager), pytest.raises(frappe.PermissionError):
		concerns.enter(KIND, "Again.", follows=concern.name)


# By hand --------------------------------------------------------------------------------------------


@pytest.mark.req("R11")
def test_staff_enter_one_by_hand_and_read_it_only_as_recipients(me, match, coordinator, manager):
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	with factories.as_user(coordinator):
		own = concerns.enter(KIND, "Told me on the phone.", match=match.name, raised_by=me, urgent=True)
	assert (own["told"], frappe.db.get_value("Concern", own["concern"], "raised_by")) == (1, me)
	with factories.as_user(caregiver):
		about = concerns.enter(STAFF, "Shouted.", match=match.name, about_user=coordinator)
	assert about == {"concern": None, "told": 1}
	(name,) = frappe.get_all("Concern", filters={"owner": caregiver}, pluck="name")
	assert recipients(frappe.get_doc("Concern", name)) == [manager]
	for user in (caregiver, coordinator):
		assert not sees(user, frappe.get_doc("Concern", name)) - {"notification"}
	with factories.as_user(me):
		assert [row["status"] for row in my_concerns()] == ["Received"]


@pytest.mark.req("R11")
def test_by_hand_only_for_own_programmes_and_with_what_is_needed(me, match, coordinator):
	stranger = factories.coordinator().name
	for user in (stranger, me, factories.partner_user().name, factories.privacy_officer().name):
		for place in ({"match": match.name}, {"programme": match.programme}):
			with factories.as_user(user), pytest.raises(frappe.PermissionError):
				concerns.enter(KIND, WORDS, **place)
	for values, words in (
		({}, "programme or the match"),
		({"match": match.name, "about_user": "nobody@example.org"}, "no such user"),
		({"match": match.name, "kind": "Weather"}, "choose what you are worried about"),
		({"match": match.name, "text": "x" * 5001}, "keep it shorter"),
	):
		with factories.as_user(coordinator), pytest.raises(frappe.ValidationError, match=words):
			concerns.enter(**{"kind": KIND, "text": WORDS, **values})
	assert nothing_stored()


# What the raiser sees -------------------------------------------------------------------------------


@pytest.mark.req("R11", "P8")
def test_the_raiser_sees_that_it_was_received_and_that_it_is_closed(me, match, coordinator):
	concern = raised(me, match=match.name)
	with factories.as_user(me):
		(row,) = my_concerns()
	assert row == {"received_on": getdate(), "status": "Received", "closed_on": None}
	with factories.as_user(coordinator):
		concerns.take(concern.name)
	with factories.as_user(me):
		assert my_concerns() == [row]
	with factories.as_user(coordinator):
		concerns.close(concern.name, "All well.", "No danger found")
	with factories.as_user(me):
		assert my_concerns() == [{"received_on": getdate(), "status": "Closed", "closed_on": getdate()}]
	with factories.as_user(factories.volunteer(factories.mentor(programme=match.programme)).name):
		assert my_concerns() == []


# Waiting --------------------------------------------------------------------------------------------


@pytest.mark.req("R11", "S5")
@pytest.mark.parametrize(("urgent", "reminded", "passed_on"), [(True, 4, 24), (False, 24, 72)])
def test_what_nobody_answers_is_reminded_of_once_and_reaches_the_managers_once(
	me, match, coordinator, manager, urgent, reminded, passed_on
):
	concern = raised(me, match=match.name, urgent=urgent)
	received = get_datetime(fresh(concern).received_on)

	def after(hours):
		concern_reminders.handle(concern.name, get_datetime(add_to_date(received, hours=hours, minutes=1)))
		return len(told(coordinator)), len(told(manager))

	assert after(reminded - 1) == (1, 0)
	assert after(reminded) == after(reminded) == after(passed_on - 1) == (2, 0)
	assert after(passed_on) == after(passed_on) == after(passed_on + 100) == (2, 1)
	assert recipients(concern) == [coordinator, manager]
	assert "form" in sees(manager, concern)
	stored = fresh(concern)
	assert stored.status == "Received" and stored.reminded_on and stored.escalated_on


@pytest.mark.req("R11", "S5")
def test_what_is_answered_is_left_alone(me, match, coordinator, manager):
	concern = raised(me, match=match.name)
	with factories.as_user(coordinator):
		concerns.take(concern.name)
	concern_reminders.handle(concern.name, add_to_date(now_datetime(), days=30))
	assert (len(told(coordinator)), told(manager)) == (1, [])
	assert concern.name not in concern_reminders._unanswered()


@pytest.mark.req("R11", "S5")
@pytest.mark.commits
def test_the_job_survives_a_stop_half_way(me, match, manager, monkeypatch):
	for text in ("One.", "Two."):
		concern = raised(me, match=match.name, text=text)
		frappe.db.set_value("Concern", concern.name, "received_on", add_to_date(now_datetime(), days=-4))
	frappe.db.commit()
	handle, calls = concern_reminders.handle, []

	def stop_after_one(name, now):
		if calls:
			raise KeyboardInterrupt
		calls.append(name)
		handle(name, now)

	monkeypatch.setattr(concern_reminders, "handle", stop_after_one)
	with pytest.raises(KeyboardInterrupt):
		concern_reminders.hourly()
	frappe.db.rollback()
	assert len(told(manager)) == 1
	monkeypatch.undo()
	concern_reminders.hourly()
	concern_reminders.hourly()
	assert len(told(manager)) == 2
	job = "libes_mentoring.mentoring_relationship.concern_reminders.hourly"
	assert job in frappe.get_hooks("scheduler_events")["hourly"]
