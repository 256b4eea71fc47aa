frappe.listview_settings["Mentor"] = {
	add_fields: ["stage"],
	get_indicator(doc) {
		const colours = {
			Applied: "gray",
			Screening: "yellow",
			Available: "green",
			Paused: "purple",
			Left: "darkgrey",
		};
		return [__(doc.stage), colours[doc.stage], `stage,=,${doc.stage}`];
	},
};
