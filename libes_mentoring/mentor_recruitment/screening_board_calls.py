"""The framework's boards, where they show the screening: nobody is moved by hand, and no board loads everybody.

Frappe's board asks for all records at once (a page length of 0) and stores the order of all cards with each look.
With 10,000 candidates that is 10,000 cards and as many queries. Here each column gives those who wait longest.
"""

import json

import frappe
from frappe import _
from frappe.desk import reportview
from frappe.desk.doctype.kanban_board import kanban_board
from frappe.utils import cint

from libes_mentoring.mentor_recruitment.screening_board_rules import COLUMNS

# As many as a person looks through; one more is sent, so that the page knows that there are others.
SHOWN_IN_A_COLUMN = 30
FIELD = "screening_column"
LONGEST_FIRST = "`tabMentor`.blocked_since asc, `tabMentor`.name asc"


@frappe.whitelist()
def get():
	"""Rows of a list as the framework gives them; of a board of mentors, those who wait longest in each column.

	Permissions are the framework's: every row comes through its own list function.
	"""
	args = frappe.local.form_dict
	if not _asks_for_the_board(args):
		return reportview.get()
	filters, found = _filters(args), None
	for column in COLUMNS:
		args.update(
			{
				"filters": json.dumps([*filters, ["Mentor", FIELD, "=", column]]),
				"order_by": LONGEST_FIRST,
				"start": 0,
				"page_length": SHOWN_IN_A_COLUMN + 1,
			}
		)
		rows = reportview.get()
		if not rows:
			continue
		if found:
			found["values"] += rows["values"]
			found["user_info"].update(rows["user_info"])
		else:
			found = rows
	return found or []


@frappe.whitelist()
def update_order(board_name: str, order: str | dict):
	"""The board and the cards that were moved; of the screening, as it is stored and none."""
	if not _is_of_the_screening(board_name):
		return kanban_board.update_order(board_name, order)
	return frappe.get_doc("Kanban Board", board_name), []


@frappe.whitelist()
def update_order_for_single_card(
	board_name: str,
	docname: str,
	from_colname: str,
	to_colname: str,
	old_index: str | int,
	new_index: str | int,
):
	"""Moves a card; of the screening, none: ValidationError for another column, the board as it is for the same."""
	if not _is_of_the_screening(board_name):
		return kanban_board.update_order_for_single_card(
			board_name, docname, from_colname, to_colname, old_index, new_index
		)
	if from_colname != to_colname:
		frappe.throw(
			_(
				"The board follows the screening: a card moves by itself once its step is done. Open it and enter what was done."
			),
			title=_("Not moved"),
		)
	return frappe.get_doc("Kanban Board", board_name)


@frappe.whitelist()
def add_card(board_name: str, docname: str, colname: str):
	"""Puts a new card on a board; of the screening, where the new record's own steps say."""
	if not _is_of_the_screening(board_name):
		return kanban_board.add_card(board_name, docname, colname)
	return frappe.get_doc("Kanban Board", board_name)


def _is_of_the_screening(board_name: str) -> bool:
	"""Whether the board shows the screening; PermissionError where the user reads no mentors."""
	board = frappe.db.get_value("Kanban Board", board_name, ["reference_doctype", "field_name"], as_dict=True)
	if not board or (board.reference_doctype, board.field_name) != ("Mentor", FIELD):
		return False
	frappe.has_permission("Mentor", "read", throw=True)
	return True


def _asks_for_the_board(args) -> bool:
	return (
		args.get("doctype") == "Mentor"
		and not cint(args.get("page_length"))
		and FIELD in str(args.get("fields") or "")
	)


def _filters(args) -> list:
	"""The filters as a list of conditions, in whatever way they were sent."""
	filters = frappe.parse_json(args.get("filters") or "[]")
	if isinstance(filters, dict):
		return [["Mentor", field, *_condition(value)] for field, value in filters.items()]
	return list(filters)


def _condition(value) -> tuple:
	return tuple(value) if isinstance(value, list | tuple) else ("=", value)
