frappe.listview_settings["Meeting Log"] = {
	add_fields: ["needs_support"],
	get_indicator(doc) {
		return doc.needs_support
			? [__("Asks for support"), "orange", "needs_support,=,1"]
			: [__("Logged"), "green", "needs_support,=,0"];
	},
};
