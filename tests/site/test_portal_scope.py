"""What a volunteer's browser reaches: the own running matches, named fields, and one refusal for all else."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.access.roles import VOLUNTEER
from libes_mentoring.portal import matches, meetings, papers, scope

MATCH_KEYS = {
	"match",
	"alias",
	"programme",
	"stage",
	"matched_on",
	"group",
	"first_meeting_on",
	"first_meeting_at",
	"first_meeting_is_ahead",
	"place",
	"staff",
	"rhythm",
	"goals",
	"in_common",
	"wishes",
	"caregiver",
	"coordinator",
	"meetings",
	"next_meeting_on",
	"agreement_url",
	"agreement_is_signed",
}


@pytest.fixture
def mentor():
	return factories.mentor(capacity=3)


@pytest.fixture
def me(mentor):
	return factories.volunteer(mentor).name


@pytest.fixture
def match(mentor):
	return factories.match(mentor, growing=True)


def refusal(function, *arguments) -> tuple[type, str]:
	with pytest.raises(frappe.PermissionError) as refused:
		function(*arguments)
	return refused.type, str(refused.value)


@pytest.mark.req("S6", "S3", "P8")
def test_all_refusals_are_alike(mentor, me, match, as_user):
	other = factories.match(growing=True)
	undecided = factories.match(mentor, stage="Contemplation")
	closed = factories.match(mentor, growing=True)
	factories.close(closed)
	stranger = factories.user(VOLUNTEER).name
	calls = (
		scope.own_match,
		papers.agreement,
		lambda name: meetings.log_meeting(name, nowdate(), 60, "In person"),
	)
	refused = set()
	for call in calls:
		with as_user(me):
			refused |= {
				refusal(call, name) for name in (other.name, undecided.name, closed.name, "MATCH-99999", "")
			}
		for user in ("Guest", stranger, "Administrator", factories.coordinator().name):
			with as_user(user):
				refused.add(refusal(call, match.name))
	assert len(refused) == 1
	assert not frappe.db.exists(
		"Meeting Log", {"mentoring_match": ("in", [other.name, closed.name, match.name])}
	)


@pytest.mark.req("S6")
def test_lists_are_refused_to_everybody_without_a_volunteers_place(as_user):
	for user in ("Guest", "Administrator", factories.coordinator().name, factories.user(VOLUNTEER).name):
		with as_user(user):
			refusal(matches.my_matches)
			refusal(matches.my_coordinator)
			refusal(papers.my_certificates)


@pytest.mark.req("S6", "S3")
def test_a_volunteer_reads_no_doctype(me, match, as_user):
	with as_user(me):
		for doctype, name in (("Match", match.name), ("Mentee", match.mentee), ("Mentor", match.mentor)):
			assert not frappe.has_permission(doctype, "read", doc=name)
			with pytest.raises(frappe.PermissionError):
				frappe.get_list(doctype)


@pytest.mark.req("S6", "P8")
def test_a_match_comes_in_named_fields_only(me, mentor, match, as_user):
	factories.meeting_log(match, activity="Noted by staff", next_meeting_on=add_days(nowdate(), 3))
	with as_user(me):
		for back in range(7, 0, -1):
			meetings.log_meeting(match.name, add_days(nowdate(), -back), 60, "Phone call")
		found = matches.my_matches()
	assert [row["match"] for row in found] == [match.name]
	row = found[0]
	assert set(row) == MATCH_KEYS
	assert set(row["coordinator"]) == {"name", "email", "phone"}
	assert [set(meeting) for meeting in row["meetings"]] == [
		{"met_on", "length_minutes", "medium", "activity"}
	] * 5
	assert row["meetings"][0]["met_on"] == getdate(add_days(nowdate(), -1))
	assert "Noted by staff" not in frappe.as_json(found)
	assert row["next_meeting_on"] == getdate(add_days(nowdate(), 3))
	assert row["alias"] == match.mentee
	assert row["stage"] == "On the way together"
	assert row["in_common"] == [
		"You both speak English.",
		"You are both interested in Cooking.",
		"You can both meet this way: In person.",
	]


@pytest.mark.req("P8")
def test_nothing_tells_what_staff_know(me, mentor, as_user):
	programme = frappe.get_doc("Mentoring Programme", mentor.programme)
	mentee = factories.mentee(
		programme=mentor.programme,
		ready=False,
		goals="canary-goals",
		strengths="canary-strengths",
		motivation="canary-motivation",
		support_areas=[{"support_area": "Housing"}],
		district="canary-district",
		wishes=[{"about": "Gender", "strength": "Wanted", "gender": "Female"}],
	)
	case_file = factories.case_file(mentee)
	factories.consent(mentee)
	mentee.status = "Ready"
	mentee.save()
	factories.match(mentor, mentee)
	with as_user(me):
		said = frappe.as_json(matches.my_matches())
	for secret in (
		"canary",
		"Housing",
		"Female",
		"Belgium",
		case_file.full_name,
		mentee.caregiver,
		programme.name,
	):
		assert secret not in said


@pytest.mark.req("S6")
def test_access_ends_with_the_match_and_a_successor_starts_blank(me, mentor, match, as_user):
	with as_user(me):
		meetings.log_meeting(match.name, nowdate(), 60, "In person", activity="Canary walk")
	factories.close(match)
	successor = factories.mentor(programme=mentor.programme)
	heir = factories.volunteer(successor).name
	mentee = frappe.get_doc("Mentee", match.mentee)
	mentee.status = "Ready"
	mentee.save()
	factories.match(successor, mentee)
	with as_user(me):
		assert matches.my_matches() == []
		assert matches.my_coordinator()["email"]
	with as_user(heir):
		(row,) = matches.my_matches()
	assert row["meetings"] == []


@pytest.mark.req("S6")
def test_the_number_of_queries_does_not_grow_with_the_matches(me, mentor, match, as_user, count_queries):
	def queries() -> int:
		with as_user(me), count_queries() as counted:
			matches.my_matches()
		return counted.count

	queries()  # warms the caches
	with_one = queries()
	for _more in range(2):
		factories.match(mentor)
	queries()  # warms what making records has cleared
	assert queries() == with_one
