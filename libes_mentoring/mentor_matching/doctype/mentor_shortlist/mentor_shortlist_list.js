frappe.listview_settings["Mentor Shortlist"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Draft: "gray", "To be shown": "blue", Chosen: "orange", Nobody: "yellow", Matched: "green", Withdrawn: "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
