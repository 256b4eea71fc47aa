"""How the matching engine's time and memory grow, as ratios within one run. Printed, never asserted: machines are noisy."""

import random
import subprocess
import sys
import time
from datetime import date, timedelta
from statistics import median

import matching_reference
import numpy as np
import pytest
from munkres import DISALLOWED, Munkres
from scipy.optimize import linear_sum_assignment

from libes_mentoring.mentor_matching.engine import constraints, scoring, suggest
from libes_mentoring.mentor_matching.engine.encode import encode
from libes_mentoring.mentor_matching.engine.people import (
	CHANNELS,
	GOOD_TIMES,
	MEDIA,
	MENTOR_KINDS,
	PHASES,
	TALK_LENGTHS,
	TECHNOLOGY_EASE,
	MenteeProfile,
	MentorProfile,
	Rules,
	Wish,
)
from libes_mentoring.mentor_matching.engine.plan import plan

LANGUAGES = ("English", "French", "Dutch", "Italian", "Edo", "Arabic")
INTERESTS = tuple(f"interest {number}" for number in range(17))
AREAS = tuple(f"area {number}" for number in range(8))
GENDERS = ("Female", "Male", "Other")
DISTRICTS = tuple(f"district {number}" for number in range(12))
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SLOTS = tuple(f"{day} {part}" for day in DAYS for part in ("Morning", "Afternoon", "Evening"))
TODAY = date(2024, 6, 1)
#: Every criterion has data, so that all twenty are made.
RULES = Rules(
	distances={
		(a, b): 5.0 * abs(n - m) for n, a in enumerate(DISTRICTS) for m, b in enumerate(DISTRICTS) if n < m
	},
	max_distance=45,
	kind_by_phase={
		(phase, kind): 0.25 * (n + m) for n, phase in enumerate(PHASES) for m, kind in enumerate(MENTOR_KINDS)
	},
	minimum_commitment_months=6,
)


def people(size: int, mentee_count: int | None = None) -> tuple[list[MentorProfile], list[MenteeProfile]]:
	"""`size` invented mentors and as many mentees (or `mentee_count`), the same in every run."""
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
			"media": frozenset(chance.sample(MEDIA, 2)),
			"channels": frozenset(chance.sample(CHANNELS, 2)),
			"slots": frozenset(chance.sample(SLOTS, 5)),
			"meetings_per_month": float(chance.randint(1, 6)),
			"talk_length": chance.choice(TALK_LENGTHS),
			"district": chance.choice(DISTRICTS),
			"hours_per_month": float(chance.randint(2, 10)),
		}

	def mentor(number: int) -> MentorProfile:
		return MentorProfile(
			**shared("mentor", number),
			kind=chance.choice(MENTOR_KINDS),
			organisation=chance.choice(("In-house", "Friends of the Harbour")),
			commitment_months=chance.randint(3, 18),
			completed=chance.randint(0, 1),
			wishes=(Wish("Gender", "Wanted", "Female"),) if chance.random() < 0.2 else (),
		)

	def mentee(number: int) -> MenteeProfile:
		return MenteeProfile(
			**shared("mentee", number),
			good_times=chance.choice(GOOD_TIMES),
			technology_ease=chance.choice(TECHNOLOGY_EASE),
			phase=chance.choice(PHASES),
			ready_on=TODAY - timedelta(days=chance.randint(0, 400)),
			wishes=(Wish("Gender", "Refused", "Male"),) if chance.random() < 0.3 else (),
		)

	return [mentor(n) for n in range(size)], [
		mentee(n) for n in range(size if mentee_count is None else mentee_count)
	]


def seconds(work, times: int = 3) -> float:
	"""Seconds of the processor's, which are less disturbed by whatever else the machine does."""
	measured = []
	for _ in range(times):
		began = time.process_time()
		work()
		measured.append(time.process_time() - began)
	return median(measured)


def whole(size: int):
	"""Everything from the profiles to the plan."""
	mentors, mentees = people(size)
	return lambda: plan(mentors, mentees, rules=RULES, today=TODAY)


@pytest.mark.req("M5")
def test_a_plan_over_the_bare_assignment(request, say):
	size, half = (2_000, 1_000) if request.config.getoption("--full-size") else (1_000, 500)
	mentors, mentees = people(size)
	pool = encode(mentors, mentees)
	possible, points = constraints.feasible(pool, RULES), scoring.hundredths(pool, rules=RULES)
	cost = np.where(possible, -(size * 10_000.0 + points), 0.0)
	bare = seconds(lambda: linear_sum_assignment(cost))
	at_size, at_half = seconds(whole(size)), seconds(whole(half))
	say(f"RATIO plan_{size}_over_bare_assignment {at_size / bare:.2f} <= 4")
	say(f"RATIO plan_growth_{half}_to_{size} {at_size / at_half:.2f} <= 6")
	found = plan(mentors, mentees, rules=RULES, today=TODAY)
	# The same aims: as many pairs, and no fewer points, as the bare assignment of the same matrix.
	rows, columns = linear_sum_assignment(cost)
	real = possible[rows, columns]
	assert len(found.pairs) == real.sum()
	assert round(sum(100 * pair.score for pair in found.pairs)) == points[rows[real], columns[real]].sum()


@pytest.mark.req("M5")
def test_a_plan_over_one_pair_after_the_other(request, say):
	# A small pool hardly gains from being compared at once: the promise is for the full size.
	size, limit = (1_000, 100) if request.config.getoption("--full-size") else (100, 10)
	mentors, mentees = people(size)
	began = time.process_time()
	cost = []
	for mentor in mentors:
		# All scores, as the engine makes them all; a pair that is not possible is struck out afterwards.
		row = [100 - matching_reference.score(mentor, mentee, None, RULES) for mentee in mentees]
		allowed = [matching_reference.possible(mentor, mentee, RULES) for mentee in mentees]
		cost.append([value if fits else DISALLOWED for value, fits in zip(row, allowed, strict=True)])
	assert len(Munkres().compute(cost)) == size
	one_by_one = time.process_time() - began
	say(f"RATIO one_by_one_with_munkres_over_plan_{size} {one_by_one / seconds(whole(size)):.0f} >= {limit}")


@pytest.mark.req("M2")
def test_the_best_ten_of_many(request, say):
	many, few = (20_000, 5_000) if request.config.getoption("--full-size") else (8_000, 2_000)
	mentors, (mentee,) = people(many, 1)
	at_many, at_few = (seconds(lambda n=n: suggest(mentee, mentors[:n], rules=RULES)) for n in (many, few))
	say(f"RATIO best_ten_of_{many}_over_{few} {at_many / at_few:.2f} <= {many / few * 1.5:g}")
	assert len(suggest(mentee, mentors, rules=RULES)) == 10


@pytest.mark.req("M5")
def test_memory_of_a_large_plan(request, say):
	size = 5_000 if request.config.getoption("--full-size") else 1_000
	program = (
		"import resource, sys\n"
		f"sys.path[:0] = {sys.path!r}\n"
		"import test_engine_speed as speed\n"
		f"speed.whole({size})()\n"
		"print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
	)
	done = subprocess.run(
		[sys.executable, "-c", program], cwd=__file__.rpartition("/")[0], capture_output=True, text=True
	)
	assert not done.returncode, done.stderr
	say(f"RATIO memory_of_plan_{size}_over_1_GiB {int(done.stdout) / 2**20:.2f} <= 1")
