frappe.listview_settings["Interview Scorecard"] = {
	hide_name_column: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Open: "orange", Submitted: "green", Withdrawn: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
