frappe.listview_settings["Mentor"] = {
	add_fields: ["turned_down_on"],
	get_indicator(doc) {
		if (doc.turned_down_on) return [__("Turned down"), "red", "turned_down_on,is,set"];
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
