frappe.views.calendar["Training Session"] = {
	field_map: { start: "starts_at", end: "ends_at", id: "name", title: "title", allDay: "all_day", status: "status" },
	style_map: { Planned: "info", Held: "success", Cancelled: "default" },
	get_css_class: (session) =>
		({ Planned: "info", Held: "success" })[session.status] || "default",
	filters: [{ fieldtype: "Link", fieldname: "programme", options: "Mentoring Programme", label: __("Programme") }],
};
