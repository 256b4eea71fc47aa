"""How the matching engine grows, as ratios within one run. Printed, never asserted: machines are noisy."""

import random
import time
from statistics import median

import pytest

from libes_mentoring.mentor_matching.engine import constraints, scoring
from libes_mentoring.mentor_matching.engine.encode import Pool, encode
from libes_mentoring.mentor_matching.engine.people import MenteeProfile, MentorProfile, Wish

LANGUAGES = ("English", "French", "Dutch", "Italian", "Edo", "Arabic")
INTERESTS = tuple(f"interest {number}" for number in range(17))
AREAS = tuple(f"area {number}" for number in range(8))
GENDERS = ("Female", "Male", "Other")


def people(size: int) -> tuple[list[MentorProfile], list[MenteeProfile]]:
	"""`size` invented mentors and as many mentees, the same in every run."""
	chance = random.Random(size)

	def shared(prefix: str, number: int) -> dict:
		return {
			"id": f"{prefix}{number}",
			"programme": "One",
			"gender": chance.choice(GENDERS),
			"nationality": chance.choice(("Belgium", "Italy", "Nigeria", None)),
			"languages": {name: chance.randint(0, 4) for name in chance.sample(LANGUAGES, 2)},
			"interests": frozenset(chance.sample(INTERESTS, 4)),
			"support_areas": frozenset(chance.sample(AREAS, 3)),
			"media": frozenset({"In person"}),
			"district": f"district {chance.randint(1, 9)}",
			"hours_per_month": float(chance.randint(2, 10)),
		}

	mentors = [MentorProfile(**shared("mentor", n), kind="Local volunteer") for n in range(size)]
	refusal = (Wish("Gender", "Refused", "Male"),)
	mentees = [
		MenteeProfile(**shared("mentee", n), wishes=refusal if chance.random() < 0.3 else ())
		for n in range(size)
	]
	return mentors, mentees


def seconds(work, times: int = 3) -> float:
	measured = []
	for _ in range(times):
		began = time.perf_counter()
		work()
		measured.append(time.perf_counter() - began)
	return median(measured)


def whole_pool(size: int):
	mentors, mentees = people(size)

	return lambda: compare(encode(mentors, mentees))


def compare(pool: Pool) -> None:
	constraints.feasible(pool)
	scoring.scores(pool)


@pytest.mark.req("M2")
def test_engine_ratios(say):
	at_500, at_1000 = seconds(whole_pool(500)), seconds(whole_pool(1000))
	mentors, mentees = people(20)
	pairs = [(mentor, mentee) for mentor in mentors for mentee in mentees]
	one_by_one = seconds(lambda: [compare(encode([one], [other])) for one, other in pairs], 1) / len(pairs)
	at_once = at_1000 / 1_000_000
	rows = (
		("engine_growth_500_to_1000", at_1000 / at_500, "<=", 6),
		("engine_pairwise_over_setwise", one_by_one / at_once, ">=", 100),
	)
	for name, value, sign, limit in rows:
		say(f"RATIO {name} {value:.2f} {sign} {limit}")
	assert constraints.feasible(encode(mentors, mentees)).any()
