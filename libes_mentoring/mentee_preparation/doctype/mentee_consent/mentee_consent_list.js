frappe.listview_settings["Mentee Consent"] = {
	get_indicator(doc) {
		const colours = { Given: "green", Withdrawn: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
