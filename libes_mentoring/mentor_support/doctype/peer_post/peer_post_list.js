frappe.listview_settings["Peer Post"] = {
	get_indicator(doc) {
		const colours = { Published: "green", "Held back": "orange", Reported: "red", Removed: "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
