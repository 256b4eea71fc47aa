"""What is recorded on the site reaches the engine: every field of a profile, every rule of a programme."""

import dataclasses

import factories
import frappe
import pytest
from frappe.utils import getdate

from libes_mentoring.mentor_matching import profiles, suggestions
from libes_mentoring.mentor_matching.engine.people import MenteeProfile, MentorProfile, Rules
from libes_mentoring.mentoring_evaluation import partners
from libes_mentoring.portal import matches
from libes_mentoring.spreadsheets import writing
from libes_mentoring.spreadsheets.checking import check_rows
from libes_mentoring.spreadsheets.people import Lookups
from libes_mentoring.spreadsheets.reading import Row, Sheet

SLOTS = [{"weekday": "Monday", "day_part": "Morning"}, {"weekday": "Saturday", "day_part": "Evening"}]
SAID = {
	"meetings_per_month": 2,
	"channel_calls": 1,
	"channel_video": 1,
	"channel_messages": 1,
	"channel_voice": 1,
	"availability_slots": SLOTS,
	"medium_synchronous": 1,
	"support_areas": [{"support_area": "Housing"}],
}
ALL_CHANNELS = frozenset({"Calls", "Video", "Messages", "Voice messages"})


@pytest.fixture
def programme():
	return factories.programme(purpose="Prescriptive")


def mentor_profile(**fields) -> MentorProfile:
	return profiles.mentor_profiles([factories.mentor(**fields).name])[0]


def mentee_profile(**fields) -> MenteeProfile:
	return profiles.mentee_profiles([factories.mentee(**fields).name])[0]


@pytest.mark.req("M2")
def test_everything_that_is_recorded_of_a_mentor_reaches_the_engine(programme):
	home, other = factories.partner_organisation(), factories.partner_organisation()
	found = mentor_profile(
		programme=programme,
		partner_organisation=home,
		other_organisations=[{"partner_organisation": other.name}],
		commitment_months=9,
		talk_length="Long",
		wishes=[{"about": "Gender", "strength": "Wanted", "gender": "Female"}],
		**SAID,
	)
	assert found.slots == {"Monday Morning", "Saturday Evening"}
	assert found.channels == ALL_CHANNELS
	assert (found.meetings_per_month, found.commitment_months, found.talk_length) == (2.0, 9, "Long")
	assert (found.organisation, found.other_organisations) == (home.name, {other.name})
	assert (found.completed, found.available_on) == (0, getdate())
	silent = {field.name for field in dataclasses.fields(found) if not getattr(found, field.name)}
	assert silent == {"blockers", "running", "completed"}, "these are empty; everything else has been said"


@pytest.mark.req("M2", "E6")
def test_everything_that_is_recorded_of_a_mentee_reaches_the_engine(programme):
	mentor, feared = factories.mentor(programme=programme), factories.partner_organisation()
	found = mentee_profile(
		programme=programme,
		conflicting_organisations=[{"partner_organisation": feared.name}],
		excluded_mentors=[{"mentor": mentor.name}],
		rhythm="Evenings",
		talk_length="Short",
		technology_ease="With some help",
		phase="Practical steps",
		max_distance_minutes=25,
		wishes=[{"about": "Co-national", "strength": "Refused"}],
		**SAID,
	)
	assert found.slots == {"Monday Morning", "Saturday Evening"}
	assert found.channels == ALL_CHANNELS
	assert (found.meetings_per_month, found.max_distance) == (2.0, 25)
	assert (found.good_times, found.talk_length) == ("Evenings", "Short")
	assert (found.technology_ease, found.phase) == ("With some help", "Practical steps")
	assert found.conflicting_organisations == {feared.name}
	silent = {field.name for field in dataclasses.fields(found) if not getattr(found, field.name)}
	# In how many runs nobody was found, the runs know.
	assert silent == {"blockers", "passed_over"}


@pytest.mark.req("M2", "E5")
def test_what_was_not_said_is_unknown_and_no_preference_prefers_nothing(programme):
	mentor = mentor_profile(programme=programme, talk_length="No preference")
	mentee = mentee_profile(programme=programme, talk_length="No preference", rhythm="No preference")
	for person in (mentor, mentee):
		assert (person.talk_length, person.meetings_per_month) == (None, None)
		assert (person.slots, person.channels) == (frozenset(), frozenset())
	assert (mentor.commitment_months, mentor.other_organisations) == (None, frozenset())
	assert (mentee.good_times, mentee.technology_ease, mentee.phase) == (None, None, None)
	assert (mentee.max_distance, mentee.conflicting_organisations) == (None, frozenset())


