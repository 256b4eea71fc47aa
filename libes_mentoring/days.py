"""A day that somebody has entered."""

from datetime import date, datetime

import frappe
from frappe import _


def entered(value: object) -> date:
	"""The day in a date or in a text as year, month and day (2026-05-31).

	Raises ValidationError for anything else: the framework takes an empty text for today.
	"""
	if isinstance(value, datetime):
		return value.date()
	if isinstance(value, date):
		return value
	if not value:
		frappe.throw(_("Please enter the date."), frappe.MandatoryError)
	try:
		return date.fromisoformat(str(value).strip())
	except ValueError:
		frappe.throw(_("Please enter the date as year, month and day."))
