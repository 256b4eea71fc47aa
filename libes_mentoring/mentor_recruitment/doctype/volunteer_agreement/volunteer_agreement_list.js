frappe.listview_settings["Volunteer Agreement"] = {
	get_indicator(doc) {
		const colours = {
			Draft: "orange",
			Sent: "blue",
			"Signed by mentor": "orange",
			Countersigned: "green",
			Ended: "gray",
			Replaced: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
