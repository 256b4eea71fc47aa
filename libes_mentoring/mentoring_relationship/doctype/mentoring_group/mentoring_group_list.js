frappe.listview_settings["Mentoring Group"] = {
	get_indicator(doc) {
		const colours = { Forming: "yellow", Running: "green", Ended: "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
