"""Groups and teams: who joins, who cannot, who leaves, and that the last place is given once."""

import factories
import frappe
import pytest
from frappe.utils import nowdate
from test_races import at_once

from libes_mentoring.mentor_matching import making
from libes_mentoring.mentoring_evaluation import waiting_figures
from libes_mentoring.mentoring_privacy import pseudonym
from libes_mentoring.mentoring_relationship import closing, group_rules, groups, places
from libes_mentoring.mentoring_relationship.next_steps import next_step
from libes_mentoring.portal import matches, meetings

JOIN = "libes_mentoring.mentoring_relationship.groups.join"


@pytest.fixture
def programme():
	return factories.programme()


def mentors(programme, number, **fields):
	return [factories.mentor(programme=programme, **fields) for _ in range(number)]


def mentees(programme, number, **fields):
	return [factories.mentee(programme=programme, **fields) for _ in range(number)]


@pytest.mark.req("P4")
def test_one_mentor_with_several_mentees_makes_a_group(programme):
	mentor, people = factories.mentor(programme=programme), mentees(programme, 3)
	group = factories.mentoring_group(programme, mentor)
	with factories.as_user(programme.coordinator):
		found = [groups.join(group.name, mentee.name, mentor.name) for mentee in people]
		assert frappe.get_all(
			"Match", {"mentoring_group": group.name}, pluck="name", order_by="name"
		) == sorted(found)
		shown = groups.members(group.name)
	assert [row["role"] for row in shown["mentors"]] == ["Lead mentor"]
	assert [row["mentee"] for row in shown["mentors"][0]["matches"]] == [mentee.name for mentee in people]
	assert (shown["mentees"], shown["limits"]["max_mentees"]) == (3, 5)
	# All three together take one of the mentor's places.
	assert places.taken([mentor.name])[mentor.name] == 1
	with pytest.raises(frappe.ValidationError, match=r"all places are taken \(1 of 1\)"):
		factories.match(mentor, factories.mentee(programme=programme))


@pytest.mark.req("P4", "M3")
def test_a_group_is_full_at_its_largest_size(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor, max_mentees=2)
	for mentee in mentees(programme, 2):
		making.make(mentee.name, mentor.name, mentoring_group=group.name)
	late = factories.mentee(programme=programme)
	with pytest.raises(frappe.ValidationError, match=r"The group is full: 2 of 2 mentees"):
		groups.join(group.name, late.name, mentor.name)
	assert not frappe.db.exists("Match", {"mentee": late.name})
	group = factories.fresh(group)
	group.max_mentees = 1
	with pytest.raises(frappe.ValidationError):
		group.save()
	with pytest.raises(frappe.ValidationError, match="has all its mentors: 1 of 1"):
		groups.add_mentor(group.name, factories.mentor(programme=programme).name)


@pytest.mark.req("P4", "M3", "E5")
def test_a_refusal_or_exclusion_towards_any_mentor_of_the_team_keeps_a_mentee_out(programme):
	one, other = mentors(programme, 2)
	team = factories.mentoring_group(programme, one, other, kind="Team")
	refusing = factories.mentee(
		programme=programme, wishes=[{"about": "Person", "strength": "Refused", "mentor": other.name}]
	)
	kept_apart = factories.mentee(programme=programme, excluded_mentors=[{"mentor": other.name}])
	for mentee in (refusing, kept_apart):
		with pytest.raises(frappe.ValidationError, match="cannot be in one group"):
			groups.join(team.name, mentee.name, one.name)
		assert not frappe.db.exists("Match", {"mentee": mentee.name})
	# The other way round: the mentees are there, and the mentor comes.
	groups.remove_mentor(team.name, other.name)
	groups.join(team.name, refusing.name, one.name)
	with pytest.raises(frappe.ValidationError, match="cannot be in one group"):
		groups.add_mentor(team.name, other.name)
	with pytest.raises(frappe.ValidationError, match="cannot be in one group"):
		groups.join(team.name, factories.mentee(programme=programme).name, other.name)
	assert list(groups.roles_of(team.name)) == [one.name]


