"""What the screening board costs at its first look with 10,000 candidates over 100, within one run. Printed."""

import json
import time

import factories
import frappe
import pytest
from frappe.utils import add_days, now, nowdate

from libes_mentoring.access import criteria
from libes_mentoring.mentor_recruitment import screening_board_calls
from libes_mentoring.mentor_recruitment.screening_board_rules import COLUMNS

SMALL, LARGE = 100, 10_000
BOARD = "Mentor Screening"
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"
# What the framework's page asks the server for until the first cards stand there, in its order.
FIRST_LOOK = (
	(f"{KANBAN}.get_kanban_boards", {"doctype": "Mentor"}),
	("frappe.client.get_doc_permissions", {"doctype": "Kanban Board", "docname": BOARD}),
	("frappe.client.get", {"doctype": "Kanban Board", "name": BOARD}),
	(
		"frappe.desk.reportview.get",
		{
			"doctype": "Mentor",
			"fields": json.dumps(
				[
					f"`tabMentor`.`{field}`"
					for field in (
						"name",
						"full_name",
						"stage",
						"screening_column",
						"blocked_by",
						"blocked_since",
						"screening_reminded_on",
						"programme",
						"modified",
						"_assign",
						"_user_tags",
						"_comments",
						"_liked_by",
					)
				]
			),
			"filters": json.dumps([["Mentor", "screening_column", "is", "set"]]),
			"order_by": "`tabMentor`.`modified` desc",
			"start": 0,
			"page_length": 0,
			"view": "List",
			"with_comment_count": 1,
		},
	),
)


@pytest.mark.commits
@pytest.mark.req("R5")
def test_the_board_opens_with_ten_thousand_as_with_a_hundred(capsys):
	programme = factories.programme()
	fill(programme.name, SMALL, "Small")
	at_small, _cards = seconds(programme.coordinator, SMALL)
	fill(programme.name, LARGE - SMALL, "Large")
	at_large, cards = seconds(programme.coordinator, LARGE)
	plan = explain(programme.coordinator)
	with capsys.disabled():
		print(f"\nRATIO board_{LARGE}_over_{SMALL} {at_large / at_small:.2f} <= 1.5")
		print(f"PLAN {plan}")
	assert cards == (screening_board_calls.SHOWN_IN_A_COLUMN + 1) * len(COLUMNS)
	assert plan["key"] == "screening_column_blocked_since_index"


def fill(programme: str, number: int, prefix: str) -> None:
	"""Candidates spread over all columns, each waiting for another number of days."""
	fields = ["name", "owner", "creation", "modified", "modified_by", "stage", "programme", "full_name"]
	fields += ["screening_column", "blocked_by", "blocked_since"]
	stamp = ("Administrator", now(), now(), "Administrator", "Screening", programme)
	rows = [
		(
			f"M-{prefix}-{index}",
			*stamp,
			f"Person {prefix} {index}",
			COLUMNS[index % len(COLUMNS)],
			"Not done yet",
			add_days(nowdate(), -(index % 90)),
		)
		for index in range(number)
	]
	frappe.db.bulk_insert("Mentor", fields, rows, chunk_size=5_000)
	frappe.db.commit()
	frappe.db.sql("analyze table `tabMentor`")


def seconds(user: str, number: int) -> tuple[float, int]:
	"""The quickest of many first looks, by the framework's own way from a request to its function; and the cards."""
	from frappe.handler import execute_cmd

	measured, cards = [], 0
	with factories.as_user(user):
		for _ in range(21):
			began = time.perf_counter()
			for command, arguments in FIRST_LOOK:
				frappe.local.form_dict = frappe._dict(arguments)
				found = execute_cmd(command)
			json.dumps(found, default=str)
			frappe.local.form_dict = frappe._dict(board_name=BOARD, order="{}")
			execute_cmd(f"{KANBAN}.update_order")
			measured.append(time.perf_counter() - began)
			cards = len(found["values"])
	assert cards <= number
	return min(measured), cards


def explain(user: str) -> dict:
	condition = criteria.list_condition("Mentor", user)
	[row, *_subqueries] = frappe.db.sql(
		f"explain select name from `tabMentor` where screening_column = 'Interview' and {condition}"
		" order by blocked_since asc, name asc limit 31",
		as_dict=True,
	)
	return {"key": row["key"], "rows": int(row["rows"])}
