"""A coordinator opens a case file for a reason: to read, for a time, and not without others knowing."""

import factories
import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from test_races import at_once

from libes_mentoring.access import scopes
from libes_mentoring.mentoring_privacy import break_glass

pytestmark = pytest.mark.req("S3", "P8", "P9")

OPEN = "libes_mentoring.mentoring_privacy.break_glass.open_case_file"
REASON = "The caregiver is away and the person has called us for help."
SHORT = (
	"",
	"   ",
	"urgent",
	"x" * 40,
	"a b c d e f g h i j",
	"need need need need need need",
	"\n\n\t  \n" * 10,
)


@pytest.fixture
def mentee():
	return factories.mentee()


@pytest.fixture
def coordinator(mentee) -> str:
	return frappe.db.get_value("Mentoring Programme", mentee.programme, "coordinator")


def file_of(mentee) -> str:
	return frappe.db.get_value("Mentee Case File", {"mentee": mentee.name}, "name")


def opens(mentee, user: str, reason: str = REASON) -> dict:
	with factories.as_user(user):
		return break_glass.open_case_file(mentee.name, reason)


def may(user: str, mentee, ptype: str = "read") -> bool:
	"""Form and list, which agree."""
	with factories.as_user(user):
		on_form = bool(frappe.has_permission("Mentee Case File", ptype, doc=file_of(mentee)))
		if ptype == "read":
			assert on_form == (file_of(mentee) in frappe.get_list("Mentee Case File", pluck="name"))
		return on_form


def test_a_reason_opens_the_file_to_the_programmes_coordinator(mentee, coordinator):
	assert not may(coordinator, mentee)
	opened = opens(mentee, coordinator)
	assert opened["case_file"] == file_of(mentee)
	assert may(coordinator, mentee)
	with factories.as_user(coordinator):
		assert break_glass.open_until(mentee.name, coordinator) == opened["open_until"]
		assert frappe.get_list("Mentee Case File", pluck="name") == [file_of(mentee)]


@pytest.mark.parametrize("reason", SHORT)
def test_without_a_reason_nothing_is_opened(mentee, coordinator, reason):
	with pytest.raises(frappe.ValidationError, match="why you need"):
		opens(mentee, coordinator, reason)
	assert not may(coordinator, mentee)
	assert not frappe.db.count("Case File Opening") and not frappe.db.count("Case File Access")
	assert not frappe.db.count("Notification Log", {"document_type": "Case File Opening"})


@pytest.mark.parametrize(
	"make",
	["coordinator", "manager", "social_worker", "partner_user", "privacy_officer", "volunteer", "user"],
)
def test_nobody_else_opens_one(mentee, make):
	user = getattr(factories, make)().name
	with pytest.raises(frappe.PermissionError, match="Only a coordinator"):
		opens(mentee, user)
	assert not may_anything(user, mentee)
	assert not frappe.db.count("Case File Opening")


def may_anything(user: str, mentee) -> bool:
	with factories.as_user(user):
		return bool(frappe.has_permission("Mentee Case File", "read", doc=file_of(mentee)))


def test_a_mentee_who_is_not_there_is_refused_in_the_same_words(coordinator):
	for name in ("Nobody-1", "", "%"):
		with (
			factories.as_user(coordinator),
			pytest.raises(frappe.PermissionError, match="Only a coordinator"),
		):
			break_glass.open_case_file(name, REASON)


def test_without_a_case_file_there_is_nothing_to_open(coordinator):
	programme = frappe.db.get_value("Mentoring Programme", {"coordinator": coordinator}, "name")
	mentee = factories.mentee(ready=False, programme=programme)
	with pytest.raises(frappe.ValidationError, match="no case file"):
		opens(mentee, coordinator)


def test_who_reads_the_file_anyway_needs_no_reason():
	both = factories.user("Mentoring Coordinator", "Mentoring Social Worker").name
	mentee = factories.mentee(programme=factories.programme(coordinator=both), caregiver=both)
	with pytest.raises(frappe.ValidationError, match="read this case file already"):
		opens(mentee, both)


def test_it_ends_by_itself_on_list_and_form(mentee, coordinator, monkeypatch):
	opens(mentee, coordinator)
	for minutes, is_open in ((59, True), (61, False)):
		later = add_to_date(now_datetime(), minutes=minutes)
		with monkeypatch.context() as clock:
			clock.setattr(scopes, "now_datetime", lambda later=later: later)
			clock.setattr(break_glass, "now_datetime", lambda later=later: later)
			assert may(coordinator, mentee) is is_open
			with factories.as_user(coordinator):
				assert bool(break_glass.open_until(mentee.name, coordinator)) is is_open


def test_the_house_says_how_long(mentee, coordinator):
	frappe.db.set_single_value("Mentoring Settings", "break_glass_minutes", 15)
	opens(mentee, coordinator)
	opened_at, expires_at = frappe.db.get_value(
		"Case File Opening", {"mentee": mentee.name}, ["opened_at", "expires_at"]
	)
	assert (expires_at - opened_at).total_seconds() == 15 * 60


@pytest.mark.parametrize(("minutes", "counts"), [(0, 60), (None, 60), (10**6, 24 * 60)])
def test_a_time_that_makes_no_sense_is_not_taken(minutes, counts):
	frappe.db.set_single_value("Mentoring Settings", "break_glass_minutes", minutes)
	assert break_glass.minutes_open() == counts


def test_who_loses_the_programme_loses_the_file_at_once(mentee, coordinator):
	opens(mentee, coordinator)
	programme = frappe.get_doc("Mentoring Programme", mentee.programme)
	programme.coordinator = factories.coordinator().name
	programme.save()
	assert not may(coordinator, mentee)


