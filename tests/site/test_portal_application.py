"""The public form: what it takes, what it stops, and that it gives nothing away."""

import time

import factories
import frappe
import pytest
from frappe.utils import add_days, add_years, nowdate
from frappe.utils.password import get_encryption_key

from libes_mentoring.mentor_recruitment import motivations
from libes_mentoring.portal import application, application_form, form_token


@pytest.fixture
def programme():
	return factories.programme()


@pytest.fixture
def answers(programme):
	return factories.application(programme)


@pytest.fixture
def send(as_user, monkeypatch):
	# The limit counts by address, which only a request has.
	monkeypatch.setattr(frappe.local, "request_ip", "127.0.0.1", raising=False)

	def as_guest(answers: dict, **changes) -> dict:
		frappe.local.response.pop("field_errors", None)
		factories.forget_rates()
		with as_user("Guest"):
			return application.apply(**{**answers, **changes})

	return as_guest


def stored(answers: dict) -> list[str]:
	return frappe.get_all("Mentor", {"email": answers["email"]}, pluck="name")


@pytest.mark.req("R3", "R4", "R2")
def test_an_application_becomes_a_mentor_to_be_screened(programme, answers, send):
	chosen = motivations.choices()[:2]
	assert set(send(answers, motivations=chosen)) == {"thanks"}
	(name,) = stored(answers)
	mentor = frappe.get_doc("Mentor", name)
	assert (mentor.stage, mentor.programme, mentor.user) == ("Applied", programme.name, None)
	assert [(row.motivation, row.own_words) for row in mentor.motivations] == [
		(chosen[0], answers["motivation"]),
		(chosen[1], ""),
	]
	assert {(row.occasion, str(row.noted_on)) for row in mentor.motivations} == {("Application", nowdate())}
	assert (mentor.hours_per_month, mentor.recruitment_channel) == (6, "Website")
	assert (mentor.skills, mentor.experience) == ("Bicycles.", "A year in a library.")
	assert [(row.language, row.level) for row in mentor.languages] == [("English", "Good")]
	assert [row.interest for row in mentor.interests] == ["Cooking"]
	assert [row.support_area for row in mentor.support_areas] == ["Housing"]
	assert [(row.weekday, row.day_part) for row in mentor.availability_slots] == [("Saturday", "Morning")]
	steps = {row.step: row for row in mentor.screening_steps}
	assert {row.outcome for row in steps.values()} == {"Open"}
	assert "Agreed to the processing" in steps["Application"].note
	(notice,) = frappe.get_all("Notification Log", {"document_name": name}, ["for_user", "subject"])
	assert (notice.for_user, notice.subject) == (programme.coordinator, "A new application has arrived")


@pytest.mark.req("R3", "R4")
def test_own_words_alone_are_a_motivation(answers, send):
	send(answers, motivations=[])
	mentor = frappe.get_doc("Mentor", {"email": answers["email"]})
	assert [(row.motivation, row.own_words) for row in mentor.motivations] == [("", answers["motivation"])]


@pytest.mark.req("R6")
def test_a_minor_is_stopped_kindly_and_nothing_kept(answers, send):
	almost = add_days(add_years(nowdate(), -18), 1)
	with pytest.raises(frappe.ValidationError, match="need to be 18 or older"):
		send(answers, birth_date=almost)
	assert set(frappe.local.response["field_errors"]) == {"birth_date"}
	assert stored(answers) == []
	send(answers, birth_date=add_years(nowdate(), -18))
	assert len(stored(answers)) == 1


@pytest.mark.req("R3")
def test_a_machine_is_thanked_and_forgotten(answers, send):
	said = send(answers, website="https://example.org")
	assert stored(answers) == []
	assert said == send(answers)


