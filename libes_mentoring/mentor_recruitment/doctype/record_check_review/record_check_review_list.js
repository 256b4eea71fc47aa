frappe.listview_settings["Record Check Review"] = {
	get_indicator(doc) {
		const colours = { Open: "blue", Disagreement: "orange", Completed: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
