"""One row as the values of a mentor or a mentee. Pure.

What a row does not say stays unsaid: no step is passed, no consent given and nobody ready by assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from libes_mentoring.spreadsheets import values
from libes_mentoring.spreadsheets.cells import LONG, Cells
from libes_mentoring.spreadsheets.dates import ANY, BIRTH, PAST, Parsed, parse_date
from libes_mentoring.spreadsheets.problems import Problem
from libes_mentoring.spreadsheets.vocabulary import (
	CHANNELS,
	CONTACT_CHANNELS,
	GENDERS,
	INDIFFERENT,
	MEDIA,
	MENTOR_KINDS,
	folded,
)

NOTHING_FOUND, TO_BE_DISCUSSED = "Nothing found", "To be discussed"
PASSED = "Passed"
STEP_COLUMNS = {
	"References": "references",
	"Interview": "interview",
	"Training": "training",
	"Agreement": "agreement",
}
RENEWAL_YEARS = 1


@dataclass(frozen=True)
class Lookups:
	"""The words that the site knows, folded, with the records they mean."""

	languages: Mapping[str, str] = field(default_factory=dict)
	interests: Mapping[str, str] = field(default_factory=dict)
	support_areas: Mapping[str, str] = field(default_factory=dict)
	countries: Mapping[str, str] = field(default_factory=dict)
	caregivers: Mapping[str, str] = field(default_factory=dict)
	partner_organisations: Mapping[str, str] = field(default_factory=dict)
	default_caregiver: str | None = None


def identity(cells: Cells, today: date) -> dict[str, Any]:
	"""What tells a person from another: name, date of birth, e-mail address."""
	name = _full_name(cells)
	if not name:
		cells.refuse(Problem("no_name"), "full_name")
	elif sum(cell is not None for cell in cells.row.cells) == 1 and len(cells.layout.columns) > 2:
		cells.refuse(Problem("only_one_cell"))
	return {
		"full_name": name,
		"birth_date": cells.take("birth_date", parse_date, today, BIRTH),
		"email": cells.take("email", values.parse_email),
	}


def common(cells: Cells, lookups: Lookups, spanish_letters: bool) -> dict[str, Any]:
	"""What mentors and mentees have in common."""
	return {
		"phone": cells.take("phone", values.parse_phone),
		"gender": cells.take("gender", values.parse_gender, spanish_letters),
		"nationality": cells.take("nationality", values.parse_country, lookups.countries),
		"district": cells.text("district"),
		"languages": cells.take_all("languages", values.parse_languages, lookups.languages),
		"interests": cells.take_all(
			"interests", values.parse_list, lookups.interests, "new_interest", "not_an_interest"
		),
		"support_areas": cells.take_all(
			"support_areas", values.parse_list, lookups.support_areas, "", "unknown_area"
		),
		"media": cells.take_all("media", values.parse_list, MEDIA, "", "unknown_medium"),
		"hours_per_month": cells.take("hours_per_month", values.parse_number, values.MAX_HOURS),
		"meetings_per_month": cells.take("meetings_per_month", values.parse_meetings),
		"contact_channels": cells.take_all(
			"contact_channels", values.parse_list, CONTACT_CHANNELS, "", "unknown_contact"
		),
		"motivation": cells.text("motivation", LONG),
		"remarks": cells.text("remarks", LONG),
	}


def mentor(cells: Cells, lookups: Lookups, today: date) -> dict[str, Any]:
	"""What only mentors have."""
	capacity = cells.take("capacity", values.parse_capacity)
	return {
		"mentor_kind": cells.take("mentor_kind", values.parse_word, MENTOR_KINDS, "unknown_kind"),
		"partner_organisation": cells.take(
			"partner_organisation", values.parse_word, lookups.partner_organisations, "unknown_partner"
		),
		"capacity": 1 if capacity is None else capacity,
		"commitment_months": cells.take("commitment_months", values.parse_months),
		"personality": cells.text("personality", LONG),
		"availability": cells.text("availability", LONG),
		"expectations": cells.text("expectations", LONG),
		"recruitment_channel": cells.take(
			"recruitment_channel", values.parse_word, CHANNELS, "unknown_channel"
		),
		**_screening(cells, today),
	}


def _screening(cells: Cells, today: date) -> dict[str, Any]:
	applied, applied_on = cells.take("applied_on", values.parse_step, today) or (None, None)
	check = _record_check(cells, today)
	steps: list[tuple[str, date | None, date | None]] = []
	if applied:
		steps.append(("Application", applied_on, None))
	if check["record_check_outcome"] == NOTHING_FOUND:
		done_on = check["record_check_seen_on"] or check["record_check_issued_on"]
		steps.append(("Record check", done_on, check["record_check_renew_by"]))
	for step, name in STEP_COLUMNS.items():
		# A "no" says that it has not been done, not that it went badly.
		passed, done_on = cells.take(name, values.parse_step, today) or (None, None)
		if passed:
			steps.append((step, done_on, None))
	return {"applied_on": applied_on, "steps": tuple(steps), **check}


def _record_check(cells: Cells, today: date) -> dict[str, Any]:
	"""The record check as far as the sheet tells. What it may have shown is never copied."""
	said = cells.take("record_check", _parse_record_check, today)
	outcome, said_on = said or (None, None)
	issued_on = cells.take("record_check_issued_on", parse_date, today, PAST) or said_on
	seen_on = cells.take("record_check_seen_on", parse_date, today, PAST)
	renew_by = cells.take("record_check_renew_by", parse_date, today, ANY)
	from_day = issued_on or seen_on
	if from_day and not said:
		outcome = NOTHING_FOUND
	if renew_by and from_day and renew_by < from_day:
		cells.refuse(Problem("renewal_before_issue"), "record_check_renew_by")
	if outcome and from_day and not renew_by:
		renew_by = _years_later(from_day, RENEWAL_YEARS)
		cells.note(Problem("renewal_assumed"), "record_check_issued_on")
	return {
		"record_check_outcome": outcome,
		"record_check_issued_on": issued_on,
		"record_check_seen_on": seen_on,
		"record_check_renew_by": renew_by if outcome else None,
	}


def _parse_record_check(value: Any, today: date) -> Parsed:
	parsed = values.parse_step(value, today)
	if any(note.code == "unreadable_step" for note in parsed.notes):
		# A remark may be a finding, and a finding is for a person to decide on.
		return Parsed((TO_BE_DISCUSSED, None), notes=(Problem("record_check_unclear"),))
	passed, on = parsed.value or (None, None)
	return Parsed((NOTHING_FOUND if passed else None, on), parsed.problem, parsed.notes)


def _years_later(day: date, years: int) -> date:
	try:
		return day.replace(year=day.year + years)
	except ValueError:
		# 29 February
		return day.replace(year=day.year + years, day=28)


def mentee(cells: Cells, lookups: Lookups, today: date) -> dict[str, Any]:
	"""What only mentees have."""
	return {
		"known_as": cells.text("known_as"),
		"address": cells.text("address", LONG),
		"safe_contact": cells.text("safe_contact", LONG),
		"goals": cells.text("goals", LONG),
		"strengths": cells.text("strengths", LONG),
		"caregiver": _caregiver(cells, lookups),
		"wishes": _wishes(cells),
		"consent_on": _consent(cells, today),
		**_readiness(cells, today),
	}


def _caregiver(cells: Cells, lookups: Lookups) -> str | None:
	named = folded(cells.text("caregiver"))
	if named in lookups.caregivers:
		return lookups.caregivers[named]
	if not lookups.default_caregiver:
		cells.refuse(Problem("no_caregiver"), "caregiver")
	elif named:
		cells.note(Problem("unknown_caregiver"), "caregiver")
	return lookups.default_caregiver


def _wishes(cells: Cells) -> tuple[tuple[str, str, str | None], ...]:
	"""(strength, about, gender): only what was said; a plain yes is no wish."""
	found: dict[tuple[str, str | None], str] = {}
	if gender := cells.take("prefers_gender", _parse_preferred_gender):
		found["Gender", gender] = "Wanted"
	for name, about, gender in (
		("accepts_male", "Gender", "Male"),
		("accepts_female", "Gender", "Female"),
		("accepts_co_national", "Co-national", None),
	):
		if strength := cells.take(name, values.parse_wish):
			# A refusal outweighs a preference for the same.
			found[about, gender] = strength
	return tuple((strength, about, gender) for (about, gender), strength in found.items())


def _parse_preferred_gender(value: Any) -> Parsed:
	word = folded(values.as_text(value))
	if word in INDIFFERENT:
		return Parsed(None)
	if word in GENDERS:
		return Parsed(GENDERS[word])
	# "no men", "only women": whether that is a refusal cannot be guessed.
	return Parsed(problem=Problem("unreadable_wish"))


def _consent(cells: Cells, today: date) -> date | None:
	said = cells.take("consent", values.parse_step, today, "unreadable_consent")
	given, on = said or (None, None)
	given_on = cells.take("consent_on", parse_date, today, PAST) or on
	if said is None:
		return given_on if not cells.all("consent") else None
	if given and not given_on:
		cells.note(Problem("no_consent_date"), "consent")
	return given_on if given else None


def _readiness(cells: Cells, today: date) -> dict[str, Any]:
	ready, on = cells.take("ready", values.parse_step, today, "unreadable_ready") or (None, None)
	ready_on = cells.take("ready_on", parse_date, today, PAST) or on
	return {"ready": ready, "ready_on": ready_on if ready else None}


def _full_name(cells: Cells) -> str:
	"""From one, two or three columns. "Name" beside "First name" is a family name, unless it holds both."""
	whole, first, last = (cells.text(name) for name in ("full_name", "first_name", "last_name"))
	parts = (
		[whole] if whole and last == "" and first and folded(first) in folded(whole) else [first, whole, last]
	)
	if last and whole and folded(last) in folded(whole):
		parts = [whole]
	return " ".join(part for part in parts if part)