@pytest.mark.req("R3")
@pytest.mark.parametrize("age", [None, "forged", "tomorrow", "two days", "another form"])
def test_a_post_without_a_page_of_ours_is_refused_in_words(answers, send, age):
	key, now = get_encryption_key(), time.time()
	token = {
		None: "",
		"forged": answers["form_token"][:-1] + ("0" if answers["form_token"][-1] != "0" else "1"),
		"tomorrow": form_token.issue(application.PURPOSE, key, now + 90_000),
		"two days": form_token.issue(application.PURPOSE, key, now - 2 * 86_400),
		"another form": form_token.issue("something else", key, now),
	}[age]
	with pytest.raises(frappe.ValidationError, match="load it again"):
		send(answers, form_token=token)
	assert set(frappe.local.response["field_errors"]) == {"form_token"}
	assert stored(answers) == []


@pytest.mark.req("R3")
@pytest.mark.parametrize(
	("changes", "field"),
	[
		*(({field: "x" * (longest + 1)}, field) for field, longest in application_form.LIMITS.items()),
		*(({field: "  "}, field) for field in application_form.REQUIRED),
		({"email": "no address"}, "email"),
		({"mobile": "call me"}, "mobile"),
		({"birth_date": "soon"}, "birth_date"),
		({"birth_date": "1890-01-01"}, "birth_date"),
		({"hours_per_month": 0}, "hours_per_month"),
		({"hours_per_month": 800}, "hours_per_month"),
		({"hours_per_month": float("nan")}, "hours_per_month"),
		({"motivations": [], "motivation": ""}, "motivations"),
		({"motivations": ["Made up"]}, "motivations"),
		({"interests": ["Made up"]}, "interests"),
		({"interests": ["Cooking"] * 2}, "interests"),
		({"support_areas": []}, "support_areas"),
		({"languages": [{"language": "English", "level": ""}]}, "languages"),
		({"languages": [{"language": "Made up", "level": "Good"}]}, "languages"),
		({"languages": ["English"]}, "languages"),
		({"availability_slots": []}, "availability_slots"),
		({"availability_slots": [{"weekday": "Saturday", "day_part": "Night"}]}, "availability_slots"),
		({"availability_slots": [{"weekday": "Saturday", "day_part": "Morning"}] * 2}, "availability_slots"),
		({"recruitment_channel": "Made up"}, "recruitment_channel"),
		({"programme": "Made up"}, "programme"),
		({"consent": False}, "consent"),
	],
)
def test_what_does_not_fit_is_refused_by_field(answers, send, changes, field):
	with pytest.raises(frappe.ValidationError):
		send(answers, **changes)
	assert set(frappe.local.response["field_errors"]) == {field}
	assert stored(answers) == []


@pytest.mark.req("R3", "P8")
def test_only_running_programmes_are_offered_and_only_by_their_public_name(programme, answers, send):
	planned = factories.programme(status="Planned")
	offered = application.choices()["programmes"]
	assert programme.public_name in [row["public_name"] for row in offered]
	assert planned.public_name not in [row["public_name"] for row in offered]
	assert all(set(row) == {"public_name", "hours_per_month"} for row in offered)
	assert programme.name not in frappe.as_json(offered)
	with pytest.raises(frappe.ValidationError):
		send(answers, programme=planned.public_name)
	with pytest.raises(frappe.ValidationError):
		send(answers, programme=programme.name)


@pytest.mark.req("R3")
@pytest.mark.parametrize(
	"written",
	[
		"<img src=x onerror=alert(1)>anna@example.org",
		"one@example.org,two@example.org",
		"one@example.org, two@example.org",
		'"Anna" <anna@example.org>',
		"anna@example.org;bert@example.org",
		"anna@example",
		"anna example.org",
	],
)
def test_an_address_is_one_address_and_nothing_else(programme, written):
	errors = application_form.errors_in(application_form.tidy(factories.application(programme, email=written, mobile="")))
	assert set(errors) == {"email"}
	with pytest.raises(frappe.ValidationError):
		factories.mentor(email=written)


@pytest.mark.req("R3")
@pytest.mark.parametrize("written", ["anna@example.org", "o'brien+volunteer@mail.example.org"])
def test_a_plain_address_is_taken(programme, written):
	assert not application_form.errors_in(application_form.tidy(factories.application(programme, email=written, mobile="")))
