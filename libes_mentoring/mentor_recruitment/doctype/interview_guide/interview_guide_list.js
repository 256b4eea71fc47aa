frappe.listview_settings["Interview Guide"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Draft: "orange", "In force": "green", Replaced: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
