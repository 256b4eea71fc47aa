"""What a list of twenty costs as a programme grows, as a ratio within one run. Printed, never asserted."""

import time

import factories
import frappe
import pytest
from frappe.utils import now

from libes_mentoring.access import criteria
from libes_mentoring.mentoring_evaluation import partners

OWN = 40
# The full sizes of the promise are 10,000 and 100,000 mentees: `--full-size`.
SIZES, FULL_SIZES = (1_000, 10_000), (10_000, 100_000)


@pytest.mark.commits
@pytest.mark.req("S3")
def test_a_social_workers_list_does_not_grow_with_everybody_elses(request, say):
	small, large = FULL_SIZES if request.config.getoption("--full-size") else SIZES
	mine, others = factories.social_worker().name, factories.social_worker().name
	programme = factories.programme().name
	fill(programme, mine, OWN, "Own")
	fill(programme, others, small - OWN, "Small")
	at_small = seconds(mine)
	fill(programme, others, large - small, "Large")
	at_large = seconds(mine)
	plan = explain(mine)
	say(f"RATIO list_of_20_among_{large}_over_{small} {at_large / at_small:.2f} <= 1.3")
	say(f"PLAN {plan}")
	with factories.as_user(mine):
		assert len(frappe.get_list("Mentee", limit_page_length=0)) == OWN
	assert plan["key"] and plan["rows"] < large / 10


@pytest.mark.commits
@pytest.mark.req("S3", "P7")
def test_a_partners_list_does_not_grow_with_everybody_elses(request, say):
	small, large = FULL_SIZES if request.config.getoption("--full-size") else SIZES
	organisation, other = factories.partner_organisation(), factories.partner_organisation().name
	partner, programme = factories.partner_user(organisation).name, factories.programme().name
	own = organisation.name
	caregiver = factories.social_worker().name
	pair(programme, own, caregiver, 20, "Own")
	pair(programme, other, caregiver, small - 20, "Small")
	at_small = seconds_of_partner(partner)
	pair(programme, other, caregiver, large - small, "Large")
	at_large = seconds_of_partner(partner)
	say(f"RATIO partners_20_among_{large}_over_{small} {at_large / at_small:.2f} <= 1.3")
	plans = explain_partner(partner)
	say(f"PLAN {plans}")
	with factories.as_user(partner):
		assert len(partners.rows()) == 20
	assert all(plan["rows"] < large / 10 for plan in plans)
	# A programme is one of a handful; mentors and matches are found by their index.
	assert [plan["key"] for plan in plans if plan["table"] != "tabMentoring Programme"] == [
		"partner_organisation",
		"mentor",
	]


def pair(programme: str, organisation: str, caregiver: str, number: int, prefix: str) -> None:
	"""Mentees, each met by a mentor of the organisation."""
	fill(programme, caregiver, number, prefix)
	common = ["name", "owner", "creation", "modified", "modified_by", "programme", "stage"]
	stamp = ("Administrator", now(), now(), "Administrator", programme)
	mentors = [
		(f"M-{prefix}-{i}", *stamp, "Available", f"Mentor {prefix} {i}", organisation) for i in range(number)
	]
	matches = [
		(f"MATCH-{prefix}-{i}", *stamp, "Initiation", f"M-{prefix}-{i}", f"{prefix}-{i}") for i in range(number)
	]
	for doctype, fields, rows in (
		("Mentor", [*common, "full_name", "partner_organisation"], mentors),
		("Match", [*common, "mentor", "mentee"], matches),
	):
		frappe.db.bulk_insert(doctype, fields, rows, chunk_size=5_000)
	frappe.db.commit()
	frappe.db.sql("analyze table `tabMentor`, `tabMatch`")


def seconds_of_partner(user: str) -> float:
	measured = []
	with factories.as_user(user):
		for _ in range(31):
			began = time.perf_counter()
			partners.rows()
			measured.append(time.perf_counter() - began)
	return min(measured)


def explain_partner(user: str) -> list[dict]:
	"""The plan of every table that the report's own query reads."""
	with factories.as_user(user):
		query = partners.query_of(user, partners.own_organisations(user))
	rows = frappe.db.sql(f"explain {query.get_sql()}", as_dict=True)
	return [
		{"table": row["table"], "key": row["key"], "rows": int(row["rows"])}
		for row in rows
		if row["table"] and row["select_type"] in ("PRIMARY", "SIMPLE")
	]


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
	"""The quickest of many lists of twenty, newest first, as the desk asks for them: the others waited for somebody else."""
	measured = []
	with factories.as_user(user):
		for _ in range(31):
			began = time.perf_counter()
			frappe.get_list("Mentee", fields=["name", "status", "programme"], limit_page_length=20)
			measured.append(time.perf_counter() - began)
	return min(measured)


def explain(user: str) -> dict:
	condition = criteria.list_condition("Mentee", user)
	[row] = frappe.db.sql(
		f"explain select name from `tabMentee` where {condition} order by creation desc limit 20",
		as_dict=True,
	)
	return {"key": row["key"], "rows": int(row["rows"])}
