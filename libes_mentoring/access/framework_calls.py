"""Frappe's own functions that look into a table without asking who may; here they ask.

Each stands in for the framework's function of its name (access/framework_doors.py), with its arguments.
For DocTypes of others it is the framework's own answer, unchanged.
"""

import json
from collections import Counter

import frappe
from frappe.utils import get_safe_filters

from libes_mentoring.access.guarded_names import (
	guarded,
	may_read,
	named_in,
	permitted_names,
	permitted_values,
	readable_parent,
	refuse,
	require_read,
)

Filters = str | dict | list | None


@frappe.whitelist()
def get_count(
	doctype: str, filters: Filters = None, debug: bool | int | str = False, cache: bool | int | str = False
):
	"""How many rows fulfil the filters: a number. PermissionError without a permission on the DocType.

	Threat: Frappe counts hidden rows too, so that any login finds out any text, letter by letter.
	"""
	ours = guarded(doctype)
	if ours:
		return len(permitted_names(ours, get_safe_filters(filters)))
	if named_in(filters):
		refuse()
	return original("frappe.client.get_count", doctype=doctype, filters=filters, debug=debug, cache=cache)


@frappe.whitelist()
def get(doctype: str, name: str | int | None = None, filters: Filters = None, parent: str | None = None):
	"""One record as a dict, by its name or the first that fulfils the filters; else PermissionError.

	Threat: Frappe answers "forbidden" where a hidden row fulfils the filters and "not found" where none does.
	"""
	ours = guarded(doctype)
	if ours and name:
		require_read(ours, name)
	elif ours and (filters or filters == {}):
		found = permitted_names(ours, get_safe_filters(filters), limit=1)
		if not found:
			refuse()
		name, filters = found[0], None
	elif named_in(filters):
		refuse()
	return original("frappe.client.get", doctype=doctype, name=name, filters=filters, parent=parent)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: str | list | None = None):
	"""The name and the asked for fields of a link's target; no name where it is hidden or not there.

	Threat: Frappe tells by name whether a hidden row exists.
	"""
	ours = guarded(doctype)
	if ours and not may_read(ours, docname):
		docname = _nobody()
	return original("frappe.client.validate_link", doctype=doctype, docname=docname, fields=fields)


@frappe.whitelist()
def get_link_title(doctype: str, docname: str):
	"""The title of a link's target, or the name that was asked about.

	Threat: Frappe gives the title of any row of a DocType that shows titles in links.
	"""
	ours = guarded(doctype)
	if ours and not may_read(ours, docname):
		return docname
	return original("frappe.desk.search.get_link_title", doctype=doctype, docname=docname)


@frappe.whitelist()
def get_data_for_custom_field(doctype: str, field: str, names: str | list | None = None):
	"""A column for a report: {name: value}. PermissionError without a permission on the DocType.

	Threat: early releases of Frappe 15 give the column of every row to whoever may read some.
	"""
	ours = guarded(doctype)
	if not ours:
		return original(
			"frappe.desk.query_report.get_data_for_custom_field", doctype=doctype, field=field, names=names
		)
	wanted = frappe.parse_json(names) if names else None
	names = permitted_names(ours, {"name": ("in", wanted)} if wanted else None)
	if not names:
		return {}
	rows = frappe.get_list(
		ours,
		filters={"name": ("in", names)},
		fields=["name", field],
		limit_page_length=0,
		parent_doctype=readable_parent(ours),
	)
	return {row.get("name"): row.get(field) for row in rows}


@frappe.whitelist()
def get_next(
	doctype: str,
	value: str | int,
	prev: str | int,
	filters: Filters = None,
	sort_order: str = "desc",
	sort_field: str | None = None,
):
	"""The name of the next record, or None and a message. A hidden record counts as none.

	Threat: Frappe compares with whatever record is named, so that the order of one's own tells a hidden text.
	"""
	ours = guarded(doctype)
	if ours and not may_read(ours, value):
		value = _nobody()
	if not ours and named_in(filters):
		refuse()
	others = {"sort_field": sort_field} if sort_field else {}
	return original(
		"frappe.desk.form.utils.get_next",
		doctype=doctype,
		value=value,
		prev=prev,
		filters=filters,
		sort_order=sort_order,
		**others,
	)


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: str | list):
	"""How many rows stand in another state: rows of {field, count}. PermissionError without a permission.

	Threat: Frappe takes any column for the state, and gives its values in every row, hidden ones included.
	"""
	ours = guarded(doctype)
	if not ours:
		return original(
			"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
			doctype=doctype,
			workflow_state_field=workflow_state_field,
			states=states,
		)
	if workflow_state_field not in frappe.get_meta(ours).get_valid_columns():
		refuse()
	others = {workflow_state_field: ["not in", frappe.parse_json(states) or []]}
	values = permitted_values(ours, workflow_state_field, others)
	return [
		{workflow_state_field: value, "count": count} for value, count in Counter(values).items() if value
	]


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: Filters, field: str):
	"""How many rows there are for each value of a field: rows of {name, count}.

	Threat: by "assigned_to", Frappe counts tasks at every row that fulfils the filters, hidden ones included.
	"""
	filters = frappe.parse_json(current_filters) or []
	if field == "assigned_to":
		ours = guarded(doctype)
		if ours:
			return _assigned(ours, permitted_names(ours, filters))
		if named_in(filters):
			refuse()
	return original(
		"frappe.desk.listview.get_group_by_count",
		doctype=doctype,
		current_filters=current_filters if isinstance(current_filters, str) else json.dumps(current_filters),
		field=field,
	)


def _assigned(doctype: str, names: list[str]) -> list[dict]:
	if not names:
		return []
	at_them = {"reference_type": doctype, "reference_name": ("in", names), "status": ("!=", "Cancelled")}
	# Tasks at records that the user may read: the names above are the permission.
	people = Counter(frappe.get_all("ToDo", filters=at_them, pluck="allocated_to"))
	return [{"name": person, "count": count} for person, count in people.most_common(50)]


@frappe.whitelist()
def get_monthly_goal_graph_data(**arguments: object):
	"""The figures of a goal by month. PermissionError where the goal would be read from records of the app.

	Threat: Frappe computes any aggregate of any column, of every row that fulfils any filters.
	"""
	if guarded(arguments.get("goal_doctype")) or named_in(arguments.get("filters")):
		refuse()
	return original("frappe.utils.goal.get_monthly_goal_graph_data", **arguments)


def original(function: str, /, **arguments):
	"""The framework's own answer; arguments that a release does not know are left out by frappe.call."""
	return frappe.call(frappe.get_attr(function), **arguments)


def _nobody() -> str:
	"""A name that no record has."""
	return frappe.generate_hash(length=30)
