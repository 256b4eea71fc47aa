"""The record check on a mentor's record: what is written down of an extract, and what never is.

Source: handbook, "Candidate applications". Only that it was seen, when, by whom and with what outcome; a finding
goes to two people (record_check_reviews.py).
"""

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from libes_mentoring.mentor_recruitment import record_check_rules as rules
from libes_mentoring.mentor_recruitment.record_check_rules import OF_A_REVIEW, TO_BE_DISCUSSED, Validity

FIELDS = ("record_check_issued_on", "record_check_seen_on", "record_check_outcome")


def check(mentor) -> None:
	"""Refuses an extract that is too old and an outcome that is not one person's to give; fills in the rest.

	What a procedure writes (a review's decision, an import of what was seen years ago) stays as it is.
	"""
	before = mentor.get_doc_before_save()
	if (before and _day(before, "record_check_issued_on")) != _day(mentor, "record_check_issued_on"):
		mentor.record_check_reminded = 0
	if mentor.flags.by_procedure or not _changed(mentor, before):
		return
	_check_outcome(mentor, before)
	if not mentor.record_check_outcome and not mentor.record_check_issued_on:
		mentor.record_check_renew_by = None
		return
	_check_extract(mentor)


def validity_in(programme: str) -> Validity:
	"""The rule of the country in which the programme runs."""
	country = frappe.db.get_value("Mentoring Programme", programme, "country")
	rows = frappe.get_cached_doc("Mentoring Settings").record_check_rules
	return rules.rule_for(
		country,
		[
			(row.country or "", Validity(row.valid_months, row.max_age_at_inspection_months or 0))
			for row in rows
		],
	)


def check_settings(settings) -> None:
	"""Refuses two rules for one country, and a check that never counts."""
	countries = [row.country or "" for row in settings.record_check_rules]
	if len(set(countries)) < len(countries):
		frappe.throw(_("There are two lines for the same country in the table of record checks."))
	if any((row.valid_months or 0) < 1 for row in settings.record_check_rules):
		frappe.throw(_("A record check counts for at least one month."))


def has_open_review(mentor: str) -> bool:
	return bool(frappe.db.exists("Record Check Review", {"mentor": mentor, "status": ("!=", "Completed")}))


def _check_outcome(mentor, before) -> None:
	new, old = mentor.record_check_outcome or "", (before and before.record_check_outcome) or ""
	if new in OF_A_REVIEW and new != old:
		frappe.throw(
			_("{0} is the outcome of a review by two people. Choose {1}, and the review opens.").format(
				_(new), _(TO_BE_DISCUSSED)
			)
		)
	if not old or old not in (TO_BE_DISCUSSED, *OF_A_REVIEW):
		return
	if before and not mentor.is_new() and has_open_review(mentor.name):
		frappe.throw(_("Two people are deciding on this record check. It can be changed once they have."))
	was, now = _day(before, "record_check_issued_on"), _day(mentor, "record_check_issued_on")
	if not (now and (not was or now > was)):
		frappe.throw(_("What two people have decided stays, until a newer extract has been seen."))
	if new == old and new in OF_A_REVIEW:
		frappe.throw(_("This is another extract: please enter what came of it."))


def _check_extract(mentor) -> None:
	if not mentor.record_check_issued_on:
		frappe.throw(_("Please enter when the extract was issued."), frappe.MandatoryError)
	issued_on, rule = getdate(mentor.record_check_issued_on), validity_in(mentor.programme)
	mentor.record_check_renew_by = rules.renew_by(issued_on, rule)
	if not mentor.record_check_outcome and not mentor.record_check_seen_on:
		return
	mentor.record_check_seen_on = mentor.record_check_seen_on or getdate()
	mentor.record_check_seen_by = mentor.record_check_seen_by or frappe.session.user
	seen_on = getdate(mentor.record_check_seen_on)
	if seen_on < issued_on:
		frappe.throw(_("The extract was seen before it was issued. Please check the two dates."))
	if rules.is_too_old(issued_on, seen_on, rule):
		frappe.throw(
			_(
				"The extract of {0} was more than {1} months old when it was seen on {2}. Please ask for a new one."
			).format(
				formatdate(issued_on, "d MMMM yyyy"), rule.max_age_months, formatdate(seen_on, "d MMMM yyyy")
			)
		)


def _changed(mentor, before) -> bool:
	if not before:
		return any(mentor.get(field) for field in FIELDS)
	return (before.record_check_outcome or "") != (mentor.record_check_outcome or "") or any(
		_day(before, field) != _day(mentor, field) for field in FIELDS[:2]
	)


def _day(mentor, field: str):
	return getdate(mentor.get(field)) if mentor.get(field) else None
