"""What the engine refuses to work with: a code with parameters, and the sentence for whoever asked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _(text: str) -> str:
	"""Marks a sentence for translation without translating it: the framework looks for this name."""
	return text


#: Every refusal in a user's words.
REFUSALS: Mapping[str, str] = {
	"mentor_without_id": _("A mentor has no id."),
	"mentee_without_id": _("A mentee has no id."),
	"mentor_twice": _("Two mentors have the same id: {id}."),
	"mentee_twice": _("Two mentees have the same id: {id}."),
	"criterion_unknown": _("There is no criterion called {names}."),
	"weight_not_a_number": _("The weight of {name} must be a number between 0 and 100."),
	"weights_all_zero": _("At least one criterion must weigh more than zero."),
	"weights_without_effect": _(
		"Only criteria weigh something for which the programme keeps no data ({names}). "
		"Please give at least one other criterion a weight."
	),
	"lock_not_in_pool": _("{mentor} and {mentee} cannot be kept together: one of them is not in this pool."),
	"lock_breaks_rule": _("{mentor} and {mentee} cannot be kept together: a rule keeps them apart."),
	"lock_mentee_twice": _("{mentee} is locked to two mentors. Please take one of the locks away."),
	"lock_mentor_full": _(
		"{mentor} is locked to more people than there are places. Please take a lock away."
	),
}


class Refused(ValueError):
	"""Input that cannot be worked with. `code` and `params` are for the site's words; the text is English."""

	def __init__(self, code: str, **params: Any) -> None:
		self.code, self.params = code, params
		super().__init__(REFUSALS[code].format(**params))


def refusal_sentence(refused: Refused, translate: Callable[[str], str] = str) -> str:
	"""Why the engine refused, in words: translated, then filled in."""
	params = {name: translate(str(value)) for name, value in refused.params.items()}
	return translate(REFUSALS[refused.code]).format(**params)


class LockRefused(Refused):
	"""A lock that cannot be kept. `codes` say which rules it breaks: for staff, and therefore not in the text,

	which may end up in a log.
	"""

	def __init__(self, code: str, mentor: str, mentee: str, codes: tuple[str, ...] = ()) -> None:
		self.mentor, self.mentee, self.codes = mentor, mentee, codes or (code,)
		super().__init__(code, mentor=mentor, mentee=mentee)