def test_it_opens_this_file_and_no_other(mentee, coordinator):
	neighbour = factories.mentee(programme=mentee.programme)
	opens(mentee, coordinator)
	assert not may(coordinator, neighbour)
	assert not may_anything(factories.coordinator().name, mentee)


@pytest.mark.parametrize(
	"ptype", ["write", "print", "export", "email", "share", "delete", "report", "create"]
)
def test_it_is_to_read_only(mentee, coordinator, ptype):
	opens(mentee, coordinator)
	assert not may(coordinator, mentee, ptype)


def test_a_caregiver_of_others_gets_no_more_than_reading_either():
	"""Somebody with both roles: the permission to write comes with one, the row with the other."""
	both = factories.user("Mentoring Coordinator", "Mentoring Social Worker").name
	mentee = factories.mentee(programme=factories.programme(coordinator=both))
	opens(mentee, both)
	assert may(both, mentee)
	file = frappe.get_doc("Mentee Case File", file_of(mentee))
	file.background = "Changed"
	with factories.as_user(both):
		assert not any(file.has_permission(ptype) for ptype in ("write", "print", "email"))
		with pytest.raises(frappe.PermissionError):
			file.save()


def test_nothing_is_printed(mentee, coordinator):
	from frappe.www.printview import get_html_and_style

	opens(mentee, coordinator)
	with factories.as_user(coordinator), pytest.raises(frappe.PermissionError):
		get_html_and_style("Mentee Case File", file_of(mentee))
	with factories.as_user(mentee.caregiver):
		assert get_html_and_style("Mentee Case File", file_of(mentee))["html"]


def test_privacy_officers_and_the_caregiver_are_told_exactly_once(mentee, coordinator):
	officers = {factories.privacy_officer().name for _ in range(2)}
	factories.privacy_officer(enabled=0)
	opens(mentee, coordinator)
	opens(mentee, coordinator, "Once more, because the page was closed by mistake.")
	told = frappe.get_all(
		"Notification Log",
		filters={"document_type": "Case File Opening"},
		fields=["for_user", "subject", "document_name"],
	)
	assert sorted(row.for_user for row in told) == sorted({*officers, mentee.caregiver})
	file = frappe.get_doc("Mentee Case File", file_of(mentee))
	for row in told:
		assert not any(word in row.subject for word in (REASON, mentee.name, file.full_name))
		with factories.as_user(row.for_user):
			assert frappe.get_doc("Case File Opening", row.document_name).has_permission("read")


def test_the_log_holds_the_reason(mentee, coordinator):
	opens(mentee, coordinator, f"  {REASON}\n")
	rows = frappe.get_all("Case File Access", fields=["user", "how", "mentee", "case_file", "reason"])
	assert rows == [
		{
			"user": coordinator,
			"how": "Opened with a reason",
			"mentee": mentee.name,
			"case_file": file_of(mentee),
			"reason": REASON,
		}
	]


@pytest.mark.parametrize("change", ["save", "delete", "rename"])
def test_nobody_lengthens_or_removes_an_opening(mentee, coordinator, change):
	opens(mentee, coordinator)
	doc = frappe.get_doc("Case File Opening", {"mentee": mentee.name})
	doc.expires_at = add_to_date(now_datetime(), days=30)
	with pytest.raises(frappe.PermissionError, match="Nobody changes it"):
		if change == "save":
			doc.save(ignore_permissions=True)
		elif change == "delete":
			frappe.delete_doc("Case File Opening", doc.name, force=True, ignore_permissions=True)
		else:
			frappe.rename_doc("Case File Opening", doc.name, "x", force=True)


def test_an_opening_made_by_hand_is_checked_as_much(mentee, coordinator):
	values = {"doctype": "Case File Opening", "mentee": mentee.name, "reason": REASON, "user": coordinator}
	with factories.as_user(coordinator), pytest.raises(frappe.PermissionError):
		frappe.get_doc(values).insert()
	stranger = factories.coordinator().name
	with factories.as_user(stranger), pytest.raises(frappe.PermissionError, match="Only a coordinator"):
		frappe.get_doc(values).insert(ignore_permissions=True)


@pytest.mark.commits
def test_two_at_once_make_one_opening_and_tell_once(login):
	mentee = factories.mentee()
	coordinator = frappe.db.get_value("Mentoring Programme", mentee.programme, "coordinator")
	factories.privacy_officer()
	clients = [login(coordinator) for _ in range(2)]
	answers = at_once(
		[lambda client=client: client.call(OPEN, mentee=mentee.name, reason=REASON) for client in clients]
	)
	assert [answer.status_code for answer in answers] == [200, 200], [a.text[:500] for a in answers]
	assert answers[0].json() == answers[1].json()
	frappe.db.rollback()
	assert frappe.db.count("Case File Opening") == 1
	assert frappe.db.count("Notification Log", {"document_type": "Case File Opening"}) == 2
	assert frappe.db.count("Case File Access", {"how": "Opened with a reason"}) == 1
	# The browser then loads the form, which is noted as such; a GET opens nothing.
	assert clients[0].get(f"/api/resource/Mentee Case File/{file_of(mentee)}").status_code == 200
	frappe.db.rollback()
	assert frappe.db.count("Case File Access", {"how": "Opened", "user": coordinator}) == 1
	assert (
		clients[0].get(f"/api/method/{OPEN}", params={"mentee": mentee.name, "reason": REASON}).status_code
		== 403
	)
