"""The framework's own ways to a record or a list, as data.

In paths and arguments, `<doctype>`, `<name>`, `<field>` (a text field) and `<word>` (what is asked for) are filled
in. `silent` ways answer without values, so nobody can see a canary by them; of all others it is checked that the
Administrator does, by the very same request. An `optional` way needs something that the app does not use, or is
not there or broken in some releases, and has no such control.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from privacy_canaries import BEGINNING
from privacy_probe import Answer, Probe

HIT, MISS = f"{BEGINNING}%", "NOBODY%"
RECORD = {"doctype": "<doctype>", "name": "<name>"}
COLUMN = "`tab<doctype>`.`<field>`"


@dataclass(frozen=True)
class Way:
	name: str
	# A path, or the name of a whitelisted function.
	target: str
	arguments: dict[str, Any] = field(default_factory=dict)
	http: str = "POST"
	silent: bool = False
	optional: bool = False
	# Answered with 200 also to somebody without any permission; the words say what with.
	gives: str = ""
	# Sent as a JSON body, so that values keep their types.
	as_json: bool = False

	def go(self, probe: Probe, doctype: str, name: str, text_field: str = "", word: str = "") -> Answer:
		filled = {
			"<doctype>": doctype,
			"<name>": name,
			"<field>": text_field,
			"<word>": word,
			"<user>": probe.user,
		}
		arguments = fill(self.arguments, filled)
		if self.as_json:
			return probe.send("POST", f"/api/method/{self.target}", f"{self.target} (JSON)", json=arguments)
		if not self.target.startswith("/"):
			return probe.call(self.target, self.http, **arguments)
		path = fill(self.target, {key: quote(value) for key, value in filled.items()})
		route = f"{self.http} {self.target}"
		if self.http == "GET":
			return probe.get(path, route, **arguments)
		if self.target == "/":
			return probe.send(self.http, path, route, data={k: _text(v) for k, v in arguments.items()})
		return probe.send(self.http, path, route, json=arguments)


def fill(value, filled: dict[str, str]):
	"""The value with every placeholder filled in, however deep, also in keys."""
	if isinstance(value, str):
		for placeholder, text in filled.items():
			value = value.replace(placeholder, text)
		return value
	if isinstance(value, dict):
		return {fill(key, filled): fill(item, filled) for key, item in value.items()}
	if isinstance(value, list):
		return [fill(item, filled) for item in value]
	return value


def _text(value) -> str:
	return value if isinstance(value, str) else json.dumps(value)


def page(name: str, path: str, arguments: dict | None = None, **kwargs) -> Way:
	return Way(name, path, arguments or {}, http="GET", **kwargs)


def chart(group_by: str, filters: list) -> dict:
	return {
		# The framework keeps the answers of a chart under its name.
		"name": f"<doctype> <field> {group_by} <word>",
		"chart_type": "Group By",
		"document_type": "<doctype>",
		"group_by_type": "Count",
		"group_by_based_on": group_by,
		"filters_json": filters,
		"number_of_groups": 0,
	}


CLIENT, FORM, PRINT = "frappe.client.", "frappe.desk.form.", "frappe.utils.print_format."
VIEW, SEARCH, FILES = "frappe.desk.reportview.", "frappe.desk.search.", "frappe.core.api.file."
DT_DN = {"doctype": "<doctype>", "docname": "<name>"}
BY_NAME = {"doctype": "<doctype>", "filters": {"name": "<name>"}}

ONE = (
	page("REST get", "/api/resource/<doctype>/<name>"),
	page("REST get v2", "/api/v2/document/<doctype>/<name>", optional=True),
	Way("client.get", CLIENT + "get", RECORD),
	Way("client.get by filter", CLIENT + "get", BY_NAME),
	Way("client.get_value", CLIENT + "get_value", {**BY_NAME, "fieldname": ["<field>"]}),
	Way("validate_link", CLIENT + "validate_link", {**DT_DN, "fields": ["<field>"]}),
	Way("form", FORM + "load.getdoc", RECORD, http="GET"),
	Way("form, what hangs on it", FORM + "load.get_docinfo", RECORD),
	Way("form, messages", FORM + "load.get_communications", RECORD, silent=True),
	Way(
		"form, next record",
		FORM + "utils.get_next",
		{"doctype": "<doctype>", "value": "<name>", "prev": 0},
		silent=True,
	),
	page("print view", "/printview", {**RECORD, "trigger_print": 0}),
	Way("print as HTML", "frappe.www.printview.get_html_and_style", {"doc": "<doctype>", "name": "<name>"}),
	Way(
		"print, raw",
		"frappe.www.printview.get_rendered_raw_commands",
		{"doc": "<doctype>", "name": "<name>"},
		optional=True,
	),
	Way("print as PDF", PRINT + "download_pdf", RECORD, http="GET"),
	Way(
		"print many as PDF",
		PRINT + "download_multi_pdf",
		{"doctype": "<doctype>", "name": ["<name>"]},
		http="GET",
		gives="a PDF without a page",
	),
	Way("link title", SEARCH + "get_link_title", DT_DN, optional=True, gives="the name that was asked about"),
	Way("link preview", "frappe.desk.link_preview.get_preview_data", DT_DN, optional=True, gives="nothing"),
	Way("linked with", FORM + "linked_with.get", DT_DN, gives="nothing, where nothing links to the DocType"),
	Way(
		"open counts", "frappe.desk.notifications.get_open_count", {**RECORD, "items": ["Match"]}, silent=True
	),
	Way(
		"run a method of the record",
		"run_doc_method",
		{
			"dt": "<doctype>",
			"dn": "<name>",
			"method": "add_comment",
			"args": {"comment_type": "Info", "text": "-"},
		},
		optional=True,
	),
	Way("workflow steps", "frappe.model.workflow.get_transitions", {"doc": RECORD}, silent=True),
	Way("permissions of it", CLIENT + "get_doc_permissions", DT_DN, silent=True, gives="no to everything"),
	Way("who shares it", "frappe.share.get_users", RECORD, silent=True, gives="nobody: nothing is shared"),
	Way(
		"who follows it",
		FORM + "document_follow.get_follow_users",
		{"doctype": "<doctype>", "doc_name": "<name>"},
		silent=True,
		gives="nobody",
	),
	Way(
		"images at it",
		FILES + "get_attached_images",
		{"doctype": "<doctype>", "names": ["<name>"]},
		silent=True,
		gives="none",
	),
	Way(
		"web form",
		"frappe.website.doctype.web_form.web_form.get_form_data",
		{**DT_DN, "web_form_name": "none"},
		optional=True,
	),
	Way("subscribe in realtime", "frappe.realtime.can_subscribe_doc", DT_DN, silent=True),
	Way(
		"column of a report",
		"frappe.desk.query_report.get_data_for_custom_field",
		{"doctype": "<doctype>", "field": "<field>", "names": ["<name>"]},
	),
)

ALL_FIELDS = {"fields": ["*"], "limit_page_length": 0}
DT = {"doctype": "<doctype>"}
STATS = {**DT, "stats": ["<field>", "_user_tags"]}
EXPORT = {**DT, "fields": [COLUMN], "title": "x"}

MANY = (
	page("REST list", "/api/resource/<doctype>", ALL_FIELDS),
	page(
		"REST list, ordered",
		"/api/resource/<doctype>",
		{"fields": ["name", "<field>"], "order_by": "<field> asc"},
	),
	page(
		"REST list, filtered",
		"/api/resource/<doctype>",
		{"fields": ["<field>"], "filters": [["<field>", "like", HIT]]},
	),
	page("REST list v2", "/api/v2/document/<doctype>", {"fields": ["*"]}, optional=True),
	Way("client.get_list", CLIENT + "get_list", {**DT, **ALL_FIELDS}),
	Way("report view", VIEW + "get", {**DT, "fields": ["`tab<doctype>`.`name`", COLUMN]}),
	Way("list view", VIEW + "get_list", {**DT, "fields": ["*"]}),
	Way("export as CSV", VIEW + "export_query", {**EXPORT, "file_format_type": "CSV"}),
	Way("export as workbook", VIEW + "export_query", {**EXPORT, "file_format_type": "Excel"}),
	Way("sidebar figures", VIEW + "get_sidebar_stats", STATS),
	Way("figures", VIEW + "get_stats", STATS),
	Way(
		"filter dashboard",
		VIEW + "get_filter_dashboard_data",
		{**DT, "stats": [{"name": "<field>", "type": "Data"}], "filters": []},
		optional=True,
	),
	Way(
		"grouped by",
		"frappe.desk.listview.get_group_by_count",
		{**DT, "current_filters": [], "field": "<field>"},
	),
	Way("link search", SEARCH + "search_link", {**DT, "txt": ""}, optional=True),
	Way(
		"link search in a field",
		SEARCH + "search_link",
		{**DT, "txt": BEGINNING, "searchfield": "<field>"},
		optional=True,
	),
	Way(
		"search widget",
		SEARCH + "search_widget",
		{**DT, "txt": "", "searchfield": "<field>", "filter_fields": ["<field>"], "as_dict": True},
	),
	Way("tree", "frappe.desk.treeview.get_children", {**DT, "parent": ""}, optional=True),
	Way(
		"calendar",
		"frappe.desk.calendar.get_events",
		{
			**DT,
			"start": "2000-01-01",
			"end": "2099-01-01",
			"field_map": {"start": "creation", "end": "modified"},
			"fields": ["name", "<field>"],
		},
		optional=True,
	),
	Way("map", "frappe.geo.utils.get_coords", {**DT, "filters": [], "type": "coordinates"}, optional=True),
	Way(
		"chart",
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		{"chart": chart("<field>", []), "no_cache": 1},
	),
	Way(
		"workflow states",
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		{**DT, "workflow_state_field": "<field>", "states": []},
	),
	Way(
		"data export",
		"frappe.core.doctype.data_export.exporter.export_data",
		{
			**DT,
			"parent_doctype": "<doctype>",
			"all_doctypes": 1,
			"with_data": 1,
			"file_type": "CSV",
			"select_columns": {"<doctype>": ["<field>"]},
		},
	),
	Way(
		"import template with data",
		"frappe.core.doctype.data_import.data_import.download_template",
		{**DT, "export_records": "all", "export_fields": {"<doctype>": ["name", "<field>"]}},
	),
	Way(
		"tags",
		"frappe.desk.doctype.tag.tag.get_tags",
		{**DT, "txt": BEGINNING},
		optional=True,
		gives="tags, none of ours",
	),
	Way("website list", "frappe.www.list.get_list_data", DT, optional=True),
	Way("website list as HTML", "frappe.www.list.get", DT, optional=True),
	page("website list page", "/list", DT, optional=True),
)

LIKE, DT_LIKE = [["<field>", "like", "<word>"]], [["<doctype>", "<field>", "like", "<word>"]]
# Where a name is expected, the framework takes a dict from a JSON body for filters.
QUESTION = {"<field>": ["like", "<word>"]}

# Ways that answer yes or no, or how many: asked about the beginning of a canary and about a word that is nowhere,
# somebody who may not see the record must get the same answer twice.
ORACLES = (
	page("REST filter", "/api/resource/<doctype>", {"filters": LIKE}),
	page("REST or_filters", "/api/resource/<doctype>", {"or_filters": LIKE}),
	Way("client.get", CLIENT + "get", {**DT, "filters": LIKE}),
	page("client.get v2", "/api/v2/method/frappe.client.get", {**DT, "filters": LIKE}, optional=True),
	Way("client.get_value", CLIENT + "get_value", {**DT, "fieldname": "name", "filters": LIKE}),
	Way("client.get_count", CLIENT + "get_count", {**DT, "filters": DT_LIKE}),
	page(
		"client.get_count v2",
		"/api/v2/method/frappe.client.get_count",
		{**DT, "filters": DT_LIKE},
		optional=True,
	),
	Way(
		"client.get_count by cmd", "/", {"cmd": CLIENT + "get_count", **DT, "filters": DT_LIKE}, optional=True
	),
	Way("reportview.get_count", VIEW + "get_count", {**DT, "filters": DT_LIKE}),
	Way("reportview.get", VIEW + "get", {**DT, "fields": ["name"], "filters": DT_LIKE}),
	page(
		"count v2",
		"/api/v2/doctype/<doctype>/count",
		{"filters": {"<field>": ["like", "<word>"]}},
		optional=True,
	),
	Way("search_link", SEARCH + "search_link", {**DT, "txt": "", "filters": DT_LIKE}),
	Way(
		"grouped by",
		"frappe.desk.listview.get_group_by_count",
		{**DT, "current_filters": DT_LIKE, "field": "owner"},
	),
	Way("sidebar figures", VIEW + "get_sidebar_stats", {**DT, "stats": ["_user_tags"], "filters": DT_LIKE}),
	Way(
		"number card",
		"frappe.desk.doctype.number_card.number_card.get_result",
		{
			"doc": {"document_type": "<doctype>", "function": "Count", "filters_json": "[]"},
			"filters": DT_LIKE,
		},
	),
	Way(
		"chart",
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		{"chart": chart("owner", DT_LIKE), "no_cache": 1},
	),
	Way(
		"next record",
		FORM + "utils.get_next",
		{**DT, "value": "", "prev": 1, "filters": DT_LIKE, "sort_field": "name"},
	),
	Way(
		"link search past the conditions of rows",
		SEARCH + "search_link",
		{**DT, "txt": "", "filters": DT_LIKE, "ignore_user_permissions": 1},
	),
	Way(
		"search widget past the conditions of rows",
		SEARCH + "search_widget",
		{**DT, "txt": "", "filters": DT_LIKE, "ignore_user_permissions": 1},
	),
	Way(
		"grouped by the assigned",
		"frappe.desk.listview.get_group_by_count",
		{**DT, "current_filters": DT_LIKE, "field": "assigned_to"},
		optional=True,
	),
	Way(
		"count by the name of the function",
		"frappe.model.mapper.map_docs",
		{
			"method": CLIENT + "get_count",
			"source_names": ["<doctype>"],
			"target_doc": {"<field>": ["like", "<word>"]},
		},
	),
	Way(
		"states by the name of the function",
		"frappe.desk.treeview.get_all_nodes",
		{
			**DT,
			"label": "x",
			"parent": "<field>",
			"tree_method": "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
			"states": ["<word>"],
		},
		optional=True,
	),
	Way(
		"goal by month",
		"frappe.utils.goal.get_monthly_goal_graph_data",
		{
			"title": "x",
			"doctype": "User",
			"docname": "<user>",
			"goal_value_field": "x",
			"goal_total_field": "x",
			"goal_history_field": "x",
			"goal_doctype": "<doctype>",
			"goal_doctype_link": "name",
			"goal_field": "<field>",
			"date_field": "creation",
			"aggregation": "max",
			"filters": {"<field>": ["like", "<word>"]},
		},
		optional=True,
	),
	*(
		Way(f"{name} by a question for a name", target, arguments, optional=True, as_json=True)
		for name, target, arguments in (
			("client.get", CLIENT + "get", {**DT, "name": QUESTION}),
			("permissions", CLIENT + "get_doc_permissions", {**DT, "docname": QUESTION}),
			("has_permission", CLIENT + "has_permission", {**DT, "docname": QUESTION}),
			("set_value", CLIENT + "set_value", {**DT, "name": QUESTION, "fieldname": "x", "value": "x"}),
			("delete", CLIENT + "delete", {**DT, "name": QUESTION}),
			("form", FORM + "load.getdoc", {**DT, "name": QUESTION}),
			("docinfo", FORM + "load.get_docinfo", {**DT, "name": QUESTION}),
			("messages", FORM + "load.get_communications", {**DT, "name": QUESTION}),
			("shares", "frappe.share.get_users", {**DT, "name": QUESTION}),
			("steps", "frappe.model.workflow.get_transitions", {"doc": {**DT, "name": QUESTION}}),
			("link title", SEARCH + "get_link_title", {**DT, "docname": QUESTION}),
			("validate_link", CLIENT + "validate_link", {**DT, "docname": QUESTION}),
			("next record", FORM + "utils.get_next", {**DT, "value": QUESTION, "prev": 0}),
			("subscription", "frappe.realtime.can_subscribe_doc", {**DT, "docname": QUESTION}),
			(
				"method",
				"run_doc_method",
				{"dt": "<doctype>", "dn": QUESTION, "method": "add_comment", "args": "{}"},
			),
		)
	),
)
