"""Mentees: aliases, readiness as the caregiver's judgement, consent that can be withdrawn at any time."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentee_preparation import consent
from libes_mentoring.mentor_matching import suggestions
from libes_mentoring.mentoring_programme import policies
from libes_mentoring.mentoring_relationship import consent_effects, reminders
from libes_mentoring.portal import matches, meetings


@pytest.mark.req("P8")
def test_a_mentee_is_known_by_a_random_alias():
	names = [factories.mentee(ready=False).name for _ in range(3)]
	assert len(set(names)) == 3
	assert all(word.isalpha() and number.isdigit() for word, number in (name.split("-") for name in names))


@pytest.mark.req("E1")
@pytest.mark.parametrize("field", ["psychologically_ready", "emotionally_ready", "basic_needs_covered"])
def test_ready_is_what_the_caregiver_says(field):
	mentee = factories.mentee(ready=False)
	factories.consent(mentee)
	file = factories.case_file(mentee, **{field: "Not yet"})
	mentee.status = "Ready"
	with pytest.raises(frappe.ValidationError, match="caregiver has not recorded"):
		mentee.save()
	file.set(field, "Yes")
	file.save()
	assert (getdate(file.judged_on), file.judged_by) == (getdate(), frappe.session.user)
	mentee.reload()
	mentee.status = "Ready"
	mentee.save()
	assert getdate(mentee.ready_on) == getdate()


@pytest.mark.req("E3")
def test_without_consent_nobody_is_ready():
	mentee = factories.mentee(ready=False)
	factories.case_file(mentee)
	mentee.status = "Ready"
	with pytest.raises(frappe.ValidationError, match="not given consent"):
		mentee.save()


@pytest.mark.req("E3")
@pytest.mark.parametrize(
	"piece", ["explained_voluntary", "explained_no_effect", "explained_withdrawal", "signed"]
)
def test_a_consent_is_informed_and_signed(piece):
	mentee = factories.mentee(ready=False)
	with pytest.raises(frappe.ValidationError, match="counts once all of this is true"):
		factories.consent(mentee, **{piece: 0})


@pytest.mark.req("E3")
def test_a_consent_is_not_dated_in_the_future_and_names_its_language():
	mentee = factories.mentee(ready=False)
	with pytest.raises(frappe.ValidationError, match="in the future"):
		factories.consent(mentee, given_on=add_days(nowdate(), 1))
	with pytest.raises(frappe.ValidationError, match="in which language"):
		factories.consent(mentee, how="Interpreted", language=None)


@pytest.mark.req("E3", "M3")
def test_withdrawal_counts_at_once_and_asks_for_no_reason():
	mentor = factories.mentor()
	mentee = factories.mentee(programme=mentor.programme)
	with factories.as_user(mentee.caregiver):
		consent.withdraw(mentee.name)
	assert not consent.has_consent(mentee.name)
	assert suggestions.suggest_mentors(mentee.name)["suggestions"] == []
	with pytest.raises(frappe.ValidationError, match="withdrawn consent"):
		factories.match(mentor, mentee)
	record = frappe.get_doc("Mentee Consent", {"mentee": mentee.name})
	record.status = "Given"
	with pytest.raises(frappe.ValidationError, match="stays withdrawn"):
		record.save()


@pytest.mark.req("E3", "P8")
def test_a_withdrawal_reaches_running_matches_the_same_moment():
	match = factories.match(growing=True)
	mentor = frappe.get_doc("Mentor", match.mentor)
	volunteer = factories.volunteer(mentor).name
	check_in = factories.check_ins(match)[0]
	check_in.db_set("due_on", getdate())
	coordinator = frappe.db.get_value("Mentoring Programme", match.programme, "coordinator")
	with factories.as_user(volunteer):
		assert [row["match"] for row in matches.my_matches()] == [match.name]
	with factories.as_user(frappe.db.get_value("Mentee", match.mentee, "caregiver")):
		consent.withdraw(match.mentee)
	[told] = frappe.get_all("Notification Log", {"for_user": coordinator}, ["subject", "document_name"])
	assert told.document_name == match.name and match.mentee not in told.subject
	with factories.as_user(volunteer):
		assert matches.my_matches() == []
		with pytest.raises(frappe.PermissionError):
			meetings.log_meeting(match.name, nowdate(), 60, "In person")
	reminders.handle(check_in.name, getdate(add_days(nowdate(), 20)))
	assert frappe.db.count("Notification Log", {"for_user": coordinator}) == 1


@pytest.mark.req("E7")
def test_consent_is_never_taken_by_who_proposed_the_programme_or_by_a_mentor():
	recruiter = factories.social_worker().name
	mentee = factories.mentee(ready=False, recruited_by=recruiter)
	with pytest.raises(frappe.ValidationError, match="somebody else than who proposed"):
		factories.consent(mentee, taken_by=recruiter)
	volunteer = factories.volunteer().name
	with pytest.raises(frappe.ValidationError, match="member of staff"):
		factories.consent(mentee, taken_by=volunteer)
	assert not frappe.db.count("Mentee Consent", {"mentee": mentee.name})
	assert factories.consent(mentee, taken_by=mentee.caregiver).name


@pytest.mark.req("E7")
def test_who_proposed_the_programme_is_known_before_a_consent_and_is_not_emptied_for_it():
	unknown = factories.mentee(ready=False, recruited_by=None)
	with pytest.raises(frappe.MandatoryError, match="First enter"):
		factories.consent(unknown)
	assert not frappe.db.count("Mentee Consent", {"mentee": unknown.name})
	recruiter = factories.social_worker().name
	mentee = factories.mentee(ready=False, recruited_by=recruiter)
	mentee.recruited_by = None
	with pytest.raises(frappe.ValidationError, match="never emptied"):
		mentee.save()
	assert frappe.db.get_value("Mentee", mentee.name, "recruited_by") == recruiter


@pytest.mark.req("E7")
@pytest.mark.parametrize("how", ["Read out", "On paper, before this system"])
def test_the_recruiter_does_not_take_the_consent_by_a_detour(how):
	recruiter, colleague = factories.social_worker().name, factories.social_worker().name
	on_paper = how.startswith("On paper")
	mentee = factories.mentee(ready=False, recruited_by=None if on_paper else colleague)
	factories.consent(mentee, taken_by=recruiter, how=how)
	mentee = factories.fresh(mentee)
	mentee.recruited_by = recruiter
	with pytest.raises(frappe.ValidationError, match="must be somebody else"):
		mentee.save()
	mentee = factories.fresh(mentee)
	mentee.recruited_by = mentee.caregiver
	if on_paper:
		# Old paper may not know it; it can be filled in.
		assert mentee.save().recruited_by == mentee.caregiver
		return
	with pytest.raises(frappe.ValidationError, match="stays as it is while a consent holds"):
		mentee.save()
	consent.withdraw(mentee.name)
	mentee = factories.fresh(mentee)
	mentee.recruited_by = recruiter
	assert mentee.save().recruited_by == recruiter
	with pytest.raises(frappe.ValidationError, match="somebody else than who proposed"):
		factories.consent(mentee, taken_by=recruiter)


@pytest.mark.req("E7")
def test_who_asked_again_did_not_propose_the_programme_either():
	mentee = factories.mentee(recruited_by=None, ready=False)
	factories.consent(mentee, how="On paper, before this system")
	other = factories.coordinator().name
	frappe.db.set_value("Mentee Consent", {"mentee": mentee.name}, "reconfirmed_by", other)
	mentee = factories.fresh(mentee)
	mentee.recruited_by = other
	with pytest.raises(frappe.ValidationError, match="must be somebody else"):
		mentee.save()


@pytest.mark.req("E3")
def test_where_no_consent_holds_none_is_withdrawn():
	mentee = factories.mentee(ready=False)
	with pytest.raises(frappe.ValidationError, match="no consent to withdraw"):
		consent.withdraw(mentee.name)
	factories.consent(mentee)
	consent.withdraw(mentee.name)
	with pytest.raises(frappe.ValidationError, match="no consent to withdraw"):
		consent.withdraw(mentee.name)


@pytest.mark.req("E3", "L2")
@pytest.mark.parametrize("what", ["withdrawal", "mentor leaves", "support"])
def test_a_manager_hears_of_it_where_the_coordinators_account_is_closed(what):
	manager, match = factories.manager().name, factories.match(growing=True)
	mentor = frappe.get_doc("Mentor", match.mentor)
	volunteer = factories.volunteer(mentor).name
	coordinator = frappe.db.get_value("Mentoring Programme", match.programme, "coordinator")
	frappe.db.set_value("User", coordinator, "enabled", 0)
	if what == "withdrawal":
		consent.withdraw(match.mentee)
	elif what == "mentor leaves":
		mentor.reload()
		mentor.stage = "Left"
		mentor.save()
	else:
		with factories.as_user(volunteer):
			meetings.log_meeting(match.name, nowdate(), 60, "In person", needs_support=True)
	[told] = frappe.get_all("Notification Log", {"for_user": manager}, ["document_type", "document_name"])
	assert (told.document_type, told.document_name) == ("Mentoring Programme", match.programme)
	assert not frappe.db.count("Notification Log", {"for_user": coordinator})


@pytest.mark.req("E5")
def test_no_way_of_meeting_is_preferred_unless_the_mentee_says_so():
	mentee = frappe.new_doc("Mentee")
	assert not [mentee.get(field) for field in mentee.meta.get_valid_columns() if field.startswith("medium_") and mentee.get(field)]


@pytest.mark.req("E3")
@pytest.mark.parametrize("field", ["given_on", "taken_by", "signed", "status"])
def test_a_consent_is_never_rewritten(field):
	mentee = factories.mentee()
	record = frappe.get_doc("Mentee Consent", {"mentee": mentee.name})
	other = {"given_on": "2001-01-01", "taken_by": factories.social_worker().name, "signed": 0}
	record.set(field, other.get(field, "Withdrawn"))
	with pytest.raises(frappe.ValidationError):
		record.save()


@pytest.mark.req("E7")
def test_consent_is_asked_for_again_after_the_first_weeks_and_once():
	programme = factories.programme(reconfirm_after_weeks=4)
	mentee = factories.mentee(programme=programme)
	match = factories.match(factories.mentor(programme=programme), mentee)
	assert consent_effects.ask_again(getdate(add_days(match.matched_on, 27))) == 0
	day = getdate(add_days(match.matched_on, 28))
	assert consent_effects.ask_again(day) == 1 and consent_effects.ask_again(day) == 0
	assert frappe.db.count("Notification Log", {"for_user": mentee.caregiver}) == 1
	with factories.as_user(mentee.caregiver):
		consent.confirm_again(mentee.name)
	record = frappe.get_doc("Mentee Consent", {"mentee": mentee.name})
	assert (getdate(record.reconfirmed_on), record.reconfirmed_by) == (getdate(), mentee.caregiver)


@pytest.mark.req("R9", "E3")
def test_a_consent_keeps_the_words_that_were_agreed_to():
	first = consent_text("Taking part is up to you.")
	with pytest.raises(frappe.ValidationError, match="in force"):
		factories.consent(factories.mentee(ready=False), policy_document=first.name)
	assert policies.put_in_force(first.name) == 1
	first.reload()
	mentee = factories.mentee(ready=False)
	with pytest.raises(frappe.MandatoryError, match="Choose the text"):
		factories.consent(mentee)
	given = factories.consent(mentee, policy_document=first.name, text_version=None)
	assert (given.text_version, given.text_hash) == ("1", first.text_hash)
	first.texts[0].text = "Something else."
	with pytest.raises(frappe.ValidationError, match="never changes"):
		first.save()
	second = consent_text("Taking part is up to you, always.")
	assert policies.put_in_force(second.name) == 2
	assert frappe.db.get_value("Policy Document", first.name, "status") == "Replaced"
	assert second.text_hash != first.text_hash
	with pytest.raises(frappe.ValidationError, match="in force"):
		factories.consent(mentee, policy_document=first.name)


@pytest.mark.req("E2")
def test_the_induction_is_followed_topic_by_topic():
	programme = factories.programme(induction_before_match=1)
	mentee = factories.mentee(ready=False, programme=programme)
	factories.case_file(mentee)
	factories.consent(mentee)
	assert len(mentee.induction) == 9
	mentee.status = "Ready"
	with pytest.raises(frappe.ValidationError, match="induction is not complete"):
		mentee.save()
	mentee.reload()
	for row in mentee.induction:
		row.done, row.form = 1, "Group"
	mentee.save()
	assert all(row.done_by and row.done_on for row in mentee.induction)
	mentee.status = "Ready"
	mentee.save()


@pytest.mark.req("E4", "P9")
def test_the_mentor_sees_only_the_wishes_that_may_be_shared():
	programme = factories.programme(contact_rule="Only through the coordinator")
	mentor = factories.mentor(programme=programme)
	volunteer = factories.volunteer(mentor).name
	mentee = factories.mentee(
		programme=programme,
		boundaries=[
			{"boundary": "Transport", "wish": "Please no car rides", "share_with_mentor": 1},
			{"boundary": "Places", "wish": "Not the station quarter"},
		],
	)
	factories.match(mentor, mentee)
	with factories.as_user(volunteer):
		[shown] = matches.my_matches()
	assert shown["wishes"] == [{"about": "Transport", "wish": "Please no car rides"}]
	assert shown["caregiver"] is None
	assert "station" not in frappe.as_json(shown) and mentee.caregiver not in frappe.as_json(shown)
	programme.contact_rule = "Direct contact"
	programme.save()
	with factories.as_user(volunteer):
		assert matches.my_matches()[0]["caregiver"]["email"] == mentee.caregiver


def consent_text(words: str):
	return frappe.get_doc(
		{
			"doctype": "Policy Document",
			"title": "Consent",
			"policy_kind": "Consent of mentees",
			"texts": [{"language": "English", "text": words}],
		}
	).insert()


@pytest.mark.req("E3")
def test_a_stranger_cannot_withdraw_a_consent():
	mentee = factories.mentee()
	with factories.as_user(factories.social_worker().name), pytest.raises(frappe.PermissionError):
		consent.withdraw(mentee.name)
	assert consent.has_consent(mentee.name)


@pytest.mark.req("P9")
def test_a_caregiver_has_the_role():
	with pytest.raises(frappe.ValidationError, match="Mentoring Social Worker"):
		factories.mentee(caregiver=factories.coordinator())


@pytest.mark.req("S3")
def test_access_follows_the_caregiver_at_once():
	before, after = factories.social_worker().name, factories.social_worker().name
	mentee = factories.mentee(caregiver=before)
	file = frappe.db.get_value("Mentee Case File", {"mentee": mentee.name})
	with factories.as_user(before):
		assert frappe.get_doc("Mentee Case File", file).has_permission("read")
		mine = frappe.get_doc("Mentee", mentee.name)
		mine.caregiver = after
		mine.save()
		assert not frappe.has_permission("Mentee Case File", "read", doc=file)
		assert frappe.get_list("Mentee Case File") == []
	with factories.as_user(after):
		assert frappe.has_permission("Mentee Case File", "read", doc=file)


def _case_file_of(mentee):
	return frappe.get_doc("Mentee Case File", {"mentee": mentee.name})


@pytest.mark.req("P7")
@pytest.mark.parametrize("kind", ["Error Log", "System Settings", "Has Role", "ToDo"])
def test_a_case_reference_names_a_record_that_the_caregiver_reads(kind):
	"""Of a DocType, a single, a table, and a row that is somebody else's."""
	mentee = factories.mentee()
	log = frappe.get_doc({"doctype": "Error Log", "method": "t", "error": "x"}).insert(ignore_permissions=True)
	todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert(ignore_permissions=True)
	names = {
		"Error Log": log.name,
		"System Settings": "System Settings",
		"Has Role": frappe.get_all("Has Role", pluck="name", limit=1)[0],
		"ToDo": todo.name,
	}
	with factories.as_user(mentee.caregiver):
		case_file = _case_file_of(mentee)
		case_file.update({"case_reference_type": kind, "case_reference": names[kind]})
		with pytest.raises(frappe.PermissionError, match="may not read the record"):
			case_file.save()
	assert _case_file_of(mentee).case_reference is None


@pytest.mark.req("P7")
def test_a_case_reference_that_the_caregiver_reads_is_kept_and_half_of_one_is_not():
	mentee = factories.mentee()
	with factories.as_user(mentee.caregiver):
		own = {"doctype": "ToDo", "description": "x", "allocated_to": mentee.caregiver}
		todo = frappe.get_doc(own).insert()
		case_file = _case_file_of(mentee)
		case_file.update({"case_reference_type": "ToDo", "case_reference": todo.name})
		case_file.save()
		assert _case_file_of(mentee).case_reference == todo.name
		case_file.case_reference = None
		with pytest.raises(frappe.ValidationError, match="needs both"):
			case_file.save()


@pytest.mark.req("P7")
@pytest.mark.parametrize("role", ["Mentoring Coordinator", "Mentoring Volunteer", "Mentoring Manager"])
def test_nobody_without_the_role_becomes_caregiver_later(role):
	mentee = factories.mentee()
	somebody = factories.user(role).name
	before = mentee.caregiver
	mentee.caregiver = somebody
	with pytest.raises(frappe.ValidationError, match="must be a user with the role"):
		mentee.save()
	assert frappe.db.get_value("Mentee", mentee.name, "caregiver") == before
