"""What the demonstration's people and their programme say about matching: places, times, ways to keep in touch.

The sample workbook does not hold it. Everything follows from a person's place in the list, so that two demonstrations
are alike; and some have said nothing, as in life.
"""

import frappe

from libes_mentoring.spreadsheets.sample_people import CITIES

# The sample's people live all over Europe; those of one programme live in one town.
DISTRICTS = dict(
	zip(
		CITIES,
		("Harbour", "Old Town", "Station", "Hillside", "Riverbank", "Garden City", "Mill Lane", "Lakeside"),
		strict=True,
	)
)
# Minutes by bus and on foot. One pair in use is left out: the programme's page shows what is missing.
MINUTES = {
	("Harbour", "Old Town"): 15,
	("Harbour", "Station"): 25,
	("Harbour", "Hillside"): 55,
	("Old Town", "Station"): 12,
	("Station", "Hillside"): 35,
}
FARTHEST = 50
KINDS = (
	("Company and language", "Local volunteer", 85),
	("Practical steps", "Survivor", 80),
	("Practical steps", "Migrant background", 65),
)
TIMES = (
	(("Monday", "Evening"), ("Wednesday", "Evening"), ("Saturday", "Morning")),
	(("Tuesday", "Afternoon"), ("Thursday", "Afternoon")),
	(("Saturday", "Morning"), ("Saturday", "Afternoon"), ("Sunday", "Afternoon")),
	(("Monday", "Morning"), ("Wednesday", "Morning"), ("Friday", "Morning")),
	(),
)
CHANNELS = (("calls", "messages"), ("video", "messages", "voice"), ("messages", "voice"), (), ("calls",))
RHYTHMS = ("Evenings", "Afternoons", "Weekends", "Mornings", "")
TALKS = ("Long", "Short", "No preference", "")
EASE = ("At ease", "With some help", "Not at ease", "")
PHASES = ("Company and language", "Practical steps", "")


def programme_fields() -> dict:
	"""Distances, a limit and preferred kinds, for a new programme."""
	return {
		"max_distance_minutes": FARTHEST,
		"district_distances": [
			{"one_district": one, "other_district": other, "minutes": minutes}
			for (one, other), minutes in MINUTES.items()
		],
		"kind_preferences": [
			{"phase": phase, "mentor_kind": kind, "fit_percent": fit} for phase, kind, fit in KINDS
		],
	}


def fill(programme: str) -> None:
	"""Completes mentors and mentees that the sample has brought in; whoever is logged in coordinates them."""
	for doctype, values in (("Mentor", _mentor), ("Mentee", _mentee)):
		for place, name in enumerate(
			frappe.get_all(doctype, {"programme": programme}, pluck="name", order_by="creation asc, name asc")
		):
			person = frappe.get_doc(doctype, name)
			person.update(values(place))
			person.district = DISTRICTS.get(person.district, person.district)
			for weekday, day_part in TIMES[place % len(TIMES)]:
				person.append("availability_slots", {"weekday": weekday, "day_part": day_part})
			person.save()


def _mentor(place: int) -> dict:
	return {
		**_both(place),
		"meetings_per_month": (2, 4, 2, 0)[place % 4],
		"commitment_months": (12, 6, 9, 0, 4)[place % 5],
	}


def _mentee(place: int) -> dict:
	return {
		**_both(place),
		"rhythm": RHYTHMS[place % len(RHYTHMS)],
		"medium_in_person": int(place % 4 != 3),
		"medium_synchronous": int(place % 5 == 1),
		"technology_ease": EASE[place % len(EASE)],
		"phase": PHASES[place % len(PHASES)],
		"meetings_per_month": (2, 0, 4)[place % 3],
		"max_distance_minutes": 30 if place % 6 == 5 else 0,
	}


def _both(place: int) -> dict:
	return {
		"talk_length": TALKS[place % len(TALKS)],
		**{f"channel_{channel}": 1 for channel in CHANNELS[place % len(CHANNELS)]},
	}
