frappe.listview_settings["Match Run"] = {
	get_indicator(doc) {
		const colours = { Open: "blue", Decided: "green", Replaced: "gray", Undone: "orange" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