@pytest.mark.req("E5", "E6")
@pytest.mark.parametrize("doctype", ["Mentor", "Mentee"])
def test_the_record_itself_assumes_nothing(doctype):
	told = {*profiles.SHARED_FIELDS, *profiles.MENTOR_FIELDS, *profiles.MENTEE_FIELDS}
	told |= {"other_organisations", "conflicting_organisations", "availability_slots", "wishes"}
	of_old = {"capacity": "1", "medium_in_person": "1"} if doctype == "Mentor" else {}
	defaults = {
		df.fieldname: df.default
		for df in frappe.get_meta(doctype).fields
		if df.fieldname in told and df.default
	}
	assert defaults == of_old


@pytest.mark.req("M2")
def test_closed_matches_count_as_experience_and_running_ones_as_places(programme):
	mentor = factories.mentor(programme=programme, capacity=3)
	factories.close(factories.match(mentor, factories.mentee(programme=programme)))
	factories.match(mentor, factories.mentee(programme=programme))
	found = profiles.mentor_profiles([mentor.name])[0]
	assert (found.completed, found.running, found.places_left) == (1, 1, 2)


@pytest.mark.req("M2", "P5")
def test_the_rules_of_a_programme_reach_the_engine():
	programme = factories.programme(
		purpose="Prescriptive",
		kind_migrant=0,
		max_distance_minutes=45,
		district_distances=[{"one_district": "North", "other_district": " South  Bank ", "minutes": 35}],
		kind_preferences=[
			{"mentor_kind": "Local volunteer", "fit_percent": 60},
			{"mentor_kind": "Survivor", "fit_percent": 90, "phase": "Practical steps"},
		],
	)
	assert profiles.rules_of(programme.name) == Rules(
		kinds=frozenset({"Local volunteer", "Survivor"}),
		kind_preference={"Local volunteer": 0.6},
		kind_by_phase={("Practical steps", "Survivor"): 0.9},
		distances={("North", "South Bank"): 35.0},
		max_distance=45,
		minimum_commitment_months=6,
	)


@pytest.mark.req("M2")
def test_a_programme_that_says_nothing_has_no_rules_but_its_kinds_and_its_commitment(programme):
	found = profiles.rules_of(programme.name)
	assert (dict(found.distances), dict(found.kind_preference), dict(found.kind_by_phase)) == ({}, {}, {})
	assert (found.max_distance, found.minimum_commitment_months) == (None, 6)


@pytest.mark.req("M2")
def test_thirty_people_take_as_many_queries_as_three(programme, count_queries):
	mentors = [factories.mentor(programme=programme, **SAID).name for _ in range(30)]
	mentees = [factories.mentee(programme=programme, **SAID).name for _ in range(30)]
	for read, names in ((profiles.mentor_profiles, mentors), (profiles.mentee_profiles, mentees)):
		read(names[:3])
		with count_queries() as few:
			assert len(read(names[:3])) == 3
		with count_queries() as many:
			assert len(read(names)) == 30
		assert 0 < many.count == few.count, read.__name__
	mentee = mentees[0]
	suggestions.suggest_mentors(mentee)
	with count_queries() as of_thirty:
		found = suggestions.suggest_mentors(mentee)
	assert (found["looked_at"], len(found["suggestions"])) == (30, suggestions.SHOWN)
	for name in mentors[3:]:
		frappe.db.set_value("Mentor", name, "stage", "Paused")
	with count_queries() as of_three:
		assert len(suggestions.suggest_mentors(mentee)["suggestions"]) == 3
	# A sentence on a waiver is asked for once, however many people are shown.
	assert of_thirty.count == of_three.count


# Organisations ------------------------------------------------------------------------------------------


@pytest.mark.req("M3", "E5")
@pytest.mark.parametrize("tie", ["partner_organisation", "other_organisations"])
def test_an_organisation_conflict_keeps_the_two_apart_on_every_path(programme, tie):
	feared = factories.partner_organisation()
	value = [{"partner_organisation": feared.name}] if tie == "other_organisations" else feared
	tied, free = factories.mentor(programme=programme, **{tie: value}), factories.mentor(programme=programme)
	mentee = factories.mentee(
		programme=programme, conflicting_organisations=[{"partner_organisation": feared.name}]
	)
	with factories.as_user(programme.coordinator):
		found = suggestions.suggest_mentors(mentee.name)
		assert [row["mentor"] for row in found["suggestions"]] == [free.name]
		with pytest.raises(frappe.ValidationError, match=r"These two cannot be matched.*organisation"):
			suggestions.accept(mentee.name, tied.name)
		with pytest.raises(frappe.ValidationError, match=r"These two cannot be matched.*organisation"):
			frappe.get_doc({"doctype": "Match", "mentor": tied.name, "mentee": mentee.name}).insert()
		assert not frappe.db.count("Match", {"mentee": mentee.name})
		assert suggestions.accept(mentee.name, free.name)


