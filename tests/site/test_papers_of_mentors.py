"""Role description, rules to sign, agreement and reference letter: complete on paper, silent about mentees."""

import io

import factories
import frappe
import pytest
from frappe.utils import add_days, nowdate
from pypdf import PdfReader

from libes_mentoring.mentoring_programme import policies, policy_presets
from libes_mentoring.mentoring_programme.telling_words import telling_words_in
from libes_mentoring.portal.printing import page


@pytest.fixture(autouse=True)
def house():
	settings = frappe.get_single("Mentoring Settings")
	settings.update({"organisation_name": "Harbour & House", "address": "Quay Street 12", "insurer": "Mutual"})
	settings.save()


@pytest.fixture
def programme():
	return factories.programme(hours_per_month=5, meeting_place="Garden room")


def put_in_force(**wanted) -> str:
	"""The first of our texts like this, in force; printing commits, so it may be so already."""
	name = frappe.db.get_value("Policy Document", wanted)
	if frappe.db.get_value("Policy Document", name, "status") == "Draft":
		policies.put_in_force(name)
	return name


def text_of_pdf(html: str) -> str:
	from frappe.utils.pdf import get_pdf

	return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(get_pdf(html))).pages).split())


def loads_nothing(html: str) -> bool:
	return not any(mark in html for mark in ("http://", "https://", "<link", "<script", "<img", "url("))


@pytest.mark.req("R1", "S4")
def test_a_role_description_follows_from_the_programme(programme):
	html = page("Mentoring Programme", programme.name, "Role Description")
	text = text_of_pdf(html)
	coordinator = frappe.db.get_value("User", programme.coordinator, "full_name")
	for words in (
		"Volunteer mentor",
		programme.public_name,
		"Harbour & House",
		"Purpose",
		"Responsibilities",
		"Garden room",
		f"Regular talks with {coordinator}",
		"At least 12 months",
		"About 5 hours a month",
		"At least 18 years old",
		"What is welcome",
		"Insurance with Mutual",
		f"report to the volunteer coordinator, {coordinator}",
	):
		assert words in text, words
	assert programme.programme_name not in html and loads_nothing(html)
	assert telling_words_in(text) == []


@pytest.mark.req("R1")
def test_what_the_programme_writes_wins_and_may_not_say_why(programme):
	programme.update({"role_title": "Buddy", "role_responsibilities": "Walk\n\nTalk <b>", "role_length": "A year"})
	programme.save()
	text = text_of_pdf(page("Mentoring Programme", programme.name, "Role Description"))
	assert "Buddy" in text and "Walk" in text and "Talk <b>" in text and "A year" in text
	assert "Build a friendly" not in text
	programme.role_purpose = "Company for survivors"
	with pytest.raises(frappe.ValidationError, match="says why people take part: survivors"):
		programme.save()


@pytest.mark.req("R9", "S4")
@pytest.mark.parametrize("key", [text["key"] for text in policy_presets.texts()])
def test_each_of_our_texts_prints_whole(key):
	name = put_in_force(preset=("like", f"{key} %"))
	html = page("Policy Document", name, "Policy Paper")
	text = text_of_pdf(html)
	preset = next(preset for preset in policy_presets.texts() if preset["key"] == key)
	for block in preset["texts"]["English"]:
		for words in block.values():
			for line in [words] if isinstance(words, str) else words:
				assert " ".join(line.split()) in text
	assert "Version 1, in force from" in text
	assert ("Full name" in text) == (key != "volunteer-agreement")
	assert loads_nothing(html) and telling_words_in(text) == []


@pytest.mark.req("R9", "S4")
def test_a_text_prints_in_the_language_asked_for(monkeypatch):
	policy = factories.policy()
	monkeypatch.setattr(frappe.local, "lang", "fr")
	assert "aimable" in page("Policy Document", policy.name, "Policy Paper")
	monkeypatch.setattr(frappe.local, "lang", "it")
	assert "Be kind" in page("Policy Document", policy.name, "Policy Paper")


@pytest.mark.req("R10", "P9", "S4", "P8")
def test_the_agreement_prints_both_sides_and_the_signatures(programme):
	mentor = factories.mentor(programme=programme, full_name="Ada <b>Acker</b>")
	match = factories.match(mentor, growing=True)
	put_in_force(policy_kind="Volunteer agreement")
	draft = factories.volunteer_agreement(mentor)
	html = page("Volunteer Agreement", draft.name, "Volunteer Agreement")
	text = text_of_pdf(html)
	supervisor = frappe.db.get_value("User", programme.coordinator, "full_name")
	for words in (
		"Harbour & House",
		"Ada <b>Acker</b>",
		programme.public_name,
		f"Supervisor {supervisor}",
		"at least 12 months",
		"at least 5 hours a month",
		"Insurance Mutual",
		"through the coordinator only",
		"General terms of the volunteer agreement, version 1",
	):
		assert words in text, words
	assert text.count("Place and date") == 2 and loads_nothing(html)
	for secret in (match.mentee, programme.programme_name):
		assert secret not in html
	assert telling_words_in(text) == []


@pytest.mark.req("R10", "S4")
def test_a_signed_agreement_says_by_whom_and_when(programme):
	signed = factories.volunteer_agreement(factories.mentor(programme=programme), signed=True)
	text = text_of_pdf(page("Volunteer Agreement", signed.name, "Volunteer Agreement"))
	assert "Place and date" not in text and text.count("signed on") == 2
	assert signed.content_hash in text.replace(" ", "")


@pytest.mark.req("S4", "P8")
def test_a_reference_letter_counts_and_names_no_mentee(programme):
	mentor = factories.mentor(programme=programme, full_name="Ada Acker")
	prepared = text_of_pdf(page("Mentor", mentor.name, "Reference Letter"))
	assert "Ada Acker has prepared to be a volunteer mentor" in prepared
	match = factories.match(mentor, growing=True)
	for days, minutes in ((9, 60), (3, 120)):
		factories.meeting_log(match, met_on=add_days(nowdate(), -days), length_minutes=minutes, activity="Canary")
	html = page("Mentor", mentor.name, "Reference Letter")
	text = text_of_pdf(html)
	assert "2 meetings are on record, 3 hours in all." in text
	assert f"has been a volunteer mentor in the programme {programme.public_name} of Harbour & House since" in text
	file = frappe.db.get_value("Mentee Case File", {"mentee": match.mentee}, "full_name")
	for secret in (match.mentee, file, "Canary", programme.programme_name, "mentee", mentor.district):
		assert secret not in html
	assert loads_nothing(html) and telling_words_in(text) == []
