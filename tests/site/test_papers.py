"""The printed papers: complete for the mentor, silent about the mentee."""

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate

from libes_mentoring.mentor_recruitment import agreements
from libes_mentoring.mentoring_programme.staff_rules import contact_in_words
from libes_mentoring.mentoring_programme.telling_words import telling_words_in
from libes_mentoring.portal import matches, meetings, papers
from libes_mentoring.portal.printing import page


@pytest.fixture
def mentor():
	return factories.mentor(full_name="Ada <b>Acker</b> & Co", capacity=2)


@pytest.fixture
def me(mentor):
	return factories.volunteer(mentor).name


@pytest.fixture
def match(mentor):
	return factories.match(mentor, growing=True)


@pytest.fixture
def closure(match, me, as_user):
	with as_user(me):
		for days, minutes in ((9, 60), (3, 150)):
			meetings.log_meeting(
				match.name, add_days(nowdate(), -days), minutes, "In person", activity="Canary walk"
			)
	return factories.close(match)


@pytest.fixture(autouse=True)
def house():
	settings = frappe.get_single("Mentoring Settings")
	settings.update(
		{"organisation_name": "Harbour House", "address": "Quay Street 12\nBrussels", "insurer": "Mutual"}
	)
	settings.save()


def says_nothing_of_the_mentee(text: str, match) -> bool:
	file = frappe.db.get_value("Mentee Case File", {"mentee": match.mentee}, "full_name")
	programme_name = frappe.get_doc("Mentoring Programme", match.programme).name
	secrets = (match.mentee, file, programme_name, "Canary", "Cooking")
	return not telling_words_in(text) and not any(secret in text for secret in secrets)


@pytest.mark.req("S4", "R10", "P8")
def test_the_agreement_names_both_sides_and_no_mentee(match, me, as_user):
	with as_user(me):
		text = page("Match", match.name, "Mentor Agreement")
	programme = frappe.get_doc("Mentoring Programme", match.programme)
	supervisor = frappe.db.get_value("User", programme.coordinator, "full_name")
	for word in ("Harbour House", "Quay Street 12", "Mutual", programme.public_name, supervisor, "12 months"):
		assert word in text
	assert contact_in_words(programme.contact_rule) in text
	assert text.count("Place and date") == 2
	assert "<b>Acker" not in text
	assert says_nothing_of_the_mentee(text, match)


@pytest.mark.req("S4", "R10")
@pytest.mark.parametrize("rule", ["Direct contact", "Only through the coordinator", "No contact"])
def test_every_rule_on_contact_has_words(rule):
	assert contact_in_words(rule).startswith("To ")


@pytest.mark.req("S4", "C4", "P8")
def test_the_certificate_thanks_the_mentor_and_names_no_mentee(closure, match, me, as_user):
	with as_user(me):
		text = page("Closure", closure.name, "Mentor Certificate")
	assert frappe.db.get_value("Mentoring Programme", match.programme, "public_name") in text
	assert "2 meetings are on record, 4 hours in all." in text
	assert "Self-sufficient" not in text
	assert "mentee" not in text.lower()
	assert says_nothing_of_the_mentee(text, match)


@pytest.mark.req("S4", "S6", "P8")
def test_a_volunteer_gets_both_as_pdf_under_neutral_file_names(mentor, me, as_user, closure, match):
	running = factories.match(mentor)
	with as_user(me):
		papers.agreement(running.name)
		agreement = dict(frappe.local.response)
		(listed,) = papers.my_certificates()
		papers.certificate(listed["closure"])
		certificate = dict(frappe.local.response)
	assert set(listed) == {"closure", "programme", "ended"}
	assert listed["closure"] == closure.name
	for answer, name in ((agreement, "agreement-about-this-match.pdf"), (certificate, "certificate.pdf")):
		assert answer["filecontent"].startswith(b"%PDF")
		assert (answer["type"], answer["filename"]) == ("pdf", name)
	assert not frappe.flags.ignore_print_permissions


@pytest.mark.req("R10", "S6")
def test_only_what_both_have_signed_is_called_the_volunteer_agreement(mentor, me, as_user):
	match = factories.match(mentor, growing=True)
	factories.volunteer_agreement(signed=True)  # somebody else's
	open_one = factories.volunteer_agreement(mentor)
	with as_user(me):
		(unsigned,) = matches.my_matches()
		assert "<h1>Agreement about this match</h1>" in page("Match", match.name, "Mentor Agreement")
	assert not unsigned["agreement_is_signed"] and unsigned["agreement_url"].endswith(match.name)
	agreements.record_paper_signature(open_one.name, nowdate())
	agreements.countersign(open_one.name)
	with as_user(me):
		(signed,) = matches.my_matches()
		assert signed["agreement_is_signed"] and signed["agreement_url"].endswith(open_one.name)
		papers.own_agreement(open_one.name)
	assert frappe.local.response["filename"] == "volunteer-agreement.pdf"


@pytest.mark.req("C4", "S6")
def test_certificates_of_others_and_of_running_matches_are_refused(mentor, me, as_user, closure):
	other = factories.close(factories.match(growing=True))
	open_one = factories.closure_of(factories.match(mentor))
	with as_user(me):
		for name in (other.name, open_one.name, "CLO-99999", ""):
			with pytest.raises(frappe.PermissionError):
				papers.certificate(name)
	for user in ("Guest", "Administrator", factories.volunteer().name):
		with as_user(user), pytest.raises(frappe.PermissionError):
			papers.certificate(closure.name)


@pytest.mark.req("S4")
def test_volunteers_still_cannot_print_in_the_desk(match, me, as_user):
	# Frappe 15 says that a record that may not be printed does not exist; an early release refuses with a page
	# that cannot be made outside a request.
	with as_user(me), pytest.raises((frappe.PermissionError, frappe.DoesNotExistError, RuntimeError)):
		frappe.get_print("Match", match.name, "Mentor Agreement")
