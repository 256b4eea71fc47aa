{% include "libes_mentoring/public/desk/waiting.js" %}

frappe.listview_settings["Mentee"] = {
	onload(list) {
		if (frappe.model.can_create("Match")) {
			list.page.add_inner_button(__("Match the waiting"), () => frappe.set_route("match-pool"));
		}
	},

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
