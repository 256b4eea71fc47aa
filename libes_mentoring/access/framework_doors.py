"""Which of Frappe's own whitelisted functions answer through `framework_calls` and its sisters. Pure.

Frappe calls the function on the right wherever a browser names the one on the left: by `/api/method`, by `cmd`
and by `/api/v2/method`. A name that a release does not have is never asked for.
"""

CALLS = "libes_mentoring.access.framework_calls"
TRACES = "libes_mentoring.access.framework_traces"
INDIRECT = "libes_mentoring.access.framework_indirect"
PEOPLE = "libes_mentoring.access.framework_people"
DATA_IMPORT = "frappe.core.doctype.data_import.data_import"

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
	"frappe.core.api.file.zip_files": f"{PEOPLE}.zip_files",
	f"{DATA_IMPORT}.get_preview_from_template": f"{PEOPLE}.get_preview_from_template",
	f"{DATA_IMPORT}.form_start_import": f"{PEOPLE}.form_start_import",
	f"{DATA_IMPORT}.download_errored_template": f"{PEOPLE}.download_errored_template",
	f"{DATA_IMPORT}.download_import_log": f"{PEOPLE}.download_import_log",
	f"{DATA_IMPORT}.get_import_status": f"{PEOPLE}.get_import_status",
	f"{DATA_IMPORT}.get_import_logs": f"{PEOPLE}.get_import_logs",
	"frappe.website.doctype.web_form.web_form.get_link_options": f"{PEOPLE}.get_link_options",
	"frappe.desk.search.get_names_for_mentions": f"{PEOPLE}.get_names_for_mentions",
	"frappe.contacts.doctype.contact.contact.get_contact_details": f"{PEOPLE}.get_contact_details",
	"frappe.realtime.can_subscribe_doctype": f"{PEOPLE}.can_subscribe_doctype",
}
