frappe.listview_settings["Training Module"] = {
	hide_name_column: true,
	add_fields: ["active", "before_match"],
	get_indicator(doc) {
		if (!doc.active) return [__("Not offered"), "darkgrey", "active,=,0"];
		return doc.before_match
			? [__("Before a match"), "blue", "before_match,=,1"]
			: [__("Continuing"), "green", "before_match,=,0"];
	},
};
