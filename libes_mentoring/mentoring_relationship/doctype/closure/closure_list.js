frappe.listview_settings["Closure"] = {
	get_indicator(doc) {
		const colours = { "Not started": "gray", "In preparation": "orange", Completed: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
