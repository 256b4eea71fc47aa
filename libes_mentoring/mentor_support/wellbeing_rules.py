"""When signs of strain are worth a talk. Pure.

Source: handbook, "Vicarious trauma and self-care".
"""

from collections.abc import Iterable, Mapping

ANSWERS = NOT_NOTICED, SOMETIMES, OFTEN = ("Not noticed", "Sometimes", "Often")


def raises_flag(answers: Iterable[str], flag: Mapping[str, int]) -> bool:
	"""Whether so many signs were noticed that somebody should talk about them.

	`flag` says how many signs it takes: `{"often": n, "sometimes": n}`. What is noticed often counts as
	sometimes too.
	"""
	given = list(answers)
	often = given.count(OFTEN)
	return often >= flag["often"] or often + given.count(SOMETIMES) >= flag["sometimes"]
