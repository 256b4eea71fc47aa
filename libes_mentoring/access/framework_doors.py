"""Which of Frappe's own whitelisted functions answer through `framework_calls` and `framework_traces`. Pure.

Frappe calls the function on the right wherever a browser names the one on the left: by `/api/method`, by `cmd`
and by `/api/v2/method`. A name that a release does not have is never asked for.
"""

CALLS = "libes_mentoring.access.framework_calls"
TRACES = "libes_mentoring.access.framework_traces"
INDIRECT = "libes_mentoring.access.framework_indirect"

OVERRIDES: dict[str, str] = {
	"frappe.client.get": f"{CALLS}.get",
	"frappe.client.get_count": f"{CALLS}.get_count",
	"frappe.client.validate_link": f"{CALLS}.validate_link",
	"frappe.desk.search.get_link_title": f"{CALLS}.get_link_title",
	"frappe.desk.query_report.get_data_for_custom_field": f"{CALLS}.get_data_for_custom_field",
	"frappe.desk.form.utils.get_next": f"{CALLS}.get_next",
	"frappe.desk.listview.get_group_by_count": f"{CALLS}.get_group_by_count",
	"frappe.utils.goal.get_monthly_goal_graph_data": f"{CALLS}.get_monthly_goal_graph_data",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": f"{CALLS}.get_workflow_state_count",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": f"{TRACES}.get_tagged_docs",
	"frappe.desk.form.linked_with.get": f"{TRACES}.get_linked",
	"frappe.desk.like.toggle_like": f"{TRACES}.toggle_like",
	"frappe.email.relink": f"{TRACES}.relink",
	"frappe.social.doctype.energy_point_log.energy_point_log.get_reviews": f"{TRACES}.get_reviews",
	"frappe.templates.includes.comments.comments.add_comment": f"{TRACES}.add_website_comment",
	"frappe.desk.search.search_link": f"{INDIRECT}.search_link",
	"frappe.desk.search.search_widget": f"{INDIRECT}.search_widget",
	"frappe.desk.treeview.get_all_nodes": f"{INDIRECT}.get_all_nodes",
	"frappe.model.mapper.map_docs": f"{INDIRECT}.map_docs",
}
