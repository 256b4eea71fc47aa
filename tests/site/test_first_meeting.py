"""The first meeting: planned where nobody's boundary rules it out, both briefed, held, and what follows from it."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentoring_relationship import first_meeting, groups, meeting_watch, reminders
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.portal import matches, printing

SECRET = "Never near the harbour, he works there"
PLACES = [
	{"place": "Library, Harbour street", "district": "North", "neutral": 1},
	{"place": "Botanical garden", "district": "South", "neutral": 1, "step_free": 1},
	{"place": "Our meeting room", "district": "East", "neutral": 1, "at_our_premises": 1},
	{"place": "Café opposite the mentor's flat", "district": "North", "neutral": 0},
]


@pytest.fixture
def programme():
	return factories.programme(meeting_place="", meeting_places=PLACES)


def matched(programme, *boundaries, **fields):
	mentee = factories.mentee(programme=programme, boundaries=list(boundaries), **fields)
	return factories.match(factories.mentor(programme=programme), mentee)


def boundary(about, rule=None, place=None, share=0):
	return {
		"boundary": about,
		"wish": SECRET,
		"place_rule": rule,
		"place": place,
		"share_with_mentor": share,
	}


def offered(match):
	return [row["place"] for row in first_meeting.options("Match", match.name)["places"]]


def plan(match, place="Botanical garden", days=3, **more):
	programme = frappe.get_doc("Mentoring Programme", match.programme)
	values = {"at": "15:30", "staff": programme.coordinator, "wishes_read": True, **more}
	first_meeting.plan_meeting("Match", match.name, add_days(nowdate(), days), values.pop("at"), place, **values)
	return factories.fresh(match)


def held(match, **values):
	"""Completes a first meeting that took place today."""
	agreed = {
		"meetings_per_month": 2,
		"length_minutes": 90,
		"medium": "In person",
		"shared_goals": "Cook together.\nFind a choir.",
		"covered": [row.item for row in match.checklist],
		**values,
	}
	first_meeting.complete_first_meeting(match.name, **agreed)
	return factories.fresh(match)


@pytest.mark.req("M6", "E4")
@pytest.mark.parametrize(
	("rows", "places"),
	[
		([], ["Library, Harbour street", "Botanical garden", "Our meeting room"]),
		([boundary("Places", "Not here", "harbour street")], ["Botanical garden", "Our meeting room"]),
		([boundary("Places", "Not here", "North")], ["Botanical garden", "Our meeting room"]),
		([boundary("Other", "Only here", "Botanical Garden")], ["Botanical garden"]),
		([boundary("Meeting at our premises")], ["Our meeting room"]),
		# Free words are read by people, never interpreted.
		([boundary("Places")], ["Library, Harbour street", "Botanical garden", "Our meeting room"]),
	],
)
def test_only_neutral_places_that_no_boundary_rules_out_are_suggested(programme, rows, places):
	match = matched(programme, *rows)
	with factories.as_user(programme.coordinator):
		assert offered(match) == places


@pytest.mark.req("M6", "E4")
@pytest.mark.parametrize("place", [None, "  ", "–"])
def test_a_rule_about_a_place_names_one(programme, place):
	mentee = factories.mentee(programme=programme)
	mentee.append("boundaries", boundary("Places", "Not here", place))
	with pytest.raises(frappe.ValidationError, match="which place or district is meant"):
		mentee.save()


@pytest.mark.req("M6", "E4", "S6")
def test_a_place_that_is_ruled_out_is_refused_without_a_reason(programme):
	match = matched(programme, boundary("Places", "Not here", "Harbour street"))
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.ValidationError) as refused:
			plan(match, "Library, Harbour street")
		words = str(refused.value)
		assert "does not suit everybody" in words and "Botanical garden" in words
		assert "arbour" not in words and SECRET not in words and match.mentee not in words
		# By the form as by the dialog.
		match = factories.fresh(match)
		match.first_meeting_place = "In HARBOUR-STREET 12"
		with pytest.raises(frappe.ValidationError, match="does not suit"):
			match.save()
	assert not frappe.db.get_value("Match", match.name, "first_meeting_on")


@pytest.mark.req("M6", "E4", "S6")
def test_a_place_does_not_stay_on_the_plan_where_it_suits_no_more(programme):
	match = matched(programme)
	with factories.as_user(programme.coordinator):
		match = plan(match, "Library, Harbour street", 3)
		mentee = frappe.get_doc("Mentee", match.mentee)
		mentee.append("boundaries", boundary("Places", "Not here", "Harbour street"))
		mentee.save()
		step = next_step("Match", match.name)
		assert step["text"].startswith("The place of the first meeting does not suit any more") and step["late"]
		with pytest.raises(frappe.ValidationError, match="does not suit everybody"):
			plan(match, "Library, Harbour street", 5)
		match = factories.fresh(match)
		match.first_meeting_on = add_days(nowdate(), 5)
		with pytest.raises(frappe.ValidationError, match="does not suit everybody"):
			match.save()
		assert next_step("Match", plan(match).name)["text"].startswith("First meeting on")


@pytest.mark.req("M6", "E4")
def test_where_they_have_met_already_is_noted_whatever_is_ruled_out_since(programme):
	match = matched(programme)
	with factories.as_user(programme.coordinator):
		match = plan(match, "Library, Harbour street", 0)
		match.db_set({"matched_on": add_days(nowdate(), -5)})
		mentee = frappe.get_doc("Mentee", match.mentee)
		mentee.append("boundaries", boundary("Places", "Not here", "Harbour street"))
		mentee.save()
		match = factories.fresh(match)
		match.first_meeting_on = add_days(nowdate(), -1)
		match.save()
	assert str(frappe.db.get_value("Match", match.name, "first_meeting_on")) == add_days(nowdate(), -1)


@pytest.mark.req("M6", "E4")
def test_a_day_without_a_place_is_no_plan_yet(programme):
	match = matched(programme, boundary("Meeting at our premises"))
	match.db_set("first_meeting_on", add_days(nowdate(), 3))
	with factories.as_user(programme.coordinator):
		assert next_step("Match", match.name)["text"].startswith("Plan the first meeting: enter its day and place.")


@pytest.mark.req("M6", "E4", "P4")
def test_nor_on_that_of_a_group_that_is_running(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	for _number in range(2):
		groups.join(group.name, factories.mentee(programme=programme).name, mentor.name)
	groups.start(group.name)
	with factories.as_user(programme.coordinator):
		day, staff = add_days(nowdate(), 3), programme.coordinator
		first_meeting.plan_meeting("Mentoring Group", group.name, day, "10:00", "Library, Harbour street", staff, True)
		assert "does not suit" not in next_step("Mentoring Group", group.name)["text"]
		later = factories.mentee(programme=programme, boundaries=[boundary("Places", "Not here", "North")])
		groups.join(group.name, later.name, mentor.name)
		step = next_step("Mentoring Group", group.name)
		assert "does not suit everybody who has joined" in step["text"] and step["late"]


@pytest.mark.req("M6", "P4")
def test_only_who_was_told_of_another_day_of_the_group_is_told_anew(programme):
	met = group_met(programme)
	own_day, of_group = met.found[:2]
	frappe.db.set_value("Match", own_day, "first_meeting_on", add_days(nowdate(), 9))
	for name in (own_day, of_group):
		frappe.db.set_value("Match", name, {"mentor_briefed_on": nowdate(), "mentee_briefed_on": nowdate()})

	def told():
		return [bool(frappe.db.get_value("Match", name, "mentor_briefed_on")) for name in (own_day, of_group)]

	group = frappe.get_doc("Mentoring Group", met.name)
	group.first_meeting_staff = None
	group.save()
	assert told() == [True, True], "who of the staff is there changes nothing for the two"
	group.first_meeting_on = add_days(nowdate(), 2)
	group.save()
	assert told() == [True, False]


@pytest.mark.req("M6")
@pytest.mark.parametrize("at", ["soon", "25:99"])
def test_a_time_is_hours_and_minutes(programme, at):
	match = matched(programme)
	with factories.as_user(programme.coordinator), pytest.raises(frappe.ValidationError, match="hours and minutes"):
		plan(match, at=at)


@pytest.mark.req("M6", "E4")
def test_somebody_reads_the_words_of_a_wish_before_a_meeting_is_planned(programme):
	match = matched(programme, boundary("Meeting in a group first"))
	with factories.as_user(programme.coordinator):
		assert first_meeting.options("Match", match.name)["wishes"] == [
			{"mentee": match.mentee, "about": "Meeting in a group first", "wish": SECRET}
		]
		with pytest.raises(frappe.ValidationError, match="Please read what was wished"):
			plan(match, wishes_read=False)
		assert plan(match).first_meeting_place == "Botanical garden"


@pytest.mark.req("M6")
def test_staff_who_may_be_there_follow_the_contact_rule(programme):
	match = matched(programme)
	users = [row["user"] for row in first_meeting.staff_of(programme.name, [match.mentee])]
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	assert users == [programme.coordinator, caregiver]
	programme = factories.fresh(programme)
	programme.contact_rule = "No contact"
	programme.save()
	assert [row["user"] for row in first_meeting.staff_of(programme.name, [match.mentee])] == [
		programme.coordinator
	]
	for stranger in (caregiver, factories.coordinator().name):
		with pytest.raises(frappe.ValidationError, match="Choose somebody of the programme's staff"):
			plan(match, staff=stranger)


@pytest.mark.req("M6")
def test_who_of_the_staff_is_there_is_told_once_and_again_when_it_changes(programme):
	match = matched(programme)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")

	def told():
		return frappe.get_all(
			"Notification Log", {"for_user": caregiver, "document_name": match.name}, pluck="subject"
		)

	with factories.as_user(programme.coordinator):
		match = plan(match, staff=caregiver)
		assert len(told()) == 1 and match.mentee not in told()[0]
		match.save()
		assert len(told()) == 1
		plan(match, staff=caregiver, days=5)
	assert len(told()) == 2


@pytest.mark.req("M6")
def test_who_was_briefed_about_another_day_is_briefed_again(programme):
	match = matched(programme)
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.ValidationError, match="nothing to tell yet"):
			first_meeting.mark_briefed(match.name, "Mentor")
		plan(match)
		assert "Still to be told what to expect: Mentor, Mentee." in next_step("Match", match.name)["text"]
		for who in ("Mentor", "Mentee"):
			first_meeting.mark_briefed(match.name, who)
		match = factories.fresh(match)
		assert str(match.mentor_briefed_on) == str(match.mentee_briefed_on) == nowdate()
		match = plan(match, days=4)
	assert not match.mentor_briefed_on and not match.mentee_briefed_on


@pytest.mark.req("M6", "L1")
def test_completing_names_everything_that_is_missing_and_changes_nothing(programme):
	match = matched(programme)
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.ValidationError) as refused:
			first_meeting.complete_first_meeting(match.name, 0, 0, "", "")
		words = str(refused.value)
		for part in (
			"Enter the day it took place",
			"Quiet, neutral place booked",
			"how often",
			"how long",
			"one goal",
		):
			assert part in words
		for wrong in ({"meetings_per_month": 40}, {"meetings_per_month": 1e-6}, {"length_minutes": 5000}, {"meetings_per_month": "often"}):
			with pytest.raises(frappe.ValidationError):
				held(plan(match, days=0), **wrong)
	assert frappe.db.get_value("Match", match.name, ["stage", "agreed_meetings_per_month"]) == (
		"Initiation",
		0,
	)


@pytest.mark.req("M6", "L1", "L2")
def test_completing_starts_the_relationship_with_rhythm_and_goals(programme):
	match = plan(matched(programme), days=0)
	with factories.as_user(programme.coordinator):
		match = held(
			match, mentor_goals="Learn to cook Ethiopian food.", mentee_goals=["Pass the driving test."]
		)
		assert match.stage == "Growth and maintenance" and str(match.first_meeting_on) == nowdate()
		assert [(row.goal, row.whose) for row in match.goals] == [
			("Cook together.", "Shared"),
			("Find a choir.", "Shared"),
			("Learn to cook Ethiopian food.", "Mentor's"),
			("Pass the driving test.", "Mentee's"),
		]
		assert (
			"Agreed: 2 times a month, about 90 minutes, in person." in next_step("Match", match.name)["text"]
		)
		with pytest.raises(frappe.ValidationError, match="begins from the stage"):
			held(match)


@pytest.mark.req("M6", "E4", "S2")
def test_the_volunteer_sees_what_is_shared_and_nothing_else(programme):
	match = matched(programme, boundary("Touch", share=1), {**boundary("Topics"), "wish": "Not the family"})
	volunteer = factories.volunteer(frappe.get_doc("Mentor", match.mentor)).name
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	plan(match, staff=caregiver)
	with factories.as_user(volunteer):
		[shown] = matches.my_matches()
	assert (shown["first_meeting_at"], shown["place"], shown["first_meeting_is_ahead"]) == (
		"15:30",
		"Botanical garden",
		True,
	)
	assert shown["wishes"] == [{"about": "Touch", "wish": SECRET}]
	# Mentors of this programme reach caregivers through the coordinator only.
	assert shown["staff"] == "A colleague of ours"
	match = factories.fresh(match)
	match.first_meeting_on = nowdate()
	match.save()
	match = held(match, mentee_goals="Pass the driving test.", mentor_goals="Learn to cook.")
	match.goals[-1].mentor_may_read = 1
	match.save()
	with factories.as_user(volunteer):
		[shown] = matches.my_matches()
	assert shown["goals"] == ["Cook together.", "Find a choir.", "Pass the driving test."]
	assert shown["rhythm"].startswith("Agreed: 2 times a month") and shown["staff"] is None


@pytest.mark.req("M6", "E4", "S6")
def test_neither_sheet_carries_what_is_not_meant_for_it(programme):
	match = matched(programme, boundary("Touch", share=1), {**boundary("Topics"), "wish": "Not the family"})
	frappe.db.set_value("Mentee", match.mentee, {"goals": "Sekret goal", "motivation": "Sekret motive"})
	match = plan(match)
	sheets = {who: printing.page("Match", match.name, f"First Meeting {who}") for who in ("Mentor", "Mentee")}
	name = frappe.db.get_value("Mentee Case File", {"mentee": match.mentee}, "full_name")
	mentor = frappe.db.get_value("Mentor", match.mentor, "full_name")
	for sheet in sheets.values():
		assert "Botanical garden" in sheet and "15:30" in sheet
		assert "Not the family" not in sheet and "Sekret" not in sheet and name not in sheet
		assert programme.programme_name not in sheet.replace(programme.public_name, "")
	assert SECRET in sheets["Mentor"] and match.mentee in sheets["Mentor"]
	assert SECRET not in sheets["Mentee"] and match.mentee not in sheets["Mentee"]
	assert mentor.split()[0] in sheets["Mentee"] and mentor not in sheets["Mentee"]


@pytest.mark.req("M6", "E4", "S6")
def test_what_a_mentor_reads_does_not_say_why_somebody_takes_part(programme):
	match = matched(programme)
	telling = "Talk about trafficking."
	for row in ({"whose": "Shared"}, {"whose": "Mentee's", "mentor_may_read": 1}):
		match = factories.fresh(match)
		match.append("goals", {"goal": telling, **row})
		with pytest.raises(frappe.ValidationError, match="A goal that the mentor reads says why"):
			match.save()
	match = factories.fresh(match)
	match.append("goals", {"goal": telling, "whose": "Mentee's"})
	match.save()
	mentee = frappe.get_doc("Mentee", match.mentee)
	mentee.append("boundaries", {"boundary": "Topics", "wish": telling})
	mentee.save()
	mentee.boundaries[-1].share_with_mentor = 1
	with pytest.raises(frappe.ValidationError, match="may be shared with the mentor says why"):
		mentee.save()


@pytest.mark.req("M6", "P4")
def test_a_group_has_one_first_meeting_for_all_its_members(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	people = [
		factories.mentee(programme=programme),
		factories.mentee(programme=programme, boundaries=[boundary("Places", "Not here", "North")]),
	]
	found = [groups.join(group.name, mentee.name, mentor.name) for mentee in people]
	volunteer = factories.volunteer(factories.fresh(mentor)).name
	day = add_days(nowdate(), 2)
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.ValidationError, match="does not suit everybody"):
			first_meeting.plan_meeting(
				"Mentoring Group",
				group.name,
				day,
				"10:00",
				"Library, Harbour street",
				programme.coordinator,
				True,
			)
		first_meeting.plan_meeting(
			"Mentoring Group", group.name, day, "10:00", "Botanical garden", programme.coordinator, True
		)
	with factories.as_user(volunteer):
		shown = matches.my_matches()
	assert {row["match"] for row in shown} == set(found)
	assert {(str(row["first_meeting_on"]), row["place"], row["group"]["name"]) for row in shown} == {
		(day, "Botanical garden", group.group_name)
	}
	frappe.db.set_value("Mentoring Group", group.name, "first_meeting_on", nowdate())
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.ValidationError) as refused:
			first_meeting.complete_for_group(group.name, 2, 60, "In person", "Cook together.")
		assert all(mentee.name in str(refused.value) for mentee in people)
		covered = [row.item for row in frappe.get_doc("Match", found[0]).checklist]
		done = first_meeting.complete_for_group(
			group.name, 2, 60, "In person", "Cook together.", covered=covered
		)
	assert set(done) == set(found)
	for name in found:
		match = frappe.get_doc("Match", name)
		assert (match.stage, str(match.first_meeting_on)) == ("Growth and maintenance", nowdate())
	assert factories.fresh(group).status == "Running"


def group_met(programme, number=3, **mentee):
	"""A group whose first meeting is today: its matches, its name, and what they agree on."""
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor, max_mentees=6)
	people = [factories.mentee(programme=programme, **mentee) for _ in range(number)]
	found = [groups.join(group.name, person.name, mentor.name) for person in people]
	day, staff = nowdate(), programme.coordinator
	first_meeting.plan_meeting("Mentoring Group", group.name, day, "10:00", "Botanical garden", staff, True)
	covered = [row.item for row in frappe.get_doc("Match", found[0]).checklist]
	return frappe._dict(
		name=group.name,
		mentor=mentor,
		found=found,
		agreed=(2, 60, "In person", "Cook together.", None, covered),
	)


@pytest.mark.req("M6", "P4")
def test_who_missed_the_first_meeting_of_the_group_or_joined_later_waits_for_one_of_their_own(programme):
	group = group_met(programme)
	*there, missed = group.found
	first_meeting.mark_briefed(there[0], "Mentor")
	late = groups.join(group.name, factories.mentee(programme=programme).name, group.mentor.name)
	# The group had met the day before this one joined.
	yesterday = add_days(nowdate(), -1)
	frappe.db.set_value("Mentoring Group", group.name, "first_meeting_on", yesterday)
	for name in group.found:
		frappe.db.set_value("Match", name, "matched_on", yesterday)
	with pytest.raises(frappe.ValidationError, match="nowhere does not wait"):
		first_meeting.complete_for_group(group.name, *group.agreed, not_there=["nowhere"])
	done = first_meeting.complete_for_group(group.name, *group.agreed, not_there=[missed])
	assert sorted(done) == sorted(there)
	stages = {name: frappe.db.get_value("Match", name, "stage") for name in (*there, missed, late)}
	assert [name for name, stage in stages.items() if stage == "Initiation"] == [missed, late]
	# What was told beforehand stays noted.
	assert frappe.db.get_value("Match", there[0], "mentor_briefed_on") == getdate()
	assert "First meeting still to be held with: 2." in next_step("Mentoring Group", group.name)["text"]
	for name in (missed, late):
		plan(frappe.get_doc("Match", name), days=0)
		held(frappe.get_doc("Match", name))


@pytest.mark.req("M6", "P4", "E4")
def test_no_mentor_of_a_group_reads_the_name_of_another_members_caregiver(programme):
	group = group_met(programme, number=2)
	caregivers = [
		frappe.db.get_value("Mentee", frappe.db.get_value("Match", name, "mentee"), "caregiver")
		for name in group.found
	]
	frappe.db.set_value("Mentoring Group", group.name, "first_meeting_staff", caregivers[0])
	frappe.db.set_value("Mentoring Group", group.name, "first_meeting_on", add_days(nowdate(), 1))
	volunteer = factories.volunteer(factories.fresh(group.mentor)).name
	with factories.as_user(volunteer):
		assert [row["staff"] for row in matches.my_matches()] == ["A colleague of ours"] * 2
	name = frappe.db.get_value("User", caregivers[0], "full_name")
	for match in group.found:
		assert name not in printing.page("Match", match, "First Meeting Mentor")


@pytest.mark.req("L2", "M6")
def test_a_first_meeting_that_does_not_come_is_told_once_for_each_spell(programme):
	match = matched(programme)
	assert str(match.meeting_expected_by) == add_days(nowdate(), 14)

	def told():
		about = {"document_name": match.name, "subject": "Please have a look at a match"}
		return frappe.db.count("Notification Log", {"for_user": programme.coordinator, **about})

	assert not meeting_watch.handle(match.name, getdate(add_days(nowdate(), 14)))
	late = getdate(add_days(nowdate(), 15))
	assert meeting_watch.handle(match.name, late)
	assert not meeting_watch.handle(match.name, late) and told() == 1
	match = plan(match, days=20)
	assert str(match.meeting_expected_by) == add_days(nowdate(), 23)
	assert not meeting_watch.handle(match.name, getdate(add_days(nowdate(), 22)))
	assert meeting_watch.handle(match.name, getdate(add_days(nowdate(), 24))) and told() == 2
	frappe.db.set_value(
		"Match",
		match.name,
		{"matched_on": add_days(nowdate(), -30), "first_meeting_on": add_days(nowdate(), -9)},
	)
	meeting_watch.refresh(match.name)
	step = next_step("Match", match.name)
	assert step["late"] and "note how it went, or plan another day" in step["text"]


@pytest.mark.req("L2", "M6")
def test_quiet_for_longer_than_agreed_is_seen_and_told_once_for_each_spell(programme):
	match = held(plan(matched(programme), days=0))
	# Twice a month: sixteen days, and eight to spare.
	assert str(match.meeting_expected_by) == add_days(nowdate(), 24)
	factories.meeting_log(match, met_on=nowdate(), next_meeting_on=add_days(nowdate(), 40))
	assert str(factories.fresh(match).meeting_expected_by) == add_days(nowdate(), 47)
	log = frappe.get_doc("Meeting Log", {"mentoring_match": match.name})
	log.next_meeting_on = None
	log.save()
	assert not meeting_watch.handle(match.name, getdate(add_days(nowdate(), 24)))
	quiet = getdate(add_days(nowdate(), 25))
	frappe.db.set_value("Mentor", match.mentor, "stage", "Paused")
	assert not meeting_watch.handle(match.name, quiet)
	frappe.db.set_value("Mentor", match.mentor, "stage", "Available")
	assert meeting_watch.handle(match.name, quiet) and not meeting_watch.handle(match.name, quiet)
	frappe.db.set_value(
		"Match",
		match.name,
		{"matched_on": add_days(nowdate(), -60), "first_meeting_on": add_days(nowdate(), -60)},
	)
	log.reload()
	log.db_set("met_on", add_days(nowdate(), -40))
	meeting_watch.refresh(match.name)
	step = next_step("Match", match.name)
	assert step["late"] and "No meeting is noted since" in step["text"]
	factories.meeting_log(match, met_on=add_days(nowdate(), -1))
	assert not next_step("Match", match.name)["late"]
	assert meeting_watch.handle(match.name, getdate(add_days(nowdate(), 60)))


@pytest.mark.commits
@pytest.mark.req("L2")
def test_the_daily_job_twice_or_after_a_kill_tells_once():
	match = factories.match(growing=True)
	frappe.db.set_value("Match", match.name, "meeting_expected_by", add_days(nowdate(), -1))
	frappe.db.commit()
	for _ in range(2):
		reminders.daily()
	told = frappe.get_all(
		"Notification Log", {"document_name": match.name, "document_type": "Match"}, pluck="subject"
	)
	assert told.count("Please have a look at a match") == 1


@pytest.mark.req("M6", "S1", "S3")
def test_nobody_else_plans_or_completes(programme):
	match = matched(programme)
	caregiver = frappe.db.get_value("Mentee", match.mentee, "caregiver")
	strangers = (
		factories.programme().coordinator,
		factories.volunteer().name,
		factories.manager().name,
		caregiver,
	)
	for stranger in strangers:
		with factories.as_user(stranger):
			for name in (match.name, "MATCH-99999"):
				with pytest.raises(frappe.PermissionError, match="not available to you"):
					first_meeting.options("Match", name)
				with pytest.raises(frappe.PermissionError, match="not available to you"):
					first_meeting.mark_briefed(name, "Mentor")
				with pytest.raises(frappe.PermissionError, match="not available to you"):
					first_meeting.complete_first_meeting(name, 2, 60, "In person", "Cook.")
