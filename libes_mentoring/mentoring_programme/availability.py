"""Times of the week at which a mentor or a mentee can meet: a day and a part of it."""

import frappe

SLOT = "Mentoring Availability Slot"


def weekdays() -> list[str]:
	"""Monday first, as the record names them."""
	return _options("weekday")


def day_parts() -> list[str]:
	"""Morning, afternoon, evening, as the record names them."""
	return _options("day_part")


def drop_doubles(doc) -> None:
	"""Keeps each time of the week once in `availability_slots` of a Mentor or Mentee, the first that is there."""
	kept: dict[tuple, object] = {}
	for row in doc.availability_slots:
		kept.setdefault((row.weekday, row.day_part), row)
	if len(kept) < len(doc.availability_slots):
		doc.set("availability_slots", list(kept.values()))


def _options(fieldname: str) -> list[str]:
	options = frappe.get_meta(SLOT).get_field(fieldname).options
	return [option for option in options.split("\n") if option]
