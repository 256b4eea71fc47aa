frappe.listview_settings["Mentor Wellbeing Note"] = {
	get_indicator(doc) {
		const colours = { "Nothing noticed": "green", "Quiet flag": "orange", "Talked about": "blue" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
