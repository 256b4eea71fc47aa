{% include "libes_mentoring/public/desk/waiting.js" %}

frappe.listview_settings["Mentee"] = {
	get_indicator(doc) {
		const colours = {
			Referred: "gray",
			Preparing: "yellow",
			Ready: "green",
			Paused: "purple",
			Left: "darkgrey",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};

show_days_waited("Mentee");
