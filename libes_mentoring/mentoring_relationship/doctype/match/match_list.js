frappe.listview_settings["Match"] = {
	add_fields: ["stage"],
	get_indicator(doc) {
		const colours = {
			Contemplation: "gray",
			Initiation: "yellow",
			"Growth and maintenance": "green",
			Closure: "orange",
			Closed: "darkgrey",
		};
		return [__(doc.stage), colours[doc.stage], `stage,=,${doc.stage}`];
	},
};
