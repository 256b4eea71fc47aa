"""What a list of twenty costs as a programme grows, as a ratio within one run. Printed, never asserted."""

import time
from statistics import median

import factories
import frappe
import pytest
from frappe.utils import now

from libes_mentoring.access import criteria

OWN = 40
# The full sizes of the promise are 10,000 and 100,000 mentees: `--full-size`.
SIZES, FULL_SIZES = (1_000, 10_000), (10_000, 100_000)


@pytest.mark.commits
@pytest.mark.req("S3")
def test_a_social_workers_list_does_not_grow_with_everybody_elses(request, capsys):
	small, large = FULL_SIZES if request.config.getoption("--full-size") else SIZES
	mine, others = factories.social_worker().name, factories.social_worker().name
	programme = factories.programme().name
	fill(programme, mine, OWN, "Own")
	fill(programme, others, small - OWN, "Small")
	at_small = seconds(mine)
	fill(programme, others, large - small, "Large")
	at_large = seconds(mine)
	plan = explain(mine)
	with capsys.disabled():
		print(f"\nRATIO list_of_20_among_{large}_over_{small} {at_large / at_small:.2f} <= 1.3")
		print(f"PLAN {plan}")
	with factories.as_user(mine):
		assert len(frappe.get_list("Mentee", limit_page_length=0)) == OWN
	assert plan["key"] and plan["rows"] < large / 10


def fill(programme: str, caregiver: str, number: int, prefix: str) -> None:
	fields = ["name", "owner", "creation", "modified", "modified_by", "status", "programme", "caregiver"]
	rows = [
		(f"{prefix}-{index}", "Administrator", now(), now(), "Administrator", "Ready", programme, caregiver)
		for index in range(number)
	]
	frappe.db.bulk_insert("Mentee", fields, rows, chunk_size=5_000)
	frappe.db.commit()
	frappe.db.sql("analyze table `tabMentee`")


def seconds(user: str) -> float:
	"""The middle of many lists of twenty, newest first, as the desk asks for them."""
	measured = []
	with factories.as_user(user):
		for _ in range(31):
			began = time.perf_counter()
			frappe.get_list("Mentee", fields=["name", "status", "programme"], limit_page_length=20)
			measured.append(time.perf_counter() - began)
	return median(measured)


def explain(user: str) -> dict:
	condition = criteria.list_condition("Mentee", user)
	[row] = frappe.db.sql(
		f"explain select name from `tabMentee` where {condition} order by creation desc limit 20",
		as_dict=True,
	)
	return {"key": row["key"], "rows": int(row["rows"])}
