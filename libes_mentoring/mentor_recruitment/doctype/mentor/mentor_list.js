frappe.listview_settings["Mentor"] = {
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
