"""The form for people who would like to volunteer: what is asked, what fits, what is said otherwise.

Source: handbook, "Candidate applications" and "What makes a good mentor?". Nothing is asked that would make
somebody tell their own past to a public form.
"""

from datetime import date
from itertools import product

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate, validate_phone_number

from libes_mentoring import mail
from libes_mentoring.mentor_recruitment import motivations
from libes_mentoring.mentor_recruitment.screening_rules import ADULT_AGE, age_on
from libes_mentoring.mentoring_programme import availability

# Longest texts, in characters.
LIMITS = {
	"full_name": 140,
	"email": 140,
	"mobile": 30,
	"district": 140,
	"motivation": 2000,
	"personality": 2000,
	"skills": 2000,
	"experience": 2000,
	"availability": 1000,
	"expectations": 2000,
}
REQUIRED = ("full_name", "email", "district", "personality", "expectations")
LONGEST_LIST = 30
MOST_HOURS = 80
LEVELS = ("Basic", "Good", "Fluent", "Mother tongue")


def running_programmes() -> list[frappe._dict]:
	"""`[{"name", "public_name", "hours_per_month"}]` of the programmes that take applications.

	Read past permissions: a guest is offered the public name and nothing else (see `choices`).
	"""
	fields = ["name", "public_name", "hours_per_month"]
	return frappe.get_all(
		"Mentoring Programme",
		filters={"status": "Running"},
		fields=fields,
		order_by="public_name asc, start_date desc",
	)


def programme_named(public_name: str) -> str:
	"""The record of a running programme, by its name for the outside."""
	return next(row.name for row in running_programmes() if row.public_name == public_name)


def offered() -> dict[str, list[str]]:
	"""The lists that the form offers: "motivations", "interests", "support_areas", "languages", "weekdays",
	"day_parts" and "channels"."""
	return {
		"motivations": motivations.choices(),
		"interests": words("Mentoring Interest"),
		"support_areas": words("Mentoring Support Area"),
		"languages": words("Mentoring Language"),
		"weekdays": availability.weekdays(),
		"day_parts": availability.day_parts(),
		"channels": channels(),
	}


def words(doctype: str) -> list[str]:
	"""A word list of the site, which holds nothing about anybody."""
	return frappe.get_all(doctype, pluck="name", order_by="name asc")


def channels() -> list[str]:
	options = frappe.get_meta("Mentor").get_field("recruitment_channel").options
	return [option for option in options.split("\n") if option]


def errors_in(answers: dict) -> dict[str, str]:
	"""What is wrong with the answers: field to message, empty where nothing is."""
	found = {}
	for field in REQUIRED:
		if not answers[field]:
			found[field] = _("Please fill this in.")
	for field, longest in LIMITS.items():
		if len(answers[field]) > longest:
			found[field] = _("Please keep it shorter: {0} characters at the most.").format(longest)
	if "email" not in found and not mail.is_one_address(answers["email"]):
		found["email"] = _("This does not look like an e-mail address.")
	if "mobile" not in found and answers["mobile"] and not validate_phone_number(answers["mobile"]):
		found["mobile"] = _("This does not look like a phone number.")
	found |= _birth_date(answers["birth_date"])
	if not 0 < answers["hours_per_month"] <= MOST_HOURS:
		found["hours_per_month"] = _("Please enter how many hours a month you have, from 1 to {0}.").format(
			MOST_HOURS
		)
	if answers["programme"] not in [row.public_name for row in running_programmes()]:
		found["programme"] = _("Please choose one of the programmes.")
	if not (answers["motivations"] or answers["motivation"]):
		found["motivations"] = _("Please choose at least one reason, or write one.")
	if not answers["consent"]:
		found["consent"] = _("Without your agreement we may not keep your application.")
	return found | _lists(answers)


def _birth_date(value: str) -> dict[str, str]:
	try:
		born = date.fromisoformat(value)
	except ValueError:
		return {"birth_date": _("Please enter your date of birth.")}
	if not 0 <= age_on(born, getdate()) < 120:
		return {"birth_date": _("Please check the year of your birth.")}
	if age_on(born, getdate()) < ADULT_AGE:
		return {
			"birth_date": _(
				"Thank you for wanting to help. Volunteers in this programme need to be {0} or older, so we cannot take"
				" your application yet. Nothing of what you wrote has been kept. You are welcome to come back."
			).format(ADULT_AGE)
		}
	return {}


def _lists(answers: dict) -> dict[str, str]:
	"""Choices are from the lists that the form offers, each of them once."""
	lists = offered()
	lists["recruitment_channel"] = lists["channels"]
	lists["availability_slots"] = list(product(lists["weekdays"], lists["day_parts"]))
	chosen = {
		**{field: answers[field] for field in ("motivations", "interests", "support_areas")},
		"recruitment_channel": [answers["recruitment_channel"]],
		"languages": [row["language"] for row in answers["languages"]],
		"availability_slots": [(row["weekday"], row["day_part"]) for row in answers["availability_slots"]],
	}
	found = {}
	for field, values in chosen.items():
		if not values:
			if field != "motivations":
				found[field] = _("Please choose at least one.")
		elif (
			len(values) > LONGEST_LIST
			or len(set(values)) < len(values)
			or not set(values) <= set(lists[field])
		):
			found[field] = _("Please choose from the list.")
	if any(row["level"] not in LEVELS for row in answers["languages"]):
		found["languages"] = _("Please say for each language how well you speak it.")
	return found


def tidy(raw: dict) -> dict:
	"""The answers as plain values, whatever a browser has sent."""
	texts = (*LIMITS, "birth_date", "programme", "recruitment_channel")
	return {
		**{field: _text(raw[field]) for field in texts},
		**{
			field: [_text(value) for value in raw[field] or []]
			for field in ("motivations", "interests", "support_areas")
		},
		"languages": _rows(raw["languages"], ("language", "level")),
		"availability_slots": _rows(raw["availability_slots"], ("weekday", "day_part")),
		"hours_per_month": flt(raw["hours_per_month"]),
		"consent": cint(raw["consent"]),
	}


def _rows(value: list | None, keys: tuple[str, ...]) -> list[dict[str, str]]:
	return [{key: _text(row.get(key)) for key in keys} for row in value or [] if isinstance(row, dict)]


def _text(value: object) -> str:
	return str(value or "").strip()