@pytest.mark.req("P4")
def test_a_mentor_joins_a_team_with_the_first_match_in_it(programme):
	one, other = mentors(programme, 2)
	team = factories.mentoring_group(programme, one, kind="Team")
	groups.join(team.name, factories.mentee(programme=programme).name, other.name)
	assert groups.roles_of(team.name) == {one.name: "Lead mentor", other.name: "Mentor"}
	groups.set_role(team.name, other.name, "Lead mentor")
	assert groups.roles_of(team.name) == {one.name: "Mentor", other.name: "Lead mentor"}
	with pytest.raises(frappe.ValidationError, match="cannot be a helper only"):
		groups.set_role(team.name, other.name, "Helper")
	groups.set_role(team.name, one.name, "Helper")
	with pytest.raises(frappe.ValidationError, match="A helper accompanies nobody"):
		groups.join(team.name, factories.mentee(programme=programme).name, one.name)


@pytest.mark.req("P4")
def test_a_mentee_has_one_running_match_in_a_group_or_outside(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	matched = factories.match(factories.mentor(programme=programme), factories.mentee(programme=programme))
	with pytest.raises(frappe.ValidationError, match="has a running match"):
		groups.join(group.name, matched.mentee, mentor.name)


@pytest.mark.req("P4")
def test_only_what_the_programme_offers_is_made(programme):
	for kind, words in (("Group", "does not offer groups"), ("Team", "does not offer teams")):
		with pytest.raises(frappe.ValidationError, match=words):
			frappe.get_doc(
				{
					"doctype": "Mentoring Group",
					"group_name": "Circle",
					"programme": programme.name,
					"kind": kind,
				}
			).insert()
	mentor, mentee = factories.mentor(programme=programme), factories.mentee(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	frappe.db.set_value("Mentoring Programme", programme.name, "format_one_to_one", 0)
	with pytest.raises(frappe.ValidationError, match="does not match one to one"):
		factories.match(mentor, mentee)
	assert groups.join(group.name, mentee.name, mentor.name)


@pytest.mark.req("P4")
@pytest.mark.parametrize(
	("kind", "limits", "words"),
	[
		("Group", {"max_mentors": 2}, "With several, it is a team"),
		("Group", {"min_mentees": 6}, "larger than its largest"),
		("Team", {"max_mentees": 60}, "At most 10 mentors and 20 mentees"),
		("Team", {"min_mentors": -1}, "at least one mentor"),
		("Group", {"min_mentees": 1, "max_mentees": 1}, "match them one to one"),
	],
)
def test_a_size_that_makes_no_group_is_refused(programme, kind, limits, words):
	with pytest.raises(frappe.ValidationError, match=words):
		factories.mentoring_group(programme, kind=kind, **limits)


@pytest.mark.req("P4")
@pytest.mark.parametrize("kind", ["", "Crowd", None])
def test_a_group_is_of_a_kind_that_there_is(programme, kind):
	values = {"doctype": "Mentoring Group", "group_name": "Tuesday circle", "programme": programme.name, "kind": kind}
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc(values).insert()


@pytest.mark.req("P4", "S6")
def test_the_name_of_a_group_says_nothing_of_why(programme):
	with pytest.raises(frappe.ValidationError, match="says why people take part"):
		factories.mentoring_group(programme, group_name="Survivors' circle")


@pytest.mark.req("P4", "C1")
def test_closing_a_match_leaves_the_group_and_the_others_stay(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	one, other = (
		frappe.get_doc("Match", groups.join(group.name, mentee.name, mentor.name))
		for mentee in mentees(programme, 2)
	)
	with pytest.raises(frappe.ValidationError, match="Close them first"):
		groups.end(group.name)
	factories.close(one)
	assert [row.name for row in groups.members_of(group.name)] == [other.name]
	assert next_step("Mentoring Group", group.name)["text"].startswith("The group is not complete yet")
	factories.close(other)
	groups.end(group.name)
	with pytest.raises(frappe.ValidationError, match="This group has ended"):
		groups.join(group.name, factories.mentee(programme=programme).name, mentor.name)


@pytest.mark.req("P4", "C1")
def test_a_mentor_who_leaves_a_team_hands_on_the_mentees(programme):
	one, other = mentors(programme, 2)
	team = factories.mentoring_group(programme, one, other, kind="Team")
	mentee = factories.mentee(programme=programme)
	old = frappe.get_doc("Match", groups.join(team.name, mentee.name, one.name))
	with pytest.raises(frappe.ValidationError, match=f"hand on the mentees: {mentee.name}"):
		groups.remove_mentor(team.name, one.name)
	with factories.as_user(programme.coordinator):
		with pytest.raises(frappe.ValidationError, match="Begin the closure first"):
			groups.hand_on(old.name, other.name)
		closure = factories.closure_of(old)
		closure.update(
			{"reason": "Other", "other_reason": "Moves away", "asked_by": "Mentor", "timing": "Planned"}
		)
		closure.update({"notice_given_on": nowdate(), "last_meeting_on": nowdate()})
		closure.save()
		closing.begin(closure.name)
		with pytest.raises(frappe.ValidationError, match="These steps are open"):
			groups.hand_on(old.name, other.name)
		closure.reload()
		for step in closure.steps:
			step.done = 1
		closure.save()
		new = frappe.get_doc("Match", groups.hand_on(old.name, other.name))
		groups.remove_mentor(team.name, one.name)
		of_mentees, of_mentors = waiting_figures.rows({})
	# Nobody has waited for this one: it is no second wait in the figures.
	assert (of_mentees["matched"], of_mentors["matched"]) == (1, 2)
	assert (new.mentor, new.mentee, new.mentoring_group, new.previous_match) == (
		other.name,
		mentee.name,
		team.name,
		old.name,
	)
	assert frappe.db.get_value("Match", old.name, "stage") == "Closed"
	assert frappe.db.get_value("Mentee", mentee.name, "status") == "Ready"
	assert list(groups.roles_of(team.name)) == [other.name]


@pytest.mark.req("P4")
def test_what_cannot_be_handed_on_leaves_the_old_match_as_it_was(programme):
	one, other = mentors(programme, 2)
	team = factories.mentoring_group(programme, one, other, kind="Team")
	mentee = factories.mentee(programme=programme)
	old = frappe.get_doc("Match", groups.join(team.name, mentee.name, one.name))
	closure = factories.closure_of(old)
	closure.update({"reason": "No bond", "asked_by": "Mentor", "timing": "Planned"})
	closure.update({"notice_given_on": nowdate(), "last_meeting_on": nowdate()})
	for step in closure.steps:
		step.done = 1
	closure.save()
	closing.begin(closure.name)
	frappe.db.set_value("Mentor", other.name, "stage", "Paused")
	frappe.db.savepoint("prepared")
	with pytest.raises(frappe.ValidationError):
		groups.hand_on(old.name, other.name)
	frappe.db.rollback(save_point="prepared")
	assert frappe.db.get_value("Match", old.name, "stage") == "Closure"


@pytest.mark.req("P4")
def test_a_group_starts_with_as_many_as_it_needs(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	groups.join(group.name, factories.mentee(programme=programme).name, mentor.name)
	with pytest.raises(frappe.ValidationError, match="mentors 0, mentees 1"):
		groups.start(group.name)
	groups.join(group.name, factories.mentee(programme=programme).name, mentor.name)
	groups.start(group.name)
	assert factories.fresh(group).status == "Running"


@pytest.mark.req("P4", "S1")
def test_status_and_members_are_not_set_over_the_api(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme)
	with factories.as_user(programme.coordinator):
		doc = factories.fresh(group)
		doc.status = "Running"
		doc.append("mentors", {"mentor": mentor.name, "role": "Helper"})
		doc.save()
	stored = factories.fresh(group)
	assert stored.status == "Forming" and not stored.mentors


@pytest.mark.req("P4", "S1", "S3")
def test_other_programmes_and_volunteers_get_one_refusal(programme):
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor)
	mentee = factories.mentee(programme=programme)
	for stranger in (factories.programme().coordinator, factories.volunteer().name, mentee.caregiver):
		with factories.as_user(stranger):
			words = set()
			for name in (group.name, "MGRP-9999"):
				for call in (
					lambda name=name: groups.join(name, mentee.name, mentor.name),
					lambda name=name: groups.end(name),
					lambda name=name: groups.members(name),
				):
					with pytest.raises(frappe.PermissionError) as refused:
						call()
					words.add(str(refused.value))
			assert len(words) == 1


@pytest.mark.req("P4", "S3")
def test_a_caregiver_reads_the_groups_of_the_own_caseload_and_no_other_members(programme):
	one, other = mentors(programme, 2)
	team = factories.mentoring_group(programme, one, other, kind="Team")
	mine, theirs = mentees(programme, 2)
	groups.join(team.name, mine.name, one.name)
	groups.join(team.name, theirs.name, other.name)
	elsewhere = factories.mentoring_group(programme)
	with factories.as_user(mine.caregiver):
		assert frappe.get_list("Mentoring Group", pluck="name") == [team.name]
		shown = groups.members(team.name)
		with pytest.raises(frappe.PermissionError):
			groups.members(elsewhere.name)
	assert [row["mentor"] for row in shown["mentors"]] == [one.name] and shown["unseen"] == 1
	assert [match["mentee"] for row in shown["mentors"] for match in row["matches"]] == [mine.name]


@pytest.mark.commits
@pytest.mark.req("P4", "M3")
def test_of_two_who_join_for_the_last_place_one_gets_it(login):
	programme = factories.programme()
	mentor = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, mentor, max_mentees=2)
	groups.join(group.name, factories.mentee(programme=programme).name, mentor.name)
	people = [factories.mentee(programme=programme).name for _ in range(4)]
	clients = [login(programme.coordinator) for _ in people]
	answers = at_once(
		[
			lambda client=client, mentee=mentee: client.call(
				JOIN, group=group.name, mentee=mentee, mentor=mentor.name
			)
			for client, mentee in zip(clients, people, strict=True)
		]
	)
	frappe.db.rollback()
	assert sorted(answer.status_code for answer in answers) == [200, 417, 417, 417]
	assert all("The group is full: 2 of 2" in answer.text for answer in answers if answer.status_code == 417)
	assert frappe.db.count("Match", {"mentoring_group": group.name}) == 2


@pytest.mark.commits
@pytest.mark.req("P4", "M3")
def test_two_mentors_who_join_at_once_do_not_overfill_a_team(login):
	programme = factories.programme()
	team = factories.mentoring_group(
		programme, factories.mentor(programme=programme), kind="Team", max_mentors=2
	)
	wanting = [factories.mentor(programme=programme).name for _ in range(3)]
	clients = [login(programme.coordinator) for _ in wanting]
	add = "libes_mentoring.mentoring_relationship.groups.add_mentor"
	answers = at_once(
		[
			lambda client=client, mentor=mentor: client.call(add, group=team.name, mentor=mentor)
			for client, mentor in zip(clients, wanting, strict=True)
		]
	)
	frappe.db.rollback()
	assert [answer.status_code for answer in answers].count(200) == 1, [answer.text for answer in answers]
	assert len(groups.roles_of(team.name)) == 2


@pytest.mark.req("P4", "L3")
def test_a_volunteer_notes_a_meeting_of_the_whole_group_once(programme):
	mentor = factories.mentor(programme=programme, capacity=2)
	group = factories.mentoring_group(programme, mentor)
	found = [groups.join(group.name, mentee.name, mentor.name) for mentee in mentees(programme, 2)]
	alone = factories.match(mentor, factories.mentee(programme=programme))
	volunteer = factories.volunteer(factories.fresh(mentor)).name
	with factories.as_user(volunteer):
		# Forgotten at first, ticked with the second tap, and then once more.
		for whole_group in (False, True, True):
			meetings.log_meeting(
				found[0],
				nowdate(),
				90,
				"In person",
				activity="Soup",
				note="One of us was sad.",
				whole_group=whole_group,
			)
		shown = {row["match"]: row for row in matches.my_matches()}
	logs = frappe.get_all("Meeting Log", {"met_on": nowdate()}, ["mentoring_match", "note"], order_by="name")
	assert [row.mentoring_match for row in logs] == found and [row.note for row in logs][1] is None
	assert shown[found[1]]["group"] == {"name": group.group_name, "next_meeting_on": None, "mine": 2}
	assert shown[alone.name]["group"] is None


@pytest.mark.req("P4", "P8")
def test_erasing_a_mentor_takes_the_row_out_of_the_group(programme):
	helper = factories.mentor(programme=programme)
	group = factories.mentoring_group(programme, factories.mentor(programme=programme), helper, kind="Team")
	pseudonym.erase("Mentor", helper.name)
	assert helper.name not in groups.roles_of(group.name) and len(groups.roles_of(group.name)) == 1


@pytest.mark.req("P4")
def test_usual_sizes_are_possible_ones():
	for kind, limits in group_rules.USUAL.items():
		assert group_rules.problem_of(kind, limits) is None
	assert group_rules.missing(group_rules.USUAL["Team"], 1, 5) == (1, 0)