@pytest.mark.req("M3", "P7", "P8")
def test_neither_the_conflict_nor_the_tie_reaches_partners_and_volunteers(programme, as_user):
	home, tied, feared = (factories.partner_organisation() for _ in range(3))
	mentor = factories.mentor(
		programme=programme,
		partner_organisation=home,
		other_organisations=[{"partner_organisation": tied.name}],
	)
	volunteer = factories.volunteer(mentor).name
	mentee = factories.mentee(
		programme=programme, conflicting_organisations=[{"partner_organisation": feared.name}]
	)
	factories.match(mentor, mentee, growing=True)
	said = {}
	with as_user(volunteer):
		said["volunteer"] = frappe.as_json([matches.my_matches(), matches.my_coordinator()])
	# Also the people of the very organisations that are meant.
	for organisation in (home, tied, feared):
		partner = factories.partner_user(factories.fresh(organisation)).name
		with as_user(partner):
			said[organisation.name] = frappe.as_json(
				[partners.rows(), frappe.get_list("Partner Organisation", "*")]
			)
	assert mentor.full_name in said[home.name] and mentee.name in said["volunteer"]
	for who, words in said.items():
		assert not [name for name in (tied.name, feared.name) if name in words and name != who], who
	for who in (volunteer, partner):
		with as_user(who):
			for table, parent in (
				("Mentee Organisation Conflict", "Mentee"),
				("Mentor Organisation Tie", "Mentor"),
			):
				with pytest.raises(frappe.PermissionError):
					frappe.get_list(table, parent_doctype=parent, fields=["partner_organisation"])


@pytest.mark.req("M3", "E5")
@pytest.mark.parametrize("tie", ["partner_organisation", "other_organisations"])
def test_a_refused_organisation_is_refused_with_all_its_ties(programme, tie):
	refused = factories.partner_organisation().name
	value = [{"partner_organisation": refused}] if tie == "other_organisations" else refused
	mentor = factories.mentor(programme=programme, **{tie: value})
	wish = {"about": "Organisation", "strength": "Refused", "partner_organisation": refused}
	mentee = factories.mentee(programme=programme, wishes=[wish])
	assert suggestions.suggest_mentors(mentee.name)["suggestions"] == []
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
		suggestions.accept(mentee.name, mentor.name)
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
		factories.match(mentor, mentee)


@pytest.mark.req("E5", "M3")
def test_a_refusal_that_came_in_a_spreadsheet_is_as_absolute(programme):
	caregiver = factories.social_worker().name
	rows = (
		("Name", "Gender", "Nationality", "Languages", "Co-national mentor", "Media", "Meetings per month"),
		("Ada Acker", "Female", "Belgium", "English", "no", "in person", 2),
	)
	sheet = Sheet("Mentees", tuple(Row(number, row) for number, row in enumerate(rows, start=1)))
	lookups = Lookups(
		languages={"english": "English"}, countries={"belgium": "Belgium"}, default_caregiver=caregiver
	)
	(verdict,) = check_rows([sheet], known=set(), salt=b"salt", today=getdate(), lookups=lookups).verdicts
	mentee = frappe.get_doc("Mentee", writing.write(verdict, programme.name))
	assert (mentee.meetings_per_month, mentee.recruited_by) == (2, None)
	mentee.update({"recruited_by": "Administrator"})
	mentee.save()
	factories.consent(mentee)
	case_file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	case_file.update(
		dict.fromkeys(("psychologically_ready", "emotionally_ready", "basic_needs_covered"), "Yes")
	)
	case_file.save()
	mentee = factories.fresh(mentee)
	mentee.status = "Ready"
	mentee.save()
	co_national = factories.mentor(programme=programme, nationality="Belgium")
	other = factories.mentor(programme=programme, nationality="Italy")
	found = suggestions.suggest_mentors(mentee.name)["suggestions"]
	assert [row["mentor"] for row in found] == [other.name]
	with pytest.raises(frappe.ValidationError, match="These two cannot be matched"):
		factories.match(co_national, mentee)
