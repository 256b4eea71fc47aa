"""What a referee is asked, which answers fit, and when somebody who has not answered is reminded. Pure.

Source: handbook, "Recruitment tools and channels" (character references) and "What makes a good mentor?".
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

FORM = json.loads((Path(__file__).parent / "reference_form.json").read_text())
LIMITS = {"known_as_words": 140, "example": 2000, "to_talk_about": 2000, "name_typed": 140}
CHOICES = ("known_for", "known_as", "trust")
# Says which reservations: without a word nobody could follow it up.
RESERVED = "With reservations"
CHASE, HAND_OVER = "chase", "hand over"


def tidy(raw: Mapping[str, object]) -> dict:
	"""The answers as plain values, whatever a browser has sent; `levels` are kept in the order of the form."""
	levels = raw.get("levels")
	return {
		**{field: str(raw.get(field) or "").strip() for field in (*CHOICES, *LIMITS)},
		"levels": [str(level or "").strip() for level in levels] if isinstance(levels, (list, tuple)) else [],
		"declared_true": raw.get("declared_true") in (True, 1, "1", "true", "on"),
	}


def errors_in(answers: Mapping) -> dict[str, str]:
	"""What is wrong with tidied answers: field to "missing", "choose", "long", "say", "levels" or "declare"."""
	found = {}
	for field in CHOICES:
		if not answers[field]:
			found[field] = "missing"
		elif answers[field] not in FORM[field]:
			found[field] = "choose"
	for field, longest in LIMITS.items():
		if len(answers[field]) > longest:
			found[field] = "long"
	if len(answers["levels"]) != len(FORM["qualities"]) or not set(answers["levels"]) <= set(FORM["levels"]):
		found["levels"] = "levels"
	if answers["trust"] == RESERVED and not answers["to_talk_about"]:
		found["to_talk_about"] = "say"
	if not answers["name_typed"]:
		found["name_typed"] = "missing"
	if not answers["declared_true"]:
		found["declared_true"] = "declare"
	return found


def due(
	last_mail_on: date, chased: int, intervals: Sequence[int], today: date, *, by_mail: bool
) -> str | None:
	"""`CHASE`, `HAND_OVER` or None for somebody who was asked and has not answered.

	`intervals` are the days before the first reminder, before the second, and before staff take over, each counted
	from the last mail; a reminder after 0 days is left out. Who cannot be written to is handed over in place of the
	first reminder.
	"""
	*before_reminders, before_staff = intervals
	reminders = [days for days in before_reminders if days > 0]
	waited = (today - last_mail_on).days
	if by_mail and chased < len(reminders):
		return CHASE if waited >= reminders[chased] else None
	return HAND_OVER if waited >= max(before_staff, 1) else None
